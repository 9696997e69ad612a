import type { JobReport } from '../krea/jobReport';
import type { JobPage, KreaClient, Look } from '../krea/kreaClient';

/** What a page is looked through for. `madeAt`: server time, as far as known. */
export interface Sought {
  readonly jobId: string;
  readonly madeAt?: number;
}

export type Listed =
  | { readonly kind: 'list'; readonly reports: ReadonlyMap<string, JobReport> }
  | Exclude<Look<JobPage>, { readonly kind: 'found' }>;

/** Items of a page: Krea's own default, and the most it gives. */
const usualLimit = 100;
const mostItems = 1000;
/** What others may add between two looks. */
const margin = 50;
/** Pages for one look. What is deeper is asked after by itself. */
const mostPages = 4;

/** Shows many jobs in one call. Remembers how deep in the list ours lie, since others' jobs come before them. */
export class JobPages {
  private depth = 0;

  /** `call` is told of each page before it is asked for. */
  async list(sought: readonly Sought[], client: KreaClient, call: () => Promise<void>, signal: AbortSignal): Promise<Listed> {
    const reports = new Map<string, JobReport>();
    const wanted = new Map(sought.map((job) => [job.jobId, job]));
    let limit = Math.min(mostItems, Math.max(usualLimit, sought.length + margin, Math.ceil(this.depth * 1.5) + margin));
    let cursor: string | undefined;
    let deepest = 0;
    for (let page = 0; page < mostPages; page++) {
      await call();
      const look = await client.jobs({ limit, ...(cursor !== undefined && { cursor }) }, signal);
      if (look.kind !== 'found') return page === 0 ? look : { kind: 'list', reports };
      const before = reports.size;
      const { items, nextCursor } = look.value;
      for (const item of items) {
        reports.set(item.jobId, item);
        if (wanted.delete(item.jobId)) deepest = reports.size;
      }
      const oldest = items.reduce((least, { createdAt }) => Math.min(least, createdAt ?? least), Number.POSITIVE_INFINITY);
      const mayBeDeeper = [...wanted.values()].some(({ madeAt }) => madeAt === undefined || madeAt <= oldest);
      if (!mayBeDeeper || nextCursor === undefined || reports.size === before) break;
      // a cursor means *before* and skips equal times, so pages overlap by a millisecond
      cursor = Number.isFinite(oldest) ? new Date(oldest + 1).toISOString() : nextCursor;
      limit = mostItems;
    }
    this.depth = deepest;
    return { kind: 'list', reports };
  }
}
