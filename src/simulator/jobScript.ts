import type { SeededRandom } from './seededRandom';

/** The nine statuses of the published schema. A script may use others: clients must cope. */
export const jobStatuses = [
  'backlogged',
  'queued',
  'scheduled',
  'processing',
  'sampling',
  'intermediate-complete',
  'completed',
  'failed',
  'cancelled',
] as const;

/** How a failed job tells why: `nothing` is a bare `failed` with an empty result. */
export interface Failure {
  readonly form: 'codeAndMessage' | 'code' | 'resultError' | 'nothing';
  /** Known: internal, nsfw, ip_detected, violence, personal_info; the list is open. */
  readonly code: string;
  readonly message?: string;
}

/** One status and how long it lasts (ms on the simulator's clock). Without `forMs` it lasts until something else ends it. */
export interface ScriptStep {
  readonly status: string;
  readonly forMs?: number;
  readonly failure?: Failure;
  /** Ends the job with a word of its own, as a later version of the service may: it carries what this ending carries. */
  readonly endsAs?: Ending;
}

/** Statuses in order. `completed`, `failed` and `cancelled` end the job; what follows them is not read. */
export type JobScript = readonly ScriptStep[];

export type Ending = 'completed' | 'failed' | 'cancelled';

export const isEnding = (status: string): status is Ending => status === 'completed' || status === 'failed' || status === 'cancelled';

/** The ordinary walk: a short queue, most of the time at work; half of the jobs show `sampling` before they end. */
export function typicalScript(totalMs: number, { first, ending }: { first: string; ending: Ending }, random: SeededRandom): JobScript {
  const waitingMs = first === 'processing' ? 0 : Math.round(totalMs * (0.04 + 0.08 * random.next()));
  const samplingMs = random.next() < 0.5 ? Math.round(totalMs * 0.15) : 0;
  return [
    ...(waitingMs > 0 ? [{ status: first, forMs: waitingMs }] : []),
    { status: 'processing', forMs: totalMs - waitingMs - samplingMs },
    ...(samplingMs > 0 ? [{ status: 'sampling', forMs: samplingMs }] : []),
    { status: ending },
  ];
}
