import type { JobReport } from '../krea/jobReport';
import type { JobPage, KreaClient, Look } from '../krea/kreaClient';
import type { Span } from './unclear';

/** Items of a page: a first page is small, since most lists end there. */
const firstPage = 100;
const laterPage = 1000;
/** Pages of one list. A workspace with more jobs than that in the span is listed in part. */
const mostPages = 50;

export type JobList =
  | {
      readonly kind: 'list';
      /** Of the span and around it, newest first, each once. */
      readonly items: readonly JobReport[];
      /** Nothing of the span can be missing. */
      readonly complete: boolean;
      /** Of the last page: newest time of the service. */
      readonly serverTime?: number;
    }
  | { readonly kind: 'trouble'; readonly status?: number; readonly waitMs?: number }
  | { readonly kind: 'noAccess'; readonly status: number };

/**
 * Every job of this account that was made within the span, in whatever state and of whatever kind: filters would hide
 * what the service words otherwise. A cursor means *before* and skips equal times, so pages overlap by a millisecond.
 */
export async function listJobs(
  client: KreaClient,
  span: Span,
  turn: () => Promise<void>,
  signal: AbortSignal,
  onPage?: (items: number) => void,
): Promise<JobList> {
  const found = new Map<string, JobReport>();
  let cursor: string | undefined;
  let limit = firstPage;
  let readable = true;
  let serverTime: number | undefined;
  for (let pages = 0; pages < mostPages; pages++) {
    await turn();
    if (signal.aborted) return { kind: 'trouble' };
    const look: Look<JobPage> = await client.jobs({ limit, ...(cursor && { cursor }) }, signal);
    if (look.kind === 'noAccess') return { kind: 'noAccess', status: look.status };
    if (look.kind === 'notFound') return { kind: 'trouble', status: 404 };
    if (look.kind === 'trouble')
      return {
        kind: 'trouble',
        ...(look.status !== undefined && { status: look.status }),
        ...(look.waitMs !== undefined && { waitMs: look.waitMs }),
      };
    const { items, unreadable, nextCursor } = look.value;
    serverTime = look.serverTime ?? serverTime;
    const before = found.size;
    for (const item of items) found.set(item.jobId, item);
    onPage?.(found.size);
    const times = items.map(({ createdAt }) => createdAt).filter((time) => time !== undefined);
    readable &&= unreadable === 0 && times.length === items.length;
    const oldest = Math.min(...times);
    const atEnd = nextCursor === undefined || items.length === 0;
    if (atEnd || oldest < span.from) return listed(found, readable, serverTime);
    // a page of one and the same millisecond leads nowhere, unless a larger page sees past it
    if (found.size === before && limit === laterPage) break;
    cursor = new Date(oldest + 1).toISOString();
    limit = laterPage;
  }
  return listed(found, false, serverTime);
}

function listed(found: ReadonlyMap<string, JobReport>, complete: boolean, serverTime: number | undefined): JobList {
  return { kind: 'list', items: [...found.values()], complete, ...(serverTime !== undefined && { serverTime }) };
}
