import { Readable } from 'node:stream';
import type { Headers, StreamBody } from './transport';

/** The body of a call on its way out. */
export interface Outgoing {
  readonly body: string | Readable | null;
  readonly headers: Headers;
  /** Of a stream: aborted when nobody takes its next piece, or answers after its last. */
  readonly tooSlow?: AbortSignal;
  /** To be called when the call has ended. */
  readonly end: () => void;
}

const nothing = (): void => undefined;

/** `patience` in milliseconds, from any piece of a stream to the next, and from its last to the head of the answer. */
export function outgoing(body: string | StreamBody | undefined, patience: number): Outgoing {
  if (typeof body !== 'object') return { body: body ?? null, headers: {}, end: nothing };
  const slow = new AbortController();
  const watchdog = setTimeout(() => slow.abort(new DOMException('the upload stands still', 'TimeoutError')), patience);
  const stream = Readable.from(refreshing(body.chunks(), watchdog), { objectMode: false, highWaterMark: 64 * 1024 });
  return {
    body: stream,
    headers: { 'content-length': String(body.length) },
    tooSlow: slow.signal,
    end: () => {
      clearTimeout(watchdog);
      stream.destroy();
    },
  };
}

async function* refreshing(chunks: AsyncIterable<Uint8Array>, watchdog: NodeJS.Timeout): AsyncIterable<Uint8Array> {
  for await (const chunk of chunks) {
    watchdog.refresh();
    yield chunk;
  }
}
