import assert from 'node:assert/strict';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clipSource } from '../../src/player/clipSource';

describe('the file of a clip', () => {
  let folder: string;
  const inTime = () => new AbortController().signal;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'clip-source-'));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('has a version that changes with its time and its size', async () => {
    const file = path.join(folder, 'clip.mp4');
    await writeFile(file, 'first');
    await utimes(file, 1000, 1000);
    assert.deepEqual(await clipSource(file, inTime()), { kind: 'file', version: '1000000-5' });
    await writeFile(file, 'second');
    await utimes(file, 1000, 1000);
    assert.deepEqual(await clipSource(file, inTime()), { kind: 'file', version: '1000000-6' });
    await utimes(file, 1000, 2000);
    assert.deepEqual(await clipSource(file, inTime()), { kind: 'file', version: '2000000-6' });
  });

  for (const [name, at] of Object.entries({ 'is not there': 'none.mp4', 'lies below a file': 'clip.mp4/none.mp4', 'is a folder': '.' }))
    it(`is missing when it ${name}`, async () => {
      await writeFile(path.join(folder, 'clip.mp4'), 'x');
      assert.deepEqual(await clipSource(path.join(folder, at), inTime()), { kind: 'trouble', trouble: 'missing' });
    });

  it('is unreadable when its name is none', async () => {
    assert.deepEqual(await clipSource(path.join(folder, 'a\0b'), inTime()), { kind: 'trouble', trouble: 'unreadable' });
  });

  it('is unreadable when the disk does not answer in time', async () => {
    assert.deepEqual(await clipSource(path.join(folder, 'clip.mp4'), AbortSignal.abort()), { kind: 'trouble', trouble: 'unreadable' });
  });
});
