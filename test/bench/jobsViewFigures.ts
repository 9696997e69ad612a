import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { systemClock } from '../../src/jobs/clock';
import { emptyFolder } from '../support/emptyFolder';
import { fillLedger, yearOfJobs } from '../support/ledgerRows';
import { testNode } from '../support/testNode';
import type { Report } from '../support/timedSteps';
import { type Figure, median } from './figure';
import type { Opening } from './jobsViewOnce';

const run = promisify(execFile);
const jobs = 10_000;
const rounds = 9;

/** A year of jobs in a ledger of the product's own form, opened in a new process each time as the view opens it. */
export async function jobsViewFigures(report: Report): Promise<readonly Figure[]> {
  const folder = emptyFolder();
  await fillLedger(folder, systemClock, yearOfJobs(jobs, Date.now()));
  const first = await open(folder);
  const openings: Opening[] = [];
  for (let round = 0; round < rounds; round++) openings.push(await open(folder));
  report(`jobs view: ${openings.map(({ days }) => days.toFixed(0)).join(', ')} ms`);
  const of = (what: keyof Opening): number => median(openings.map((opening) => opening[what]));
  return [
    {
      name: 'jobs_view_10k_ms',
      value: of('days'),
      unit: 'ms',
      peers: {
        'the very first time': first.days,
        'by storyboard': of('storyboards'),
        filtered: of('filtered'),
        spending: of('spending'),
      },
      target: { atMost: 200 },
      how: `opening a ledger of ${jobs} jobs, groups by day and the rows of the first, with node:sqlite loaded on the way; not in it: our code's loading, a cold disk, posters, VS Code's drawing`,
    },
  ];
}

async function open(folder: string): Promise<Opening> {
  const { stdout } = await run(testNode(), ['--no-warnings', path.join(__dirname, 'jobsViewOnce.js'), folder]);
  // what our own child has printed
  return JSON.parse(stdout) as Opening;
}
