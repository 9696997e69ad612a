import type { KnownKeys } from '../parameterList';
import { type ColumnUse, shotWord } from './columnUse';
import { type DraftPart, shotParts, unnested } from './draftPart';
import { draftsOfTable } from './draftsOfTable';
import { draftsOfText } from './draftsOfText';
import { guessColumns } from './guessColumns';
import { readCsv } from './readCsv';
import { numberShots } from './shotIds';
import { recordTable, type SourceTable } from './sourceTable';
import { noteText, writeShot } from './writeDraft';

/** `records`: CSV, or cells that were copied from a spreadsheet. */
export interface Source {
  readonly text: string;
  readonly form: 'text' | 'records';
}

export interface MadeStoryboard {
  readonly text: string;
  readonly shots: readonly { readonly id: string; readonly prompt: string }[];
  /** Tables of the source whose rows became shots, in its order. */
  readonly tables: readonly SourceTable[];
}

export interface MakeParts {
  readonly known: KnownKeys;
  /** Written at the top where the source names no model there: without one no shot can be made. */
  readonly modelId?: string;
  /** What the columns of a table are; by their words and cells where nobody was asked. */
  readonly usesOf?: (table: SourceTable) => readonly ColumnUse[];
}

/**
 * A storyboard of what people have: paragraphs, lists, tables, keys with values, CSV. Prompts stay as they are written; what is
 * not understood becomes a note of its shot, and of the source only marks are lost.
 */
export function makeStoryboard(
  source: Source,
  { known, modelId, usesOf = (table) => guessColumns(table, known) }: MakeParts,
): MadeStoryboard {
  const text = source.text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const { front, parts, tables } = source.form === 'records' ? recordsDraft(source.text, known, usesOf) : draftsOfText(text, known, usesOf);
  const drafts = parts.flatMap((part) => (part.kind === 'shot' ? [part.shot] : []));
  const ids = numberShots(
    drafts.map(({ id }) => id),
    shotWord(wordOf(tables, usesOf), text),
  );
  const names = (key: string) => front.some((line) => line.startsWith(`${key}:`));
  const head = [
    ...(names('storyboard') ? [] : ['storyboard: 1']),
    ...(modelId === undefined || names('model') ? [] : [`model: ${modelId}`]),
  ];
  const frontMatter = ['---', ...head, ...front, '---'].join('\n');
  return {
    text: `${[frontMatter, ...written(unnested(parts), ids, known)].join('\n\n')}\n`,
    shots: drafts.map(({ prompt }, index) => ({ id: ids[index]?.id ?? '', prompt })),
    tables,
  };
}

function recordsDraft(text: string, known: KnownKeys, usesOf: (table: SourceTable) => readonly ColumnUse[]) {
  const table = recordTable(readCsv(text), known);
  const above = table.above.map((line): DraftPart => ({ kind: 'text', text: line }));
  return { front: [], parts: [...above, ...shotParts(draftsOfTable(table, usesOf(table)), 0)], tables: [table] };
}

function wordOf(tables: readonly SourceTable[], usesOf: (table: SourceTable) => readonly ColumnUse[]): string | undefined {
  const [table] = tables;
  return table?.header[usesOf(table).findIndex(({ kind }) => kind === 'id')];
}

function written(
  parts: readonly DraftPart[],
  ids: readonly { readonly id: string; readonly lost?: string }[],
  known: KnownKeys,
): readonly string[] {
  let shots = 0;
  let isInShot = false;
  return parts.map((part) => {
    switch (part.kind) {
      case 'heading':
        isInShot = false;
        return `${'#'.repeat(part.level)} ${part.text.replace(/\s+/g, ' ').trim()}`;
      case 'text':
        // below a shot it would be sent
        return isInShot ? noteText(part.text) : part.text;
      case 'note':
        return noteText(part.text);
      case 'shot': {
        isInShot = true;
        const { id = '', lost } = ids[shots++] ?? {};
        const shot = lost === undefined ? part.shot : { ...part.shot, notes: [lost, ...part.shot.notes] };
        return writeShot(shot, id, part.level, known);
      }
      default:
        return part satisfies never;
    }
  });
}
