import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Job } from '../../src/jobs/job';
import { jobIdOf } from '../../src/jobs/job';
import type { SimulatedJob } from '../../src/simulator/simulatedJob';
import type { Simulator } from '../../src/simulator/simulator';
import { readSidecar } from '../../src/takes/sidecar';
import { foreignFiles, foreignText, gestureOf, takesOf } from './hostWindow';

export type ViolationKind = 'secondJob' | 'lost' | 'badFile' | 'falseWord' | 'token' | 'other';

export interface Violation {
  readonly kind: ViolationKind;
  readonly what: string;
}

export interface RunEnd {
  readonly simulator: Simulator;
  readonly rows: readonly Job[];
  readonly folder: string;
  readonly storage: string;
  readonly project: string;
  /** Gestures of which the user was told that they are taken. */
  readonly acknowledged: ReadonlySet<string>;
  /** All that was printed or logged. */
  readonly output: string;
  /** No window was killed while it had work to do. */
  readonly nobodyDied: boolean;
  /** A window was stopped between writing *submitting* and sending. */
  readonly stopsBeforeSending: boolean;
  readonly clipOf: (prompt: string) => Buffer;
}

/** Words of a row that mean: there is no job at Krea, and nothing is charged. */
const saysNoJob = new Set<string>(['intended', 'notSent', 'refused', 'closed']);
const saysUnclear = new Set<string>(['unknown', 'perhaps', 'overdue', 'paused']);
const ends = new Set<string>(['done', 'failed', 'cancelled', 'refused', 'notSent', 'notFetched', 'closed']);

/** What must hold after everything, whatever happened. */
export function checkRun(end: RunEnd): readonly Violation[] {
  const found: Violation[] = [];
  const add = (kind: ViolationKind, what: string): void => void found.push({ kind, what });
  const ours = end.simulator.jobs.flatMap((job) => {
    const gesture = gestureOf(String(job.body.prompt));
    return gesture === undefined ? [] : [{ job, gesture }];
  });
  checkGestures(end, ours, add);
  for (const row of end.rows) checkRow(row, end, add);
  checkTimes(end, add);
  checkFiles(end, add);
  checkToken(end, add);
  for (const violation of end.simulator.violations)
    add(violation.includes('token') || violation.includes('Authorization') ? 'token' : 'other', violation);
  return found;
}

type Add = (kind: ViolationKind, what: string) => void;

function checkGestures(
  { rows, acknowledged, simulator, nobodyDied, output }: RunEnd,
  ours: readonly { job: SimulatedJob; gesture: string }[],
  add: Add,
): void {
  for (const gesture of new Set([...acknowledged, ...ours.map((one) => one.gesture)])) {
    const jobs = ours.filter((one) => one.gesture === gesture);
    const itsRows = rows.filter((row) => gestureOf(row.order.prompt) === gesture);
    if (jobs.length > 1) add('secondJob', `${gesture} made ${jobs.length} jobs`);
    if (itsRows.length !== 1) add('lost', `${gesture} has ${itsRows.length} rows`);
  }
  const posts = simulator.submits().filter(({ answer }) => answer !== 429);
  for (const [prompt, count] of counted(posts.map(({ body }) => JSON.stringify(body))))
    if (count > 1) add('secondJob', `${count} POSTs of ${prompt}`);
  // nobody looks through hundreds of clips
  const manyStrangers = simulator.jobs.filter(({ stranger }) => stranger).length > 30;
  for (const { job, gesture } of ours) {
    const withId = rows.filter((row) => jobIdOf(row) === job.id);
    const its = rows.find((row) => gestureOf(row.order.prompt) === gesture);
    if (withId.length > 1) add('other', `${withId.length} rows hold ${job.id}`);
    if (!its) continue;
    const { name } = its.state;
    if (withId.length === 0 && !saysUnclear.has(name))
      add(saysNoJob.has(name) ? 'falseWord' : 'lost', `${gesture} is ${name}, and Krea has ${job.id}`);
    if (withId.length === 1 && withId[0] !== its) add('falseWord', `${job.id} of ${gesture} is in the row of another`);
    if (withId.length === 0 && saysUnclear.has(name) && !manyStrangers && job.state.kind === 'ended' && job.state.ending === 'completed')
      add('lost', `${gesture} is still ${name}, and Krea completed ${job.id}`);
    if (nobodyDied && output.includes(`accepted as ${job.id}`) && 'recognised' in its.state && its.state.recognised)
      add('lost', `${gesture}: the answer named ${job.id}, and it was not kept`);
    if (withId[0] === its) checkAgainstJob(its, job, manyStrangers, add);
  }
}

function checkAgainstJob(row: Job, job: SimulatedJob, manyStrangers: boolean, add: Add): void {
  const { name } = row.state;
  if (saysNoJob.has(name)) add('falseWord', `${row.id} is ${name}, with a job`);
  if (job.state.kind !== 'ended') return;
  if (name === 'cancelled' && job.state.ending !== 'cancelled') add('falseWord', `${row.id} is cancelled, and Krea ${job.state.ending} it`);
  if (name === 'failed' && job.state.ending !== 'failed') add('falseWord', `${row.id} is failed, and Krea ${job.state.ending} it`);
  if (job.state.ending === 'completed' && name !== 'done' && !(name === 'perhaps' && manyStrangers))
    add('lost', `${row.id} is ${name}, and Krea completed it`);
}

function checkRow(row: Job, end: RunEnd, add: Add): void {
  const { name } = row.state;
  if (!ends.has(name) && !saysUnclear.has(name)) add('lost', `${row.id} never ended: ${name}`);
  if (row.state.name !== 'done') return;
  const { clip, sidecar } = row.state.saved;
  if (!existsSync(clip)) add('badFile', `${row.id}: ${path.basename(clip)} is not there`);
  else if (!readFileSync(clip).equals(end.clipOf(row.order.prompt))) add('badFile', `${row.id}: ${path.basename(clip)} holds other bytes`);
  const described = readSidecar(parsed(sidecar));
  if (described?.job_id !== jobIdOf(row) || described?.output.file !== path.basename(clip))
    add('badFile', `${row.id}: its sidecar is not right`);
}

/** ms: the 30 s after which a window asks instead of sending, and what a slow machine adds at the speed of these tests. */
const latest = 30_000 + 50_000;

/** What was written as *submitting* long ago is not sent any more: the machine may have slept. */
function checkTimes({ rows, simulator, stopsBeforeSending }: RunEnd, add: Add): void {
  if (!stopsBeforeSending) return;
  for (const row of rows) {
    const posts = simulator.submits().filter(({ body }) => JSON.stringify(body) === JSON.stringify(row.order.body));
    const sentAt = posts.at(-1)?.at;
    if (sentAt === undefined || !('submittedAt' in row.state) || row.state.submittedAt === undefined) continue;
    if (sentAt - row.state.submittedAt > latest)
      add('other', `${row.id} was sent ${Math.round((sentAt - row.state.submittedAt) / 1000)} s late`);
  }
}

function checkFiles({ rows, project, storage, output }: RunEnd, add: Add): void {
  const saved = rows.flatMap(({ state }) => (state.name === 'done' ? [state.saved.clip, state.saved.sidecar] : []));
  const guessed = rows.flatMap(({ state }) => (state.name === 'perhaps' && state.clip ? [state.clip.file] : []));
  // of a guess whose clip is just coming
  const coming = rows.flatMap(({ id, state }) => (state.name === 'perhaps' && !state.clip ? [`${id}-${state.jobId}.part`] : []));
  const expected = new Set([...saved, ...guessed]);
  if (expected.size !== saved.length + guessed.length) add('badFile', 'two rows name one file');
  for (const file of [...filesBelow(takesOf(project)), ...filesBelow(path.join(storage, 'clips'))]) {
    if (expected.has(file) || coming.includes(path.basename(file))) continue;
    if (file.startsWith(project) && readFileSync(file, 'utf8') === foreignText) continue;
    add('badFile', `${path.basename(file)} is left behind`);
  }
  const planted = [...output.matchAll(/^planted (.+)$/gm)].map(([, name]) => name ?? '');
  for (const name of [...foreignFiles, ...planted])
    if (!existsSync(path.join(takesOf(project), name)) || readFileSync(path.join(takesOf(project), name), 'utf8') !== foreignText)
      add('badFile', `somebody's ${name} is gone or changed`);
}

function checkToken({ simulator, folder, output }: RunEnd, add: Add): void {
  for (const { token } of simulator.tokens) {
    for (const file of filesBelow(folder)) if (readFileSync(file).includes(token)) add('token', `in ${path.basename(file)}`);
    if (output.includes(token)) add('token', 'in what was printed');
  }
}

export function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function counted(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
