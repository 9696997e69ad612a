import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { writtenState } from '../../src/editor/gitState';
import { writePickedTake } from '../../src/editor/pickTake';
import { waitFor } from '../support/waitFor';
import { ShotLab } from './shotLab';

const board = `---
storyboard: 1
model: kling/kling-2.5
duration: 5
budget: 8
---

# The storm

## SH010 Lighthouse

A white lighthouse.

## SH020 Stairs

- duration: 10

An iron stair.

## SH030 From a frame

- start: last-frame(SH010)

Waves.

## SH040 Not made

- omit: true

## SH050 Footage

- clip: rushes/A.mov

## SH060 Empty

## SH070 Wrong

- duration: 7
- seed: x

Waves.
`;

describe('the lens over a shot, in this VS Code', () => {
  let lab: ShotLab;
  let document: vscode.TextDocument;
  beforeEach(async () => {
    lab = await ShotLab.open();
    document = await lab.write(board);
  });
  afterEach(() => lab.close());

  const titles = async () => (await lab.lenses(document)).map((line) => line.replace(/^\d+: /, ''));
  const make = async (shot: string, takes: number) => {
    await lab.shots.generate({ uri: document.uri, shot });
    await lab.made(takes);
  };

  it('stands over the file and over the heading of each shot, and says what each would come to', async () => {
    await lab.untilLens(document, /^9: .*no take/);
    assert.deepEqual(await lab.lenses(document), [
      '0: 6 shots · one take of each: about $1.47, without 1 of unknown price · budget $8.00',
      '9: Generate · about $0.37 | no take',
      '13: Generate · about $0.74 | no take',
      '19: Needs a frame of SH010',
      '25: omitted',
      '29: own footage',
      '33: no prompt yet',
      '35: $(error)\u00a0Kling 2.5: seed is no field of this model (and 1 more) | no take',
    ]);
  });

  it('has the time of a shot on its way in place of the button, and then its take', async () => {
    lab.pace.runMs = 60_000;
    await lab.shots.generate({ uri: document.uri, shot: 'SH010' });
    await lab.untilLens(document, /^9: \$\(sync~spin\)\s(?!about to be sent|being sent)/);
    const [job] = lab.simulator.jobs;
    const begun = Date.now();
    lab.now = () => begun + 42_000;
    assert.match(await lab.untilLens(document, /^9: /), /^9: \$\(sync~spin\)\s(queued|running) · 0:4\d of about 1:34$/);
    lab.simulator.finish(job?.id ?? '');
    await lab.untilLens(document, /^9: Generate · about \$0\.37 \| 1 take, 1 new \| current$/);
  });

  it('tells a clock only while a shot that is seen is on its way', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const set = globalThis.setInterval;
    let ticking = 0;
    globalThis.setInterval = ((...args: Parameters<typeof set>) => {
      ticking += args[1] === 2000 ? 1 : 0;
      return set(...args);
    }) as typeof set;
    try {
      lab.pace.runMs = 60_000;
      await lab.shots.generate({ uri: document.uri, shot: 'SH010' });
      await lab.untilLens(document, /^9: \$\(sync~spin\)/);
      assert.equal(ticking, 0, 'nobody sees it');
      await vscode.window.showTextDocument(document);
      await waitFor('the clock', () => ticking === 1);
      const running = timers();
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await waitFor('its end', () => timers() < running);
    } finally {
      globalThis.setInterval = set;
    }
  });

  it('says from which take on the text has changed, and is current again with the text of before', async () => {
    await make('SH010', 1);
    await lab.untilLens(document, /^9: .*current$/);
    await lab.replace(document, 'A white lighthouse.', 'A red lighthouse.');
    await lab.untilLens(document, /^9: Generate · about \$0\.37 \| 1 take, 1 new \| changed since take 1$/);
    await lab.replace(document, 'A red lighthouse.', 'A white\nlighthouse.');
    await lab.untilLens(document, /^9: .*current$/);
  });

  it('counts as new what the player has not shown', async () => {
    await make('SH010', 1);
    await make('SH010', 2);
    await lab.untilLens(document, /2 takes, 2 new/);
    lab.seen.add(lab.sidecars()[1]?.job_id ?? '');
    await lab.untilLens(document, /2 takes, 1 new/);
    lab.seen.add(lab.sidecars()[0]?.job_id ?? '');
    await lab.untilLens(document, /\| 2 takes \|/);
  });

  it('says that a clip is not here when only its sidecar is', async () => {
    await make('SH010', 1);
    const takes = path.join(lab.folder, 'takes/film/SH010');
    rmSync(path.join(takes, readdirSync(takes).find((name) => name.endsWith('.mp4')) ?? ''));
    await lab.untilLens(document, /^9: Generate · about \$0\.37 \| 1 take \| not here$/);
  });

  it('goes to what is wrong, and shows it as a hint on a shot with a pick', async () => {
    const [uri, how] = (await lab.commandOf(document, /seed is no field/)).arguments ?? [];
    assert.equal(String(uri), String(document.uri));
    assert.equal(document.getText(how.selection), 'seed');
    await lab.replace(document, '- seed: x', '- pick: 1');
    assert.match((await titles()).at(-1) ?? '', /^\$\(info\)\s(Kling 2\.5: )?duration must be one of: 5, 10 \|/);
  });

  it('offers no price for a shot whose file is not there', async () => {
    await lab.replace(document, '- duration: 10', '- start: stills/gone.png');
    await lab.untilLens(document, /^13: \$\(error\)\u00a0A file of this shot cannot be sent \| no take$/);
  });

  it('calls everything free in the offline demo', async () => {
    lab.kind = 'offline';
    assert.deepEqual(
      (await titles()).slice(0, 2).map((line) => line.split(' | ')[0]),
      ['6 shots · free · budget $8.00', 'Generate · free'],
    );
  });

  it('stands over no Markdown that is no storyboard', async () => {
    assert.deepEqual(await lab.lenses(await lab.write('# SH010\n\nWaves.\n', 'readme.md')), []);
  });

  it('passes the price that stood there on to the gesture', async () => {
    const command = await lab.commandOf(document, /^Generate · about \$0\.74/);
    const { price } = await lab.viewOf(document, 'SH020');
    assert.deepEqual(command.arguments, [{ uri: document.uri, shot: 'SH020', seen: price.kind === 'unknown' ? 0 : price.microUsd }]);
  });

  describe('picking', () => {
    const named = (shot: string) => ({ uri: document.uri, shot, document });

    it('is one change that Undo takes back', async () => {
      const changes: (readonly vscode.TextDocumentContentChangeEvent[])[] = [];
      const listening = vscode.workspace.onDidChangeTextDocument((change) => {
        if (change.document === document && change.contentChanges.length > 0) changes.push(change.contentChanges);
      });
      await vscode.window.showTextDocument(document);
      await writePickedTake(named('SH020'), 2, lab.boards);
      assert.equal(document.getText(), board.replace('- duration: 10\n', '- duration: 10\n- pick: 2\n'));
      assert.deepEqual(
        changes.map((change) => change.length),
        [1],
      );
      await writePickedTake(named('SH020'), 2, lab.boards);
      assert.equal(changes.length, 1, 'what is picked already is not written again');
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), board);
      listening.dispose();
    });

    it('makes the shot follow the picked take, whatever the newest is', async () => {
      await make('SH010', 1);
      await lab.replace(document, 'A white lighthouse.', 'A red lighthouse.');
      await make('SH010', 2);
      await lab.untilLens(document, /^9: .*current$/);
      await writePickedTake(named('SH010'), 1, lab.boards);
      await lab.untilLens(document, /^9: .*changed since take 1$/);
    });
  });

  it('remembers the commit of the text, and whether it has been changed since', async function () {
    const git = vscode.extensions.getExtension<{ readonly enabled: boolean }>('vscode.git');
    if (!git) return this.skip();
    await git.activate();
    const run = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.invalid', ...args], { cwd: lab.folder });
    try {
      run('init', '-q');
    } catch {
      return this.skip();
    }
    run('add', '.');
    run('commit', '-qm', 'board');
    const commit = String(run('rev-parse', 'HEAD')).trim();
    await vscode.commands.executeCommand('git.openRepository', lab.folder);
    const state = () => writtenState(document, 'A white lighthouse.');
    await waitFor('the repository', async () => (await state()).commit === commit);
    assert.equal((await state()).dirty, false);
    await lab.replace(document, 'A white lighthouse.', 'A red lighthouse.');
    assert.equal((await state()).dirty, true);
    assert.notEqual((await writtenState(document, 'A red lighthouse.')).shotHash, (await state()).shotHash);
  });
});
