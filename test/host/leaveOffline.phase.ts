import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import * as vscode from 'vscode';
import { waitFor } from '../support/waitFor';

/*
 * The offline demo, left at every moment of a job. Its runner says where demos lie.
 */
describe('leaving the offline demo', () => {
  const demos = vscode.workspace.getConfiguration().get<string>('kreaVideoTest.demos') ?? '';
  const files = () => (existsSync(demos) ? readdirSync(demos, { recursive: true, encoding: 'utf8' }) : []);
  const clips = (ending: string) => files().filter((file) => /[/\\]takes[/\\]/.test(file) && file.endsWith(ending)).length;
  const parts = () => files().filter((file) => /[/\\]clips[/\\]/.test(file)).length;

  async function order(): Promise<void> {
    const document = await vscode.workspace.openTextDocument({ content: 'A paper boat in the rain.', language: 'markdown' });
    await vscode.window.showTextDocument(document);
    let ordered = false;
    const generated = vscode.commands.executeCommand('kreaVideo.generateFromSelection').then(() => {
      ordered = true;
    });
    // the list of models has no event that says it is there
    await waitFor('the order', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return ordered;
    });
    await generated;
  }

  const moments: readonly (readonly [name: string, reached: () => boolean])[] = [
    ['just after the order', () => true],
    ['while the clip comes', () => parts() > 0],
    ['when the clip gets its name', () => clips('.mp4') > 0],
    ['when its sidecar is there', () => clips('.json') > 0],
    ['while its poster is written', () => clips('.jpg.part') + clips('.jpg') > 0],
  ];
  for (const [name, reached] of moments)
    it(`takes its folder away: ${name}`, async () => {
      await vscode.commands.executeCommand('kreaVideo.tryOffline');
      await order();
      await waitFor(name, reached, { deadlineMs: 25_000, everyMs: 1 });
      await vscode.commands.executeCommand('kreaVideo.leaveOffline');
      assert.deepEqual(files(), []);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }).timeout(60_000);

  it('leaves none behind that comes back', () => assert.deepEqual(files(), []));
});
