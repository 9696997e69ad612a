// A child: opens a ledger as the Jobs view does and prints an Opening.
//   node jobsViewOnce.js <folder>
import { systemClock } from '../../src/jobs/clock';
import type { GroupBy } from '../../src/jobs/jobGroup';
import { LedgerLists } from '../../src/jobs/ledgerLists';
import { spendingOf } from '../../src/jobs/spending';

/** Milliseconds. */
export interface Opening {
  /** Groups by day and the rows of the first one, from a file that nobody had open. */
  readonly days: number;
  readonly storyboards: number;
  /** The groups that hold two words, by day. */
  readonly filtered: number;
  readonly spending: number;
}

const [folder = ''] = process.argv.slice(2);

async function timed(work: (lists: LedgerLists) => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work(new LedgerLists(folder, systemClock, console.error));
  return performance.now() - start;
}

async function opened(lists: LedgerLists, by: GroupBy): Promise<void> {
  const [first] = await lists.groups(by);
  const page = first && (await lists.jobs(first.group, 100));
  if (!page || page.jobs.length === 0) throw new Error('The first group has no rows.');
}

async function run(): Promise<Opening> {
  return {
    days: await timed((lists) => opened(lists, 'day')),
    storyboards: await timed((lists) => opened(lists, 'storyboard')),
    filtered: await timed((lists) => lists.groups('day', { words: 'storm kling' })),
    spending: await timed(async (lists) => spendingOf(await lists.charged())),
  };
}

run().then(
  (opening) => console.log(JSON.stringify(opening)),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
