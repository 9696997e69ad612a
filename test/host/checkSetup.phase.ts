import assert from 'node:assert/strict';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Fault, FaultAct } from '../../src/simulator/faults';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { tinyClip } from '../support/tinyClip';

/*
 * *Check My Setup* in a window with a folder, against the simulator. Run once in each language.
 */
const language = process.env.KREA_TEST_LANGUAGE ?? 'en';
const kana = /[\u3040-\u30ff\u4e00-\u9fff]/;
const secret = 'sim-demo-token';

describe(`Check My Setup (${language})`, () => {
  let simulator: Simulator;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';

  const set = (name: string, value: unknown, target = vscode.ConfigurationTarget.Global) =>
    vscode.workspace.getConfiguration().update(name, value, target);

  before(async () => {
    simulator = await startSimulator({ makeClip: () => tinyClip() });
    process.env.KREA_API_KEY = secret;
    await set('kreaVideo.apiBase', simulator.apiBase);
  });

  after(async () => {
    delete process.env.KREA_API_KEY;
    await simulator.close();
  });

  /** The codes of the report by their sign, after all that must hold of every report. */
  async function check(): Promise<{
    readonly good: string[];
    readonly faults: string[];
    readonly unknown: string[];
    readonly text: string;
  }> {
    await vscode.commands.executeCommand('kreaVideo.checkSetup');
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.isUntitled, true);
    const text = document?.getText() ?? '';
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    const [lines = '', facts = ''] = text.split('```text');
    for (const part of [
      secret,
      '127.0.0.1',
      new URL(simulator.apiBase).port,
      folder,
      '/tmp',
      process.env.HOME ?? '/root',
      process.env.USER ?? 'root',
    ])
      assert.equal(part !== '' && text.includes(part), false, `the report holds ${part}`);
    const rows = [...lines.matchAll(/^- (.+?) \*\*(.+?)\*\*: (.+) `([\w.]+)`$/gm)].map(([, sign = '', , words = '', code = '']) => ({
      sign,
      words,
      code,
    }));
    for (const { words } of rows) assert.equal(kana.test(words), language === 'ja', words);
    for (const fact of [`Node ${process.versions.node}`, vscode.version, 'krea-video/', 'this computer'])
      assert.ok(facts.includes(fact), facts);
    const of = (sign: string) => rows.filter((row) => row.sign === sign).map(({ code }) => code);
    return { good: of('✅'), faults: of('❌'), unknown: of('➖'), text };
  }

  it('speaks the language of this window', () => {
    assert.equal(vscode.env.language, language);
  });

  it('is green when all is well, and leaves nothing behind', async () => {
    const { good, faults, unknown } = await check();
    assert.deepEqual([faults, unknown], [[], []]);
    assert.deepEqual(good, [
      'token.accepted',
      'network.direct',
      'clock.right',
      'models.bundled',
      'takes.writable',
      'storage.truncate',
      'player.picture',
      'sound.aac',
    ]);
    assert.deepEqual(await readdir(folder), []);
    assert.equal(simulator.submits().length, 0);
    assert.deepEqual(simulator.violations, []);
  });

  it('says in which way Krea is reached', async () => {
    await set('kreaVideo.network', 'editor');
    try {
      assert.ok((await check()).good.includes('network.editor'));
    } finally {
      await set('kreaVideo.network', undefined);
    }
  });

  const answer = (status: number, body: 'json' | 'html' = 'json'): FaultAct => ({ kind: 'answer', status, body });
  const dated = (ms: number): FaultAct => ({
    kind: 'answer',
    status: 200,
    body: { text: '{"items":[]}', contentType: 'application/json' },
    headers: { Date: new Date(Date.now() + ms).toUTCString() },
  });
  const acts: readonly (readonly [name: string, act: FaultAct, code: string])[] = [
    ['Krea refuses the token', answer(401), 'token.401'],
    ['the workspace may not use the API', answer(403), 'token.403'],
    ['another service answers', answer(404), 'service.404'],
    ['there are too many requests', answer(429), 'service.429'],
    ['Krea has an error', answer(500), 'service.500'],
    ['Krea is overloaded', answer(503, 'html'), 'service.503'],
    ['a log-in page answers', { kind: 'captivePortal' }, 'service.notJson'],
    ['the API has moved', { kind: 'redirect', status: 302, to: 'files' }, 'service.302'],
    ['half an answer comes', { kind: 'truncatedJson' }, 'service.notJson'],
    ['the connection breaks off', { kind: 'reset', moment: 'afterReading' }, 'network.reset'],
    ['this clock is an hour behind', dated(3_600_000), 'clock.behind'],
    ['this clock is an hour ahead', dated(-3_600_000), 'clock.ahead'],
  ];
  for (const [name, act, code] of acts)
    it(`names the fault when ${name}: ${code}`, async () => {
      const fault: Fault = { path: '/jobs*', count: 20, act };
      simulator.set({ faults: [fault] });
      try {
        assert.deepEqual((await check()).faults, [code]);
      } finally {
        simulator.set({ faults: [] });
      }
    });

  it('names the fault when the network is down', async () => {
    // a port that nobody listens at
    const gone = await startSimulator({ makeClip: () => tinyClip() });
    await gone.close();
    await set('kreaVideo.apiBase', gone.apiBase);
    try {
      assert.deepEqual((await check()).faults, ['network.refused']);
    } finally {
      await set('kreaVideo.apiBase', simulator.apiBase);
    }
  });

  it('names the fault when there is no token, and sends nothing', async () => {
    const before = simulator.requests.length;
    delete process.env.KREA_API_KEY;
    try {
      const { faults, unknown } = await check();
      assert.deepEqual([faults, unknown], [['token.none'], ['notAsked', 'notAsked']]);
      assert.equal(simulator.requests.length, before);
    } finally {
      process.env.KREA_API_KEY = secret;
    }
  });

  const takes: readonly (readonly [name: string, prepare: () => Thenable<void>, code: string])[] = [
    ['the takes folder is a file', () => writeFile(path.join(folder, 'takes'), ''), 'takes.refused'],
    [
      'the workspace names a takes folder outside',
      () => set('kreaVideo.takesFolder', '../out', vscode.ConfigurationTarget.Workspace),
      'takes.refused',
    ],
    ['the takes folder cannot be made', () => set('kreaVideo.takesFolder', '/proc/krea-video'), 'takes.folderGone'],
  ];
  for (const [name, prepare, code] of takes)
    it(`names the fault when ${name}: ${code}`, async () => {
      await prepare();
      try {
        assert.deepEqual((await check()).faults, [code]);
      } finally {
        await rm(path.join(folder, 'takes'), { force: true });
        await set('kreaVideo.takesFolder', undefined, vscode.ConfigurationTarget.Workspace);
        await set('kreaVideo.takesFolder', undefined);
        await rm(path.join(folder, '.vscode'), { recursive: true, force: true });
      }
    });

  it('keeps a takes folder that was there', async () => {
    const there = path.join(folder, 'takes');
    await mkdir(there);
    await check();
    assert.deepEqual(await readdir(there), []);
    await rm(there, { recursive: true });
  });
});
