import assert from 'node:assert/strict';
import { linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { renameTakes } from '../../src/takes/renameTakes';
import { readSidecar } from '../../src/takes/sidecar';
import { takeOfJob } from '../../src/takes/takeOfJob';
import { emptyFolder } from '../support/emptyFolder';
import { sidecarFor } from '../support/sidecars';

describe('takes of a shot with a new name', () => {
  let board = '';
  let folder = '';
  const write = (name: string, content: string) => writeFileSync(path.join(folder, name), content);
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  const sidecar = (name: string) => readSidecar(JSON.parse(read(name)));
  const put = (take: number, clip = `clip ${take}`) => {
    const stem = `SH010_take-${String(take).padStart(3, '0')}`;
    write(`${stem}.json`, JSON.stringify(sidecarFor({ take, job_id: `job-${take}` })));
    write(`${stem}.mp4`, clip);
    return stem;
  };

  beforeEach(() => {
    board = emptyFolder();
    folder = path.join(board, 'SH015');
    mkdirSync(folder);
  });

  it('carry it in clip, sidecar and poster, and the sidecar says so', async () => {
    put(1);
    write('SH010_take-001.jpg', 'poster');
    put(12);
    write('notes.txt', 'mine');
    assert.deepEqual(await renameTakes(folder, 'SH015', 'sh015'), { kind: 'renamed', count: 2 });
    assert.deepEqual(readdirSync(folder).sort(), [
      'SH015_take-001.jpg',
      'SH015_take-001.json',
      'SH015_take-001.mp4',
      'SH015_take-012.json',
      'SH015_take-012.mp4',
      'notes.txt',
    ]);
    assert.equal(read('SH015_take-012.mp4'), 'clip 12');
    assert.deepEqual(sidecar('SH015_take-001.json'), {
      ...sidecarFor({ job_id: 'job-1' }),
      shot: 'sh015',
      output: { ...sidecarFor().output, file: 'SH015_take-001.mp4' },
    });
  });

  it('are left alone the second time', async () => {
    put(1);
    await renameTakes(folder, 'SH015', 'SH015');
    assert.deepEqual(await renameTakes(folder, 'SH015', 'SH015'), { kind: 'renamed', count: 0 });
  });

  it('may be records without a clip', async () => {
    write('SH010_take-003.json', JSON.stringify(sidecarFor({ take: 3 })));
    assert.deepEqual(await renameTakes(folder, 'SH015', 'SH015'), { kind: 'renamed', count: 1 });
    assert.deepEqual(readdirSync(folder), ['SH015_take-003.json']);
    assert.equal(sidecar('SH015_take-003.json')?.output.file, 'SH015_take-003.mp4');
  });

  it('never replace a clip that has the name', async () => {
    put(1);
    write('SH015_take-001.mp4', 'somebody else');
    assert.equal((await renameTakes(folder, 'SH015', 'SH015')).kind, 'nameTaken');
    assert.equal(read('SH015_take-001.mp4'), 'somebody else');
    assert.equal(read('SH010_take-001.mp4'), 'clip 1');
    assert.equal(sidecar('SH010_take-001.json')?.output.file, 'SH010_take-001.mp4');
  });

  it('never replace a record that has the name', async () => {
    put(1);
    write('SH015_take-001.json', JSON.stringify(sidecarFor({ job_id: 'another' })));
    assert.equal((await renameTakes(folder, 'SH015', 'SH015')).kind, 'nameTaken');
    assert.equal(read('SH010_take-001.mp4'), 'clip 1');
    assert.ok(!readdirSync(folder).includes('SH015_take-001.mp4'));
  });

  it('go on after a stop between the two names of a clip', async () => {
    const stem = put(1);
    linkSync(path.join(folder, `${stem}.mp4`), path.join(folder, 'SH015_take-001.mp4'));
    assert.deepEqual(await renameTakes(folder, 'SH015', 'SH015'), { kind: 'renamed', count: 1 });
    assert.deepEqual(readdirSync(folder).sort(), ['SH015_take-001.json', 'SH015_take-001.mp4']);
  });

  it('are found by their job among the shots of the board', async () => {
    put(1);
    await renameTakes(folder, 'SH015', 'SH015');
    assert.equal((await takeOfJob(board, 'job-1'))?.clip, path.join(folder, 'SH015_take-001.mp4'));
    assert.equal(await takeOfJob(board, 'job-2'), undefined);
    assert.equal(await takeOfJob(path.join(board, 'gone'), 'job-1'), undefined);
  });
});
