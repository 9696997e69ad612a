import type { Finding } from '../catalogue/finding';
import type { Json, Model, Parameter } from '../catalogue/model';
import { parameterAt } from '../catalogue/parameterAt';
import { namesAt } from '../catalogue/unknownField';
import type { Entry } from './entry';
import { entryAt, keptAsNote, removal, renaming } from './entryFixes';
import type { Fix, FixSurroundings } from './fix';
import { narrow, type TextChange } from './lines';
import { nearest } from './nearest';
import { nearestValues } from './nearestValues';
import type { BoardShot } from './readBoard';
import type { ShotFinding } from './resolvedShot';
import { replacedValue, writeEntry } from './writeEntry';

type RequestFinding = Extract<ShotFinding, { readonly code: 'request' }>;

/** What settles a finding of the catalogue: another value, another name, or the line away. */
export function requestFixes(found: RequestFinding, shot: BoardShot, { board }: Pick<FixSurroundings, 'board'>): readonly Fix[] {
  const { finding } = found;
  const { model } = shot.resolved;
  if (model.kind !== 'model') return [];
  switch (finding.code) {
    case 'notInList':
    case 'notInListNow': {
      const values = nearestValues(valueAt(finding, shot), finding.params.allowed);
      return values.flatMap((value, index) => setting(found, value, index === 0, shot, board));
    }
    case 'outOfRange': {
      const limit = limitOf(finding, parameterAt(model.model, finding.path));
      return limit === undefined ? [] : setting(found, limit, true, shot, board);
    }
    case 'wrongType': {
      const parameter = parameterAt(model.model, finding.path);
      return valuesOf(parameter).flatMap((value, index) => setting(found, value, index === 0, shot, board));
    }
    case 'unknownField':
    case 'retiredName':
      return foreignField(found, model.model, board);
    case 'noEffect':
    case 'deprecatedField':
      return removing(found, board, true);
    case 'excludes':
      return finding.params.names.flatMap((name) => removalOf(name, shot, board));
    case 'missing':
    case 'tooLong':
    case 'tooShort':
    case 'tooMany':
    case 'tooFew':
    case 'wrongFormat':
    case 'overridesRatio':
    case 'doubtfulAddress':
    case 'other':
      return [];
    default:
      return finding satisfies never;
  }
}

function foreignField(found: RequestFinding, model: Model, { text, storyboard }: FixSurroundings['board']): readonly Fix[] {
  const { finding, origin } = found;
  const placed = entryAt(storyboard, found);
  const [name, ...deeper] = finding.path;
  if (origin?.kind !== 'shot' || !placed || deeper.length > 0) return [];
  const said =
    finding.code === 'retiredName' ? finding.params.replacement : finding.code === 'unknownField' ? finding.params.near : undefined;
  const taken = new Set(placed.list.map((entry) => entry.name));
  const near = said ?? nearest(String(name), namesAt(model, []));
  const renamed = near === undefined || taken.has(near) ? [] : [renaming(placed.entry, near, true)];
  return [...renamed, ...removal(text, placed, renamed.length === 0), ...keptAsNote(text, placed)];
}

function removing(found: RequestFinding, { text, storyboard }: FixSurroundings['board'], preferred: boolean): readonly Fix[] {
  const placed = found.origin?.kind === 'shot' ? entryAt(storyboard, found) : undefined;
  return placed ? removal(text, placed, preferred) : [];
}

function removalOf(name: string, { resolved }: BoardShot, { text, storyboard }: FixSurroundings['board']): readonly Fix[] {
  const origin = resolved.values.find((value) => value.name === name)?.origin;
  const placed = origin?.kind === 'shot' ? entryAt(storyboard, origin.entry.keyRange) : undefined;
  return placed ? removal(text, placed) : [];
}

/** Where it stands on the shot; else the shot gets a line of its own: what is inherited may be right elsewhere. */
function setting(
  { finding, origin }: RequestFinding,
  value: Json,
  preferred: boolean,
  { resolved }: BoardShot,
  { text, storyboard }: FixSurroundings['board'],
): readonly Fix[] {
  const [field, index, ...deeper] = finding.path;
  if (typeof field !== 'string' || deeper.length > 0) return [];
  const act = { kind: 'set', name: finding.path.join('.'), value, onShot: origin?.kind !== 'shot' } as const;
  const written = String(value);
  if (index !== undefined) {
    const items = origin?.kind === 'shot' && origin.entry.value.kind === 'list' ? origin.entry.value.items : [];
    const item = typeof index === 'number' ? items[index] : undefined;
    return item ? [{ act, changes: [{ ...item.range, text: written }], preferred }] : [];
  }
  const change =
    origin?.kind === 'shot' ? anotherValue(text, origin.entry, value) : writeEntry(text, storyboard, resolved.shot, field, written);
  return [{ act, changes: [change], preferred }];
}

/** Of `7 s` only the number changes; of what is no number, or goes on below its line, nothing stays. */
function anotherValue(text: string, entry: Entry, value: Json): TextChange {
  const { start, end } = entry.valueRange;
  const [, digits] =
    /^([+-]?\d+(?:\.\d+)?)\s*(?:s|secs?|seconds?|秒)?\s*(?:<!--(?:(?!-->).)*-->\s*)?$/i.exec(narrow(text.slice(start, end))) ?? [];
  const isOneLine = !/[\r\n]/.test(text.slice(entry.range.start, entry.range.end));
  if (typeof value === 'number' && digits !== undefined && isOneLine) {
    const lead = /[:：]/.test(text.charAt(start - 1)) ? ' ' : '';
    return { start, end: start + digits.length, text: `${lead}${value}` };
  }
  const change = replacedValue(text, entry, 'x');
  return { ...change, text: change.text.replace('x', String(value)) };
}

const valueAt = ({ path }: Finding, { resolved }: BoardShot): Json | undefined => {
  const [field, index] = path;
  const value = resolved.values.find(({ name }) => name === field)?.value;
  return typeof index === 'number' && Array.isArray(value) ? value[index] : value;
};

function limitOf({ code, params }: Finding, parameter: Parameter | undefined): number | undefined {
  if (code !== 'outOfRange') return undefined;
  const step = parameter?.kind === 'integer' ? 1 : undefined;
  if (params.min !== undefined || params.max !== undefined) return params.min ?? params.max;
  if (step === undefined) return undefined;
  return params.above !== undefined ? params.above + step : params.below === undefined ? undefined : params.below - step;
}

function valuesOf(parameter: Parameter | undefined): readonly Json[] {
  if (parameter?.kind === 'boolean') return [true, false];
  const fallback = parameter?.default;
  if (typeof fallback === 'number') return [fallback];
  return parameter?.kind === 'integer' && parameter.min !== undefined ? [parameter.min] : [];
}
