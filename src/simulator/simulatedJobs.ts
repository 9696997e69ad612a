import { clipSpec } from './clipSpec';
import type { CallOff, Clock } from './clock';
import { type Ending, type Failure, isEnding, type JobScript, type ScriptStep, typicalScript } from './jobScript';
import type { SimulatedModel } from './models';
import { price } from './price';
import type { RunTime } from './runTime';
import type { SeededRandom } from './seededRandom';
import type { EndedBy, OpenJob, SimulatedJob } from './simulatedJob';
import type { Switches } from './switches';

export interface Submission {
  readonly model: SimulatedModel;
  readonly token: string;
  readonly workspace: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly webhookUrl: string | undefined;
}

export interface Surroundings {
  readonly clock: Clock;
  readonly ids: SeededRandom;
  /** Of strangers' jobs, so that ours have the same ids with and without them. */
  readonly strangersIds: SeededRandom;
  readonly runTimes: SeededRandom;
  readonly runTime: RunTime;
  readonly switches: () => Switches;
  /** Width over height of an uploaded picture. */
  readonly ratioAt: (address: string) => number | undefined;
  readonly changed: (job: SimulatedJob) => void;
}

/** A script that stops before any end ends well. */
const completedStep: ScriptStep = { status: 'completed' };

/** Every job of every workspace: makes them, walks them through their scripts, holds the slots and the money. */
export class SimulatedJobs {
  readonly all: OpenJob[] = [];
  readonly #around: Surroundings;
  readonly #balances = new Map<string, number>();
  readonly #pending = new Map<string, { step: CallOff; timeout: CallOff }>();
  #lastCreatedAt = 0;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** USD; a workspace that was never mentioned has 100. */
  balance(workspace: string): number {
    return this.#balances.get(workspace) ?? 100;
  }

  setBalance(workspace: string, usd: number): void {
    // fractions of a cent that only binary rounding makes
    this.#balances.set(workspace, Math.round(usd * 10_000) / 10_000);
  }

  find(id: string): OpenJob | undefined {
    return this.all.find((job) => job.id === id);
  }

  /** The body has been checked. Refused only for want of a slot. */
  submit(submission: Submission): OpenJob | 'noSlot' {
    const { workspace } = submission;
    const { concurrency } = this.#around.switches();
    const free = this.#freeSlots(workspace) > 0;
    const waiting = this.all.filter((job) => job.workspace === workspace && job.state.kind === 'backlogged').length;
    if (!free && (concurrency.overflow === 429 || waiting >= concurrency.backlog)) return 'noSlot';
    const job = this.#newJob(submission, this.#usualScript(submission), false);
    this.setBalance(workspace, this.balance(workspace) - job.chargedUsd);
    if (free) this.#enter(job, 0);
    else this.#around.changed(job);
    return job;
  }

  /** A job of somebody else: it costs us nothing and takes none of our slots. */
  insert(submission: Submission, script: JobScript = this.#usualScript(submission)): SimulatedJob {
    const job = this.#newJob(submission, script, true);
    this.#enter(job, 0);
    return job;
  }

  #usualScript({ model, body }: Submission): JobScript {
    const { runTimes, runTime } = this.#around;
    const { jobScript, firstStatus, ending } = this.#around.switches();
    // drawn in any case, so that a script of one's own does not change the run times of later jobs
    const typical = typicalScript(runTime(model, runTimes), { first: firstStatus, ending: cannotEnd(body) ? 'failed' : ending }, runTimes);
    return jobScript === 'typical' ? typical : jobScript;
  }

  #newJob({ model, token, workspace, body, webhookUrl }: Submission, script: JobScript, stranger: boolean): OpenJob {
    const { clock, ids, strangersIds } = this.#around;
    const { sameTimes, priceFactor } = this.#around.switches();
    const createdAt = sameTimes ? clock.now() : Math.max(clock.now(), this.#lastCreatedAt + 1);
    this.#lastCreatedAt = createdAt;
    const resolved = { ...defaultsOf(model), ...body };
    const job: OpenJob = {
      id: (stranger ? strangersIds : ids).uuid(),
      stranger,
      model,
      token,
      workspace,
      body,
      resolved,
      createdAt,
      script,
      state: { kind: 'backlogged' },
      startedAt: undefined,
      chargedUsd: stranger ? 0 : price(model, resolved, priceFactor[model.id]),
      clip: clipSpec(model, body, resolved, this.#around.ratioAt),
      deleted: false,
      polls: 0,
      endTold: false,
      pollsAfterEnd: 0,
      downloads: 0,
      webhookUrl,
    };
    this.all.push(job);
    return job;
  }

  end(job: OpenJob, ending: Ending, by: EndedBy, failure?: Failure, word: string = ending): void {
    if (job.state.kind === 'ended') return;
    this.#callOff(job);
    job.state = { kind: 'ended', ending, word, by, at: this.#around.clock.now(), ...(failure ? { failure } : {}) };
    if (ending !== 'completed') {
      this.setBalance(job.workspace, this.balance(job.workspace) + job.chargedUsd);
      job.chargedUsd = 0;
    }
    this.#around.changed(job);
    this.startWaiting();
  }

  /** Starts the new script now, from its first step. */
  follow(job: OpenJob, script: JobScript): void {
    if (job.state.kind === 'ended') return;
    job.script = script;
    if (job.state.kind === 'running') this.#enter(job, 0);
  }

  /** Gives free slots to those that wait, in the order submitted. */
  startWaiting(): void {
    for (const job of this.all) if (job.state.kind === 'backlogged' && this.#freeSlots(job.workspace) > 0) this.#enter(job, 0);
  }

  close(): void {
    for (const job of this.all) this.#callOff(job);
  }

  #freeSlots(workspace: string): number {
    const { running, heldByOthers } = this.#around.switches().concurrency;
    const taken = this.all.filter((job) => job.workspace === workspace && job.state.kind === 'running' && !job.stranger).length;
    return running - heldByOthers - taken;
  }

  #enter(job: OpenJob, step: number): void {
    const { clock } = this.#around;
    const { status, forMs, failure, endsAs } = job.script[step] ?? completedStep;
    const startedAt = job.startedAt ?? clock.now();
    job.startedAt = startedAt;
    const ending = endsAs ?? (isEnding(status) ? status : undefined);
    if (ending) {
      this.end(job, ending, 'script', failure ?? (ending === 'failed' ? this.#failureFor(job) : undefined), status);
      return;
    }
    job.state = { kind: 'running', step };
    this.#pending.get(job.id)?.step();
    const timeout =
      this.#pending.get(job.id)?.timeout ?? clock.at(startedAt + this.#around.switches().serverTimeoutMs, () => this.#giveUp(job));
    const next = forMs === undefined ? () => undefined : clock.at(clock.now() + forMs, () => this.#enter(job, step + 1));
    this.#pending.set(job.id, { step: next, timeout });
    this.#around.changed(job);
  }

  #giveUp(job: OpenJob): void {
    this.end(job, 'failed', 'serverTimeout', { form: 'codeAndMessage', code: 'internal', message: 'The job timed out.' });
  }

  #failureFor(job: SimulatedJob): Failure {
    return cannotEnd(job.body) ? { form: 'nothing', code: 'internal' } : this.#around.switches().failure;
  }

  #callOff(job: SimulatedJob): void {
    const pending = this.#pending.get(job.id);
    pending?.step();
    pending?.timeout();
    this.#pending.delete(job.id);
  }
}

/** Seen at Seedance: frames too unlike each other fail without a word; such an image carries the mark in its name. */
const cannotEnd = ({ end_image }: Readonly<Record<string, unknown>>) =>
  typeof end_image === 'string' && end_image.includes('too-different');

const defaultsOf = ({ params }: SimulatedModel): Record<string, unknown> =>
  Object.fromEntries(Object.entries(params).flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value]])));
