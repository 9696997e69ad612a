import type { ServerResponse } from 'node:http';
import type { Asset } from './assets';
import type { Clock, TurnableClock } from './clock';
import type { Ending, Failure, JobScript } from './jobScript';
import { type Handler, readAll, urlOf } from './origin';
import type { LoggedRequest } from './requestLog';
import { type SimulatedJob, statusOf } from './simulatedJob';
import type { StrangersJobs } from './strangers';
import type { SwitchChange, Switches } from './switches';

/** What a test can see of a simulator, and turn. */
export interface SimulatorHandles {
  readonly clock: Clock;

  readonly requests: readonly LoggedRequest[];
  /** Every POST to /generate that arrived. Those that made a job have a `jobId`. */
  submits(): readonly LoggedRequest[];
  readonly jobs: readonly SimulatedJob[];
  /** Uploaded files, also those that it says it has forgotten. */
  readonly uploads: readonly Asset[];
  /** Forgets every upload. */
  loseUploads(): void;
  /** What must never happen: a token at the file host, a token outside the Authorization header, a defect of the simulator. */
  readonly violations: readonly string[];

  readonly switches: Switches;
  set(change: SwitchChange): void;

  /** USD; of the first token's workspace unless another is named. */
  balance(workspace?: string): number;
  setBalance(usd: number, workspace?: string): void;

  /** Jobs that others make in the first token's workspace, now. */
  strangers(jobs: StrangersJobs): readonly SimulatedJob[];

  /** Ends a job now. Throws if there is no such job. */
  finish(jobId: string, ending?: Ending, failure?: Failure): void;
  /** Lets a job follow a new script from now on. Throws if there is no such job. */
  follow(jobId: string, script: JobScript): void;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The simulator's handles, for processes that do not hold the object. Answers JSON.
 *
 * GET /requests, /jobs, /violations, /switches, /balance; POST /switches (a partial Switches), /clock `{advanceMs}`,
 * /balance `{usd, workspace?}`, /strangers `{count, state}`, /jobs/{id} `{finish: true}`, `{fail: Failure}`, `{cancel: true}` or `{script: JobScript}`.
 * It is a tool for tests and trusts what they send.
 */
export function controlHandler(simulator: SimulatorHandles): Handler {
  return async (request, response) => {
    const path = urlOf(request).pathname;
    const text = (await readAll(request)).toString('utf8');
    const order = text === '' ? {} : readOrder(text);
    if (!order) return reply(response, 400, { error: 'The body is not a JSON object.' });
    try {
      await answer(`${request.method} ${path}`, order, simulator, response);
    } catch (failure) {
      reply(response, 400, { error: failure instanceof Error ? failure.message : String(failure) });
    }
  };
}

async function answer(what: string, order: Fields, simulator: SimulatorHandles, response: ServerResponse): Promise<void> {
  switch (what) {
    case 'GET /requests':
      return reply(response, 200, simulator.requests);
    case 'GET /jobs':
      return reply(response, 200, simulator.jobs.map(marksOf));
    case 'GET /violations':
      return reply(response, 200, simulator.violations);
    case 'GET /switches':
      return reply(response, 200, simulator.switches);
    case 'POST /switches':
      simulator.set(order satisfies SwitchChange);
      return reply(response, 200, simulator.switches);
    case 'GET /balance':
      return reply(response, 200, { usd: simulator.balance() });
    case 'POST /balance': {
      const { usd, workspace } = order;
      if (typeof usd !== 'number') throw new Error('usd must be a number.');
      simulator.setBalance(usd, typeof workspace === 'string' ? workspace : undefined);
      return reply(response, 200, { usd });
    }
    case 'POST /strangers':
      if (!isStrangers(order)) throw new Error('Say count, and state: finished, running or asOurs.');
      return reply(response, 200, simulator.strangers(order).map(marksOf));
    case 'POST /clock': {
      const { clock } = simulator;
      if (!isTurnable(clock)) throw new Error('This simulator runs on the real clock.');
      await clock.advance(Number(order.advanceMs));
      return reply(response, 200, { now: clock.now() });
    }
    default: {
      const id = /^POST \/jobs\/([^/]+)$/.exec(what)?.[1];
      if (id === undefined) return reply(response, 404, { error: 'The control origin has no such handle.' });
      turnJob(simulator, id, order);
      return reply(response, 200, simulator.jobs.filter((job) => job.id === id).map(marksOf)[0]);
    }
  }
}

function turnJob(simulator: SimulatorHandles, id: string, order: Fields): void {
  if (order.finish) simulator.finish(id);
  else if (order.cancel) simulator.finish(id, 'cancelled');
  else if (isFailure(order.fail)) simulator.finish(id, 'failed', order.fail);
  else if (order.fail) simulator.finish(id, 'failed');
  else if (isScript(order.script)) simulator.follow(id, order.script);
  else throw new Error('Say finish, fail, cancel or script.');
}

const marksOf = (job: SimulatedJob) => ({ ...job, model: job.model.id, status: statusOf(job) });

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

function readOrder(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isStrangers = (order: Fields): order is Fields & StrangersJobs =>
  typeof order.count === 'number' && typeof order.state === 'string' && ['finished', 'running', 'asOurs'].includes(order.state);
const isTurnable = (clock: SimulatorHandles['clock']): clock is TurnableClock => 'advance' in clock;
const isFailure = (value: unknown): value is Failure => isFields(value) && typeof value.form === 'string' && typeof value.code === 'string';
const isScript = (value: unknown): value is JobScript =>
  Array.isArray(value) && value.every((step) => isFields(step) && typeof step.status === 'string');
