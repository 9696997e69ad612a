import type { StateName } from './job';
import { dayOf, groupKey, type JobGroup } from './jobGroup';
import { isStateName } from './jobKind';
import { type ChargedRow, storyboardOf } from './ledgerLists';

/** A sum of estimates. Krea reports no charge per job, so nobody knows what was really paid. */
export interface Spent {
  readonly jobs: number;
  /** Millionths of a US dollar; of jobs with a known price. */
  readonly microUsd: number;
  /** Jobs whose price is not known: they are in no sum. */
  readonly unpriced: number;
  /** Jobs of which nobody knows whether they are charged. They are counted above in full. */
  readonly unclear: { readonly jobs: number; readonly microUsd: number };
}

export interface Spending {
  readonly total: Spent;
  /** Newest first. */
  readonly days: readonly { readonly day: Extract<JobGroup, { kind: 'day' }>; readonly spent: Spent }[];
  /** The dearest first. */
  readonly models: readonly { readonly model: string; readonly spent: Spent }[];
  readonly storyboards: readonly { readonly storyboard: Exclude<JobGroup, { kind: 'day' }>; readonly spent: Spent }[];
}

export type Counted = 'yes' | 'unclear' | 'no';

/** What counts as spent: not what was never sent, nor what Krea refused or cancelled. `byReason`: see `free`. */
const counted: Readonly<Record<StateName, Counted | 'byReason'>> = {
  intended: 'yes',
  submitting: 'yes',
  queued: 'yes',
  running: 'yes',
  downloading: 'yes',
  done: 'yes',
  notFetched: 'yes',
  failed: 'byReason',
  cancelled: 'no',
  refused: 'no',
  notSent: 'no',
  overdue: 'unclear',
  closed: 'no',
  unknown: 'unclear',
  perhaps: 'unclear',
};

export function countedAs({ state, free }: Pick<ChargedRow, 'state' | 'free'>): Counted {
  const as = isStateName(state) ? counted[state] : 'unclear';
  if (as !== 'byReason') return as;
  return free ? 'no' : 'unclear';
}

const nothing: Spent = { jobs: 0, microUsd: 0, unpriced: 0, unclear: { jobs: 0, microUsd: 0 } };

/** `rows` newest first. Jobs that do not count are left out. */
export function spendingOf(rows: readonly ChargedRow[]): Spending {
  let total = nothing;
  const days = new Map<number, { day: Extract<JobGroup, { kind: 'day' }>; spent: Spent }>();
  const models = new Map<string, Spent>();
  const storyboards = new Map<string, { storyboard: Exclude<JobGroup, { kind: 'day' }>; spent: Spent }>();
  let day = dayOf(0);
  for (const row of rows) {
    const as = countedAs(row);
    if (as === 'no') continue;
    const add = (spent: Spent): Spent => added(spent, row, as);
    total = add(total);
    if (row.createdAt < day.from || row.createdAt >= day.to) day = dayOf(row.createdAt);
    days.set(day.from, { day, spent: add(days.get(day.from)?.spent ?? nothing) });
    models.set(row.model, add(models.get(row.model) ?? nothing));
    const storyboard = storyboardOf(row.root, row.source);
    const key = groupKey(storyboard);
    storyboards.set(key, { storyboard, spent: add(storyboards.get(key)?.spent ?? nothing) });
  }
  const dearest = (a: { readonly spent: Spent }, b: { readonly spent: Spent }): number =>
    b.spent.microUsd - a.spent.microUsd || b.spent.jobs - a.spent.jobs;
  return {
    total,
    days: [...days.values()],
    models: [...models].map(([model, spent]) => ({ model, spent })).sort(dearest),
    storyboards: [...storyboards.values()].sort(dearest),
  };
}

function added(spent: Spent, { microUsd }: ChargedRow, as: 'yes' | 'unclear'): Spent {
  const amount = microUsd ?? 0;
  const { unclear } = spent;
  return {
    jobs: spent.jobs + 1,
    microUsd: spent.microUsd + amount,
    unpriced: spent.unpriced + (microUsd === undefined ? 1 : 0),
    unclear: as === 'unclear' ? { jobs: unclear.jobs + 1, microUsd: unclear.microUsd + amount } : unclear,
  };
}
