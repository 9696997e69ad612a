import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension in this VS Code', () => {
  const extension = vscode.extensions.getExtension('krea-video.krea-video');

  it('is found and activates', async () => {
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers every command that it contributes', async () => {
    await extension?.activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const contributed: readonly { readonly command: string }[] = extension?.packageJSON.contributes?.commands ?? [];
    assert.deepEqual(
      contributed.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });

  it('runs in the VS Code that the runner named', () => {
    const wanted = process.env.KREA_TEST_VSCODE;
    if (wanted) assert.equal(vscode.version, wanted);
  });
});
