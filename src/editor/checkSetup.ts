import { type ExtensionContext, l10n, ProgressLocation, window, workspace } from 'vscode';
import type { Catalogue } from '../catalogue/model';
import type { Clock } from '../jobs/clock';
import { type CheapestRequest, cheapestRequest } from '../storyboard/cheapestRequest';
import { checkStorage, checkTakesFolder } from './checkSetupDisk';
import { checkSetupJob, setupPrompt } from './checkSetupJob';
import { checkSetupPlayer } from './checkSetupPlayer';
import { type SetupFacts, type SetupLine, setupReport, summaryWords } from './checkSetupReport';
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
  const lines = await withProgress(l10n.t('Checking the setup of Krea Video'), (signal, tell) => freeChecks(parts, signal, tell));
  if (!lines) return;
  await showReport(lines, parts);
  void offerVideo(lines, parts);
}

type Tell = (message: string) => void;

async function freeChecks(parts: SetupParts, signal: AbortSignal, tell: Tell): Promise<readonly SetupLine[]> {
  const desk = parts.generate.desk();
  tell(l10n.t('Token and network'));
  const service = workspace.isTrusted ? await checkSetupService(desk, parts.clock, signal) : [restricted()];
  signal.throwIfAborted();
  tell(l10n.t('Folders'));
  const models = modelsLine(await parts.generate.catalogue());
  const disk = [await checkTakesFolder(desk, parts.generate.now()), await checkStorage(parts.context.globalStorageUri.fsPath)];
  signal.throwIfAborted();
  tell(l10n.t('Player'));
  return [...service, models, ...disk, ...(await checkSetupPlayer(parts.context.extensionUri, signal))];
}

function restricted(): SetupLine {
  return {
    subject: l10n.t('API token'),
    outcome: 'notChecked',
    code: 'token.restricted',
    words: l10n.t('Restricted Mode: nothing is sent.'),
  };
}

function modelsLine({ models, date, origin }: Catalogue): SetupLine {
  const subject = l10n.t('Models');
  return models.length > 0
    ? { subject, outcome: 'good', code: `models.${origin}`, words: l10n.t('{0} models, as of {1}.', models.length, date) }
    : { subject, outcome: 'fault', code: 'models.none', words: l10n.t('The list of models is empty. Install the extension again.') };
}

/** A free check that found no fault can be followed by one paid video; the price stands on the button. */
async function offerVideo(lines: readonly SetupLine[], parts: SetupParts): Promise<void> {
  const faults = lines.filter(({ outcome }) => outcome === 'fault').length;
  const summary = summaryWords(faults, lines.filter(({ outcome }) => outcome === 'good').length);
  if (faults > 0) return void window.showWarningMessage(`${summary} ${l10n.t('The report says what each means and what to do.')}`);
  const cheapest = await cheapestRequest(setupPrompt, await parts.generate.catalogue());
  const make = cheapest && l10n.t('Also Generate One Video… {0}', priceOf(cheapest, parts));
  const answer = await window.showInformationMessage(summary, ...(make ? [make] : []));
  if (!cheapest || answer !== make) return;
  const line = await withProgress(l10n.t('Generating one video'), (signal) => checkSetupJob(cheapest, parts.generate, signal));
  if (line) await showReport([...lines, line], parts);
}

function priceOf({ request }: CheapestRequest, { generate }: SetupParts): string {
  return generate.desk().kind === 'offline' ? l10n.t('free') : estimateWords(request.price);
}

async function showReport(lines: readonly SetupLine[], { generate, product }: SetupParts): Promise<void> {
  const facts: SetupFacts = {
    product,
    desk: generate.desk().kind,
    proxyInEnvironment: Object.entries(process.env).some(
      ([name, value]) => /^(https?|all)_proxy$/i.test(name) && value !== undefined && value !== '',
    ),
  };
  const document = await workspace.openTextDocument({ language: 'markdown', content: setupReport(lines, facts) });
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
