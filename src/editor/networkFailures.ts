import { l10n } from 'vscode';
import type { NetworkFault } from '../krea/networkFault';
import type { Failure } from './failure';

/** A call that never reached Krea, and the setting or act that most likely helps. */
export function faultFailure(fault: NetworkFault): Failure {
  const { code } = fault;
  switch (fault.kind) {
    case 'offline':
      return {
        what: l10n.t('Krea could not be found on the network ({0}). Is this computer online?', code),
        money: 'notSent',
        step: { kind: 'sendNow' },
      };
    case 'refused':
      return {
        what: l10n.t('The connection to Krea was refused ({0}). Check the proxy settings http.proxy and kreaVideo.network.', code),
        money: 'notSent',
        step: { kind: 'setting', name: 'http.proxy' },
      };
    case 'timeout':
      return { what: l10n.t('Krea did not answer in time ({0}).', code), money: 'notSent', step: { kind: 'sendNow' } };
    case 'certificate':
      if (fault.editorTried)
        return {
          what: l10n.t(
            "Krea's certificate could not be verified ({0}), not even the editor's way. A proxy of your network may stand in between: install its certificate on this computer, and leave http.systemCertificates on.",
            code,
          ),
          money: 'notSent',
          step: { kind: 'setting', name: 'http.systemCertificates' },
        };
      return {
        what: l10n.t(
          "Krea's certificate could not be verified ({0}). A proxy of your network may stand in between; try the setting kreaVideo.network: editor.",
          code,
        ),
        money: 'notSent',
        step: { kind: 'setting', name: 'kreaVideo.network' },
      };
    case 'proxy':
      return {
        what: l10n.t('The proxy refused the connection ({0}). Check http.proxy and its password.', code),
        money: 'notSent',
        step: { kind: 'setting', name: 'http.proxy' },
      };
    case 'proxyPassword':
      return {
        what: l10n.t(
          'The proxy of this network asks for a name and password, or does not accept those it got ({0}). They belong into http.proxy, as in {1}.',
          code,
          'http://name:password@proxy.example:8080',
        ),
        money: 'notSent',
        step: { kind: 'setting', name: 'http.proxy' },
      };
    case 'proxyDown':
      return {
        what: l10n.t('The proxy of this network could not be reached ({0}). Check http.proxy.', code),
        money: 'notSent',
        step: { kind: 'setting', name: 'http.proxy' },
      };
    case 'reset':
      return { what: l10n.t('The connection to Krea broke off ({0}).', code), money: 'notSent', step: { kind: 'sendNow' } };
    case 'stopped':
      return unreached(code);
    case 'other':
      return answered(Number(/^HTTP (\d+)$/.exec(code)?.[1])) ?? unreached(code);
  }
}

function unreached(code: string): Failure {
  return { what: l10n.t('Krea could not be reached ({0}).', code), money: 'notSent', step: { kind: 'sendNow' } };
}

/** Something answered before the request was sent, but not as Krea does. */
function answered(status: number): Failure | undefined {
  if (status === 404)
    return {
      what: l10n.t('What answers is not the Krea API (404). Check kreaVideo.apiBase.'),
      money: 'notSent',
      step: { kind: 'setting', name: 'kreaVideo.apiBase' },
    };
  if (status >= 500) return { what: l10n.t('Krea has trouble of its own ({0}).', status), money: 'notSent', step: { kind: 'sendNow' } };
  if (status >= 200 && status < 400)
    return {
      what: l10n.t(
        'Something answers in place of the Krea API, such as a log-in page of this network. Open a web page in a browser and log in, or check kreaVideo.apiBase.',
      ),
      money: 'notSent',
      step: { kind: 'sendNow' },
    };
  return undefined;
}
