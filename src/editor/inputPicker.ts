import { basename, dirname } from 'node:path';
import { l10n, Uri, window, workspace } from 'vscode';
import type { Json, Parameter } from '../catalogue/model';
import { type InputMedia, mediaOfField } from '../storyboard/inputs';
import { oneLine } from './plainText';

/** Endings that a dialog offers; what a file is, its content says later. */
const endings: Readonly<Record<InputMedia, readonly string[]>> = {
  image: ['png', 'jpg', 'jpeg', 'webp', 'heic'],
  video: ['mp4', 'mov', 'webm'],
  audio: ['wav', 'mp3'],
  any: ['png', 'jpg', 'jpeg', 'webp', 'heic', 'mp4', 'mov', 'webm', 'wav', 'mp3'],
};

/** Where dialogs begin, and the paths that were chosen in them: these may lie anywhere. */
export interface ChosenFiles {
  readonly scope?: Uri;
  readonly paths: Set<string>;
}

export function takesFile({ kind, items }: Parameter): boolean {
  return kind === 'uri' || (kind === 'list' && items?.kind === 'uri');
}

/** A file (of a list: files) or an address, `undefined` for none, or `unchanged`. */
export async function pickInput<T>(
  parameter: Parameter,
  value: Json | undefined,
  chosen: ChosenFiles,
  unchanged: T,
): Promise<Json | undefined | T> {
  const isList = parameter.kind === 'list';
  const rows = [
    { label: `$(file-add) ${isList ? l10n.t('Choose Files…') : l10n.t('Choose a File…')}`, does: 'file' as const },
    ...(isList ? [] : [{ label: `$(link) ${l10n.t('Type an Address…')}`, does: 'address' as const }]),
    { label: l10n.t('None'), does: 'none' as const },
  ];
  const row = await window.showQuickPick(rows, {
    title: parameter.name,
    placeHolder: l10n.t('A file is sent to Krea before the request; that is free.'),
  });
  switch (row?.does) {
    case undefined:
      return unchanged;
    case 'none':
      return undefined;
    case 'address': {
      const typed = await window.showInputBox({ title: parameter.name, value: typeof value === 'string' ? value : '' });
      return typed === undefined ? unchanged : typed.trim() || undefined;
    }
    case 'file': {
      const paths = await askForFiles(mediaOfField(parameter.name), isList, chosen, parameter.name);
      if (paths.length === 0) return unchanged;
      return isList ? paths : (paths[0] ?? unchanged);
    }
  }
}

export async function askForFiles(media: InputMedia, many: boolean, chosen: ChosenFiles, title: string): Promise<readonly string[]> {
  const { scope } = chosen;
  const folder = scope?.scheme === 'file' ? Uri.file(dirname(scope.fsPath)) : workspace.workspaceFolders?.[0]?.uri;
  const uris = await window.showOpenDialog({
    title,
    canSelectMany: many,
    openLabel: l10n.t('Use'),
    filters: { [filterWords(media)]: [...endings[media]] },
    ...(folder && { defaultUri: folder }),
  });
  const paths = (uris ?? []).filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
  for (const path of paths) chosen.paths.add(path);
  return paths;
}

/** Files by their names, addresses as they are. */
export function inputValueWords(value: Json): string {
  const values: readonly Json[] = Array.isArray(value) ? value : [value];
  return oneLine(values.map((one) => (typeof one === 'string' && !one.includes('://') ? basename(one) : String(one))).join(', '), 60);
}

function filterWords(media: InputMedia): string {
  switch (media) {
    case 'image':
      return l10n.t('Images');
    case 'video':
      return l10n.t('Videos');
    case 'audio':
      return l10n.t('Sounds');
    case 'any':
      return l10n.t('Images, videos and sounds');
  }
}
