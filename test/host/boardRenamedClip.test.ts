import assert from 'node:assert/strict';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clipHere } from '../../src/editor/clipHere';
import { renameTakes } from '../../src/takes/renameTakes';
import { emptyFolder } from '../support/emptyFolder';
import { rowJob, rowState } from '../support/ledgerRows';
import { sidecarFor } from '../support/sidecars';

describe('a job whose shot has another name by now', () => {
  it('plays its clip where it lies now', async () => {
    const board = emptyFolder();
    const folder = join(board, 'SH010');
    mkdirSync(folder);
    const clip = join(folder, 'SH010_take-001.mp4');
    writeFileSync(clip, 'clip');
    writeFileSync(clip.replace('.mp4', '.json'), JSON.stringify(sidecarFor({ job_id: 'krea-a' })));
    const done = rowState('done', 'a', 0);
    assert.ok(done.name === 'done');
    const destination = { folder, root: board, stem: 'SH010', shot: 'SH010' };
    const job = rowJob('a', 0, { ...done, saved: { ...done.saved, clip } }, { destination });
    assert.equal((await clipHere(job))?.file, clip);
    renameSync(folder, join(board, 'SH015'));
    await renameTakes(join(board, 'SH015'), 'SH015', 'SH015');
    assert.equal((await clipHere(job))?.file, join(board, 'SH015', 'SH015_take-001.mp4'));
  });
});
