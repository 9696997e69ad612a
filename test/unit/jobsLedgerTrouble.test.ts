import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LedgerTrouble } from '../../src/jobs/ledgerTrouble';
import { Lab } from './jobsLab';

describe('jobs: trouble with the ledger', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.open();
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
  });

  const hold = (): (() => void) => {
    const other = new DatabaseSync(join(lab.storage, 'ledger.sqlite'));
    other.exec('BEGIN EXCLUSIVE');
    return () => {
      other.exec('ROLLBACK');
      other.close();
    };
  };

  /** The version that the file had. */
  const setVersion = (version: number): number => {
    const file = new DatabaseSync(join(lab.storage, 'ledger.sqlite'), { timeout: 5000 });
    const before = Number(file.prepare('PRAGMA user_version').get()?.user_version);
    file.exec(`PRAGMA user_version = ${version}`);
    file.close();
    return before;
  };

  it('a ledger that is busy when the answer comes: the id is written when it can be, and the user is told', async () => {
    lab.simulator.set({ faults: [{ method: 'POST', act: { kind: 'slow', delayMs: 100 } }] });
    const window = lab.window();
    const { id } = await window.submit();
    await lab.until('the POST', () => lab.posts.length === 1);
    const letGo = hold();
    await lab.until('the warning', () => window.warnings.length > 0);
    assert.equal(window.warnings[0]?.kind, 'acceptedNotWritten');
    letGo();
    await lab.until('done', async () => (await lab.job(id)).state.name === 'done');
    await lab.assertSaved(id);
  });

  it('a ledger that is busy when a refusal comes: it is written when it can be', async () => {
    lab.simulator.setBalance(0);
    lab.simulator.set({ faults: [{ method: 'POST', act: { kind: 'slow', delayMs: 100 } }] });
    const window = lab.window();
    const { id } = await window.submit();
    await lab.until('the POST', () => lab.posts.length === 1);
    const letGo = hold();
    await lab.until('the trouble', () => window.log.some((line) => line.includes('could not be written')));
    letGo();
    await lab.until('refused', async () => (await lab.job(id)).state.name === 'refused');
    assert.equal(lab.posts.length, 1);
  });

  it('a ledger that is busy before the POST: nothing is sent until it is written', async () => {
    lab.simulator.set({ faults: [{ method: 'GET', path: '/jobs', act: { kind: 'slow', delayMs: 100 } }] });
    const window = lab.window();
    const { id } = await window.submit();
    await lab.until('the GET', () => lab.simulator.requests.length === 1);
    const letGo = hold();
    await lab.until('the trouble', () => window.log.some((line) => line.includes('not sent yet')));
    assert.equal(lab.posts.length, 0);
    letGo();
    await lab.until('done', async () => (await lab.job(id)).state.name === 'done');
    await lab.assertSaved(id);
  });

  it('an editor that is going down and throws at every word still writes the id', async () => {
    const window = lab.window({ deaf: true });
    const { id } = await window.submit();
    await lab.until('the id', async () => 'jobId' in (await lab.job(id)).state);
    await lab.until('done', async () => (await lab.job(id)).state.name === 'done');
  });

  it('a window that cannot write its lock sends nothing', async () => {
    mkdirSync(lab.storage, { recursive: true });
    writeFileSync(join(lab.storage, 'windows'), 'a file in its place');
    const window = lab.window();
    await assert.rejects(window.submit());
    await lab.turn(60_000);
    assert.equal(lab.simulator.requests.length, 0);
    rmSync(join(lab.storage, 'windows'));
    const job = await window.run();
    await lab.assertSaved(job.id);
  });

  it('a newer version has written the ledger before the POST: nothing is sent, and whoever comes next may say so', async () => {
    lab.simulator.set({ faults: [{ method: 'GET', path: '/jobs', act: { kind: 'slow', delayMs: 100 } }] });
    const window = lab.window();
    const { id } = await window.submit();
    await lab.until('the GET', () => lab.simulator.requests.length === 1);
    const before = setVersion(99);
    await lab.until('the trouble', () => window.log.some((line) => line.includes('not sent yet')));
    await lab.turn(600_000);
    assert.equal(lab.simulator.requests.length, 1);
    setVersion(before);
    await lab.window().jobs.start();
    await lab.until('not sent', async () => (await lab.job(id)).state.name === 'notSent');
    assert.equal(lab.posts.length, 0);
  });

  it('a newer version has written the ledger: no new job, the accepted id is kept, and the window lets go', async () => {
    lab.simulator.set({ faults: [{ method: 'POST', act: { kind: 'slow', delayMs: 1000 } }] });
    const window = lab.window();
    const { id } = await window.submit();
    await lab.until('the POST', () => lab.posts.length === 1);
    setVersion(99);
    await lab.until('the id', async () => 'jobId' in (await lab.job(id)).state);
    await lab.until('the watch to rest', () => window.atRest);
    await assert.rejects(window.submit(), (error: unknown) => error instanceof LedgerTrouble && error.kind === 'newer');
    const before = lab.simulator.requests.length;
    await lab.turn(600_000);
    assert.equal(lab.simulator.requests.length, before);
    assert.ok(lab.markerIsThere);
  });
});
