import { phaseOf } from '../krea/jobReport';
import type { KreaClient } from '../krea/kreaClient';
import type { SubmitAnswer } from '../krea/submitAnswer';
import { type AnswerAside, forgetAnswerAside, putAnswerAside } from './answerAside';
import { failPoint } from './failPoint';
import type { Accepted, Job, JobState, Unclear } from './job';
import { JobInputs } from './jobInputs';
import { belongsTo, type JobParts } from './jobParts';
import { LedgerTrouble } from './ledgerTrouble';
import { isTaken } from './sqliteErrors';

/** Milliseconds after which a window no longer sends what it wrote down as *submitting*: it may have slept. */
const staleAfter = 30_000;

/** Milliseconds between two tries to be the one request of this account that is on its way. */
const turnPause = 1000;

/** Milliseconds: the service's `Date` counts whole seconds. */
const dateGrain = 1000;

/** Milliseconds of nothing but 429 after which we stop asking. */
const longestWait = 3_600_000;

/**
 * Sends one *intended* job of this window, once. Every step is on disk before the next; nothing here is repeated
 * after the request may have left, and no signal aborts it from there on. What it throws, it throws before that.
 */
export async function submitJob(job: Job, parts: JobParts, signal: AbortSignal): Promise<void> {
  const { ledger, clock } = parts;
  const giveUpAt = clock.monotonic() + longestWait;
  const inputs = new JobInputs(job, parts);
  let attempts = 0;
  for (let refusals = 0; !signal.aborted; refusals++) {
    if ((await ledger.get(job.id))?.state.name !== 'intended') return;
    const proven = await provenConnection(job, parts, signal);
    const heard = clock.monotonic();
    if (signal.aborted) return;
    // while the row is still *intended*: whatever ends an upload, nothing was sent
    const ready = proven.kind === 'proven' ? await inputs.ready(proven.client, signal) : proven;
    if (ready.kind === 'left') return;
    if (ready.kind === 'not') return void (await ledger.move(job, ['intended'], ready.state));
    if (proven.kind !== 'proven' || ready.kind !== 'ready') {
      const pause = pauseFor(refusals, 'waitMs' in ready ? ready.waitMs : undefined);
      await ledger.move(job, ['intended'], { name: 'intended', notBefore: clock.wall() + pause, refusals: attempts });
      if (!(await waitForKrea(job, parts, pause, giveUpAt, signal))) return;
      continue;
    }

    if (ready.uploaded) {
      refusals -= 1;
      continue; // the connection was proven before the upload, which may have taken long
    }

    // waited for before it is written down: after that, time that passes means that this window slept
    await parts.rate.turn(signal, 'act');
    failPoint('submit: proven');
    const written = { wall: clock.wall(), monotonic: clock.monotonic() };
    attempts += 1;
    const { serverTime } = proven;
    const submitting: JobState = {
      name: 'submitting',
      since: written.wall,
      attempts,
      ...(serverTime !== undefined && { sentAfter: serverTime }),
    };
    if (!(await ledger.move(job, ['intended'], submitting))) {
      const now = await ledger.get(job.id);
      if (now?.state.name !== 'intended') return;
      if (now.cancelAskedAt !== undefined) return settleCancelled(job, parts);
      do await clock.wait(turnPause, signal);
      while (!signal.aborted && (await ledger.isSubmitting(job.account)));
      refusals -= 1;
      attempts -= 1;
      continue;
    }
    failPoint('submit: submitting');
    const late = Math.max(clock.monotonic() - written.monotonic, Math.abs(clock.wall() - written.wall)) > staleAfter;
    if (late || signal.aborted) {
      const endedAt = clock.wall();
      const why = late ? 'asleep' : 'windowEnded';
      return writeSurely(job, parts, () => ledger.move(job, ['submitting'], { name: 'notSent', endedAt, why }));
    }

    const answer = await proven.client.submit(job.order.endpoint, JSON.stringify(ready.body), job.order.webhookUrl);
    failPoint('submit: answered');
    parts.log(`${job.id}: ${described(answer)}`);
    // monotonic clocks stand still while the machine sleeps, and wall clocks jump: the longer of both bounds it
    const took = Math.max(clock.monotonic() - heard, clock.wall() - written.wall) + dateGrain;
    const times = serverTime === undefined ? {} : { sentAfter: serverTime, endedBy: serverTime + took };
    const input = answer.kind === 'refused' ? inputs.refused(answer.refusal, answer.status) : undefined;
    if (input !== undefined && inputs.distrustStale()) {
      // a clear no, and a file that Krea may have lost since it was uploaded: it goes up anew, and only then is this sent again
      await writeSurely(job, parts, () => ledger.move(job, ['submitting'], { name: 'intended', refusals: attempts }));
      failPoint('upload: anew');
      refusals -= 1;
      continue;
    }
    if (answer.kind !== 'busy') return writeAnswer(job, answer, { submittedAt: written.wall, attempts }, times, input, parts);
    const pause = pauseFor(refusals, answer.waitMs);
    const notBefore = clock.wall() + pause;
    const backToIntended: JobState = { name: 'intended', notBefore, refusals: attempts };
    await writeSurely(job, parts, () => ledger.move(job, ['submitting'], backToIntended));
    if (!(await waitForKrea(job, parts, pause, giveUpAt, signal))) return;
  }
}

type Proven =
  | { kind: 'proven'; client: KreaClient; serverTime?: number }
  | { kind: 'busy'; waitMs?: number }
  | { kind: 'not'; state: JobState };

/**
 * A GET that just worked says that the token is good and by which way the service is reached; without one nothing is
 * sent, so that a network that is down never makes a job unclear.
 */
async function provenConnection(job: Job, parts: JobParts, signal: AbortSignal): Promise<Proven> {
  const connection = await parts.connect();
  const endedAt = parts.clock.wall();
  if (!connection || !belongsTo(connection, job)) return { kind: 'not', state: { name: 'notSent', endedAt, why: 'noToken' } };
  await parts.rate.turn(signal, 'act');
  const look = await connection.client.jobs({ limit: 1 }, signal);
  switch (look.kind) {
    case 'found':
      return { kind: 'proven', client: connection.client, ...(look.serverTime !== undefined && { serverTime: look.serverTime }) };
    case 'noAccess':
      return {
        kind: 'not',
        state: {
          name: 'refused',
          endedAt,
          status: look.status,
          message: look.refusal.message,
          evidence: { status: look.status, body: '' },
        },
      };
    case 'notFound':
      return { kind: 'not', state: { name: 'notSent', endedAt, why: 'network', fault: { kind: 'other', code: 'HTTP 404' } } };
    case 'trouble':
      if (look.status === 429) return { kind: 'busy', ...(look.waitMs !== undefined && { waitMs: look.waitMs }) };
      return {
        kind: 'not',
        state: { name: 'notSent', endedAt, why: 'network', fault: look.fault ?? { kind: 'other', code: `HTTP ${look.status ?? 0}` } },
      };
  }
}

/** False when the wait ended for good: cancelled, given up, or this window is closing. */
async function waitForKrea(job: Job, parts: JobParts, pause: number, giveUpAt: number, signal: AbortSignal): Promise<boolean> {
  const { ledger, clock } = parts;
  const until = clock.monotonic() + pause;
  if (until > giveUpAt) {
    await ledger.move(job, ['intended'], { name: 'notSent', endedAt: clock.wall(), why: 'tooBusy' });
    return false;
  }
  parts.warn({ kind: 'noPlace', id: job.id });
  while (!signal.aborted && clock.monotonic() < until) {
    // a cancel, here or in another window, has moved the row itself; this is only to stop waiting for it
    if ((await ledger.get(job.id))?.state.name !== 'intended') return false;
    await clock.wait(Math.min(5000, until - clock.monotonic()), signal);
  }
  return !signal.aborted;
}

/** Milliseconds: what Krea asks for, within 2 minutes, else 10 to 30 s as its own guide advises. */
function pauseFor(refusals: number, askedMs: number | undefined): number {
  return askedMs !== undefined && askedMs <= 120_000 ? Math.max(1000, askedMs) : Math.min(30_000, 10_000 + refusals * 5000);
}

async function settleCancelled(job: Job, parts: JobParts): Promise<void> {
  await parts.ledger.move(job, ['intended'], { name: 'cancelled', endedAt: parts.clock.wall(), by: 'us' });
}

type Sent = Pick<Accepted, 'submittedAt' | 'attempts'>;

type ServerTimes = Pick<Unclear, 'sentAfter' | 'endedBy'>;

async function writeAnswer(
  job: Job,
  answer: Exclude<SubmitAnswer, { kind: 'busy' }>,
  sent: Sent,
  times: ServerTimes,
  input: string | undefined,
  parts: JobParts,
): Promise<void> {
  const endedAt = parts.clock.wall();
  if (answer.kind !== 'accepted') {
    const state = stateAfterAnswer(answer, sent, times, endedAt, input);
    return writeSurely(job, parts, () => parts.ledger.move(job, ['submitting'], state));
  }
  const { jobId, status, sunset } = answer;
  const running = phaseOf(status) === 'running';
  const state = {
    name: running ? ('running' as const) : ('queued' as const),
    jobId,
    status,
    acceptedAt: endedAt,
    ...sent,
    ...(running && { runningAt: endedAt }),
    ...(sunset && { sunset }),
  };
  const record = async (): Promise<boolean> => {
    try {
      return await parts.ledger.recordAccepted(job, state, answer.evidence);
    } catch (error) {
      if (!(error instanceof LedgerTrouble && isTaken(error.cause))) throw error;
      // another row has this id: what answered was no service but a cache on the way, and our job may exist or not
      const unclear = stateAfterAnswer({ kind: 'unknown', evidence: answer.evidence }, sent, times, endedAt);
      return parts.ledger.move(job, ['submitting'], unclear);
    }
  };
  return writeSurely(job, parts, record, { state, answer: answer.evidence });
}

function stateAfterAnswer(
  answer: Exclude<SubmitAnswer, { kind: 'busy' | 'accepted' }>,
  sent: Sent,
  times: ServerTimes,
  endedAt: number,
  input?: string,
): JobState {
  switch (answer.kind) {
    case 'refused': {
      const { status, refusal, evidence } = answer;
      const { message, replacement } = refusal;
      const named = { ...(replacement && { replacement }), ...(input !== undefined && { input }) };
      return { name: 'refused', endedAt, status, message, evidence, ...named };
    }
    case 'notSent':
      return { name: 'notSent', endedAt, why: 'network', fault: answer.fault };
    case 'unknown': {
      const { fault, evidence } = answer;
      const { submittedAt: sentAt, attempts } = sent;
      return { name: 'unknown', sentAt, endedAt, attempts, ...times, ...(fault && { fault }), ...(evidence && { evidence }) };
    }
  }
}

/** What is known of a POST is written until it is on disk, whatever stands in the way. The id of a paid job above all. */
async function writeSurely(job: Job, parts: JobParts, write: () => Promise<boolean>, accepted?: AnswerAside): Promise<void> {
  const { clock, clipStore, log, warn } = parts;
  const jobId = accepted?.state.jobId;
  for (let tries = 0; ; tries++) {
    try {
      await write();
      failPoint('submit: written');
      if (tries > 0) await forgetAnswerAside(clipStore, job.id);
      return;
    } catch (error) {
      // a newer version takes this row for one of a window that is gone
      if (!accepted && error instanceof LedgerTrouble && error.kind === 'newer') return;
      log(`${job.id}${jobId ? `, which Krea accepted as ${jobId},` : ''} could not be written to the ledger: ${String(error)}`);
      if (accepted && tries === 0) {
        await putAnswerAside(clipStore, job.id, accepted).catch((trouble: unknown) => log(`${job.id}: nor beside it: ${String(trouble)}`));
        warn({ kind: 'acceptedNotWritten', jobId: accepted.state.jobId });
      }
      await clock.wait(Math.min(250 * 2 ** tries, 10_000), never);
    }
  }
}

const never = new AbortController().signal;

function described(answer: SubmitAnswer): string {
  switch (answer.kind) {
    case 'accepted':
      return `accepted as ${answer.jobId} (${answer.status})`;
    case 'refused':
      return `refused with ${answer.status}`;
    case 'busy':
      return 'Krea has no free place (429)';
    case 'notSent':
      return `not sent (${answer.fault.code})`;
    case 'unknown':
      return `sent, no clear answer (${answer.fault?.code ?? answer.evidence?.status ?? '?'})`;
  }
}
