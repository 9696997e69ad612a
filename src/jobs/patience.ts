import type { Clock } from './clock';

/** Asks, and aborts the asking after so many milliseconds, or with the signal. */
export async function withPatience<T>(ms: number, clock: Clock, signal: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const [limit, over] = [new AbortController(), new AbortController()];
  void clock.wait(ms, AbortSignal.any([signal, over.signal])).then(() => limit.abort());
  try {
    return await ask(AbortSignal.any([signal, limit.signal]));
  } finally {
    over.abort();
  }
}
