import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { frameRate } from '../../src/player/frameRate';
import { emptyFolder } from '../support/emptyFolder';
import { clipFile, tinyClip } from '../support/tinyClip';

describe('the frame rate of a clip', () => {
  const { signal } = new AbortController();

  for (const fps of [10, 24, 30])
    it(`is ${fps} where the file has ${fps} pictures a second`, async () => {
      const rate = await frameRate(await clipFile('clip.mp4', await tinyClip({ fps })), signal);
      assert.equal(Math.abs((rate ?? 0) - fps) < 0.02, true, String(rate));
    });

  it('is not known of a broken file or one that is gone', async () => {
    const broken = path.join(emptyFolder(), 'broken.mp4');
    assert.equal(await frameRate(broken, signal), undefined);
    await writeFile(broken, 'this is no clip');
    assert.equal(await frameRate(broken, signal), undefined);
  });

  it('is not known once nobody waits for it', async () => {
    assert.equal(await frameRate(await clipFile(), AbortSignal.abort()), undefined);
  });
});
