import { env, l10n, ThemeIcon, Uri, window } from 'vscode';
import type { Job } from '../jobs/job';
import { jobIdOf } from '../jobs/job';
import { KreaClient } from '../krea/kreaClient';
import type { Network } from '../krea/network';
import type { InTurn } from './desk';
import { faultFailure } from './networkFailures';
import { type TokenStore, tokenShape } from './tokenStore';

const tokenPage = 'https://www.krea.ai/settings/api-tokens';

export interface TokenQuestion {
  readonly tokens: TokenStore;
  readonly apiBase: URL;
  readonly network: Network;
  readonly product: string;
  /** Jobs of this address, newest first: a token that sees one of them belongs to the same account. */
  readonly knownJobs: readonly Job[];
  readonly inTurn: InTurn;
}

/**
 * Asks for the token until it is proven by a request that costs nothing, or the user leaves. The input keeps its
 * text when it loses the focus, because the token is fetched from a browser.
 */
export function askForToken(question: TokenQuestion): Promise<boolean> {
  const input = window.createInputBox();
  const openPage = { iconPath: new ThemeIcon('link-external'), tooltip: l10n.t('Open the page where tokens are made') };
  input.title = l10n.t('Krea API token');
  input.prompt = l10n.t(
    "Only workspace owners and admins can make a token. Videos are paid from the API balance, not from your plan. The token is kept in VS Code's secret storage and sent to {0} only.",
    question.apiBase.host,
  );
  input.placeholder = l10n.t('Paste the token and press Enter');
  input.password = true;
  input.ignoreFocusOut = true;
  input.buttons = [openPage];
  return new Promise((resolve) => {
    let stored = false;
    input.onDidTriggerButton(() => void env.openExternal(Uri.parse(tokenPage)));
    input.onDidChangeValue(() => {
      input.validationMessage = '';
    });
    input.onDidAccept(() => {
      void accept(input.value).then((trouble) => {
        input.busy = false;
        input.enabled = true;
        input.validationMessage = trouble ?? '';
        if (trouble !== undefined) return;
        stored = true;
        input.hide();
      });
    });
    input.onDidHide(() => {
      input.dispose();
      resolve(stored);
    });
    input.show();
  });

  async function accept(typed: string): Promise<string | undefined> {
    const shape = tokenShape(typed);
    if (shape === 'empty') return l10n.t('Paste the token first.');
    if (shape === 'notOneWord') return l10n.t('This is no token: it has spaces, line breaks or letters that no token has.');
    input.busy = true;
    input.enabled = false;
    return proveAndStore(typed.trim(), question);
  }
}

/** What is wrong with the token, or `undefined` when it is proven and kept. */
async function proveAndStore(token: string, question: TokenQuestion): Promise<string | undefined> {
  const { tokens, apiBase, network, product } = question;
  const client = new KreaClient(network, apiBase, token, product);
  const deadline = AbortSignal.timeout(45_000);
  await question.inTurn(deadline);
  const look = await client.jobs({ limit: 1 }, deadline);
  switch (look.kind) {
    case 'noAccess':
      return look.status === 401
        ? l10n.t('Krea does not accept this token (401). It is not kept.')
        : l10n.t('Krea does not allow API access with this token (403). It is not kept.');
    case 'notFound':
      return l10n.t('{0} does not answer as the Krea API does. The token is not kept. Check kreaVideo.apiBase.', apiBase.host);
    case 'trouble':
      return l10n.t(
        'The token could not be checked and is not kept. {0}',
        look.fault ? faultFailure(look.fault).what : l10n.t('Krea answered {0}.', look.status ?? '?'),
      );
    case 'found':
      try {
        await tokens.set(token, apiBase, await accountOf(client, question, deadline));
        return undefined;
      } catch {
        return l10n.t("VS Code's secret storage refused to keep the token. On Linux, check that a keyring is running.");
      }
  }
}

/** The account of the first known job that this token can see: a replaced token of the same workspace goes on with its jobs. */
async function accountOf(client: KreaClient, { knownJobs, inTurn }: TokenQuestion, signal: AbortSignal): Promise<string | undefined> {
  const accounts = [...new Set(knownJobs.map(({ account }) => account))].slice(0, 3);
  for (const account of accounts) {
    const jobId = knownJobs
      .filter((job) => job.account === account)
      .map(jobIdOf)
      .find((id) => id !== undefined);
    if (jobId === undefined) continue;
    await inTurn(signal);
    if ((await client.job(jobId, signal)).kind === 'found') return account;
  }
  return undefined;
}
