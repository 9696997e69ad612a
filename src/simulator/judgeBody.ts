import type { Answer } from './answer';
import { checkRequest, type Problem } from './checkRequest';
import { checkInputs } from './inputFiles';
import type { SimulatedModel } from './models';
import { invalidBody, retiredField } from './refusal';
import type { Switches } from './switches';

type Body = Readonly<Record<string, unknown>>;

export interface JudgeSurroundings {
  readonly switches: Switches;
  /** Origin of the files that were uploaded here. */
  readonly fileBase: string;
  readonly isUploaded: (address: string) => boolean;
}

/** What the service answers to a body that it does not take; `undefined` when it does. */
export function judgeBody(model: SimulatedModel, body: Body, { switches, fileBase, isUploaded }: JudgeSurroundings): Answer | undefined {
  const former = Object.keys(body).find((name) => Object.hasOwn(model.aliases, name) && !Object.hasOwn(model.params, name));
  if (former !== undefined) return retiredField(former, model.aliases[former] ?? former);
  const problems = checkRequest(model, body, switches).filter((problem) => switches.uriLength || !isUriLength(problem, body));
  if (problems.length > 0) return invalidBody(problems, switches);
  return checkInputs(model, body, switches, fileBase, isUploaded);
}

/** The limit of 1024 characters of uri fields, of which it is not known whether the service keeps it. */
function isUriLength({ kind, path }: Problem, body: Body): boolean {
  const value = path.reduce<unknown>((held, key) => (typeof held === 'object' && held !== null ? Reflect.get(held, key) : undefined), body);
  return kind === 'length' && path[0] !== 'prompt' && typeof value === 'string' && URL.canParse(value);
}
