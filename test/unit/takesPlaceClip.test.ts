import assert from 'node:assert/strict';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fsyncFile, fsyncFolder } from '../../src/takes/fsync';
import { freeTakeNumber, placeClip, sameClip } from '../../src/takes/placeClip';
import { sha256Of } from '../../src/takes/sha256Of';
import { takeFileNames } from '../../src/takes/takeNames';
import { emptyFolder } from '../support/emptyFolder';
import { noHardLinks } from '../support/noHardLinks';

const { signal } = new AbortController();
const otherDisk = '/dev/shm';
const hasOtherDisk = existsSync(otherDisk) && statSync(otherDisk).dev !== statSync(emptyFolder()).dev;

/** A part in the storage and a folder for takes. */
function desk(storage = emptyFolder()) {
  const part = path.join(storage, 'job-1.2.part');
  writeFileSync(part, 'the clip');
  const folder = emptyFolder();
  return { part, folder, clip: path.join(folder, 'a_take-001.mp4') };
}

const ways = [
  { how: 'by a hard link', storage: () => emptyFolder(), makeLink: undefined, can: true },
  { how: 'from another disk', storage: () => emptyFolder(otherDisk), makeLink: undefined, can: hasOtherDisk },
  { how: 'on a disk without hard links', storage: () => emptyFolder(), makeLink: noHardLinks, can: true },
];

for (const { how, storage, makeLink, can } of ways) {
  (can ? describe : describe.skip)(`placing a clip ${how}`, () => {
    it('moves the bytes under the name and leaves nothing else', async () => {
      const { part, folder, clip } = desk(storage());
      assert.deepEqual(await placeClip(part, clip, signal, makeLink), { kind: 'placed' });
      assert.equal(readFileSync(clip, 'utf8'), 'the clip');
      assert.deepEqual(readdirSync(folder), ['a_take-001.mp4']);
      assert.equal(existsSync(part), false);
    });

    it('never replaces what has the name: a file, an empty file, a folder, a link to nothing', async () => {
      const strangers = [
        (name: string) => writeFileSync(name, 'a stranger'),
        (name: string) => writeFileSync(name, ''),
        (name: string) => mkdirSync(name),
        (name: string) => symlinkSync('nowhere', name),
      ];
      for (const put of strangers) {
        const { part, folder, clip } = desk(storage());
        put(clip);
        const before = readdirSync(folder, { withFileTypes: true });
        assert.deepEqual(await placeClip(part, clip, signal, makeLink), { kind: 'nameTaken' });
        assert.deepEqual(readdirSync(folder, { withFileTypes: true }), before);
        assert.equal(readFileSync(part, 'utf8'), 'the clip');
      }
    });

    it('gives a name to one of many that want it at once, and loses no clip', async () => {
      const folder = emptyFolder();
      const clip = path.join(folder, 'a_take-001.mp4');
      const shelf = storage();
      const parts = Array.from({ length: 12 }, (_, index) => path.join(shelf, `job-${index}.1.part`));
      for (const part of parts) writeFileSync(part, part);
      const results = await Promise.all(parts.map((part) => placeClip(part, clip, signal, makeLink)));
      assert.deepEqual(results.map(({ kind }) => kind).sort(), [...Array<string>(11).fill('nameTaken'), 'placed']);
      const winner = parts[results.findIndex(({ kind }) => kind === 'placed')];
      assert.equal(readFileSync(clip, 'utf8'), winner);
      assert.deepEqual(parts.filter((part) => existsSync(part)).length, 11);
      assert.deepEqual(readdirSync(folder), ['a_take-001.mp4']);
    });

    it('finds every clip a place when each goes on to the next number', async () => {
      const folder = emptyFolder();
      const shelf = storage();
      const parts = Array.from({ length: 8 }, (_, index) => path.join(shelf, `job-${index}.1.part`));
      for (const part of parts) writeFileSync(part, part);
      await Promise.all(
        parts.map(async (part) => {
          for (;;) {
            const free = await freeTakeNumber(folder, 'a');
            assert.ok(free.kind === 'number');
            const placing = await placeClip(part, path.join(folder, takeFileNames('a', free.number).clip), signal, makeLink);
            if (placing.kind === 'placed') return;
            assert.equal(placing.kind, 'nameTaken');
          }
        }),
      );
      assert.deepEqual(
        readdirSync(folder)
          .map((name) => readFileSync(path.join(folder, name), 'utf8'))
          .sort(),
        parts.sort(),
      );
    });

    it('tells that the folder is gone, and keeps the part', async () => {
      const { part, folder, clip } = desk(storage());
      rmSync(folder, { recursive: true });
      assert.deepEqual(await placeClip(part, clip, signal, makeLink), { kind: 'trouble', reason: 'folderGone', code: 'ENOENT' });
      writeFileSync(folder, 'a file in its place');
      assert.deepEqual(await placeClip(part, clip, signal, makeLink), { kind: 'trouble', reason: 'folderGone', code: 'ENOTDIR' });
      assert.equal(readFileSync(part, 'utf8'), 'the clip');
    });
  });
}

describe('placing a clip again after a kill', () => {
  it('counts as placed when the link was made and the part still stood', async () => {
    const { part, clip } = desk();
    linkSync(part, clip);
    assert.deepEqual(await placeClip(part, clip, signal), { kind: 'placed' });
    assert.equal(existsSync(part), false);
  });

  it('says that the part is gone when all was done', async () => {
    const { part, clip } = desk();
    await placeClip(part, clip, signal);
    assert.deepEqual(await placeClip(part, clip, signal), { kind: 'partGone' });
  });

  it('throws half a copy away and copies anew', async () => {
    const { part, folder, clip } = desk();
    writeFileSync(path.join(folder, '.job-1.2.part.copy'), 'the c');
    assert.deepEqual(await placeClip(part, clip, signal, noHardLinks), { kind: 'placed' });
    assert.deepEqual(readdirSync(folder), ['a_take-001.mp4']);
  });

  it('writes through no link that stands under the copy’s name', async () => {
    const { part, folder, clip } = desk();
    const victim = path.join(emptyFolder(), 'victim');
    writeFileSync(victim, 'mine');
    symlinkSync(victim, path.join(folder, '.job-1.2.part.copy'));
    assert.deepEqual(await placeClip(part, clip, signal, noHardLinks), { kind: 'placed' });
    assert.equal(readFileSync(victim, 'utf8'), 'mine');
  });
});

it('a copy that is called off keeps the part and leaves nothing half', async () => {
  const { part, folder, clip } = desk();
  assert.partialDeepStrictEqual(await placeClip(part, clip, AbortSignal.abort(), noHardLinks), { kind: 'trouble', reason: 'outOfReach' });
  assert.deepEqual(readdirSync(folder), []);
  assert.ok(existsSync(part));
});

it('a full disk is told as such, and keeps the part', async () => {
  const { part, clip } = desk();
  const full: typeof noHardLinks = () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
  assert.deepEqual(await placeClip(part, clip, signal, full), { kind: 'trouble', reason: 'full', code: 'ENOSPC' });
  assert.ok(existsSync(part));
});

describe('the same clip', () => {
  it('is known by its bytes, not by its name', async () => {
    const { part, folder } = desk();
    const { sha256, bytes } = await sha256Of(part, signal);
    assert.equal(await sameClip(part, sha256, bytes, signal), true);
    const other = path.join(folder, 'other');
    writeFileSync(other, 'the clap');
    assert.equal(await sameClip(other, sha256, bytes, signal), false);
    assert.equal(await sameClip(part, sha256, bytes + 1, signal), false);
    for (const nothing of [path.join(folder, 'gone'), folder]) assert.equal(await sameClip(nothing, sha256, bytes, signal), false);
  });
});

describe('syncing', () => {
  it('works on files and folders', async () => {
    const { part, folder } = desk();
    assert.deepEqual(await fsyncFile(part), { kind: 'synced' });
    assert.deepEqual(await fsyncFolder(folder), { kind: 'synced' });
  });

  it('tells what is wrong instead of throwing', async () => {
    const gone = path.join(emptyFolder(), 'gone');
    for (const sync of [fsyncFile, fsyncFolder])
      assert.deepEqual(await sync(gone), { kind: 'trouble', reason: 'folderGone', code: 'ENOENT' });
    assert.deepEqual(await freeTakeNumber(gone, 'a'), { kind: 'trouble', reason: 'folderGone', code: 'ENOENT' });
  });
});
