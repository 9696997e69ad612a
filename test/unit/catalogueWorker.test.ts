import assert from 'node:assert/strict';
import path from 'node:path';
import { readInWorker } from '../../src/catalogue/readInWorker';
import { readOpenApi } from '../../src/catalogue/readOpenApi';
import { openApiText } from '../../src/simulator/openApi';
import { plainSwitches } from '../../src/simulator/switches';
import { projectRoot } from '../support/projectRoot';

const worker = path.join(projectRoot, 'dist/lib/openApiWorker.js');
const day = '2026-10-09';

describe('reading a description in a thread of its own', () => {
  it('gives what reading it here would', async () => {
    const text = openApiText(plainSwitches);
    assert.deepEqual(await readInWorker(worker, text, day), readOpenApi(text, day));
  });

  it('says what is wrong with a description', async () => {
    assert.deepEqual(await readInWorker(worker, '{', day), { kind: 'trouble', trouble: { kind: 'notJson' } });
  });

  it('ends in words when there is no thread to be had', async () => {
    const { kind } = await readInWorker(path.join(projectRoot, 'dist/lib/gone.js'), '{}', day);
    assert.equal(kind, 'trouble');
  });
});
