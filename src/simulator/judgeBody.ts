import type { Answer } from './answer';
import type { InputFault } from './assets';
import { checkRequest } from './checkRequest';
import { checkInputs } from './inputFiles';
import type { SimulatedModel } from './models';
import { invalidBody, retiredField } from './refusal';
import type { Switches } from './switches';

type Body = Readonly<Record<string, unknown>>;

export interface JudgeSurroundings {
  readonly switches: Switches;
  /** Origin of the files that were uploaded here. */
  readonly fileBase: string;
  /** What is wrong with an address below it. */
  readonly faultOf: (address: string) => InputFault | undefined;
}

/** What the service answers to a body that it does not take; `undefined` when it does. */
export function judgeBody(model: SimulatedModel, body: Body, { switches, fileBase, faultOf }: JudgeSurroundings): Answer | undefined {
  const former = Object.keys(body).find((name) => Object.hasOwn(model.aliases, name) && !Object.hasOwn(model.params, name));
  if (former !== undefined) return retiredField(former, model.aliases[former] ?? former);
  const problems = checkRequest(model, body, switches).filter(({ longAddress }) => switches.uriLength || !longAddress);
  if (problems.length > 0) return invalidBody(problems, switches);
  return checkInputs(model, body, switches, fileBase, faultOf);
}
