import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../../src/editor/commandIds';
import { waitFor } from '../support/waitFor';

/** What other extensions of the host share with us, and a bundled HTTP library could replace. */
function shared(): Readonly<Record<string, unknown>> {
  const slots = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2', 'undici.globalOrigin.1'];
  const names = ['fetch', 'Headers', 'Request', 'Response', 'FormData', 'WebSocket', 'EventSource', 'MessageEvent', 'CloseEvent'];
  return Object.fromEntries([
    ...slots.map((name) => [name, Reflect.get(globalThis, Symbol.for(name))]),
    ...names.map((name) => [name, Reflect.get(globalThis, name)]),
  ]);
}

/** By identity: a copy that looks alike is another object. */
function assertUntouched(when: string): void {
  const now = shared();
  const changed = Object.keys(atStart).filter((name) => now[name] !== atStart[name]);
  assert.deepEqual(changed, [], `replaced ${when}`);
}

// this module is loaded before VS Code activates extensions that wait for the end of its start
const atStart = shared();
const found = vscode.extensions.getExtension('krea-video.krea-video');
assert.ok(found);
const extension = found;
const ourBundle = (name: string) => path.join(extension.extensionPath, 'dist', name);
const isLoaded = (name: string) => require.cache[ourBundle(name)] !== undefined;

describe('the extension in this VS Code', () => {
  before(() => extension.activate());

  it('runs in the VS Code that the runner named', () => {
    const wanted = process.env.KREA_TEST_VSCODE;
    if (wanted) assert.equal(vscode.version, wanted);
  });

  it('registers the commands of its manifest and no others', async () => {
    const registered = (await vscode.commands.getCommands(true)).filter((command) => command.startsWith('kreaVideo.'));
    const contributed: readonly { readonly command: string }[] = extension.packageJSON.contributes.commands;
    assert.deepEqual(contributed.map(({ command }) => command).sort(), [...commandIds].sort());
    assert.deepEqual(
      commandIds.filter((command) => !registered.includes(command)),
      [],
    );
  });

  it('loads nothing but its small front when no job waits', () => {
    assert.ok(isLoaded('extension.js'));
    const heavy = ['studio.js', 'offline.js', 'lib/undici.js', 'lib/ajv.js', 'lib/mediabunny.js'];
    assert.deepEqual(heavy.filter(isLoaded), []);
  });

  it('leaves what extensions share alone when it is activated', () => assertUntouched('by the activation'));

  it('leaves what extensions share alone while a whole job runs, here in the offline demo', async () => {
    await vscode.commands.executeCommand('kreaVideo.tryOffline');
    assert.ok(isLoaded('studio.js'));
    const document = await vscode.workspace.openTextDocument({ content: 'A paper boat in the rain.', language: 'markdown' });
    await vscode.window.showTextDocument(document);
    const generated = vscode.commands.executeCommand('kreaVideo.generateFromSelection');
    try {
      // the list of models has no event that says it is there
      await waitFor('a request', async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return isLoaded('lib/undici.js');
      });
      await generated;
      await waitFor('the player', () => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isPlayer)), { deadlineMs: 60_000 });
      assertUntouched('by a job');
      const { Dispatcher } = require(ourBundle('lib/undici.js')) as typeof import('undici');
      for (const [name, value] of Object.entries(shared())) assert.equal(value instanceof Dispatcher, false, `${name} is ours`);
    } finally {
      await vscode.commands.executeCommand('kreaVideo.leaveOffline');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
  }).timeout(120_000);
});

function isPlayer({ input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith('kreaVideo.player');
}
