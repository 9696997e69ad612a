import { env, l10n, UIKind, version, workspace } from 'vscode';
import type { GeneralStep } from './failure';
import { settings } from './settings';

/** What one look came to. Holds nothing that names a person, a machine, an address, a folder or a prompt. */
export interface SetupLine {
  readonly subject: string;
  readonly outcome: 'good' | 'fault' | 'notChecked';
  /** For whoever reads the issue; the same in every language: `token.401`. */
  readonly code: string;
  /** What it is; for a fault also what it means and what to do. */
  readonly words: string;
  /** Of a fault, when something else helps than to mend it and check again. */
  readonly step?: GeneralStep;
}

export interface SetupFacts {
  readonly product: string;
  readonly desk: 'krea' | 'offline';
  /** The variables of the environment name a proxy. */
  readonly proxyInEnvironment: boolean;
}

export interface SetupReport {
  readonly lines: readonly SetupLine[];
  /** How the service answered, without what it said. */
  readonly notes: readonly string[];
}

/** The report as Markdown, to be pasted into an issue as it stands. */
export function setupReport({ lines, notes }: SetupReport, facts: SetupFacts): string {
  const faults = lines.filter(({ outcome }) => outcome === 'fault').length;
  return [
    `# ${l10n.t('Krea Video: setup report')}`,
    '',
    `${summaryWords(faults, lines.filter(({ outcome }) => outcome === 'good').length)} ${l10n.t('It holds no prompt, token, address, user name or folder, and may be shown to others.')}`,
    '',
    ...lines.map(({ outcome, subject, words, code }) => `- ${signOf(outcome)} **${subject}**: ${words} \`${code}\``),
    '',
    `## ${l10n.t('This editor')}`,
    '',
    '```text',
    ...environment(facts),
    '```',
    '',
    ...(notes.length > 0 ? [`## ${l10n.t('How Krea answers')}`, '', '```text', ...notes, '```', ''] : []),
  ].join('\n');
}

export function summaryWords(faults: number, good: number): string {
  if (faults === 0) return l10n.t('All that was checked works ({0}).', good);
  return faults === 1 ? l10n.t('One thing needs attention.') : l10n.t('{0} things need attention.', faults);
}

function signOf(outcome: SetupLine['outcome']): string {
  switch (outcome) {
    case 'good':
      return '✅';
    case 'fault':
      return '❌';
    case 'notChecked':
      return '➖';
  }
}

/** English in every language: a maintainer reads it. */
function environment({ product, desk, proxyInEnvironment }: SetupFacts): readonly string[] {
  const proxy = settings.proxy();
  return [
    `extension     ${product}${desk === 'offline' ? ' (offline demo)' : ''}`,
    `editor        ${env.appName} ${version}, ${env.appHost}, ${env.uiKind === UIKind.Web ? 'web' : 'desktop'}, ${env.language}`,
    `remote        ${remoteKind(env.remoteName)}`,
    `host          Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    `network       ${settings.network()}, proxy: ${proxy.proxy ? 'http.proxy' : proxyInEnvironment ? 'environment' : 'none'}, certificates ${proxy.strictCertificates ? 'verified' : 'NOT verified'}`,
    `api base      ${apiBaseKind()}`,
    `workspace     ${workspace.isTrusted ? 'trusted' : 'restricted'}, folders: ${(workspace.workspaceFolders ?? []).map(({ uri }) => (uri.scheme === 'file' ? 'disk' : 'virtual')).join(', ') || 'none'}`,
    `settings      openPlayer ${settings.openPlayer()}, notifications ${settings.notifications()}, webhook ${settings.webhookUrl() ? 'yes' : 'no'}`,
  ];
}

/** Some remotes are named by the address of their machine. */
function remoteKind(name: string | undefined): string {
  const kinds = ['ssh-remote', 'wsl', 'dev-container', 'attached-container', 'codespaces', 'tunnel'];
  return name === undefined ? 'no' : (kinds.find((kind) => kind === name) ?? 'other');
}

function apiBaseKind(): string {
  const host = settings.apiBase()?.hostname;
  if (host === undefined) return 'not a web address';
  if (host === 'api.krea.ai') return 'Krea';
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host) ? 'this computer' : 'another';
}
