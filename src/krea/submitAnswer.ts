import { isObject, parseJson, textOf } from './json';
import type { NetworkFault } from './networkFault';
import { type Refusal, readRefusal } from './refusal';
import { retryAfterMs } from './retryAfter';
import type { Headers, HttpAnswer, SendReply } from './transport';

/** The start of the service's answer, kept with the job as evidence. */
export interface Evidence {
  readonly status: number;
  /** At most 4 KB. */
  readonly body: string;
}

/** The service's announcement, in the headers of an answer, that a model or a field of it ends. */
export interface SunsetNotice {
  /** ISO day after which it is refused, when the service names it. */
  readonly date?: string;
  /** Where the service explains it. */
  readonly link?: string;
  /** What comes after it, as the service names it: an id or an address. */
  readonly replacement?: string;
}

/** What is known after a POST that starts a job. */
export type SubmitAnswer =
  | {
      readonly kind: 'accepted';
      readonly jobId: string;
      readonly status: string;
      readonly evidence: Evidence;
      readonly sunset?: SunsetNotice;
    }
  | { readonly kind: 'refused'; readonly status: number; readonly refusal: Refusal; readonly evidence: Evidence }
  /** 429: nothing was accepted; may be sent again. */
  | { readonly kind: 'busy'; readonly waitMs?: number; readonly refusal: Refusal; readonly evidence: Evidence }
  | { readonly kind: 'notSent'; readonly fault: NetworkFault }
  /** The job may exist and be billed. Never sent again by itself. */
  | { readonly kind: 'unknown'; readonly fault?: NetworkFault; readonly evidence?: Evidence };

/** Statuses that say clearly that no job was made. 408, 425, 5xx and redirects do not. */
const clearRefusals: ReadonlySet<number> = new Set([400, 401, 402, 403, 404, 410, 413, 422]);

export function readSubmitAnswer(reply: SendReply): SubmitAnswer {
  if (reply.kind === 'notSent') return reply;
  if (reply.kind === 'fault') return { kind: 'unknown', fault: reply.fault };
  const { answer } = reply;
  const evidence: Evidence = { status: answer.status, body: answer.text.slice(0, 4096) };
  const accepted = acceptedJob(answer);
  if (accepted) {
    const sunset = readSunset(answer.headers);
    return { kind: 'accepted', ...accepted, evidence, ...(sunset && { sunset }) };
  }
  // what is missing may have named a job
  if (isCutOff(answer)) return { kind: 'unknown', evidence };
  if (answer.status === 429) {
    const waitMs = retryAfterMs(answer.headers);
    return { kind: 'busy', refusal: readRefusal(answer), evidence, ...(waitMs !== undefined && { waitMs }) };
  }
  if (clearRefusals.has(answer.status)) return { kind: 'refused', status: answer.status, refusal: readRefusal(answer), evidence };
  return { kind: 'unknown', evidence };
}

/** By the network, or by whoever sent half of it as a whole. */
const isCutOff = ({ whole, headers, text }: HttpAnswer): boolean =>
  !whole || (/\bjson\b/i.test(headers['content-type'] ?? '') && text.trim() !== '' && parseJson(text) === undefined);

/** An id in any body, even a cut one and whatever the status, is proof that the job exists. */
function acceptedJob({ text }: HttpAnswer): { jobId: string; status: string } | undefined {
  const body = parseJson(text);
  if (isObject(body)) {
    const jobId = textOf(body.job_id);
    return jobId ? { jobId, status: textOf(body.status) ?? 'queued' } : undefined;
  }
  const jobId = /"job_id"\s*:\s*"([0-9a-f-]{36})"/i.exec(text)?.[1];
  return jobId ? { jobId, status: /"status"\s*:\s*"([\w-]+)"/.exec(text)?.[1] ?? 'queued' } : undefined;
}

function readSunset(headers: Headers): SunsetNotice | undefined {
  if (!headers.deprecation && !headers.sunset) return undefined;
  const date = Date.parse(headers.sunset ?? '');
  const link = linkTo(headers, 'deprecation') ?? linkTo(headers, 'sunset');
  const replacement = linkTo(headers, 'successor-version') ?? linkTo(headers, 'alternate');
  return {
    ...(!Number.isNaN(date) && { date: new Date(date).toISOString().slice(0, 10) }),
    ...(link && { link }),
    ...(replacement && { replacement }),
  };
}

/** The target of the first link with this relation. */
function linkTo({ link = '' }: Headers, relation: string): string | undefined {
  const links = [...link.matchAll(/<([^>]*)>([^<]*)/g)];
  return links.find(([, , words = '']) => new RegExp(`\\brel="?[^"]*\\b${relation}\\b`, 'i').test(words))?.[1];
}
