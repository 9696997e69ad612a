import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Batch, OverBudget } from '../../src/jobs/budget';
import { systemClock } from '../../src/jobs/clock';
import type { Estimate, JobState } from '../../src/jobs/job';
import { Ledger } from '../../src/jobs/ledger';
import { LedgerLists } from '../../src/jobs/ledgerLists';
import { emptyFolder } from '../support/emptyFolder';
import { fillLedger, rowJob, rowState } from '../support/ledgerRows';

const run = promisify(execFile);
const batch: Batch = { id: 'night', budget: 1_000_000 };
const about = (microUsd: number): Estimate => ({ kind: 'about', microUsd, date: '2026-05' });
const failed = (failure: object): JobState => ({ ...rowState('failed', 'x', 1), failure }) as JobState;

describe('jobs: the budget of a batch', () => {
  let folder: string;
  let ledger: Ledger;
  beforeEach(() => {
    folder = emptyFolder();
    ledger = new Ledger(folder, systemClock, () => undefined);
  });

  const order = (id: string, estimate: Estimate, of: Batch = batch) =>
    ledger.insert(rowJob(id, 1, { name: 'intended' }, { estimate, batch: of }));
  const overBudget = (error: unknown) => error instanceof OverBudget;

  const states: readonly (readonly [name: string, state: JobState, counts: boolean])[] = [
    ...(['intended', 'submitting', 'queued', 'running', 'downloading', 'done', 'notFetched', 'overdue', 'unknown', 'perhaps'] as const).map(
      (name) => [name, rowState(name, 'a', 1), true] as const,
    ),
    ...(['refused', 'notSent', 'cancelled', 'closed'] as const).map((name) => [name, rowState(name, 'a', 1), false] as const),
    ['failed with a reason', failed({ code: 'nsfw' }), false],
    ['failed without a reason', failed({}), true],
  ];
  for (const [name, state, counts] of states)
    it(`${counts ? 'counts' : 'does not count'} a job that is ${name}`, async () => {
      await fillLedger(folder, systemClock, [rowJob('a', 1, state, { estimate: about(600_000), batch })]);
      const second = order('b', about(600_000));
      if (!counts) return second;
      await assert.rejects(second, overBudget);
      assert.equal(await ledger.get('b'), undefined);
    });

  it('takes a job that fills it to the last, and no other', async () => {
    await order('a', about(600_000));
    await order('b', about(400_000));
    await assert.rejects(order('c', about(1)), (error: unknown) => error instanceof OverBudget && error.reserved === 1_000_000);
  });

  it('knows no price without a figure of the user', async () => {
    await assert.rejects(order('a', { kind: 'unknown' }), (error: unknown) => error instanceof OverBudget && error.wanted === undefined);
    await order('a', { kind: 'unknown' }, { ...batch, reckonedAt: 700_000 });
    await assert.rejects(order('b', about(400_000)), overBudget);
  });

  it('is asked again for a job that was not sent and is to be sent now', async () => {
    const notSent = rowJob('a', 1, rowState('notSent', 'a', 1), { estimate: about(600_000), batch });
    await fillLedger(folder, systemClock, [notSent]);
    await order('b', about(600_000));
    await assert.rejects(ledger.takeOver(notSent, 'w2-1', { name: 'intended' }), overBudget);
    assert.equal((await ledger.get('a'))?.state.name, 'notSent');
  });

  it('holds only its own batch, and no job outside of one', async () => {
    await order('a', about(1_000_000));
    await order('b', about(1_000_000), { ...batch, id: 'other' });
    await ledger.insert(rowJob('c', 1, { name: 'intended' }, { estimate: about(9_000_000) }));
  });

  it('is never passed by four windows that order at once', async () => {
    const child = join(__dirname, '../support/reserveChild.js');
    const windows = ['n1', 'n2', 'n3', 'n4', 'm1', 'm2'];
    const ordered = windows.map((window) => run(process.execPath, [child, folder, window, '3000000', '70000', '110000', '30000']));
    await Promise.all(ordered);
    const jobs = [];
    for await (const job of new LedgerLists(folder, systemClock, () => undefined).all()) jobs.push(job);
    for (const id of ['batch of n', 'batch of m']) {
      const sum = jobs
        .filter((job) => job.order.batch?.id === id)
        .reduce((total, { order: { estimate } }) => total + (estimate.kind === 'unknown' ? 0 : estimate.microUsd), 0);
      assert.ok(sum <= 3_000_000 && sum > 3_000_000 - 110_000, `${id}: ${sum}`);
    }
  }).timeout(60_000);
});
