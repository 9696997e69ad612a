import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { saveClipAs } from '../../src/editor/playerClipCopy';
import { PlayerRequests } from '../../src/editor/playerRequests';
import { saveStill } from '../../src/editor/playerStill';
import type { Job } from '../../src/jobs/job';
import { emptyFolder } from '../support/emptyFolder';
import { clipFile } from '../support/tinyClip';

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);

describe('what the player asks for, in this VS Code', () => {
  const said: string[] = [];
  const say = (text: string) => said.push(text);
  const clipOf = (file: string) => ({ takeId: 'take', file, title: '', prompt: '', facts: [], sound: 'none' }) as const;

  beforeEach(() => {
    said.length = 0;
  });

  it('proposes a place beside the clip for a frame, and writes it there', async () => {
    const clip = await clipFile('dusk_take-001.mp4');
    await saveStill({ clip, seconds: 1.5, png }, say, async ({ defaultUri }) => defaultUri);
    const still = path.join(path.dirname(clip), 'stills', 'dusk_take-001_f01.500.png');
    assert.deepEqual(new Uint8Array(await readFile(still)), png);
    assert.match(said.join(), /dusk_take-001_f01\.500\.png/);
  });

  it('leaves no folder behind when the person does not save', async () => {
    const clip = await clipFile('dusk_take-001.mp4');
    await saveStill({ clip, seconds: 1.5, png }, say, async () => undefined);
    assert.deepEqual(await readdir(path.dirname(clip)), ['dusk_take-001.mp4']);
    assert.deepEqual(said, []);
  });

  it('keeps the stills that are there when the person does not save another', async () => {
    const clip = await clipFile('dusk_take-001.mp4');
    await saveStill({ clip, seconds: 0, png }, say, async ({ defaultUri }) => defaultUri);
    await saveStill({ clip, seconds: 1, png }, say, async () => undefined);
    assert.deepEqual(await readdir(path.join(path.dirname(clip), 'stills')), ['dusk_take-001_f00.000.png']);
  });

  it('copies the clip to where the person wants it, byte by byte', async () => {
    const clip = await clipFile('dusk_take-001.mp4');
    const copy = path.join(emptyFolder(), 'for the cut.mp4');
    await saveClipAs(clip, say, async () => vscode.Uri.file(copy));
    assert.deepEqual(await readFile(copy), await readFile(clip));
    assert.match(said.join(), /for the cut\.mp4/);
  });

  it('does nothing when the clip is to be saved as itself', async () => {
    const clip = await clipFile('dusk_take-001.mp4');
    const before = await readFile(clip);
    await saveClipAs(clip, say, async ({ defaultUri }) => defaultUri);
    assert.deepEqual([await readFile(clip), said], [before, []]);
  });

  it('asks once however often the button is pressed while the first question stands open', async () => {
    let asked = 0;
    let answer: () => void = () => undefined;
    const open = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const requests = new PlayerRequests({
      find: () => Promise.reject(new Error('not asked for')),
      offline: () => false,
      trusted: () => true,
      saveAgain: async () => {
        asked++;
        await open;
      },
      generateAgain: () => Promise.reject(new Error('not asked for')),
      say,
      log: () => undefined,
    });
    const request = { action: 'saveAgain', clip: clipOf('/clip.mp4') } as const;
    const both = [requests.answer(request), requests.answer(request)];
    assert.equal(asked, 1);
    answer();
    await Promise.all(both);
    await requests.answer(request);
    assert.equal(asked, 2);
  });

  const job = { id: 'take' } as unknown as Job;
  for (const [what, trusted, found, sent] of [
    ['a clip of this desk', true, job, 1],
    ['a clip of another desk', true, undefined, 0],
    ['any clip in a folder that is not trusted', false, job, 0],
  ] as const)
    it(`generates ${what} again ${sent === 1 ? 'once' : 'never'}`, async () => {
      const asked: Job[] = [];
      const requests = new PlayerRequests({
        find: async () => found,
        offline: () => false,
        trusted: () => trusted,
        saveAgain: async () => undefined,
        generateAgain: async (one) => {
          asked.push(one);
        },
        say,
        log: () => undefined,
      });
      void requests.answer({ action: 'generateAgain', clip: clipOf('/clip.mp4') });
      await vscode.commands.executeCommand('notifications.clearAll');
      assert.equal(asked.length, sent);
    });
});
