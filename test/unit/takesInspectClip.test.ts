import assert from 'node:assert/strict';
import { bundledCatalogue } from '../../src/catalogue/bundledCatalogue';
import { checkRequest } from '../../src/catalogue/checkRequest';
import { inspectClip } from '../../src/takes/inspectClip';
import { clipFile } from '../support/tinyClip';

describe('inspectClip', () => {
  it('x', async () => {
    console.log(await inspectClip(await clipFile(), new AbortController().signal));
    assert.ok(true);
    console.log(process.listeners('uncaughtException').map(String), process.listeners('unhandledRejection').map(String));
    const c = await bundledCatalogue.load(new AbortController().signal);
    for (const m of c.models.slice(0, 2)) console.log(await checkRequest(m, { prompt: 'x', aspectRatio: 1, duration: 7 }));
  });
});
