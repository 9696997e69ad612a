import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks `probe` until it gives something other than undefined or false, and returns that.
 * Rejects with `what` in the message after `deadlineMs`; what `probe` throws passes through.
 */
export async function waitFor<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  {
    deadlineMs = 30_000,
    everyMs = 50,
    signal,
  }: { readonly deadlineMs?: number; readonly everyMs?: number; readonly signal?: AbortSignal } = {},
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited ${Math.round(deadlineMs / 1000)} s in vain for: ${what}`);
    await pause(everyMs, undefined, signal ? { signal } : {});
  }
}
