import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Ledger } from '../../src/jobs/ledger';
import { Lab } from './jobsLab';

describe('jobs: the start of a window', () => {
  it('succeeds although other windows keep the ledger busy, and the marker stays', async () => {
    const lab = await Lab.open();
    mkdirSync(lab.storage, { recursive: true });
    const other = new DatabaseSync(join(lab.storage, 'ledger.sqlite'));
    other.exec('BEGIN EXCLUSIVE; CREATE TABLE other (id)');
    writeFileSync(Ledger.markerOf(lab.storage), '');
    const window = lab.window();
    let started = false;
    const starting = window.jobs.start().then(() => {
      started = true;
    });
    await lab.until('the start', () => started);
    await starting;
    assert.ok(lab.markerIsThere);
    other.close();
    await lab.close();
    lab.assertClean();
  });
});
