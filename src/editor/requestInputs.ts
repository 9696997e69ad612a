import { dirname } from 'node:path';
import { type Uri, workspace } from 'vscode';
import type { JsonObject, Model } from '../catalogue/model';
import { withDefaults } from '../catalogue/requestDefaults';
import { standIn } from '../jobs/addressed';
import { type InputFile, inspectInput } from '../jobs/inputFile';
import type { OrderInput } from '../jobs/job';
import { inputsOf, withInputs } from '../storyboard/inputs';
import { inputWarnings } from '../storyboard/inputWarnings';
import { type InputFolders, type ResolvedInput, resolveInputs } from '../storyboard/resolveInputs';
import { type InputTrouble, inputWarningWords } from './inputFailures';

/** A request whose files are there and fit to be sent. */
export interface PreparedInputs {
  readonly kind: 'inputs';
  readonly inputs: readonly OrderInput[];
  /** With a stand-in for each file, made of its content. */
  readonly body: JsonObject;
  /** For people: with the files by name. */
  readonly shown: JsonObject;
  /** What the user should know before it is sent. */
  readonly warnings: readonly string[];
}

/** Milliseconds for reading the files once. */
const patience = 60_000;

/** Reads every file that the body names. `chosen`: paths that the user has just pointed at. */
export async function prepareInputs(
  model: Model,
  body: JsonObject,
  scope: Uri,
  chosen: ReadonlySet<string>,
): Promise<PreparedInputs | { readonly kind: 'input'; readonly trouble: InputTrouble }> {
  const places = inputsOf(model, body);
  if (places.length === 0) return { kind: 'inputs', inputs: [], body, shown: body, warnings: [] };
  const resolved = await resolveInputs(places, foldersFor(scope, chosen));
  if (resolved.kind === 'refused') {
    const { place, why, code } = resolved;
    return { kind: 'input', trouble: { role: place.role, name: place.written, media: place.media, why, ...(code && { code }) } };
  }
  const signal = AbortSignal.timeout(patience);
  const files: { readonly input: ResolvedInput; readonly file: InputFile }[] = [];
  for (const input of resolved.inputs) {
    const { role, media, shown: name } = input;
    const found = await inspectInput(input.file, signal);
    if (found.kind === 'trouble')
      return { kind: 'input', trouble: { role, name, media, why: found.why, ...(found.code && { code: found.code }) } };
    if (media !== 'any' && found.input.type.media !== media) return { kind: 'input', trouble: { role, name, media, why: 'otherMedia' } };
    files.push({ input, file: found.input });
  }
  const shapes = files.map(({ input, file }) => ({ role: input.role, media: input.media, ...(file.size && { size: file.size }) }));
  const sha256At = new Map(files.map(({ input, file }) => [input.role, file.sha256]));
  return {
    kind: 'inputs',
    inputs: files.map(({ input, file }) => orderInput(input, file)),
    body: withInputs(body, resolved.inputs, ({ role }) => standIn(sha256At.get(role) ?? '')),
    shown: withInputs(body, resolved.inputs, ({ shown }) => shown),
    warnings: inputWarnings(shapes, withDefaults(model, body)).map(inputWarningWords),
  };
}

function orderInput({ role, shown }: ResolvedInput, { file, sha256, bytes, type }: InputFile): OrderInput {
  return { role, file, shown, sha256, bytes, type: type.mime, ending: type.ending };
}

/** A relative path begins at the file with the prompt, else at its workspace folder. */
export function foldersFor(scope: Uri, chosen: ReadonlySet<string> = new Set()): InputFolders {
  const onDisk = scope.scheme === 'file';
  const workspaceFolder = onDisk
    ? workspace.getWorkspaceFolder(scope)?.uri.fsPath
    : workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath;
  const folder = onDisk ? dirname(scope.fsPath) : undefined;
  const bases = [folder, workspaceFolder].filter((base) => base !== undefined);
  const root = workspaceFolder ?? folder;
  return { bases, chosen, ...(root !== undefined && { root }) };
}
