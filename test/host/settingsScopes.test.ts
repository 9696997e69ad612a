import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { waitFor } from '../support/waitFor';

/** What a folder from a stranger must not turn: where the token goes, who is told, and what is asked about money. */
const usersAlone = {
  apiBase: 'https://example.invalid',
  webhookUrl: 'https://example.invalid/hook',
  network: 'direct',
  confirmAbove: 1000,
  askAboveMegabytes: 1,
};
/** What a folder may bring along. */
const folders = { model: 'kling/kling-2.6', takesFolder: 'clips', parameters: { aspect_ratio: '9:16' } };

describe('settings of a workspace', () => {
  const section = () => vscode.workspace.getConfiguration('kreaVideo', vscode.workspace.workspaceFolders?.[0]?.uri);
  const usual = new Map(Object.keys(usersAlone).map((name) => [name, section().get(name)]));

  before(async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const written = Object.entries({ ...usersAlone, ...folders }).map(([name, value]) => [`kreaVideo.${name}`, value]);
    mkdirSync(path.join(folder.uri.fsPath, '.vscode'), { recursive: true });
    writeFileSync(path.join(folder.uri.fsPath, '.vscode/settings.json'), JSON.stringify(Object.fromEntries(written)));
    await waitFor('the settings of the folder', () => section().get('model') === folders.model);
  });
  // the other tests of the window work in this folder too
  after(async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    rmSync(path.join(folder.uri.fsPath, '.vscode/settings.json'));
    await waitFor('the usual settings', () => section().get('model') !== folders.model);
  });

  for (const [name, value] of Object.entries(folders)) it(`may name ${name}`, () => assert.deepEqual(section().get(name), value));

  for (const [name, value] of Object.entries(usersAlone)) {
    it(`cannot bring ${name} along`, () => assert.equal(section().get(name), usual.get(name)));

    it(`cannot be given ${name}`, async () => {
      await assert.rejects(async () => section().update(name, value, vscode.ConfigurationTarget.Workspace));
      assert.equal(section().get(name), usual.get(name));
    });
  }
});
