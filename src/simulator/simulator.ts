import { apiHandler } from './apiOrigin';
import { Assets } from './assets';
import type { MakeClip } from './clipSpec';
import { type Clock, realClock } from './clock';
import { controlHandler, type SimulatorHandles } from './controlOrigin';
import { FaultCounter } from './faults';
import { fileHandler } from './fileOrigin';
import { http2Handler } from './http2Origin';
import { jobAnswer } from './jobAnswer';
import { models, unheardOfModel } from './models';
import { type Origin, openOrigin } from './origin';
import { type KnownToken, type LoggedRequest, RequestLog } from './requestLog';
import { type RunTime, usualRunTime } from './runTime';
import { openSecureOrigin } from './secureOrigin';
import { seededRandom } from './seededRandom';
import type { OpenJob, SimulatedJob } from './simulatedJob';
import { SimulatedJobs } from './simulatedJobs';
import { Strangers } from './strangers';
import { changedSwitches, plainSwitches, type SwitchChange } from './switches';
import { callWebhook } from './webhook';

export interface SimulatorOptions {
  readonly makeClip: MakeClip;
  readonly clock?: Clock;
  readonly seed?: number;
  /** How long the ordinary walk lasts; by default what is usual for the model, times `timeScale`, with some `spread`. */
  readonly runTime?: RunTime;
  readonly timeScale?: number;
  readonly spread?: number;
  readonly switches?: SwitchChange;
  /** The first is `token`. Several may share a workspace. */
  readonly tokens?: readonly KnownToken[];
  /** USD, of every workspace named by a token. */
  readonly balance?: number;
  readonly apiPort?: number;
  readonly filePort?: number;
  /** Opens the API a second time, behind TLS. */
  readonly certificate?: { readonly cert: string; readonly key: string };
  /** Opens the control origin: a number for its port, `true` for any. */
  readonly control?: number | boolean;
  /** Called once for each request, when it has its answer (or will never have one). */
  readonly onAnswered?: (request: LoggedRequest) => void;
}

export const demoToken: KnownToken = { name: 'demo', token: 'sim-demo-token', workspace: 'studio' };

/** Krea on 127.0.0.1. */
export interface Simulator extends SimulatorHandles {
  readonly apiBase: string;
  readonly fileBase: string;
  /** The API behind TLS, where a client may speak HTTP/2: with `certificate` only. */
  readonly secureBase: string | undefined;
  readonly controlBase: string | undefined;
  readonly token: string;
  readonly tokens: readonly KnownToken[];
  /**
   * Resolves when `predicate` holds; it is asked again after every change of the log, of a job or of the switches.
   * Rejects with the signal's reason, or after `deadlineMs` (10 s, real time).
   */
  waitFor(predicate: (simulator: Simulator) => boolean, signal?: AbortSignal, deadlineMs?: number): Promise<void>;

  /** Stops everything and breaks every open connection. */
  close(): Promise<void>;
}

export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { makeClip, clock = realClock(), seed = 1, runTime = usualRunTime(options), tokens = [demoToken] } = options;
  const first = tokens[0] ?? demoToken;
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  let switches = changedSwitches(plainSwitches, options.switches ?? {});
  const faults = new FaultCounter();
  faults.load(switches.faults);

  const log = new RequestLog(tokens, changed, options.onAnswered);
  const onDefect = (defect: unknown) => {
    log.violations.push(`the simulator failed: ${defect instanceof Error ? defect.stack : String(defect)}`);
    changed();
  };
  const bases = { api: '', files: '', otherFiles: '' };
  const assets = new Assets({
    ids: seededRandom(seed, 'assets'),
    now: () => clock.now(),
    switches: () => switches,
    fileBase: () => bases.files,
  });
  const jobs = new SimulatedJobs({
    clock,
    ids: seededRandom(seed, 'ids'),
    strangersIds: seededRandom(seed, 'strangers'),
    ratioAt: (address) => assets.ratioAt(address),
    runTimes: seededRandom(seed, 'run times'),
    runTime,
    switches: () => switches,
    changed: (job) => {
      tellWebhook(job);
      changed();
    },
  });
  const tellWebhook = (job: SimulatedJob) => {
    if (job.state.kind !== 'ended' || job.webhookUrl === undefined) return;
    const { job_id, status, created_at, completed_at, result } = jobAnswer(job, { switches, fileBase: bases.files, now: clock.now() });
    const times = { never: 0, once: 1, twice: 2 }[switches.webhook];
    for (let i = 0; i < times; i++) callWebhook(job.webhookUrl, { job_id, status, created_at, completed_at, result });
  };
  if (options.balance !== undefined) for (const { workspace } of tokens) jobs.setBalance(workspace, options.balance);

  const callsInLastMinute = (workspace: string) => {
    const names = new Set(tokens.filter((token) => token.workspace === workspace).map(({ name }) => name));
    const since = clock.now() - 60_000;
    return log.requests.filter(({ origin, token, at }) => origin === 'api' && names.has(token) && at > since).length;
  };
  const strangers = new Strangers(clock, jobs, models.find(({ retired }) => !retired) ?? unheardOfModel, {
    token: first.name,
    workspace: first.workspace,
  });
  strangers.keepMaking(switches.strangers.perMinute);
  const files = { clock, log, jobs, assets, faults, makeClip, switches: () => switches.files, bases: () => bases };

  const origins: Origin[] = [];
  const open = async (port: number, handler: Parameters<typeof openOrigin>[1]) => {
    const origin = await openOrigin(port, handler, onDefect);
    origins.push(origin);
    return origin.base;
  };
  const closeAll = async () => {
    strangers.keepMaking(0);
    jobs.close();
    await Promise.all(origins.map((origin) => origin.close()));
  };

  const found = (jobId: string): OpenJob => {
    const job = jobs.find(jobId);
    if (!job) throw new Error(`The simulator has no job ${jobId}.`);
    return job;
  };

  let secureBase: string | undefined;
  let controlBase: string | undefined;
  const simulator: Simulator = {
    get apiBase() {
      return bases.api;
    },
    get fileBase() {
      return bases.files;
    },
    get secureBase() {
      return secureBase;
    },
    get controlBase() {
      return controlBase;
    },
    token: first.token,
    tokens,
    clock,
    requests: log.requests,
    submits: () =>
      log.requests.filter(({ origin, method, path }) => origin === 'api' && method === 'POST' && path.startsWith('/generate/')),
    jobs: jobs.all,
    uploads: assets.all,
    loseUploads: () => void assets.all.splice(0),
    violations: log.violations,
    get switches() {
      return switches;
    },
    set(change) {
      switches = changedSwitches(switches, change);
      if (change.faults) faults.load(change.faults);
      if (change.strangers) strangers.keepMaking(switches.strangers.perMinute);
      jobs.startWaiting();
      changed();
    },
    balance: (workspace = first.workspace) => jobs.balance(workspace),
    setBalance: (usd, workspace = first.workspace) => jobs.setBalance(workspace, usd),
    strangers: (wanted) => strangers.make(wanted),
    finish: (jobId, ending = 'completed', failure = switches.failure) => jobs.end(found(jobId), ending, 'control', failure),
    follow: (jobId, script) => jobs.follow(found(jobId), script),
    waitFor: (predicate, signal, deadlineMs = 10_000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => stop(() => reject(new Error(`Nothing of the kind happened within ${deadlineMs} ms.`))), deadlineMs);
        const onAbort = () => stop(() => reject(signal?.reason));
        const look = () => {
          if (predicate(simulator)) stop(resolve);
        };
        const stop = (settle: () => void) => {
          clearTimeout(timer);
          listeners.delete(look);
          signal?.removeEventListener('abort', onAbort);
          settle();
        };
        listeners.add(look);
        signal?.addEventListener('abort', onAbort);
        if (signal?.aborted) onAbort();
        else look();
      }),
    close: closeAll,
  };

  try {
    const api = {
      clock,
      log,
      jobs,
      assets,
      strangers,
      tokens,
      faults,
      callsInLastMinute,
      switches: () => switches,
      fileBase: () => bases.files,
    };
    bases.api = await open(options.apiPort ?? 0, apiHandler(api));
    if (options.certificate) {
      const secure = await openSecureOrigin(options.certificate, apiHandler(api), http2Handler(api), onDefect);
      origins.push(secure);
      secureBase = secure.base;
    }
    bases.files = await open(options.filePort ?? 0, fileHandler(files, 'files'));
    bases.otherFiles = await open(0, fileHandler(files, 'otherFiles'));
    const { control = false } = options;
    if (control !== false) controlBase = await open(control === true ? 0 : control, controlHandler(simulator));
  } catch (failure) {
    await closeAll();
    throw failure;
  }
  return simulator;
}
