import type { Job } from './job';
import type { JobParts } from './jobParts';

/** Milliseconds between looks for what another window did to the row; this one hears of its own changes at once. */
const lookEvery = 2000;

/** Does work that ends as soon as the row is *intended* no more, as after a cancel in whatever window. */
export async function whileIntended<T>(
  { id }: Pick<Job, 'id'>,
  { ledger, clock }: Pick<JobParts, 'ledger' | 'clock'>,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const [unwanted, done] = [new AbortController(), new AbortController()];
  const limit = AbortSignal.any([signal, unwanted.signal]);
  const look = async (): Promise<void> => {
    if (done.signal.aborted) return;
    const state = (await ledger.get(id).catch(() => undefined))?.state; // a ledger that is busy tells later
    if (state && state.name !== 'intended') unwanted.abort();
  };
  const onChanged = (): void => void look();
  const looking = async (): Promise<void> => {
    for (const over = AbortSignal.any([limit, done.signal]); !over.aborted; await clock.wait(lookEvery, over)) await look();
  };
  ledger.events.on('changed', onChanged);
  const ended = looking();
  try {
    return await work(limit);
  } finally {
    done.abort();
    ledger.events.off('changed', onChanged);
    await ended;
  }
}
