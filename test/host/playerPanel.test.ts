import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { PlayerClip } from '../../src/player/playerClip';
import { PlayerPanel, playerViewType } from '../../src/player/playerPanel';
import { clipFile, tinyClip } from '../support/tinyClip';
import { waitFor } from '../support/waitFor';

const how = { preserveFocus: true, autoplay: false, reveal: true };

describe('the player in this VS Code', () => {
  const extensionUri = vscode.extensions.getExtension('krea-video.krea-video')?.extensionUri ?? vscode.Uri.file(process.cwd());
  const folders: string[] = [];
  let player: PlayerPanel;
  let known: PlayerClip[] = [];
  const measured: string[] = [];
  const failures: string[] = [];

  async function clip(file?: string): Promise<PlayerClip> {
    const at = file ?? (await clipFile());
    folders.push(path.dirname(at));
    return { takeId: randomUUID(), file: at, title: 'A shot', prompt: 'Dusk', facts: [], sound: 'none' };
  }

  const measuredOnce = (shown: PlayerClip, times = 1) =>
    waitFor(`the page has loaded ${shown.title}`, () => measured.filter((takeId) => takeId === shown.takeId).length >= times);
  const tabs = () =>
    vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(playerViewType));

  beforeEach(() => {
    known = [];
    measured.length = 0;
    failures.length = 0;
    player = new PlayerPanel({
      extensionUri,
      roots: () => [],
      findClip: async (takeId) => known.find((one) => one.takeId === takeId),
      loop: () => false,
      actions: () => ['copyPrompt'],
      log: () => undefined,
    });
    player.onDidMeasure((of) => {
      assert.deepEqual([of.width, of.height, of.seconds], [64, 36, 1]);
      measured.push(of.clip.takeId);
    });
    player.onDidFail(({ trouble }) => failures.push(trouble));
  });

  afterEach(async () => {
    player.dispose();
    await waitFor('the tab is closed', () => tabs().length === 0);
    await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
  });

  it('opens beside and loads the clip from disk', async () => {
    assert.equal(player.state, 'closed');
    const shown = await clip();
    await player.show(shown, how);
    await measuredOnce(shown);
    assert.deepEqual([player.state, player.clip, player.visible], ['paused', shown, true]);
    assert.deepEqual(
      tabs().map(({ label }) => label),
      ['A shot'],
    );
  });

  it('shows the next clip in the same panel, also from a folder it did not know', async () => {
    const [first, second] = [await clip(), await clip()];
    await player.show(first, how);
    await measuredOnce(first);
    await player.show(second, how);
    await measuredOnce(second);
    assert.equal(tabs().length, 1);
  });

  it('shows a file anew that was written anew', async () => {
    const shown = await clip();
    await writeFile(shown.file, 'no clip yet');
    await player.show(shown, how);
    await waitFor('the failure', () => failures.includes('undecodable'));
    await writeFile(shown.file, await tinyClip());
    await player.show(shown, how);
    await measuredOnce(shown);
  });

  it('knows a file that is gone from one that is broken', async () => {
    const shown = await clip();
    await rm(shown.file);
    await player.show(shown, how);
    await waitFor('the failure', () => failures.length > 0);
    assert.deepEqual([failures, player.state], [['missing'], 'paused']);
  });

  it('is paused while it is hidden, and gets its clip again when it is shown', async () => {
    const shown = await clip();
    await player.show(shown, how);
    await measuredOnce(shown);
    const column = tabs()[0]?.group.viewColumn ?? vscode.ViewColumn.One;
    const cover = await vscode.workspace.openTextDocument({ content: 'over it' });
    await vscode.window.showTextDocument(cover, { viewColumn: column, preview: false });
    await waitFor('the panel is hidden', () => !player.visible);
    assert.equal(player.state, 'paused');
    player.open({ preserveFocus: true });
    await measuredOnce(shown, 2);
    await vscode.window.showTextDocument(cover, { viewColumn: column, preview: false });
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('keeps the poster that its page takes, once', async () => {
    const shown = await clip();
    const poster = shown.file.replace(/\.mp4$/, '.jpg');
    await player.show(shown, how);
    await waitFor('the poster', () => existsSync(poster));
    const bytes = await readFile(poster);
    assert.deepEqual([...bytes.subarray(0, 3)], [0xff, 0xd8, 0xff]);
    await player.show(shown, how);
    await measuredOnce(shown, 2);
    assert.deepEqual(await readFile(poster), bytes);
    assert.deepEqual((await readdir(path.dirname(shown.file))).sort(), [path.basename(poster), path.basename(shown.file)]);
  });

  it('says closed when its tab is closed, and opens again', async () => {
    const shown = await clip();
    await player.show(shown, how);
    await measuredOnce(shown);
    await vscode.window.tabGroups.close(tabs());
    await waitFor('closed', () => player.state === 'closed');
    await player.show(shown, how);
    await measuredOnce(shown, 2);
  });

  it('opens empty', () => {
    player.open({ preserveFocus: true });
    assert.equal(player.state, 'empty');
  });

  it('goes empty when its clip is about to go, and shows the next one in the same panel', async () => {
    const [gone, next] = [await clip(), await clip()];
    await player.show(gone, how);
    await measuredOnce(gone);
    player.empty();
    assert.deepEqual([player.state, player.clip], ['empty', undefined]);
    await waitFor('the title of an empty player', () => tabs()[0]?.label === 'Krea Video');
    await player.show(next, how);
    await measuredOnce(next);
    assert.equal(tabs().length, 1);
  });

  it('takes the place of a panel that the editor has not handed over yet', async () => {
    const text = await vscode.workspace.openTextDocument({ content: 'beside it' });
    await vscode.window.showTextDocument(text, { viewColumn: vscode.ViewColumn.One, preview: false });
    const asleep = vscode.window.createWebviewPanel(playerViewType, 'of before', vscode.ViewColumn.Two, {});
    await waitFor('its tab', () => tabs().length === 1);
    const shown = await clip();
    await player.show(shown, how);
    await measuredOnce(shown);
    await waitFor('one tab', () => tabs().length === 1);
    assert.deepEqual(
      tabs().map(({ label, group }) => [label, group.viewColumn]),
      [['A shot', vscode.ViewColumn.Two]],
    );
    asleep.dispose();
    await vscode.window.showTextDocument(text, { viewColumn: vscode.ViewColumn.One, preview: false });
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  describe('after a reload', () => {
    const panel = () => vscode.window.createWebviewPanel(playerViewType, '', vscode.ViewColumn.One, {});
    const state = (takeId: string) => ({ v: 1, takeId, position: 0.5, volume: 1, muted: false, loop: false, speed: 1 });

    it('takes the panel back with the clip it had', async () => {
      const shown = await clip();
      known = [shown];
      await player.restore(panel(), state(shown.takeId));
      await measuredOnce(shown);
      assert.deepEqual([player.state, player.clip], ['paused', shown]);
    });

    for (const [name, stored] of Object.entries({
      'nothing was stored': undefined,
      'what was stored is no state': { v: 1 },
      'nobody knows the take any more': state('gone'),
    }))
      it(`closes it when ${name}`, async () => {
        await player.restore(panel(), stored);
        assert.equal(player.state, 'closed');
        await waitFor('the tab is closed', () => tabs().length === 0);
      });
  });
});
