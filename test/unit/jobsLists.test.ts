import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../src/jobs/clock';
import type { JobState } from '../../src/jobs/job';
import { Ledger } from '../../src/jobs/ledger';
import { schemaVersion } from '../../src/jobs/ledgerFile';
import { LedgerLists } from '../../src/jobs/ledgerLists';
import { aDay, anHour, fillLedger, rowJob, rowState, yearOfJobs } from '../support/ledgerRows';
import { openFilesBelow } from './openFilesBelow';

const noon = new Date(2026, 5, 10, 12).getTime();

describe('jobs: lists of the ledger', () => {
  let folder: string;
  let log: string[];
  let lists: LedgerLists;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'krea-lists-'));
    log = [];
    lists = new LedgerLists(folder, systemClock, (line) => void log.push(line));
  });
  afterEach(() => {
    assert.deepEqual(openFilesBelow(folder), [], 'no file stays open');
    rmSync(folder, { recursive: true });
  });

  const job = (id: string, at: number, name: JobState['name'] = 'done', order = {}) => rowJob(id, at, rowState(name, id, at), order);
  const at = (source: string | undefined, root = '/project') => ({
    destination: { folder: '/takes', root, stem: 'x', ...(source !== undefined && { source }) },
  });
  const file = (): string => join(folder, 'ledger.sqlite');
  const sql = <T>(use: (database: DatabaseSync) => T): T => {
    const database = new DatabaseSync(file(), { timeout: 5000 });
    try {
      return use(database);
    } finally {
      database.close();
    }
  };

  it('are empty and make no file where there is none', async () => {
    assert.deepEqual(await lists.groups('day'), []);
    assert.deepEqual(await lists.groups('storyboard'), []);
    assert.deepEqual(await lists.jobs({ kind: 'noFile' }, 10), { jobs: [], unreadable: 0, more: false });
    assert.deepEqual(await lists.charged(), []);
    for await (const _ of lists.all()) assert.fail();
    assert.deepEqual(readdirSync(folder), []);
  });

  it('count every state as one of four kinds', async () => {
    const states: readonly (readonly [JobState['name'], 'running' | 'finished' | 'failed' | 'unclear'])[] = [
      ['intended', 'running'],
      ['submitting', 'running'],
      ['queued', 'running'],
      ['running', 'running'],
      ['downloading', 'running'],
      ['done', 'finished'],
      ['failed', 'failed'],
      ['notFetched', 'failed'],
      ['cancelled', 'failed'],
      ['refused', 'failed'],
      ['notSent', 'failed'],
      ['overdue', 'unclear'],
      ['unknown', 'unclear'],
    ];
    await fillLedger(
      folder,
      systemClock,
      states.map(([name], index) => job(`j${index}`, noon + index, name)),
    );
    const counts = { running: 5, finished: 1, failed: 5, unclear: 2 };
    assert.deepEqual(
      (await lists.groups('day')).map((group) => group.counts),
      [counts],
    );
    assert.deepEqual(
      (await lists.groups('storyboard')).map((group) => group.counts),
      [counts],
    );
    for (const kind of ['running', 'finished', 'failed', 'unclear'] as const) {
      const [group] = await lists.groups('day', { kind });
      assert.ok(group);
      assert.deepEqual(group.counts, { running: 0, finished: 0, failed: 0, unclear: 0, [kind]: counts[kind] });
      const { jobs } = await lists.jobs(group.group, 100, { kind });
      assert.deepEqual(
        jobs.map(({ state }) => state.name).sort(),
        states
          .filter(([, of]) => of === kind)
          .map(([name]) => name)
          .sort(),
      );
    }
  });

  it('group by the days of this machine, newest first, to the minute', async () => {
    const midnight = new Date(2026, 5, 10).getTime();
    const moments = [midnight - 1, midnight, midnight + aDay - 1, midnight + aDay, midnight - 400 * aDay];
    await fillLedger(
      folder,
      systemClock,
      moments.map((moment, index) => job(`j${index}`, moment)),
    );
    const groups = await lists.groups('day');
    assert.deepEqual(await Promise.all(groups.map(async ({ group }) => (await lists.jobs(group, 10)).jobs.map(({ id }) => id))), [
      ['j3'],
      ['j2', 'j1'],
      ['j0'],
      ['j4'],
    ]);
  });

  it('keep days of 23 and 25 hours apart', async () => {
    const zone = process.env.TZ;
    process.env.TZ = 'Europe/Berlin';
    try {
      const hours = (from: Date) => Array.from({ length: 50 }, (_, hour) => from.getTime() + hour * anHour);
      const [spring, autumn] = [hours(new Date(2026, 2, 29)), hours(new Date(2026, 9, 25))];
      await fillLedger(
        folder,
        systemClock,
        [...spring, ...autumn].map((moment, index) => job(`j${index}`, moment)),
      );
      const groups = await lists.groups('day');
      assert.deepEqual(
        groups.map(({ counts }) => counts.finished),
        [1, 24, 25, 3, 24, 23],
      );
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it('group by the text they were made from, of whatever folder, the newest first', async () => {
    await fillLedger(folder, systemClock, [
      job('a', noon, 'done', at('act-1.storyboard.md')),
      job('b', noon + 1, 'failed', at('act-1.storyboard.md', '/other')),
      job('c', noon + 2, 'done', at(undefined)),
      job('d', noon + 3, 'running', at('act-1.storyboard.md')),
    ]);
    const groups = await lists.groups('storyboard');
    assert.deepEqual(
      groups.map(({ group }) => group),
      [
        { kind: 'storyboard', root: '/project', source: 'act-1.storyboard.md' },
        { kind: 'noFile' },
        { kind: 'storyboard', root: '/other', source: 'act-1.storyboard.md' },
      ],
    );
    const ids = await Promise.all(groups.map(async ({ group }) => (await lists.jobs(group, 10)).jobs.map(({ id }) => id)));
    assert.deepEqual(ids, [['d', 'a'], ['c'], ['b']]);
  });

  it('page a group, jobs of one moment in the order they came', async () => {
    await fillLedger(
      folder,
      systemClock,
      Array.from({ length: 250 }, (_, index) => job(`j${index}`, noon + Math.floor(index / 10))),
    );
    for (const by of ['day', 'storyboard'] as const) {
      const [{ group } = assert.fail()] = await lists.groups(by);
      const page = await lists.jobs(group, 100);
      assert.deepEqual([page.jobs.length, page.more, page.jobs[0]?.id, page.jobs[99]?.id], [100, true, 'j249', 'j150']);
      const all = await lists.jobs(group, 300);
      assert.deepEqual([all.jobs.length, all.more], [250, false]);
    }
  });

  it('tell rows of a newer version, and count them as unclear', async () => {
    await fillLedger(folder, systemClock, [job('a', noon), job('b', noon + 1)]);
    sql((database) => database.exec(`UPDATE jobs SET state = 'dreaming', detail = '{"name":"dreaming"}' WHERE id = 'b'`));
    const [{ group, counts } = assert.fail()] = await lists.groups('day');
    assert.deepEqual([counts.finished, counts.unclear], [1, 1]);
    const page = await lists.jobs(group, 10, {});
    assert.deepEqual([page.jobs.map(({ id }) => id), page.unreadable], [['a'], 1]);
    const [unclear] = await lists.groups('day', { kind: 'unclear' });
    assert.equal(unclear?.counts.unclear, 1);
  });

  it('hold rows whose order is no JSON, and times that no calendar has', async () => {
    await fillLedger(folder, systemClock, [job('a', noon), job('b', 8.7e15), job('c', -5), job('d', 8.6e15)]);
    sql((database) => database.exec(`UPDATE jobs SET job_order = 'torn' WHERE id = 'a'`));
    const groups = await lists.groups('day');
    assert.equal(groups.length, 3);
    assert.deepEqual(await lists.groups('day', { words: 'heron' }).then((some) => some.length), 2);
    assert.equal((await lists.groups('storyboard')).length, 2);
    assert.equal((await lists.charged()).length, 4);
  });

  it('add an index and no version, and a ledger that never saw it goes on writing', async () => {
    const ledger = new Ledger(folder, systemClock, () => undefined);
    await ledger.insert(job('a', noon, 'intended'));
    await lists.groups('day');
    assert.equal(
      sql((database) => database.prepare('PRAGMA user_version').get()?.user_version),
      schemaVersion,
    );
    await ledger.insert(job('b', noon + 1, 'intended'));
    assert.ok(await ledger.move(job('b', noon), ['intended'], { name: 'cancelled', endedAt: noon, by: 'us' }));
    const [group] = await lists.groups('day');
    assert.deepEqual([group?.counts.running, group?.counts.failed], [1, 1]);
    assert.equal(
      sql((database) => database.prepare('PRAGMA integrity_check').get()?.integrity_check),
      'ok',
    );
  });

  it('answer the same without the index, where it cannot be made', async () => {
    await fillLedger(folder, systemClock, [job('a', noon), job('b', noon + 1, 'failed')]);
    sql((database) => {
      database.exec('BEGIN EXCLUSIVE; COMMIT');
      // the name is taken by something else, so that making the index fails as it would on a full disk
      database.exec('CREATE TABLE jobs_in_lists (x)');
    });
    const [group] = await lists.groups('day');
    assert.deepEqual([group?.counts.finished, group?.counts.failed], [1, 1]);
    assert.equal((await lists.charged()).length, 2);
    assert.match(log.join(), /slower than they could be/);
  });

  it('leave a file of a newer version as it is', async () => {
    await fillLedger(folder, systemClock, [job('a', noon)]);
    sql((database) => database.exec(`PRAGMA user_version = ${schemaVersion + 1}`));
    assert.equal((await lists.groups('day')).length, 1);
    assert.deepEqual(
      sql((database) => database.prepare("SELECT name FROM sqlite_master WHERE name = 'jobs_in_lists'").all()),
      [],
    );
  });

  it('wait for a window that writes, and then answer', async () => {
    await fillLedger(folder, systemClock, [job('a', noon)]);
    const other = new DatabaseSync(file());
    other.exec('BEGIN EXCLUSIVE');
    const groups = lists.groups('day');
    setTimeout(() => {
      other.exec('COMMIT');
      other.close();
    }, 50);
    assert.equal((await groups).length, 1);
  });

  it('read groups and sums out of the index, without one row', async () => {
    await fillLedger(folder, systemClock, yearOfJobs(2000, noon));
    assert.equal((await lists.groups('day')).length, 366);
    assert.equal((await lists.groups('storyboard')).length, 40);
    const plan = sql((database) =>
      database
        .prepare(`EXPLAIN QUERY PLAN SELECT state, count(*) FROM jobs WHERE created_at >= 0 AND created_at < 9 AND 1 GROUP BY state`)
        .all()
        .map(({ detail }) => detail)
        .join(),
    );
    assert.match(plan, /COVERING INDEX jobs_in_lists/);
  });

  it('give every job once, in the order they were made', async () => {
    await fillLedger(folder, systemClock, yearOfJobs(1203, noon));
    const ids: string[] = [];
    for await (const { id } of lists.all()) ids.push(id);
    assert.equal(ids.length, 1203);
    assert.deepEqual(ids, ids.toSorted());
  });
});
