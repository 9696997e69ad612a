import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { solidPng } from '../support/inputFiles';
import { waitFor } from '../support/waitFor';
import { ShotLab } from './shotLab';

const board = `---
storyboard: 1
model: kling/kling-2.5
aspect_ratio: 16:9
duration: 5
---

# Style

35 mm film, cold blue night.

# The storm

## SH010 Lighthouse

{{style}} A white lighthouse on black rocks.

## SH020 Stairs

- duration: 10

{{style}} An iron stair,
seen from below.

## SH030 Start

- start: stills/start.png

The camera pushes in.

## SH040 From a frame

- start: last-frame(SH010)

Waves.

## SH050 Not made

- omit: true

Waves.

## SH060 Footage

- clip: rushes/A.mov

## SH070 Empty

## SH080 Wrong

- duration: 7

Waves.

## SH090 Twins

- duration: 5
- duration: 10

Waves.
`;

describe('Generate Shot, in this VS Code', () => {
  let lab: ShotLab;
  let document: vscode.TextDocument;
  beforeEach(async () => {
    lab = await ShotLab.open();
    mkdirSync(path.join(lab.folder, 'stills'));
    writeFileSync(path.join(lab.folder, 'stills/start.png'), solidPng(640, 360));
    document = await lab.write(board);
  });
  afterEach(() => lab.close());

  const generate = (shot: string) => lab.shots.generate({ uri: document.uri, shot });
  const posts = () => lab.simulator.submits().map(({ body }) => body);
  const saved = (count: number) => lab.made(count);

  it('sends what the text says, blocks and inherited values filled in, and nothing of the settings', async () => {
    await generate('SH010');
    await saved(1);
    const sent = { aspect_ratio: '16:9', duration: 5, prompt: '35 mm film, cold blue night. A white lighthouse on black rocks.' };
    assert.deepEqual(posts(), [sent]);
    const [gesture] = lab.gate.gestures;
    assert.match(gesture?.parameters ?? '', /^SH010 · /);
  });

  for (const shot of ['SH010', 'SH020', 'SH030'])
    it(`orders ${shot} under the hash that its state compares, so that it is current then`, async () => {
      const before = await lab.viewOf(document, shot);
      assert.equal(before.state.kind, 'noTake');
      await generate(shot);
      await saved(1);
      const [sidecar] = lab.sidecars();
      assert.equal(sidecar?.request_hash, before.hash);
      assert.equal((await lab.viewOf(document, shot)).state.kind, 'current');
    });

  it('makes a shot of a file changed when the file is another, and current again with the first', async () => {
    const file = path.join(lab.folder, 'stills/start.png');
    const first = readFileSync(file);
    await generate('SH030');
    await saved(1);
    writeFileSync(file, solidPng(640, 360, [200, 10, 10]));
    assert.equal((await lab.viewOf(document, 'SH030')).state.kind, 'changed');
    writeFileSync(file, first);
    assert.equal((await lab.viewOf(document, 'SH030')).state.kind, 'current');
  });

  it('numbers the takes of each shot in its own folder, and writes over none', async () => {
    await generate('SH010');
    await saved(1);
    await lab.replace(document, 'A white lighthouse', 'A tall white lighthouse');
    await generate('SH010');
    await saved(2);
    await generate('SH020');
    await saved(3);
    const clips = readdirSync(lab.folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.mp4'));
    assert.deepEqual(clips.map((name) => name.replaceAll('\\', '/')).sort(), [
      'takes/film/SH010/SH010_take-001.mp4',
      'takes/film/SH010/SH010_take-002.mp4',
      'takes/film/SH020/SH020_take-001.mp4',
    ]);
  });

  it('writes beside the clip what it was made from', async () => {
    await generate('SH030');
    await saved(1);
    const [{ shot, source, inputs } = assert.fail('no sidecar')] = lab.sidecars();
    assert.equal(shot, 'SH030');
    assert.equal(source?.file, `${path.basename(lab.folder)}/film.storyboard.md`);
    assert.match(source?.shot_hash ?? '', /^[0-9a-f]{64}$/);
    assert.deepEqual([source?.commit, source?.dirty], [null, null], 'no repository');
    assert.deepEqual(
      inputs.map(({ role, path: file }) => [role, file]),
      [['start_image', `${path.basename(lab.folder)}/stills/start.png`]],
    );
  });

  it('asks about the same request that runs when it is pressed twice, and pays once', async () => {
    lab.pace.runMs = 60_000;
    await Promise.all([generate('SH010'), generate('SH010')]);
    await waitFor('the POST', () => posts().length > 0);
    assert.deepEqual(
      lab.gate.gestures.map(({ alreadyRunning }) => alreadyRunning?.replace(/\d+:\d+/, '…')),
      [undefined, 'The same request has been running for ….'],
    );
    assert.equal(posts().length, 1);
  });

  it('counts the price as seen only where it stood beside the button', async () => {
    const { price } = await lab.viewOf(document, 'SH010');
    assert.ok(price.kind !== 'unknown');
    for (const seen of [price.microUsd, price.microUsd - 1, undefined])
      await lab.shots.generate({ uri: document.uri, shot: 'SH010', ...(seen !== undefined && { seen }) });
    assert.deepEqual(
      lab.gate.gestures.map(({ priceUnseen }) => priceUnseen),
      [false, true, true],
    );
  });

  for (const shot of ['SH040', 'SH050', 'SH060', 'SH070', 'SH080', 'SH090', 'SH999'])
    it(`asks nothing and sends nothing for ${shot}`, async () => {
      await generate(shot);
      await lab.replace(document, '- start: stills/start.png', '- start: stills/gone.png');
      await generate('SH030');
      assert.deepEqual([lab.gate.gestures, posts()], [[], []]);
      await vscode.commands.executeCommand('notifications.clearAll');
    });
});
