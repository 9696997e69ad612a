import type { JobKind } from './jobKind';

export type GroupBy = 'day' | 'storyboard';

export type JobGroup =
  /** A day of this machine's calendar: milliseconds since 1970, `to` exclusive. 23 or 25 hours where the clock was changed. */
  | { readonly kind: 'day'; readonly from: number; readonly to: number }
  /** The text the jobs were made from, relative to the folder `root`. */
  | { readonly kind: 'storyboard'; readonly root: string; readonly source: string }
  /** Made from a text that lies in no folder. */
  | { readonly kind: 'noFile' };

export interface CountedGroup {
  readonly group: JobGroup;
  readonly counts: Readonly<Record<JobKind, number>>;
}

/** The same for the same group in every window and session. */
export function groupKey(group: JobGroup): string {
  switch (group.kind) {
    case 'day':
      return `day ${group.from}`;
    case 'storyboard':
      return `storyboard ${JSON.stringify([group.root, group.source])}`;
    case 'noFile':
      return 'noFile';
  }
}

export function dayOf(time: number): Extract<JobGroup, { kind: 'day' }> {
  const date = new Date(time);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  return { kind: 'day', from: new Date(year, month, day).getTime(), to: new Date(year, month, day + 1).getTime() };
}

export function noneCounted(): Record<JobKind, number> {
  return { running: 0, finished: 0, failed: 0, unclear: 0 };
}
