import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { posterFile, posterOf, savePoster } from '../../src/player/poster';
import { stillFile } from '../../src/player/stillFile';
import { emptyFolder } from '../support/emptyFolder';

const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3);
const newClip = async () => {
  const clip = path.join(emptyFolder(), 'dusk_take-001.mp4');
  await writeFile(clip, 'clip');
  return clip;
};

describe('the poster of a take', () => {
  it('is wanted, is saved beside its clip, and is there from then on', async () => {
    const clip = await newClip();
    assert.equal((await posterOf(clip)).kind, 'wanted');
    assert.equal(await savePoster(clip, jpeg), 'saved');
    assert.deepEqual(await readdir(path.dirname(clip)), ['dusk_take-001.jpg', 'dusk_take-001.mp4']);
    assert.deepEqual(new Uint8Array(await readFile(posterFile(clip))), jpeg);
    const found = await posterOf(clip);
    assert.deepEqual([found.kind, found.kind === 'there' && found.file], ['there', posterFile(clip)]);
  });

  it('never replaces a file of its name, and leaves nothing behind', async () => {
    const clip = await newClip();
    await writeFile(posterFile(clip), 'of someone else');
    assert.equal(await savePoster(clip, jpeg), 'there');
    assert.equal(await readFile(posterFile(clip), 'utf8'), 'of someone else');
    assert.equal((await readdir(path.dirname(clip))).length, 2);
  });

  it('is one of several pages that send one at once', async () => {
    const clip = await newClip();
    const answers = await Promise.all(Array.from({ length: 8 }, () => savePoster(clip, jpeg)));
    assert.equal(answers.filter((answer) => answer === 'saved').length, 1);
    assert.equal((await readdir(path.dirname(clip))).length, 2);
  });

  it('takes nothing but a JPEG', async () => {
    const clip = await newClip();
    assert.equal(await savePoster(clip, new TextEncoder().encode('<svg onload="x">')), 'noJpeg');
    assert.deepEqual(await readdir(path.dirname(clip)), ['dusk_take-001.mp4']);
  });

  it('is not wanted where a folder has its name', async () => {
    const clip = await newClip();
    await mkdir(posterFile(clip));
    assert.equal((await posterOf(clip)).kind, 'none');
  });

  it('rejects when its folder is gone, and makes none', async () => {
    const gone = path.join(emptyFolder(), 'gone', 'dusk_take-001.mp4');
    await assert.rejects(savePoster(gone, jpeg), { code: 'ENOENT' });
  });
});

describe('the file of a still', () => {
  for (const [seconds, name] of [
    [0, 'dusk_take-001_f00.000.png'],
    [3.0416, 'dusk_take-001_f03.042.png'],
    [12.5, 'dusk_take-001_f12.500.png'],
  ] as const)
    it(`names ${seconds} s so that names sort as frames do`, () =>
      assert.equal(stillFile(path.join('takes', 'dusk_take-001.mp4'), seconds), path.join('takes', 'stills', name)));
});
