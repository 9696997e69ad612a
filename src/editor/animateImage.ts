import { basename } from 'node:path';
import { l10n, TabInputCustom, TabInputText, Uri, window, workspace } from 'vscode';
import { limitsOf } from '../catalogue/limits';
import type { JsonObject, Model } from '../catalogue/model';
import { type InputFile, inspectInput } from '../jobs/inputFile';
import { nearestRatio } from '../storyboard/inputWarnings';
import { chooseRequest } from './chooseRequest';
import { type GenerateParts, sendChosen } from './generate';
import { gestureFailure } from './gestureFailures';
import { inputFailure } from './inputFailures';
import { askForFiles } from './inputPicker';
import { oneLine } from './plainText';
import { settings } from './settings';
import { tellFailure } from './tellFailure';

/** Milliseconds for reading the image once. */
const patience = 60_000;

/** From an image file to a job whose video begins with it. `target`: the file of a menu, if it came from one. */
export async function animateImage(parts: GenerateParts, target: unknown): Promise<void> {
  if (!workspace.isTrusted) return void tellFailure(gestureFailure({ kind: 'untrusted' }));
  const file = await imageFile(target);
  if (!file) return;
  const name = basename(file);
  const found = await inspectInput(file, AbortSignal.timeout(patience));
  const why = found.kind === 'trouble' ? found.why : found.input.type.media === 'image' ? undefined : 'otherMedia';
  if (found.kind === 'trouble' || why) {
    const code = found.kind === 'trouble' ? found.code : undefined;
    const failure = inputFailure({ role: 'start_image', name, media: 'image', why: why ?? 'type', ...(code && { code }) });
    return void tellFailure({ ...failure, step: { kind: 'animateImage' } });
  }
  // a setting that is no address has been told of already
  if (!(await parts.ensureToken())) return void (settings.apiBase() && tellFailure(gestureFailure({ kind: 'noToken' })));

  const scope = Uri.file(file);
  const prompt = await askForPrompt(name);
  if (!prompt) return;
  const catalogue = await parts.models.offered();
  const chosen = await chooseRequest(
    {
      prompt,
      scope,
      withParameters: false,
      suited: (model) => parametersFor(model, file, found.input, settings.parameters(scope)),
      words: { title: l10n.t('Animate “{0}”: {1}', oneLine(name, 40), oneLine(prompt, 40)) },
    },
    { ...parts, catalogue },
  );
  if (chosen) await sendChosen({ ...chosen, chosen: new Set([...chosen.chosen, file]) }, { scope, prompt, source: false }, parts);
}

async function imageFile(target: unknown): Promise<string | undefined> {
  if (target instanceof Uri) return target.scheme === 'file' ? target.fsPath : undefined;
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  const open = input instanceof TabInputCustom || input instanceof TabInputText ? input.uri : undefined;
  if (open?.scheme === 'file' && /\.(png|jpe?g|webp|heic)$/i.test(open.path)) return open.fsPath;
  const scope = window.activeTextEditor?.document.uri;
  return (await askForFiles('image', false, { paths: new Set(), ...(scope && { scope }) }, l10n.t('Start image')))[0];
}

/** What is selected in a text is offered; left as it is, its line breaks stay. */
async function askForPrompt(name: string): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  const selected =
    editor && editor.document.uri.scheme !== 'output' ? editor.document.getText(editor.selection).replace(/\r\n/g, '\n').trim() : '';
  const offered = selected.replace(/\s+/g, ' ');
  const typed = await window.showInputBox({
    title: l10n.t('Animate “{0}”', oneLine(name, 60)),
    prompt: l10n.t('What happens in the video? It begins with this image. Nothing is sent before you choose a model.'),
    value: offered,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? l10n.t('A prompt is needed.') : undefined),
  });
  if (typed === undefined) return undefined;
  return typed === offered ? selected : typed.trim();
}

/** `undefined` for a model that takes no start image. Of its ratios the one nearest to the image, unless a setting says another. */
function parametersFor(model: Model, file: string, { size }: InputFile, fromSettings: JsonObject): JsonObject | undefined {
  const { startImage, ratios } = limitsOf(model);
  if (startImage === 'no') return undefined;
  const usual = model.parameters.find(({ name }) => name === 'aspect_ratio')?.default;
  // a word such as *adaptive* follows the image by itself
  const follows = typeof usual === 'string' && !usual.includes(':');
  const ratio = size && !follows && fromSettings.aspect_ratio === undefined ? nearestRatio(ratios, size) : undefined;
  return { ...fromSettings, start_image: file, ...(ratio !== undefined && ratio !== usual && { aspect_ratio: ratio }) };
}
