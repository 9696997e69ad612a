import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startSimulator } from '../../src/simulator/simulator';
import { tinyClip } from '../support/tinyClip';
import { language, readReport } from './setupReport';

/*
 * *Check My Setup* once, in an editor that its runner has prepared; the codes that it must name come from there.
 */
describe(`Check My Setup in this editor (${language})`, () => {
  it(`names ${process.env.KREA_TEST_CODES}`, async () => {
    const simulator = await startSimulator({ makeClip: () => tinyClip() });
    const secret = simulator.token;
    process.env.KREA_API_KEY = secret;
    try {
      await vscode.workspace
        .getConfiguration()
        .update('kreaVideo.apiBase', simulator.apiBase, vscode.ConfigurationTarget.Global)
        // the storage of settings may be what is broken here
        .then(undefined, () => undefined);
      const { faults, unknown, good } = await readReport([secret, new URL(simulator.apiBase).port]);
      const found = { faults, unknown, silent: good.includes('sound.noAac'), asked: simulator.requests.length > 0 };
      assert.deepEqual(found, JSON.parse(process.env.KREA_TEST_CODES ?? ''));
    } finally {
      delete process.env.KREA_API_KEY;
      await simulator.close();
    }
  });
});
