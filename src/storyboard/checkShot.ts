import { type Finding, isError, type Path } from '../catalogue/finding';
import type { Price } from '../catalogue/price';
import { checkedRequest } from './checkedRequest';
import type { TextRange } from './lines';
import { placeOf } from './placeOfOrigin';
import type { Origin, ResolvedShot, ShotFinding } from './resolvedShot';

/** All that speaks against sending a shot, each with its place in the text. A shot without a prompt is empty, not wrong. */
export async function checkShot(resolved: ResolvedShot): Promise<readonly ShotFinding[]> {
  return (await checkedShot(resolved)).findings;
}

/** The same with the price of its request; unknown where there is none. */
export async function checkedShot(resolved: ResolvedShot): Promise<{ readonly findings: readonly ShotFinding[]; readonly price: Price }> {
  const { model, body, findings, prompt } = resolved;
  if (model.kind !== 'model' || prompt === undefined) return { findings, price: { kind: 'unknown' } };
  const found = await checkedRequest(model.model, body);
  return { findings: [...findings, ...found.findings.map((finding) => located(finding, resolved))], price: found.price };
}

/** Whether the shot can be generated as it stands. */
export const isSendable = (findings: readonly ShotFinding[]): boolean => findings.every(({ severity }) => severity !== 'error');

function located(finding: Finding, resolved: ResolvedShot): ShotFinding {
  const origin = originAt(finding.path, resolved);
  return {
    code: 'request',
    severity: isError(finding) ? 'error' : 'warning',
    finding,
    origin,
    ...placeOfFinding(finding, resolved, origin),
  };
}

/** Where the value at a path of the body comes from. */
export function originAt([field, index]: Path, { values }: Pick<ResolvedShot, 'values'>): Origin | undefined {
  const value = values.find(({ name }) => name === field);
  return typeof index === 'number' ? (value?.parts?.[index] ?? value?.origin) : value?.origin;
}

function placeOfFinding({ code, path }: Finding, { shot }: ResolvedShot, from: Origin | undefined): TextRange {
  const [field, index] = path;
  if (field === 'prompt')
    return shot.prompt ? { start: shot.prompt.pieces[0]?.start ?? 0, end: shot.prompt.pieces.at(-1)?.end ?? 0 } : shot.idRange;
  if (from?.kind !== 'shot') return placeOf(from, shot);
  if (code === 'unknownField' || code === 'retiredName' || code === 'deprecatedField') return from.entry.keyRange;
  const items = from.entry.value.kind === 'list' ? from.entry.value.items : [];
  return (typeof index === 'number' ? items[index]?.range : undefined) ?? placeOf(from, shot);
}
