import assert from 'node:assert/strict';
import { headlessWalk } from '../support/headlessWalk';
import { samplePrompt } from '../support/sampleWorkspace';
import { SimulatedStudio } from '../support/simulatedStudio';

/*
 * What is published, installed as people install it. The end-to-end tests do the same and more in the current VS Code;
 * this runs in the oldest one too.
 */
describe('the packed extension in this VS Code', () => {
  it('is installed, starts, and carries one job from the prompt to the clip in the player', async () => {
    const studio = await SimulatedStudio.open();
    try {
      const page = await studio.openWindow();
      const { clip, playing } = await headlessWalk({
        page,
        folder: studio.folder,
        file: 'prompts.md',
        prompt: samplePrompt,
        model: 'Kling 2.5',
        token: studio.token,
        report: () => undefined,
        name: 'packed',
      });
      assert.equal(studio.posts.length, 1);
      assert.ok(clip.startsWith(studio.folder));
      assert.ok(playing.width > 0);
      studio.assertTokenKept();
    } finally {
      await studio.stop();
    }
  });
});
