import { type Job, jobIdOf } from '../../src/jobs/job';
import type { LoggedRequest } from '../../src/simulator/requestLog';
import type { SimulatedJob } from '../../src/simulator/simulatedJob';
import type { Simulator } from '../../src/simulator/simulator';
import type { Add, RunEnd } from './checkRun';
import { gestureOf } from './hostWindow';
import { saysNoJob, saysUnclear } from './stateWords';

/** Nobody looks through hundreds of clips. */
const mostLookedAt = 30;

interface OurJob {
  readonly job: SimulatedJob;
  readonly gesture: string;
}

/** Each gesture is one job at most, in exactly one row, which says the truth of it. *Submit Again* is a gesture of its own. */
export function checkGestures(end: RunEnd, add: Add): void {
  const { rows, acknowledged, simulator } = end;
  const ours = simulator.jobs.flatMap((job): OurJob[] => {
    const gesture = gestureOf(String(job.body.prompt));
    return gesture === undefined ? [] : [{ job, gesture }];
  });
  for (const gesture of new Set([...acknowledged, ...ours.map((one) => one.gesture)])) {
    const jobs = ours.filter((one) => one.gesture === gesture);
    const itsRows = rows.filter((row) => gestureOf(row.order.prompt) === gesture);
    if (jobs.length > 1) add('secondJob', `${gesture} made ${jobs.length} jobs`);
    if (itsRows.length !== 1) add('lost', `${gesture} has ${itsRows.length} rows`);
  }
  checkPosts(simulator, add);
  for (const row of rows) checkSent(row, end, add);
  const manyStrangers = simulator.jobs.filter(({ stranger }) => stranger).length > mostLookedAt;
  for (const one of ours) checkOurs(one, end, manyStrangers, add);
  checkStrangers(end, add);
  checkDeletes(end, add);
}

/** A request is sent once more only after its own answer, the whole of it, said that nothing was accepted. */
function checkPosts(simulator: Simulator, add: Add): void {
  for (const prompt of new Set(simulator.submits().flatMap(({ body }) => promptIn(body) ?? []))) {
    const posts = postsOf(simulator, prompt);
    const unproven = posts.slice(0, -1).filter((post) => !isClearNo(post));
    if (unproven.length > 0) add('secondJob', `${posts.length} POSTs of “${prompt}”, after ${unproven.map(({ answer }) => answer).join()}`);
  }
}

/** Nothing was accepted, and asking again is no second request: no place was free, or a file was there no more. */
const isClearNo = ({ answer, jobId, body }: LoggedRequest): boolean =>
  jobId === undefined && (answer === 429 || (answer === 422 && typeof body === 'object' && body !== null && 'start_image' in body));

const promptIn = (body: unknown): string | undefined =>
  typeof body === 'object' && body !== null && 'prompt' in body ? String(body.prompt) : undefined;

/** Requests with this prompt of which more than the head arrived. An address in one is another after each upload. */
export const postsOf = (simulator: Simulator, prompt: string): readonly LoggedRequest[] =>
  simulator.submits().filter(({ body }) => promptIn(body) === prompt);

/** *Not sent* is said of what did not arrive, and of nothing else. */
function checkSent(row: Job, { simulator, diedUploading }: RunEnd, add: Add): void {
  const { name } = row.state;
  const arrived = postsOf(simulator, row.order.prompt).filter((post) => !isClearNo(post));
  if (name === 'notSent' && arrived.length > 0) add('falseWord', `${row.id} is not sent, and ${arrived.length} POSTs of it arrived`);
  if (diedUploading.has(row.id) && arrived.length === 0 && (saysUnclear.has(name) || name === 'closed'))
    add('falseWord', `${row.id} is ${name}, and only a file of it was on its way`);
}

function checkOurs({ job, gesture }: OurJob, { rows, nobodyDied, output, goneAccounts }: RunEnd, manyStrangers: boolean, add: Add): void {
  const withId = rows.filter((row) => jobIdOf(row) === job.id);
  const its = rows.find((row) => gestureOf(row.order.prompt) === gesture);
  if (withId.length > 1) add('other', `${withId.length} rows hold ${job.id}`);
  if (!its) return;
  const { name } = its.state;
  const completed = job.state.kind === 'ended' && job.state.ending === 'completed';
  const cannotBeAsked = its.paused !== undefined && goneAccounts.has(its.account);
  if (withId.length === 0 && !saysUnclear.has(name))
    add(saysNoJob.has(name) ? 'falseWord' : 'lost', `${gesture} is ${name}, and Krea has ${job.id}`);
  if (withId.length === 1 && withId[0] !== its) add('falseWord', `${job.id} of ${gesture} is in the row of another`);
  if (withId.length === 0 && saysUnclear.has(name) && !manyStrangers && completed && !cannotBeAsked)
    add('lost', `${gesture} is still ${name}, and Krea completed ${job.id}`);
  if (nobodyDied && output.includes(`accepted as ${job.id}`) && 'recognised' in its.state && its.state.recognised)
    add('lost', `${gesture}: the answer named ${job.id}, and it was not kept`);
  if (withId[0] === its && !cannotBeAsked) checkAgainstJob(its, job, manyStrangers, add);
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

/** A stranger's job is at most a guess. */
function checkStrangers({ simulator, rows }: RunEnd, add: Add): void {
  const strange = new Set(simulator.jobs.filter(({ stranger }) => stranger).map(({ id }) => id));
  for (const row of rows) {
    const jobId = jobIdOf(row);
    if (jobId !== undefined && strange.has(jobId) && row.state.name !== 'perhaps')
      add('falseWord', `${row.id} takes a stranger’s job for its own`);
  }
}

/** Only a job whose user wished it, and that an answer proved to be that user's. */
function checkDeletes({ simulator, rows, mayDelete }: RunEnd, add: Add): void {
  for (const { path } of simulator.requests.filter(({ method }) => method === 'DELETE')) {
    const jobId = path.split('/').at(-1);
    const gesture = gestureOf(String(simulator.jobs.find(({ id }) => id === jobId)?.body.prompt));
    const row = rows.find(({ id }) => id === gesture);
    if (gesture === undefined || !mayDelete)
      add('other', `DELETE of ${jobId}, ${gesture ? 'which nobody cancelled' : 'which is not ours'}`);
    else if (row && 'recognised' in row.state && row.state.recognised)
      add('other', `DELETE of ${jobId}, which is only a guess of ${gesture}`);
  }
}
