import { type Asset, type AssetUpload, readAsset, readUploadAnswer, type UploadAnswer, uploadForm } from './assetUpload';
import { type JobReport, readJobReport } from './jobReport';
import { isObject, parseJson } from './json';
import type { Network } from './network';
import type { NetworkFault } from './networkFault';
import { type Refusal, readRefusal } from './refusal';
import { retryAfterMs } from './retryAfter';
import { readSubmitAnswer, type SubmitAnswer } from './submitAnswer';
import type { Headers, HttpAnswer, Reply } from './transport';

/** An answer to a question that changes nothing. `serverTime` is the answer's `Date`, in milliseconds. */
export type Look<T> =
  | { readonly kind: 'found'; readonly value: T; readonly serverTime?: number }
  /** A JSON 404: the service does not know the job, or not for this token. */
  | { readonly kind: 'notFound' }
  /** 401 or 403. */
  | { readonly kind: 'noAccess'; readonly status: number; readonly refusal: Refusal }
  | { readonly kind: 'trouble'; readonly status?: number; readonly fault?: NetworkFault; readonly waitMs?: number };

export interface JobPage {
  readonly items: readonly JobReport[];
  /** Items that name no job, of whatever kind they may be. */
  readonly unreadable: number;
  readonly nextCursor?: string;
}

/** What a DELETE came to. A GET must decide whether the service stopped the job. */
export type CancelAnswer =
  | { readonly kind: 'done' }
  /** The service has no such job, or none that it could stop any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'tooLate'; readonly status: number }
  | { readonly kind: 'unclear' };

/** The Krea HTTP API for one address and one token. Sends the token to no other host. Never throws for an answer. */
export class KreaClient {
  constructor(
    private readonly network: Network,
    readonly apiBase: URL,
    private readonly token: string,
    private readonly product: string,
  ) {}

  /** Sent once. The caller has the job in the ledger, as *submitting*, before this is called. */
  async submit(endpoint: string, body: string, webhookUrl?: string): Promise<SubmitAnswer> {
    const headers = { ...this.headers(), 'content-type': 'application/json', ...(webhookUrl && { 'x-webhook-url': webhookUrl }) };
    const reply = await this.network.send('POST', this.url(endpoint), headers, { body });
    return readSubmitAnswer(reply.kind === 'answer' ? { ...reply, answer: this.withoutToken(reply.answer) } : reply);
  }

  /** Free, and starts nothing. May be aborted at any time. */
  async upload(file: AssetUpload, signal: AbortSignal): Promise<UploadAnswer> {
    const { contentType, ...body } = uploadForm(file);
    const headers = { ...this.headers(), 'content-type': contentType };
    const reply = await this.network.send('POST', this.url('/assets'), headers, { body, signal });
    return readUploadAnswer(reply.kind === 'answer' ? { ...reply, answer: this.withoutToken(reply.answer) } : reply);
  }

  /** `notFound` when Krea says that it has no such file any more. */
  async asset(id: string, signal: AbortSignal): Promise<Look<Asset>> {
    return this.look(`/assets/${encodeURIComponent(id)}`, signal, (body) => {
      const asset = readAsset(body);
      return asset?.id === id ? asset : undefined;
    });
  }

  async job(jobId: string, signal: AbortSignal): Promise<Look<JobReport>> {
    return this.look(`/jobs/${encodeURIComponent(jobId)}`, signal, (body) => {
      const report = readJobReport(body);
      return report?.jobId === jobId ? report : undefined;
    });
  }

  /** Newest first. `limit` 1 to 1,000; the cheapest proof that a token is good is a limit of 1. */
  async jobs({ limit, cursor }: { limit: number; cursor?: string }, signal: AbortSignal): Promise<Look<JobPage>> {
    const query = new URLSearchParams({ limit: String(limit), ...(cursor && { cursor }) });
    return this.look(`/jobs?${query}`, signal, (body) => {
      if (!isObject(body) || !Array.isArray(body.items)) return undefined;
      const items = body.items.map(readJobReport).filter((item) => item !== undefined);
      const next = body.next_cursor ?? body.nextCursor;
      return { items, unreadable: body.items.length - items.length, ...(typeof next === 'string' && { nextCursor: next }) };
    });
  }

  /** A GET and its answer as it came, for the shape of it alone. */
  async answerTo(path: string, signal: AbortSignal): Promise<Reply> {
    const reply = await this.network.get(this.url(path), this.headers(), signal);
    return reply.kind === 'answer' ? { kind: 'answer', answer: this.withoutToken(reply.answer) } : reply;
  }

  async cancel(jobId: string, signal: AbortSignal): Promise<CancelAnswer> {
    const reply = await this.network.send('DELETE', this.url(`/jobs/${encodeURIComponent(jobId)}`), this.headers(), { signal });
    if (reply.kind !== 'answer') return { kind: 'unclear' };
    const { status, text } = reply.answer;
    if (status >= 200 && status < 300) return { kind: 'done' };
    if (status === 404 && isObject(parseJson(text))) return { kind: 'gone' };
    return status === 400 || status === 409 ? { kind: 'tooLate', status } : { kind: 'unclear' };
  }

  private async look<T>(path: string, signal: AbortSignal, read: (body: unknown) => T | undefined): Promise<Look<T>> {
    const reply = await this.network.get(this.url(path), this.headers(), signal);
    if (reply.kind === 'fault') return { kind: 'trouble', fault: reply.fault };
    const answer = this.withoutToken(reply.answer);
    const body = parseJson(answer.text);
    const value = answer.status === 200 ? read(body) : undefined;
    if (value !== undefined) return { kind: 'found', value, ...serverTime(answer) };
    if (answer.status === 404 && isObject(body)) return { kind: 'notFound' };
    if (answer.status === 401 || answer.status === 403) return { kind: 'noAccess', status: answer.status, refusal: readRefusal(answer) };
    const waitMs = retryAfterMs(answer.headers);
    return { kind: 'trouble', status: answer.status, ...(waitMs !== undefined && { waitMs }) };
  }

  /** A page that echoes the request must not carry the token into the ledger, the log or a message. */
  private withoutToken(answer: HttpAnswer): HttpAnswer {
    return { ...answer, text: answer.text.replaceAll(this.token, '(token)') };
  }

  private url(path: string): URL {
    return new URL(`${this.apiBase.pathname.replace(/\/$/, '')}${path}`, this.apiBase);
  }

  private headers(): Headers {
    return { authorization: `Bearer ${this.token}`, accept: 'application/json', 'user-agent': this.product };
  }
}

function serverTime(answer: HttpAnswer): { serverTime?: number } {
  const time = Date.parse(answer.headers.date ?? '');
  return Number.isNaN(time) ? {} : { serverTime: time };
}
