import { checkRequest, type Finding, isError } from '../catalogue/checkRequest';
import { withStandIns } from './inputs';
import type { TextRange } from './lines';
import type { Origin, ResolvedShot, ShotFinding } from './resolvedShot';
import { placeOf } from './resolveShot';

/** All that speaks against sending a shot, each with its place in the text. A shot without a prompt is empty, not wrong. */
export async function checkShot(resolved: ResolvedShot): Promise<readonly ShotFinding[]> {
  const { model, body, findings, prompt } = resolved;
  if (model.kind !== 'model' || prompt === undefined) return findings;
  const found = await checkRequest(model.model, withStandIns(model.model, body));
  return [...findings, ...found.map((finding) => located(finding, resolved))];
}

/** Whether the shot can be generated as it stands. */
export const isSendable = (findings: readonly ShotFinding[]): boolean => findings.every(({ severity }) => severity !== 'error');

function located(finding: Finding, { values, shot }: ResolvedShot): ShotFinding {
  const [field, index] = finding.path;
  const value = values.find(({ name }) => name === field);
  const origin: Origin | undefined = typeof index === 'number' ? (value?.parts?.[index] ?? value?.origin) : value?.origin;
  return { code: 'request', severity: isError(finding) ? 'error' : 'warning', finding, origin, ...placeOfFinding(finding, origin) };

  function placeOfFinding({ code, path }: Finding, from: Origin | undefined): TextRange {
    if (path[0] === 'prompt')
      return shot.prompt ? { start: shot.prompt.pieces[0]?.start ?? 0, end: shot.prompt.pieces.at(-1)?.end ?? 0 } : shot.idRange;
    if (from?.kind !== 'shot') return placeOf(from, shot);
    if (code === 'unknownField' || code === 'retiredName' || code === 'deprecatedField') return from.entry.keyRange;
    const items = from.entry.value.kind === 'list' ? from.entry.value.items : [];
    return (typeof index === 'number' ? items[index]?.range : undefined) ?? placeOf(from, shot);
  }
}
