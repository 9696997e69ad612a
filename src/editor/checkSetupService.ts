import { l10n } from 'vscode';
import type { Clock } from '../jobs/clock';
import type { Connection } from '../jobs/jobParts';
import type { Look } from '../krea/kreaClient';
import type { Network } from '../krea/network';
import type { SetupLine } from './checkSetupReport';
import type { InTurn } from './desk';
import { isGeneral, type NextStep } from './failure';
import { duration } from './jobWords';
import { faultFailure } from './networkFailures';
import { settings } from './settings';

/** Milliseconds. Below it a wrong clock moves nothing that people see. */
const skewThatMatters = 120_000;

const apiBaseSetting = { kind: 'setting', name: 'kreaVideo.apiBase' } as const;

type Answer = Look<unknown>;

/** Token, way through the network and clock, by one request that costs nothing. */
export async function checkSetupService(
  connection: Connection | undefined,
  { clock, inTurn }: { readonly clock: Clock; readonly inTurn: InTurn },
  signal: AbortSignal,
): Promise<readonly SetupLine[]> {
  if (!connection) return [settings.apiBase() ? noToken() : noAddress(), notAsked(l10n.t('Network')), notAsked(l10n.t('Clock'))];
  const { client, network } = connection;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(45_000)]);
  await inTurn(limit);
  const before = clock.wall();
  const look: Answer = await client.jobs({ limit: 1 }, limit);
  return [tokenLine(look), networkLine(look, network), clockLine(look, (before + clock.wall()) / 2)];
}

function noToken(): SetupLine {
  return {
    ...token(),
    outcome: 'fault',
    code: 'token.none',
    step: { kind: 'setToken' },
    words: l10n.t(
      'There is no API token, so nothing can be generated. Run “Krea Video: Set API Token”; only workspace owners and admins can make one.',
    ),
  };
}

function noAddress(): SetupLine {
  return {
    subject: l10n.t('Address of the API'),
    outcome: 'fault',
    code: 'apiBase.notWeb',
    step: apiBaseSetting,
    words: l10n.t('The setting kreaVideo.apiBase is no web address. Until then nothing can be sent. Take it out of your settings.'),
  };
}

function tokenLine(look: Answer): SetupLine {
  switch (look.kind) {
    case 'found':
      return { ...token(), outcome: 'good', code: 'token.accepted', words: l10n.t('Krea accepts it.') };
    case 'noAccess':
      return {
        ...token(),
        outcome: 'fault',
        code: `token.${look.status}`,
        step: { kind: 'setToken' },
        words:
          look.status === 401
            ? l10n.t('Krea does not accept it (401), so requests are refused and not charged. Make a new one at Krea and set it.')
            : l10n.t(
                'Krea does not allow API access with it (403), so requests are refused and not charged. Ask an owner of the workspace, or set a token of another one.',
              ),
      };
    case 'notFound':
    case 'trouble':
      return { ...token(), outcome: 'notChecked', code: 'token.notAsked', words: l10n.t('Not known: no clear answer came.') };
  }
}

function networkLine(look: Answer, network: Network): SetupLine {
  const subject = l10n.t('Network');
  const fault = (code: string, words: string, step?: NextStep): SetupLine => ({
    subject,
    outcome: 'fault',
    code,
    words: `${words} ${untilThen()}`,
    ...(step && isGeneral(step) && { step }),
  });
  switch (look.kind) {
    case 'found':
    case 'noAccess':
      return {
        subject,
        outcome: 'good',
        code: `network.${network.way}`,
        words: network.way === 'direct' ? l10n.t('Krea is reached directly.') : l10n.t("Krea is reached the editor's way."),
      };
    case 'notFound':
      return fault('service.404', l10n.t('What answers is not the Krea API (404). Check kreaVideo.apiBase.'), apiBaseSetting);
    case 'trouble':
      if (look.fault) return fault(`network.${look.fault.kind}`, faultFailure(look.fault).what, faultFailure(look.fault).step);
      return fault(`service.${look.status === 200 ? 'notJson' : (look.status ?? 'none')}`, statusWords(look.status ?? 0));
  }
}

function statusWords(status: number): string {
  if (status === 200)
    return l10n.t(
      'Something answers in place of the Krea API, such as a log-in page of this network. Open a web page in a browser and log in, or check kreaVideo.apiBase.',
    );
  if (status === 429) return l10n.t('Krea has too many requests from this workspace (429). Wait a minute.');
  if (status >= 500) return l10n.t('Krea has trouble of its own ({0}). Wait, and check again.', status);
  return l10n.t('Krea gave an answer that is not known here ({0}). Check kreaVideo.apiBase.', status);
}

function untilThen(): string {
  return l10n.t('Until then nothing can be sent; jobs that Krea has accepted go on there, and their clips are fetched later.');
}

/** The header counts whole seconds. */
function clockLine(look: Answer, asked: number): SetupLine {
  const subject = l10n.t('Clock');
  if (look.kind !== 'found' || look.serverTime === undefined) return notAsked(subject);
  const skew = asked - look.serverTime;
  if (Math.abs(skew) < skewThatMatters)
    return { subject, outcome: 'good', code: 'clock.right', words: l10n.t("This computer's clock agrees with Krea's.") };
  const apart = duration(Math.abs(skew));
  return {
    subject,
    outcome: 'fault',
    code: `clock.${skew > 0 ? 'ahead' : 'behind'}`,
    words: [
      skew > 0
        ? l10n.t("This computer's clock is {0} ahead of Krea's.", apart)
        : l10n.t("This computer's clock is {0} behind Krea's.", apart),
      l10n.t('Jobs and money are safe, but times and dated folders will be wrong. Set the clock of this computer.'),
    ].join(' '),
  };
}

function token(): Pick<SetupLine, 'subject'> {
  return { subject: l10n.t('API token') };
}

function notAsked(subject: string): SetupLine {
  return { subject, outcome: 'notChecked', code: 'notAsked', words: l10n.t('Not known: no clear answer came.') };
}
