import { narrow } from '../lines';
import { shotHeading } from '../shotId';
import type { ColumnUse } from './columnUse';
import { type DraftShot, ShotDraft } from './shotDraft';
import type { SourceTable } from './sourceTable';

/** A shot for each row; a row with nothing but a name begins a scene, and a row of sums is a note. */
export function draftsOfTable(table: SourceTable, uses: readonly ColumnUse[]): readonly DraftShot[] {
  const drafts: ShotDraft[] = [];
  const scene = new Scenes(table, uses);
  for (const row of table.rows) {
    const filled = row.flatMap((cell, index) => (cell === '' ? [] : [index]));
    const [first] = filled;
    if (first === undefined) continue;
    const head = row[first] ?? '';
    const last = drafts.at(-1);
    if (last && isSum(head) && !filled.some((index) => uses[index]?.kind === 'prompt'))
      last.addNote(row.filter((cell) => cell !== '').join(' '));
    else if (filled.length === 1 && table.columns > 1 && isSceneRow(head, uses[first])) scene.begin(head);
    else drafts.push(draftOf(row, uses, table, scene));
  }
  // a scene without a shot is a word of the source still
  if (scene.waits !== undefined) drafts.at(-1)?.addNote(scene.waits);
  return drafts.map((draft) => draft.finish());
}

function draftOf(row: readonly string[], uses: readonly ColumnUse[], { header }: SourceTable, scene: Scenes): ShotDraft {
  const draft = new ShotDraft();
  row.forEach((cell, index) => {
    const use = uses[index] ?? { kind: 'note' };
    if (use.kind === 'prompt') draft.addPrompt(cell, 'said');
    else if (use.kind === 'scene') scene.of(cell, draft);
    else draft.add(use, header[index] ?? '', cell);
  });
  scene.give(draft);
  return draft;
}

const isSum = (cell: string): boolean => /^(?:total|sum|合計|計|総尺)(?:$|[\s:：(（])/i.test(cell.trim());

function isSceneRow(cell: string, use: ColumnUse | undefined): boolean {
  if (use?.kind === 'prompt' || cell.includes('\n') || /^\d+$/.test(narrow(cell))) return false;
  return use?.kind !== 'id' || shotHeading(cell) === undefined;
}

/** Which scene the rows belong to: by a row of its own, or by a column, where an empty cell goes on with the one above. */
class Scenes {
  private readonly word: string;
  private readonly areTitles: boolean;
  private current: string | undefined;
  waits: string | undefined;

  constructor({ header, rows }: SourceTable, uses: readonly ColumnUse[]) {
    const column = uses.findIndex(({ kind }) => kind === 'scene');
    this.word = header[column] ?? '';
    const cells = rows.map((row) => row[column] ?? '').filter((cell) => cell !== '');
    // a number of its own for each row numbers the shots, and makes no scene
    this.areTitles = cells.length > 1 && new Set(cells).size === rows.length && !uses.some(({ kind }) => kind === 'title');
  }

  begin(name: string): void {
    if (this.waits !== undefined) this.current = `${this.waits} – ${name}`;
    else this.current = name;
    this.waits = this.current;
  }

  of(cell: string, draft: ShotDraft): void {
    if (cell === '') return;
    const word = this.word.replace(/[#№.\s]+$/, '');
    const parting = /[a-z]$/i.test(word) ? ' ' : '';
    const name = /^\d+$/.test(narrow(cell)) ? `${word}${parting}${narrow(cell)}` : cell;
    if (this.areTitles) draft.add({ kind: 'title' }, '', name);
    else this.current = name.replace(/\s*\n\s*/g, ' ');
  }

  give(draft: ShotDraft): void {
    if (this.current === undefined) return;
    draft.add({ kind: 'scene' }, '', this.current);
    this.waits = undefined;
  }
}
