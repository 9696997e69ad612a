import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WindowLock } from '../../src/jobs/windowLock';
import { emptyFolder } from '../support/emptyFolder';

describe('jobs: the lock that says a window lives', () => {
  let folder: string;
  let one: WindowLock;
  let other: WindowLock;
  beforeEach(() => {
    folder = emptyFolder();
    one = new WindowLock(folder, 'one');
    other = new WindowLock(folder, 'other');
  });

  it('is not free while it is held, and free after the last release', async () => {
    await one.hold();
    const { owner } = one;
    await one.hold();
    one.release();
    assert.equal(await other.isFree(owner), false);
    assert.equal(await one.isFree(owner), false);
    one.release();
    assert.equal(await other.isFree(owner), true);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('never uses a name twice: what was found free stays free', async () => {
    const names = new Set<string>();
    for (let times = 0; times < 3; times++) {
      await one.hold();
      names.add(one.owner);
      one.release();
    }
    assert.equal(names.size, 3);
    await one.hold();
    for (const name of names) assert.equal(await other.isFree(name), true);
    assert.equal(await other.isFree(one.owner), false);
    assert.equal(readdirSync(folder).length, 1);
    one.release();
  });

  it('is held without a gap when one lets go while another takes hold', async () => {
    await one.hold();
    const { owner } = one;
    const second = one.hold(); // counted at once, though it has not been waited for
    one.release();
    await second;
    assert.equal(one.owner, owner);
    assert.equal(await other.isFree(owner), false);
    one.release();
  });

  it('that two callers take at the same time is one', async () => {
    await Promise.all([one.hold(), one.hold()]);
    assert.equal(readdirSync(folder).length, 1);
    one.release();
    assert.equal(await other.isFree(one.owner), false);
    one.release();
    assert.deepEqual(readdirSync(folder), []);
  });

  it('counts as held where that cannot be told', async () => {
    writeFileSync(join(folder, 'odd-1.lock'), 'this is no database, and a good deal longer than a header of one '.repeat(9));
    assert.equal(await other.isFree('odd-1'), false);
  });

  it('that cannot be taken leaves nothing held', async () => {
    const nowhere = new WindowLock(join(folder, 'a-file'), 'one');
    writeFileSync(join(folder, 'a-file'), '');
    await assert.rejects(nowhere.hold());
    await assert.rejects(nowhere.hold());
  });
});
