import { changeModel } from './changeModel';
import { entryAt, keptAsNote, removal, wholeLines } from './entryFixes';
import type { Fix, FixSurroundings } from './fix';
import type { TextChange, TextRange } from './lines';
import { nearest } from './nearest';
import { plainlyWritten } from './plainlyWritten';
import type { BoardShot } from './readBoard';
import { requestFixes } from './requestFixes';
import type { ShotFinding } from './resolvedShot';
import { heldBy } from './shotLayers';
import { wordsInReach } from './wordsInReach';

/** What settles a finding of one shot. */
export function shotFixes(finding: ShotFinding, shot: BoardShot, around: Omit<FixSurroundings, 'shot'>): readonly Fix[] {
  const { board, catalogue } = around;
  const { text, storyboard } = board;
  switch (finding.code) {
    case 'request':
      return requestFixes(finding, shot, around);
    case 'retiredModel':
      return finding.replacement === undefined ? [] : [useModel(finding.id, finding.replacement, shot, around)];
    case 'sunset': {
      const { replacement } = finding.sunset;
      return replacement === undefined ? [] : [useModel(finding.id, replacement, shot, around)];
    }
    case 'unknownModel': {
      const ids = catalogue.models.map(({ id }) => id);
      const near = nearModel(finding.id, ids);
      return near === undefined ? [] : [useModel(finding.id, near, shot, around)];
    }
    case 'unknownBlock':
      return nearBlock(finding, shot, around);
    case 'unknownShot': {
      const near = nearest(
        finding.id,
        storyboard.shots.map(({ id }) => id).filter((id) => id !== shot.resolved.shot.id),
      );
      const change = near === undefined ? undefined : wordAt(text, finding, finding.id, near);
      return near === undefined || !change ? [] : [{ act: { kind: 'nameShot', id: near }, changes: [change], preferred: true }];
    }
    case 'circularFrames': {
      const placed = entryAt(storyboard, finding);
      return placed ? removal(text, placed) : [];
    }
    case 'negativePrompt':
      return withoutNegative(finding, shot, text, around);
    case 'circularBlock':
    case 'tooManyWords':
    case 'partsSum':
    case 'noModel':
      return [];
    default:
      return finding satisfies never;
  }
}

/** In every shot that takes its model from the same place; one whose take is picked keeps what it was made with. */
function useModel(from: string, to: string, { resolved }: BoardShot, { board }: Pick<FixSurroundings, 'board'>): Fix {
  const placeOf = (shot: BoardShot['resolved']['shot']) => heldBy(board.storyboard, shot).get('model')?.entry;
  const place = placeOf(resolved.shot);
  const same = board.shots.map((shot) => shot.resolved).filter((one) => one.modelId === from && placeOf(one.shot) === place);
  const isMeant = (one: BoardShot['resolved']): boolean => one.pick === undefined || one.shot === resolved.shot;
  const changes = changeModel(board.text, board.storyboard, {
    ...{ from, to },
    shots: same.filter(isMeant).map(({ shot }) => shot),
    kept: same.filter((one) => !isMeant(one)).map(({ shot }) => shot),
  });
  return { act: { kind: 'useModel', id: to }, changes, preferred: true };
}

/** `kling 2.5` and `kling-2.5` name `kling/kling-2.5`. */
function nearModel(written: string, ids: readonly string[]): string | undefined {
  const plain = written.toLowerCase().replace(/\s+/g, '-');
  return ids.find((id) => id.split('/').at(-1) === plain) ?? nearest(written, ids) ?? nearestName(plain, ids);
}

function nearestName(plain: string, ids: readonly string[]): string | undefined {
  const byName = new Map(ids.map((id) => [id.split('/').at(-1) ?? id, id]));
  const near = nearest(plain.split('/').at(-1) ?? plain, byName.keys());
  return near === undefined ? undefined : byName.get(near);
}

function nearBlock(finding: TextRange & { readonly name: string }, { resolved }: BoardShot, { board }: Pick<FixSurroundings, 'board'>) {
  const { style, scene, blocks, cast } = wordsInReach(board.storyboard, resolved.shot, board.otherBlocks);
  const names = [
    ...[...cast.values()].map(({ name }) => `@${name}`),
    ...[...blocks.values()].map(({ name }) => name),
    ...(style ? ['style'] : []),
    ...(scene === undefined ? [] : ['scene']),
  ];
  const near = nearest(finding.name, names) ?? names.find((name) => name.toLowerCase() === `@${finding.name.toLowerCase()}`);
  const change = near === undefined ? undefined : wordAt(board.text, finding, finding.name, near);
  if (near === undefined || !change) return [];
  return [{ act: { kind: 'insertBlock', name: near }, changes: [change], preferred: true }] as const;
}

/** A word inside a place; it may stand elsewhere, in a block that the place inserts. */
function wordAt(text: string, { start, end }: TextRange, word: string, put: string): TextChange | undefined {
  const at = text.slice(start, end).indexOf(word);
  return at < 0 ? undefined : { start: start + at, end: start + at + word.length, text: put };
}

/** No Krea video model takes one: what is to be avoided can be said in the prompt. */
function withoutNegative(
  finding: TextRange,
  { resolved }: BoardShot,
  text: string,
  { board }: Pick<FixSurroundings, 'board'>,
): readonly Fix[] {
  const placed = entryAt(board.storyboard, finding);
  const end = resolved.shot.prompt?.pieces.at(-1)?.end;
  if (!placed) return [];
  const { entry } = placed;
  const words = entry.value.kind === 'text' ? plainlyWritten(entry.value.text).replace(/[.。]+$/, '') : '';
  const canGo = removal(text, placed).length > 0;
  const put: TextChange = { start: end ?? 0, end: end ?? 0, text: ` Avoid: ${words}.` };
  const avoid: readonly Fix[] =
    words === '' || end === undefined || !canGo
      ? []
      : [{ act: { kind: 'appendAvoid' }, changes: [wholeLines(text, entry), put].toSorted((a, b) => a.start - b.start), preferred: true }];
  return [...avoid, ...keptAsNote(text, placed)];
}
