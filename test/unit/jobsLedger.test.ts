import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../src/jobs/clock';
import type { Job } from '../../src/jobs/job';
import { Ledger } from '../../src/jobs/ledger';
import { LedgerTrouble } from '../../src/jobs/ledgerTrouble';
import { openJobsMarker } from '../../src/jobs/openJobsMarker';
import { emptyFolder } from '../support/emptyFolder';
import { openFilesBelow } from './openFilesBelow';

describe('jobs: the ledger', () => {
  let folder: string;
  let log: string[];
  beforeEach(() => {
    folder = emptyFolder();
    log = [];
  });

  const openLedger = (): Ledger => new Ledger(folder, systemClock, (line) => void log.push(line));
  const file = (): string => join(folder, 'ledger.sqlite');
  const marker = (): boolean => existsSync(join(folder, openJobsMarker));
  const sql = <T>(use: (database: DatabaseSync) => T): T => {
    const database = new DatabaseSync(file(), { timeout: 5000 });
    try {
      return use(database);
    } finally {
      database.close();
    }
  };
  const job = (id: string, change: Partial<Job> = {}): Job => ({
    id,
    account: 'account-1',
    apiBase: 'https://api.krea.ai/',
    createdAt: 1_000,
    order: {
      model: { id: 'kling/kling-2.5', name: 'Kling 2.5' },
      endpoint: '/generate/video/kling/kling-2.5',
      body: { prompt: 'a heron' },
      parameters: { duration: 5 },
      prompt: 'a heron',
      requestHash: 'hash',
      estimate: { kind: 'unknown' },
      destination: { folder: '/takes', root: '/', stem: 'a-heron' },
    },
    owner: 'w1-1',
    epoch: 1,
    state: { name: 'intended' },
    ...change,
  });
  const queued = { name: 'queued', jobId: 'k1', status: 'queued', submittedAt: 1, acceptedAt: 2, attempts: 1 } as const;
  const trouble = (kind: LedgerTrouble['kind']) => (error: unknown) => error instanceof LedgerTrouble && error.kind === kind;

  it('gives a job back as it was written', async () => {
    const ledger = openLedger();
    await ledger.insert(job('a'));
    assert.deepEqual(await openLedger().get('a'), job('a'));
    assert.ok(await ledger.move(job('a'), ['intended'], queued));
    assert.deepEqual(await ledger.get('a'), job('a', { state: queued }));
  });

  it('reads nothing and makes no file where there is none', async () => {
    assert.deepEqual(await openLedger().newest(10), []);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('has the marker exactly while a job is live', async () => {
    const ledger = openLedger();
    await ledger.insert(job('a'));
    await ledger.insert(job('b'));
    assert.ok(marker());
    await ledger.move(job('a'), ['intended'], { name: 'notSent', endedAt: 5, why: 'network' });
    assert.ok(marker());
    await ledger.move(job('b'), ['intended'], { name: 'cancelled', endedAt: 5, by: 'us' });
    assert.ok(!marker());
  });

  it('takes away a marker that nothing stands behind', async () => {
    writeFileSync(join(folder, openJobsMarker), '');
    await openLedger().tidyMarker();
    assert.ok(!marker());
    const ledger = openLedger();
    await ledger.insert(job('a'));
    await ledger.tidyMarker();
    assert.ok(marker());
  });

  const stale: readonly (readonly [string, Partial<Job>, boolean])[] = [
    ['its owner', {}, true],
    ['another owner', { owner: 'w2-1' }, false],
    ['an owner of an earlier epoch', { epoch: 0 }, false],
  ];
  for (const [who, change, moved] of stale)
    it(`is moved on by ${who}: ${moved}`, async () => {
      const ledger = openLedger();
      await ledger.insert(job('a'));
      assert.equal(await ledger.move(job('a', change), ['intended'], queued), moved);
    });

  it('does not let a job go on to be sent once its cancel was asked for', async () => {
    const ledger = openLedger();
    await ledger.insert(job('a'));
    await ledger.askToCancel('a');
    assert.equal(await ledger.move(job('a'), ['intended'], { name: 'submitting', since: 1, attempts: 1 }), false);
  });

  it('does not let a window take over a row that has moved on since it was read', async () => {
    const ledger = openLedger();
    await ledger.insert(job('a'));
    const read = await ledger.get('a');
    assert.ok(read);
    await ledger.move(job('a'), ['intended'], { name: 'submitting', since: 1, attempts: 1 });
    await ledger.recordAccepted(job('a'), queued);
    assert.equal(await ledger.takeOver(read, 'w2-1', { name: 'notSent', endedAt: 1, why: 'windowEnded' }), false);
    assert.equal((await ledger.get('a'))?.state.name, 'queued');
  });

  describe('a proven id', () => {
    it('is written whoever owns the row by now', async () => {
      const ledger = openLedger();
      await ledger.insert(job('a', { state: { name: 'submitting', since: 1, attempts: 1 } }));
      const read = await ledger.get('a');
      assert.ok(read && (await ledger.takeOver(read, 'w2-1', { name: 'unknown', sentAt: 1, endedAt: 2 })));
      assert.ok(await ledger.recordAccepted(read, queued));
      assert.equal((await ledger.get('a'))?.state.name, 'queued');
    });

    it('is written even if the row is gone', async () => {
      const ledger = openLedger();
      assert.ok(await ledger.recordAccepted(job('a'), queued));
      assert.deepEqual(await ledger.get('a'), job('a', { state: queued }));
      assert.ok(marker());
    });

    it('never replaces another', async () => {
      const ledger = openLedger();
      await ledger.insert(job('a', { state: queued }));
      assert.equal(await ledger.recordAccepted(job('a'), { ...queued, jobId: 'k2' }), false);
      await ledger.insert(job('b'));
      await assert.rejects(ledger.recordAccepted(job('b'), queued), trouble('unusable'));
    });
  });

  describe('a file written by a newer version', () => {
    it('takes no new job and no move, but an accepted id; is read as far as it can be', async () => {
      const ledger = openLedger();
      await ledger.insert(job('a'));
      sql((database) => database.exec("PRAGMA user_version = 99; ALTER TABLE jobs ADD COLUMN mood TEXT DEFAULT 'good'"));
      await assert.rejects(ledger.insert(job('b')), trouble('newer'));
      await assert.rejects(ledger.move(job('a'), ['intended'], queued), trouble('newer'));
      assert.ok(await ledger.recordAccepted(job('a'), queued));
      assert.equal((await ledger.get('a'))?.state.name, 'queued');
      assert.equal(
        sql((database) => database.prepare('PRAGMA user_version').get()?.user_version),
        99,
      );
    });
  });

  describe('another process that holds the lock', () => {
    it('is waited for', async () => {
      const ledger = openLedger();
      await ledger.insert(job('a'));
      const other = new DatabaseSync(file());
      other.exec('BEGIN EXCLUSIVE');
      const [moved, listed] = [ledger.move(job('a'), ['intended'], queued), openLedger().newest(5)];
      const release = setInterval(() => {
        clearInterval(release);
        other.exec('COMMIT');
        other.close();
      }, 60);
      assert.ok(await moved);
      assert.equal((await listed).length, 1);
    });

    it('is given up on after ten seconds, with nothing changed', async () => {
      let now = 0;
      const wait = async (ms: number): Promise<void> => {
        now += ms;
      };
      const impatient = new Ledger(folder, { wall: () => 0, monotonic: () => now, wait }, () => undefined);
      await impatient.insert(job('a'));
      const other = new DatabaseSync(file());
      other.exec('BEGIN IMMEDIATE');
      await assert.rejects(impatient.move(job('a'), ['intended'], queued), trouble('busy'));
      other.exec('ROLLBACK');
      other.close();
      assert.equal((await impatient.get('a'))?.state.name, 'intended');
    });
  });

  describe('a broken file', () => {
    const breaks: readonly (readonly [string, (whole: Buffer) => Buffer])[] = [
      ['no database at all', () => Buffer.from('not a database, but long enough to be taken for one by its size '.repeat(20))],
      ['a torn header', (whole) => Buffer.concat([Buffer.alloc(100, 7), whole.subarray(100)])],
      ['pages of nonsense after a good header', (whole) => Buffer.concat([whole.subarray(0, 100), Buffer.alloc(whole.length - 100, 0xaa)])],
    ];
    for (const [name, spoil] of breaks)
      it(`${name}: is set aside with its journal, and a new one begun`, async () => {
        const before = openLedger();
        await before.insert(job('a'));
        writeFileSync(file(), spoil(readFileSync(file())));
        writeFileSync(`${file()}-journal`, 'old journal');
        const ledger = openLedger();
        await ledger.insert(job('b'));
        assert.deepEqual(
          (await ledger.newest(5)).map(({ id }) => id),
          ['b'],
        );
        const aside = readdirSync(folder).filter((entry) => entry.includes('broken'));
        assert.equal(aside.filter((entry) => !entry.endsWith('-journal')).length, 1, aside.join());
        assert.ok(log.some((line) => line.includes('set aside')));
      });

    it('is set aside once, when two windows meet it', async () => {
      await openLedger().insert(job('a'));
      writeFileSync(file(), 'nonsense '.repeat(500));
      const windows = [openLedger(), openLedger()];
      await Promise.all(windows.map((ledger, index) => ledger.insert(job(`n${index}`))));
      assert.equal((await openLedger().newest(5)).length, 2);
      assert.equal(readdirSync(folder).filter((entry) => /broken-\d+$/.test(entry)).length, 1);
      assert.equal(log.length, 1);
    });
  });

  it('skips rows that it cannot read, and says so once', async () => {
    const ledger = openLedger();
    for (const id of ['a', 'b', 'c', 'd', 'e']) await ledger.insert(job(id));
    sql((database) => {
      database.exec("UPDATE jobs SET state = 'dreaming', detail = '{\"name\":\"dreaming\"}' WHERE id = 'a'");
      database.exec("UPDATE jobs SET detail = '{half' WHERE id = 'b'");
      database.exec("UPDATE jobs SET job_order = '[]' WHERE id = 'c'");
      database.exec("UPDATE jobs SET state = 'queued', detail = '{\"name\":\"queued\"}' WHERE id = 'd'");
    });
    assert.deepEqual(
      (await ledger.newest(9)).map(({ id }) => id),
      ['e'],
    );
    await ledger.newest(9);
    assert.equal(log.length, 4);
  });

  it('reads 1,000 rows quickly', async () => {
    const ledger = openLedger();
    await ledger.insert(job('first'));
    sql((database) => {
      const row = database.prepare('SELECT * FROM jobs').get();
      database.exec('BEGIN');
      for (let index = 0; index < 1000; index++)
        database
          .prepare(
            "INSERT INTO jobs (id, account, api_base, created_at, job_order, owner, epoch, state, detail, changed_at) VALUES (?, 'x', 'y', ?, ?, 'w', 1, 'cancelled', ?, 0)",
          )
          .run(`r${index}`, index, row?.job_order ?? '', '{"name":"cancelled","endedAt":1,"by":"us"}');
      database.exec('COMMIT');
    });
    const start = performance.now();
    assert.equal((await ledger.newest(2000)).length, 1001);
    assert.ok(performance.now() - start < 500, `${performance.now() - start} ms`);
  });

  it('holds no file open between calls, and one while it stays open', async () => {
    const ledger = openLedger();
    await ledger.insert(job('a'));
    assert.deepEqual(openFilesBelow(folder), []);
    ledger.stayOpen();
    await ledger.newest(1);
    if (process.platform === 'linux') assert.ok(openFilesBelow(folder).includes(file()));
    ledger.rest();
    assert.deepEqual(openFilesBelow(folder), []);
  });
});
