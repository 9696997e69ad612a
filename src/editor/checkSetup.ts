import { type ExtensionContext, l10n, ProgressLocation, window, workspace } from 'vscode';
import type { Clock } from '../jobs/clock';
import { type CheapestRequest, cheapestRequest } from '../storyboard/cheapestRequest';
import { errorCode } from '../takes/fileTrouble';
import { noteJobs, openApiNotes } from './checkSetupAnswers';
import { checkStorage, checkTakesFolder } from './checkSetupDisk';
import { checkSetupJob, setupPrompt } from './checkSetupJob';
import { checkModels } from './checkSetupModels';
import { checkSetupPlayer } from './checkSetupPlayer';
import { type SetupFacts, type SetupLine, type SetupReport, setupReport, summaryWords } from './checkSetupReport';
import { checkSetupService } from './checkSetupService';
import type { GenerateParts } from './generate';
import { estimateWords } from './jobWords';

export interface SetupParts {
  readonly context: Pick<ExtensionContext, 'extensionUri' | 'globalStorageUri'>;
  /** Name and version, as the service is told them. */
  readonly product: string;
  readonly clock: Clock;
  readonly generate: GenerateParts;
}

/** Proves, without cost, all that a video needs, and writes a report that may be shown to others. */
export async function checkSetup(parts: SetupParts): Promise<void> {
  const report = await withProgress(l10n.t('Checking the setup of Krea Video'), (signal, tell) => freeChecks(parts, signal, tell));
  if (!report) return void window.setStatusBarMessage(l10n.t('The check was stopped. Nothing more is sent.'), 10_000);
  await showReport(report, parts);
  void offerVideo(report, parts);
}

type Tell = (message: string) => void;

async function freeChecks(parts: SetupParts, signal: AbortSignal, tell: Tell): Promise<SetupReport> {
  const { globalStorageUri, extensionUri } = parts.context;
  tell(l10n.t('Token and network'));
  const service = workspace.isTrusted
    ? await proven(l10n.t('Network'), signal, () => serviceChecks(parts, signal))
    : { lines: [restricted(), ...(await localModels(parts))], notes: [] };
  signal.throwIfAborted();
  tell(l10n.t('Folders'));
  const takes = await proven(l10n.t('Takes folder'), signal, async () => ({
    lines: [await checkTakesFolder(parts.generate.desk(), parts.generate.now())],
  }));
  const storage = await proven(l10n.t('List of jobs'), signal, async () => ({ lines: [await checkStorage(globalStorageUri.fsPath)] }));
  signal.throwIfAborted();
  tell(l10n.t('Player'));
  const player = await proven(l10n.t('Player'), signal, async () => ({ lines: await checkSetupPlayer(extensionUri, signal) }));
  signal.throwIfAborted();
  const all = [service, takes, storage, player];
  return { lines: all.flatMap(({ lines }) => lines), notes: service.notes ?? [] };
}

async function serviceChecks(parts: SetupParts, signal: AbortSignal): Promise<Checked> {
  const connection = await parts.generate.desk().connect();
  const lines = await checkSetupService(connection, parts.clock, signal);
  signal.throwIfAborted();
  const answers = lines.some(({ code }) => code === 'token.accepted');
  if (!connection || !answers) return { lines: [...lines, ...(await localModels(parts))] };
  const { client } = connection;
  const held = await parts.generate.models.held();
  const renewal = await parts.generate.models.renew(signal);
  signal.throwIfAborted();
  const models = checkModels(held, await parts.generate.models.held(), renewal);
  const notes = [...(await noteJobs(client, signal)), ...(renewal ? openApiNotes(renewal.reply, client) : []), ...models.notes];
  return { lines: [...lines, models.line], notes };
}

async function localModels({ generate }: SetupParts): Promise<readonly SetupLine[]> {
  const held = await generate.models.held();
  return [checkModels(held, held, undefined).line];
}

interface Checked {
  readonly lines: readonly SetupLine[];
  readonly notes?: readonly string[];
}

/** One check that fails in an unforeseen way must not hide what the others find. */
async function proven(subject: string, signal: AbortSignal, check: () => Promise<Checked>): Promise<Checked> {
  try {
    return await check();
  } catch (error) {
    signal.throwIfAborted();
    const words = l10n.t(
      'This could not be checked ({0}). Look at the other faults first; if there is none, report this one.',
      errorCode(error),
    );
    return { lines: [{ subject, outcome: 'fault', code: `failed.${errorCode(error)}`, words }] };
  }
}

function restricted(): SetupLine {
  return {
    subject: l10n.t('API token'),
    outcome: 'notChecked',
    code: 'token.restricted',
    words: l10n.t('Restricted Mode: nothing is sent. Trust this folder (“Workspaces: Manage Workspace Trust”) and check again.'),
  };
}

/** A free check that found no fault can be followed by one paid video; the price stands on the button. */
async function offerVideo(report: SetupReport, parts: SetupParts): Promise<void> {
  const { lines } = report;
  const faults = lines.filter(({ outcome }) => outcome === 'fault').length;
  const summary = summaryWords(faults, lines.filter(({ outcome }) => outcome === 'good').length);
  if (faults > 0) return void window.showWarningMessage(`${summary} ${l10n.t('The report says what each means and what to do.')}`);
  const cheapest = workspace.isTrusted ? await cheapestRequest(setupPrompt, await parts.generate.models.offered()) : undefined;
  const make = cheapest && l10n.t('Also Generate One Video… {0}', priceOf(cheapest, parts));
  const answer = await window.showInformationMessage(summary, ...(make ? [make] : []));
  if (!cheapest || answer !== make) return;
  const made = await withProgress(l10n.t('Generating one video'), (signal) => checkSetupJob(cheapest, parts.generate, signal));
  if (made) await showReport({ lines: [...lines, made.line], notes: [...report.notes, ...made.notes] }, parts);
}

function priceOf({ request }: CheapestRequest, { generate }: SetupParts): string {
  return generate.desk().kind === 'offline' ? l10n.t('free') : estimateWords(request.price);
}

async function showReport(report: SetupReport, { generate, product }: SetupParts): Promise<void> {
  const facts: SetupFacts = {
    product,
    desk: generate.desk().kind,
    proxyInEnvironment: Object.entries(process.env).some(
      ([name, value]) => /^(https?|all)_proxy$/i.test(name) && value !== undefined && value !== '',
    ),
  };
  const document = await workspace.openTextDocument({ language: 'markdown', content: setupReport(report, facts) });
  await window.showTextDocument(document, { preview: false });
}

/** `undefined` when the user left. */
async function withProgress<T>(title: string, run: (signal: AbortSignal, tell: Tell) => Promise<T>): Promise<T | undefined> {
  const stop = new AbortController();
  return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (progress, cancel) => {
    cancel.onCancellationRequested(() => stop.abort());
    try {
      return await run(stop.signal, (message) => progress.report({ message }));
    } catch (error) {
      if (stop.signal.aborted) return undefined;
      throw error;
    }
  });
}
