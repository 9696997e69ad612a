import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/jobs/clock';
import { csvLine } from '../../src/jobs/csvLine';
import type { Job, JobState } from '../../src/jobs/job';
import { LedgerLists } from '../../src/jobs/ledgerLists';
import { type Spending, spendingOf } from '../../src/jobs/spending';
import { csvHead, csvOf } from '../../src/jobs/spendingCsv';
import { aDay, fillLedger, rowJob, rowState } from '../support/ledgerRows';

const noon = new Date(2026, 5, 10, 12).getTime();
const failed = (change: Partial<Extract<JobState, { name: 'failed' }>>): JobState => {
  const state = rowState('failed', 'x', noon);
  assert.ok(state.name === 'failed');
  return { ...state, ...change, jobId: `krea-${JSON.stringify(change)}` };
};

describe('jobs: spending', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'krea-spending-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const of = async (...jobs: readonly Job[]): Promise<Spending> => {
    await fillLedger(folder, systemClock, jobs);
    return spendingOf(await new LedgerLists(folder, systemClock, () => undefined).charged());
  };
  const price = (microUsd: number) => ({ estimate: { kind: 'about', microUsd, date: '2026-05' } as const });

  const counted: readonly (readonly [string, JobState, 'yes' | 'unclear' | 'no'])[] = [
    ...(['intended', 'submitting', 'queued', 'running', 'downloading', 'done', 'notFetched'] as const).map(
      (name) => [name, rowState(name, 'x', noon), 'yes'] as const,
    ),
    ...(['unknown', 'overdue'] as const).map((name) => [name, rowState(name, 'x', noon), 'unclear'] as const),
    ...(['refused', 'notSent', 'cancelled'] as const).map((name) => [name, rowState(name, 'x', noon), 'no'] as const),
    ['failed with a code', failed({ failure: { code: 'nsfw' } }), 'no'],
    ['failed with a message', failed({ failure: { message: 'GPU lost' } }), 'no'],
    ['failed with an empty code and a message', failed({ failure: { code: '', message: 'GPU lost' } }), 'no'],
    ['failed without a reason', failed({ failure: {} }), 'unclear'],
    ['failed with an empty reason', failed({ failure: { code: '', message: '' } }), 'unclear'],
    ['finished without a video', failed({ failure: {}, withoutVideo: true }), 'unclear'],
    ['finished without a video, with a code', failed({ failure: { code: 'nsfw' }, withoutVideo: true }), 'unclear'],
  ];
  for (const [what, state, as] of counted)
    it(`${{ yes: 'counts', unclear: 'counts and names as unclear', no: 'does not count' }[as]} a job that is ${what}`, async () => {
      const job = rowJob('x', noon, state, price(370_000));
      const { total } = await of(job);
      const unclear = as === 'unclear' ? { jobs: 1, microUsd: 370_000 } : { jobs: 0, microUsd: 0 };
      assert.deepEqual(
        total,
        as === 'no' ? { ...total, jobs: 0, microUsd: 0, unclear } : { jobs: 1, microUsd: 370_000, unpriced: 0, unclear },
      );
      assert.equal(csvOf(job).split(',')[6], as, 'the same in the CSV');
    });

  it('adds up by day, model and storyboard, and keeps unknown prices apart', async () => {
    const done = (id: string, at: number) => rowState('done', id, at);
    const veo = { model: { id: 'veo', name: 'Veo 3' } };
    const loose = { destination: { folder: '/takes', root: '/project', stem: 'x' } };
    const { total, days, models, storyboards } = await of(
      rowJob('a', noon - aDay, done('a', noon), price(300_000)),
      rowJob('b', noon, done('b', noon), { ...veo, ...price(2_500_000) }),
      rowJob('c', noon + 1, done('c', noon), { ...veo, ...loose, estimate: { kind: 'unknown' } }),
      rowJob('d', noon + 2, rowState('unknown', 'd', noon), price(400_000)),
    );
    const unclear = { jobs: 1, microUsd: 400_000 };
    const none = { jobs: 0, microUsd: 0 };
    assert.deepEqual(total, { jobs: 4, microUsd: 3_200_000, unpriced: 1, unclear });
    assert.deepEqual(
      days.map(({ day, spent }) => [new Date(day.from).getDate(), spent]),
      [
        [10, { jobs: 3, microUsd: 2_900_000, unpriced: 1, unclear }],
        [9, { jobs: 1, microUsd: 300_000, unpriced: 0, unclear: none }],
      ],
    );
    assert.deepEqual(models, [
      { model: 'Veo 3', spent: { jobs: 2, microUsd: 2_500_000, unpriced: 1, unclear: none } },
      { model: 'Kling 2.5', spent: { jobs: 2, microUsd: 700_000, unpriced: 0, unclear } },
    ]);
    assert.deepEqual(
      storyboards.map(({ storyboard, spent }) => [storyboard, spent.jobs]),
      [
        [{ kind: 'storyboard', root: '/project', source: 'birds.md' }, 3],
        [{ kind: 'noFile' }, 1],
      ],
    );
  });

  it('is nothing where nothing counts', async () => {
    const { total, days, models, storyboards } = await of(rowJob('a', noon, rowState('refused', 'a', noon)));
    assert.equal(total.jobs, 0);
    assert.deepEqual([days, models, storyboards], [[], [], []]);
  });
});

describe('jobs: spending as CSV', () => {
  const cells: readonly (readonly [string, string])[] = [
    ['plain', 'plain'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\r\nlines', '"two\r\nlines"'],
    [' edge ', '" edge "'],
    ['=1+1', `"'=1+1"`],
    ['+41 1', `"'+41 1"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['  =HYPERLINK("http://x")', `"'  =HYPERLINK(""http://x"")"`],
    ['\t=1', `"'\t=1"`],
    ['\r=1', `"'\r=1"`],
    ['＝1+1', `"'＝1+1"`],
    ['＠x', `"'＠x"`],
    ["'quoted", `"'quoted"`],
    ['a=b', 'a=b'],
    ['灯台', '灯台'],
  ];
  for (const [cell, written] of cells)
    it(`writes ${JSON.stringify(cell)} as ${JSON.stringify(written)}`, () => {
      assert.equal(csvLine([cell, 'x']), `${written},x\r\n`);
    });

  it('begins with the mark by which spreadsheets know UTF-8, and the names of the columns', () => {
    assert.equal(csvHead, '\ufeffdate,time,storyboard,shot,model,state,counted,estimate_usd,price_from,krea_job_id,prompt\r\n');
  });

  it('has one line per job, with amounts to the last place and prompts as text', () => {
    const job = rowJob('a', noon, rowState('done', 'a', noon), {
      prompt: '=cmd|"/c calc"\nand, more',
      estimate: { kind: 'about', microUsd: 366_700, date: '2026-05' },
      destination: { folder: '/takes', root: '/project', stem: 'x', source: 'act,1.md', shot: '-SH010' },
    });
    assert.equal(
      csvOf(job),
      `2026-06-10,12:00:00,"act,1.md","'-SH010",Kling 2.5,done,yes,0.3667,2026-05,krea-a,"'=cmd|""/c calc"" and, more"\r\n`,
    );
  });

  const amounts: readonly (readonly [number, string])[] = [
    [0, '0.00'],
    [2_500_000, '2.50'],
    [366_700, '0.3667'],
    [1, '0.000001'],
    [1_234_567_890, '1234.56789'],
  ];
  for (const [microUsd, written] of amounts)
    it(`writes ${microUsd} millionths as ${written}`, () => {
      const job = rowJob('a', noon, rowState('done', 'a', noon), { estimate: { kind: 'exact', microUsd, date: '2026-05' } });
      assert.equal(csvOf(job).split(',')[7], written);
    });

  it('leaves an unknown price empty', () => {
    const job = rowJob('a', noon, rowState('done', 'a', noon), { estimate: { kind: 'unknown' } });
    assert.deepEqual(csvOf(job).split(',').slice(6, 9), ['yes', '', '']);
  });
});
