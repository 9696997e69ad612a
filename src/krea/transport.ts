import type { NetworkFault } from './networkFault';

/** A whole answer, or as much of it as came. */
export interface HttpAnswer {
  readonly status: number;
  /** Lower-case names; of a repeated header the last value, or all of them with commas between. */
  readonly headers: Readonly<Record<string, string>>;
  /** At most `bodyLimit` bytes, decoded as UTF-8. */
  readonly text: string;
  /** False when the body was cut off by the network or by `bodyLimit`. */
  readonly whole: boolean;
}

export type Reply = { readonly kind: 'answer'; readonly answer: HttpAnswer } | { readonly kind: 'fault'; readonly fault: NetworkFault };

/**
 * What became of a call that changes something at the service. Whether it left is decided by phase, not by error
 * code: a reset comes both before and after the request was taken.
 */
export type SendReply = Reply | { readonly kind: 'notSent'; readonly fault: NetworkFault };

export interface OpenFile {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Ends with an error when the connection is cut. Leaving the loop closes the connection. */
  readonly body: AsyncIterable<Uint8Array>;
}

export type OpenReply = { readonly kind: 'open'; readonly file: OpenFile } | { readonly kind: 'fault'; readonly fault: NetworkFault };

export type Headers = Readonly<Record<string, string>>;

/** A body that is read as it goes out, never held as a whole. */
export interface StreamBody {
  /** Bytes. */
  readonly length: number;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

export interface SendOptions {
  readonly body?: string | StreamBody;
  /** Never for a POST that starts a job: what may have left is waited for. */
  readonly signal?: AbortSignal;
}

/** One way to the network. Follows no redirect and repeats nothing. Never throws. */
export interface Transport {
  readonly way: 'direct' | 'editor';
  get(url: URL, headers: Headers, signal: AbortSignal): Promise<Reply>;
  /** Each call on a connection of its own. Ends with its answer or its deadline, or with the signal where there is one. */
  send(method: 'POST' | 'DELETE', url: URL, headers: Headers, options?: SendOptions): Promise<SendReply>;
  open(url: URL, headers: Headers, signal: AbortSignal, publicHostsOnly: boolean): Promise<OpenReply>;
  close(): Promise<void>;
}

/** Milliseconds. */
export interface Deadlines {
  readonly connect: number;
  readonly get: number;
  /** From the first byte sent to the head of the answer; also for the whole of a call through the editor. Of a stream: from any piece to the next. */
  readonly send: number;
  readonly fileHeaders: number;
  /** Between two pieces of a file. */
  readonly fileSilence: number;
}

/** Cloudflare, in front of the API, gives up on the origin after about 100 s (error 524). */
export const usualDeadlines: Deadlines = { connect: 15_000, get: 30_000, send: 120_000, fileHeaders: 60_000, fileSilence: 60_000 };

/** Bytes. A page of `GET /jobs` with 1,000 items stays below 1 MB. */
export const bodyLimit = 8 * 1024 * 1024;
