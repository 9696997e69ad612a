import { isObject, type JsonObject, textOf } from './json';

/** What the service says of a job. */
export interface JobReport {
  readonly jobId: string;
  /** The service's own word, shown as it is. */
  readonly status: string;
  readonly phase: Phase;
  /** Server time, milliseconds since 1970. */
  readonly createdAt?: number;
  readonly completedAt?: number;
  /** Addresses of result files, the best first; previews come last. */
  readonly urls: readonly string[];
  readonly failure?: JobFailure;
}

export type Phase = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';

export interface JobFailure {
  /** Seen so far: internal, nsfw, ip_detected, violence, personal_info. The list is open. */
  readonly code?: string;
  readonly message?: string;
}

const phases: ReadonlyMap<string, Phase> = new Map([
  ['backlogged', 'queued'],
  ['queued', 'queued'],
  ['scheduled', 'queued'],
  ['processing', 'running'],
  ['sampling', 'running'],
  ['intermediate-complete', 'running'],
  ['completed', 'completed'],
  ['failed', 'failed'],
  ['cancelled', 'cancelled'],
]);

/** What a word of the service means for a job of which nothing else is known. */
export function phaseOf(status: string): Phase {
  return phases.get(status.toLowerCase()) ?? 'running';
}

/** Reads a job out of any of the shapes the service has used; `undefined` when it names no job. */
export function readJobReport(value: unknown): JobReport | undefined {
  if (!isObject(value)) return undefined;
  const jobId = textOf(value.job_id);
  const status = textOf(value.status);
  if (!jobId || !status) return undefined;
  const urls = [...urlsIn(value.result), ...urlsIn(value)];
  const failure = readFailure(value);
  const createdAt = timeOf(value.created_at);
  const completedAt = timeOf(value.completed_at);
  return {
    jobId,
    status,
    phase: phases.get(status.toLowerCase()) ?? phaseOfUnknownWord({ urls, failure, completedAt }),
    urls,
    ...(createdAt !== undefined && { createdAt }),
    ...(completedAt !== undefined && { completedAt }),
    ...(failure && { failure }),
  };
}

/** A word outside the nine ends a job only when the rest of the answer says so. */
function phaseOfUnknownWord(seen: { urls: readonly string[]; failure: JobFailure | undefined; completedAt: number | undefined }): Phase {
  if (seen.failure) return 'failed';
  if (seen.urls.length > 0) return 'completed';
  return seen.completedAt === undefined ? 'running' : 'failed';
}

function urlsIn(value: unknown): string[] {
  if (!isObject(value)) return [];
  const { urls } = value;
  const entries = Array.isArray(urls)
    ? urls
    : isObject(urls)
      ? Object.entries(urls).map(([type, url]) => (isObject(url) ? { type, ...url } : { type, url }))
      : [];
  const found = entries.map((entry: unknown) =>
    isObject(entry) ? { type: entry.type, url: textOf(entry.url) } : { type: undefined, url: textOf(entry) },
  );
  const ranked = [...found.filter(({ type }) => type !== 'preview'), ...found.filter(({ type }) => type === 'preview')];
  const older = [value.video_url, value.url].map(textOf);
  return [...ranked.map(({ url }) => url), ...older].filter((url): url is string => url !== undefined && isWebAddress(url));
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function readFailure(job: JsonObject): JobFailure | undefined {
  const error = job.error ?? (isObject(job.result) ? job.result.error : undefined);
  if (isObject(error)) {
    const code = textOf(error.code);
    const message = textOf(error.message) ?? textOf(error.error);
    return { ...(code && { code }), ...(message && { message }) };
  }
  const message = textOf(error);
  return message ? { message } : undefined;
}

function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
