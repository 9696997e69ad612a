import { env, l10n, type Uri, window } from 'vscode';
import { checkRequest, isError } from '../catalogue/checkRequest';
import { inputsOf, withStandIns } from '../storyboard/inputs';
import { requestAs, type SampleLanguage, sampleLanguages } from '../storyboard/requestAs';
import type { SampleInput } from '../storyboard/requestSample';
import { type ChosenRequest, chooseRequest } from './chooseRequest';
import type { GenerateParts } from './generate';
import { type GestureTrouble, gestureFailure } from './gestureFailures';
import { aboutUsd, estimateWords } from './jobWords';
import { oneLine } from './plainText';
import { promptInEditor } from './promptInEditor';
import { prepareInputs } from './requestInputs';
import { settings } from './settings';
import { tellFailure } from './tellFailure';

const names: Readonly<Record<SampleLanguage, { readonly label: string; readonly description: string }>> = {
  curl: { label: 'cURL', description: 'sh' },
  node: { label: 'Node.js', description: '20+' },
  python: { label: 'Python', description: '3.8+' },
  go: { label: 'Go', description: '1.18+' },
};

/** The request of the selection as a program, on the clipboard. Sends nothing, and needs no token. */
export async function copyRequestAs(parts: Pick<GenerateParts, 'models' | 'recent' | 'favourites'>): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor || editor.document.uri.scheme === 'output') return tell({ kind: 'noEditor' });
  const found = promptInEditor(editor);
  if (found.kind !== 'prompt') return tell({ kind: found.kind });
  if (!settings.apiBase()) return tell({ kind: 'apiBase' });
  const { prompt } = found;
  const scope = editor.document.uri;
  const words = { title: titleFor(prompt), placeholder: l10n.t('Choose a model. Nothing is sent.') };
  const catalogue = await parts.models.offered();
  const choice = await chooseRequest({ prompt, scope, words, withParameters: false }, { ...parts, catalogue });
  if (choice) await copyChosen(choice, scope);
}

/** A request that is known already, as that of a shot. */
export async function copyChosen({ model, request, chosen }: ChosenRequest, scope: Uri): Promise<void> {
  const apiBase = settings.apiBase();
  if (!apiBase) return tell({ kind: 'apiBase' });
  const findings = await checkRequest(model, withStandIns(model, request.body));
  if (findings.some(isError)) return tell({ kind: 'wouldRefuse', findings: findings.filter(isError) });
  const prepared = await prepareInputs(model, request.body, scope, chosen);
  if (prepared.kind === 'input') return tell(prepared);
  const inputs: readonly SampleInput[] = inputsOf(model, request.body).flatMap(({ at, role }) =>
    prepared.inputs.filter((input) => input.role === role).map(({ file, type, ending }) => ({ at, file, type, ending })),
  );

  const rows = sampleLanguages.map((language) => ({ ...names[language], language }));
  const placeHolder = l10n.t('Choose a language. The program reads your API token from {0}; it is not in it.', 'KREA_API_KEY');
  const row = await window.showQuickPick(rows, { title: titleFor(request.prompt), placeHolder });
  if (!row) return;
  const webhookUrl = settings.webhookUrl();
  const sample = { apiBase: apiBase.href.replace(/\/$/, ''), endpoint: request.model.endpoint, body: request.body, inputs };
  await env.clipboard.writeText(requestAs(row.language, { ...sample, ...(webhookUrl && { webhookUrl }) }));
  const { price } = request;
  // of a notification without a button one line is seen: no room for the month of the price
  const cost = price.kind === 'unknown' ? estimateWords(price) : aboutUsd(price.microUsd);
  void window.showInformationMessage(l10n.t('Copied as {0}. Each run is paid: {1}.', row.label, cost));
}

const titleFor = (prompt: string): string => l10n.t('Copy the request for “{0}”', oneLine(prompt, 50));

function tell(trouble: GestureTrouble): void {
  void tellFailure(gestureFailure(trouble));
}
