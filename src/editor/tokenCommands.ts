import { l10n, window } from 'vscode';
import type { Jobs } from '../jobs/jobs';
import type { Network } from '../krea/network';
import { askForToken } from './askForToken';
import type { InTurn } from './desk';
import { gestureFailure } from './gestureFailures';
import { settings } from './settings';
import { tellFailure, tellWithStep } from './tellFailure';
import type { TokenStore } from './tokenStore';

export interface TokenParts {
  readonly tokens: TokenStore;
  readonly network: () => Network;
  readonly product: string;
  /** Of the user's account, not of the demo. */
  readonly jobs: Jobs;
  readonly inTurn: InTurn;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export async function setToken(parts: TokenParts): Promise<void> {
  if (await ensureToken(parts)) window.setStatusBarMessage(l10n.t('The API token is kept in the secret storage of VS Code.'), 10_000);
}

/** True when a proven token was given. */
export async function ensureToken({ tokens, network, product, jobs, inTurn }: TokenParts): Promise<boolean> {
  const apiBase = settings.apiBase();
  if (!apiBase) {
    void tellFailure(gestureFailure({ kind: 'apiBase' }));
    return false;
  }
  const knownJobs = jobs.newest.filter((job) => job.apiBase === apiBase.href);
  const stored = await askForToken({ tokens, apiBase, network: network(), product, knownJobs, inTurn });
  if (stored) jobs.lookNow();
  return stored;
}

export async function forgetToken({ tokens, jobs, environment }: TokenParts): Promise<void> {
  await tokens.forget();
  const running = jobs.open.length > 0 ? l10n.t('What is running goes on at Krea; set the token again to fetch its clips.') : '';
  const fallback = environment.KREA_API_KEY ? l10n.t('The variable KREA_API_KEY of the environment is still in use.') : '';
  void tellWithStep([l10n.t('The API token is forgotten.'), running, fallback].filter(Boolean).join(' '), { kind: 'setToken' });
}
