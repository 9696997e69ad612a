import { l10n, Uri, window, workspace } from 'vscode';
import { isOpen, type Job, jobIdOf } from '../jobs/job';
import type { CheapestRequest } from '../storyboard/cheapestRequest';
import { noteClip, noteJob } from './checkSetupAnswers';
import type { SetupLine } from './checkSetupReport';
import type { Desk } from './desk';
import { destinationFor } from './destination';
import { moneyWords } from './failure';
import { type GenerateParts, orderOf, submitOrder } from './generate';
import { gestureFailure } from './gestureFailures';
import { failureOf } from './jobFailures';
import { duration, stateWord } from './jobWords';
import { tellFailure } from './tellFailure';

/** Ours, so that the report can be shown to anyone. */
export const setupPrompt = 'A paper boat drifts across a calm pond at noon. Locked camera.';

/** Milliseconds a check waits for its job; the job itself goes on for as long as Krea allows it. */
const jobWithin = 30 * 60_000;

export interface JobChecked {
  readonly line: SetupLine;
  readonly notes: readonly string[];
}

/** One paid video through the whole of the product, past the money gate like any other. `undefined`: the user said no. */
export async function checkSetupJob(
  { request, model }: CheapestRequest,
  parts: GenerateParts,
  signal: AbortSignal,
): Promise<JobChecked | undefined> {
  if (!workspace.isTrusted) return void tellFailure(gestureFailure({ kind: 'untrusted' }));
  const desk = parts.desk();
  const document = window.activeTextEditor?.document ?? { uri: Uri.from({ scheme: 'untitled', path: 'setup' }) };
  const destined = await destinationFor(document, setupPrompt, parts.now(), desk.takesRoot);
  if (destined.kind !== 'destination') return void tellFailure(gestureFailure(destined));
  let sent: Job | undefined;
  await submitOrder(orderOf(request, model, destined.destination), {
    ...parts,
    started: (job) => {
      sent = job;
      parts.started(job);
    },
  });
  if (!sent) return undefined;
  const seen = new Map<string, number>();
  const job = await ended(sent, { desk, now: () => parts.now().getTime() }, signal, seen);
  const connection = await desk.connect();
  const jobId = jobIdOf(job);
  const notes = [
    `one job (Krea's own words in brackets): ${[...seen].map(([word, at]) => `${word} ${duration(at)}`).join(' → ')}`,
    ...(connection && jobId && !signal.aborted ? await noteJob(connection.client, jobId, desk.inTurn, signal) : []),
    ...(connection && jobId && job.state.name === 'done' ? await noteClip(connection, jobId, desk.inTurn, signal) : []),
  ];
  return { line: jobLine(l10n.t('One video'), job), notes };
}

/** The job when it is over, or as it is when nobody waits any more. `seen`: each word of state, and after how many milliseconds. */
function ended(
  job: Job,
  { desk, now }: { readonly desk: Pick<Desk, 'jobs'>; readonly now: () => number },
  signal: AbortSignal,
  seen: Map<string, number>,
): Promise<Job> {
  const { jobs } = desk;
  const stop = AbortSignal.any([signal, AbortSignal.timeout(jobWithin)]);
  const startedAt = now();
  return new Promise((resolve) => {
    let last = job;
    const end = (): void => {
      jobs.events.off('changed', look);
      stop.removeEventListener('abort', end);
      resolve(last);
    };
    const look = (): void => {
      last = jobs.newest.find(({ id }) => id === job.id) ?? last;
      for (const word of stateWords(last)) if (!seen.has(word)) seen.set(word, now() - startedAt);
      if (!isOpen(last)) end();
    };
    jobs.events.on('changed', look);
    stop.addEventListener('abort', end);
    if (stop.aborted) end();
    else look();
  });
}

function jobLine(subject: string, job: Job): SetupLine {
  const { state } = job;
  const model = job.order.model.name;
  if (state.name === 'done') {
    const { saved } = state;
    const size = `${saved.width ?? '?'} × ${saved.height ?? '?'}`;
    return {
      subject,
      outcome: 'good',
      code: `job.done.${state.status}.${saved.container}.${saved.videoCodec ?? 'none'}.${saved.audioCodec ?? 'silent'}`,
      words: l10n.t('Made with {0} in {1} and saved, {2}.', model, duration(state.endedAt - state.submittedAt), size),
    };
  }
  if (isOpen(job))
    return {
      subject,
      outcome: 'notChecked',
      code: `job.${state.name}`,
      words: l10n.t('Not over yet ({0}). It goes on, and its clip will be saved.', stateWord(state)),
    };
  const failure = failureOf(job);
  const detail =
    state.name === 'refused'
      ? `.${state.status}`
      : state.name === 'failed'
        ? `.${state.withoutVideo ? 'noVideo' : codeOf(state.failure.code)}`
        : '';
  return {
    subject,
    outcome: 'fault',
    code: `job.${state.name}${detail}`,
    // the service's own words stay out: they may name what is private
    words: [
      l10n.t('Ended without a saved clip ({0}).', stateWord(state)),
      failure && moneyWords(failure.money),
      l10n.t('“Krea Video: Show Jobs” says why and what to do.'),
    ]
      .filter(Boolean)
      .join(' '),
  };
}

/** Ours, and the service's own where it has given one. */
function stateWords({ state }: Job): readonly string[] {
  return 'status' in state && typeof state.status === 'string' ? [state.name, `(${codeOf(state.status)})`] : [state.name];
}

/** A word of the service, as far as it is one. */
function codeOf(code: string | undefined): string {
  return code !== undefined && /^[\w-]{1,40}$/.test(code) ? code : 'other';
}
