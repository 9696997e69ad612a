import assert from 'node:assert/strict';
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { TakeFolders } from '../../src/takes/takeFolders';
import { emptyFolder } from '../support/emptyFolder';
import { sidecarFor } from '../support/sidecars';

describe('the takes in a folder', () => {
  let folder = '';
  let now = Date.parse('2026-11-22T15:00:00Z');
  let folders: TakeFolders;
  const write = (name: string, content: string) => writeFileSync(path.join(folder, name), content);
  const takes = async () =>
    (await folders.takesIn(folder)).map(({ number, clip, poster }) => [
      number,
      clip && path.basename(clip),
      poster && path.basename(poster),
    ]);

  beforeEach(() => {
    folder = emptyFolder();
    folders = new TakeFolders(() => now);
  });

  it('are those with a sidecar, by their number; a clip or a poster may be missing', async () => {
    write('SH010_take-010.json', JSON.stringify(sidecarFor({ take: 10 })));
    write('SH010_take-010.mp4', 'clip');
    write('SH010_take-002.json', JSON.stringify(sidecarFor({ take: 2 })));
    write('SH010_take-002.jpg', 'poster');
    assert.deepEqual(await takes(), [
      [2, undefined, 'SH010_take-002.jpg'],
      [10, 'SH010_take-010.mp4', undefined],
    ]);
  });

  it('are none where the folder is none', async () => {
    folder = path.join(folder, 'gone');
    assert.deepEqual(await takes(), []);
    writeFileSync(folder, 'a file');
    assert.deepEqual(await takes(), []);
  });

  for (const [what, content] of [
    ['no JSON', '{'],
    ['another JSON', '{"schema":"other"}'],
    ['a clip in another folder', JSON.stringify({ ...sidecarFor(), output: { ...sidecarFor().output, file: '../x.mp4' } })],
    ['far too large', `"${'x'.repeat(1_100_000)}"`],
  ] as const)
    it(`leave out a sidecar that is ${what}`, async () => {
      write('SH010_take-001.json', content);
      assert.deepEqual(await takes(), []);
    });

  it('leave out a folder with the name of a sidecar', async () => {
    mkdirSync(path.join(folder, 'SH010_take-001.json'));
    assert.deepEqual(await takes(), []);
  });

  it('are read again when a file comes or goes, also within one tick of the disk’s clock', async () => {
    write('SH010_take-001.json', JSON.stringify(sidecarFor()));
    const tick = new Date('2026-11-22T14:59:59Z');
    utimesSync(folder, tick, tick);
    assert.deepEqual(await takes(), [[1, undefined, undefined]]);
    write('SH010_take-001.mp4', 'clip');
    utimesSync(folder, tick, tick);
    assert.deepEqual(await takes(), [[1, 'SH010_take-001.mp4', undefined]]);
    now += 60_000;
    rmSync(path.join(folder, 'SH010_take-001.mp4'));
    assert.deepEqual(await takes(), [[1, undefined, undefined]]);
  });
});
