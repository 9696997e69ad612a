import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { emptyFolder } from '../support/emptyFolder';
import { sidecarFor } from '../support/sidecars';
import { waitFor } from '../support/waitFor';

const board = `---
storyboard: 1
model: kling/kling-2.5
---

# Style

Soft grain.

# Cast

## @mika

Mika.

# SH010 Roof

{{style}} {{@mika}} on a roof.

# SH020 Street

- start: last-frame(SH010)
- end: stills/end.png

{{@mika}} runs.
`;

const soon = <T>(what: Thenable<T>, name: string): Promise<T> =>
  Promise.race([
    Promise.resolve(what),
    new Promise<T>((_, reject) => setTimeout(() => reject(new Error(`Waited in vain for ${name}`)), 8000)),
  ]);

describe('names in storyboards, in this VS Code', () => {
  let folder: string;
  let document: vscode.TextDocument;
  beforeEach(async () => {
    folder = emptyFolder();
    mkdirSync(join(folder, 'stills'));
    writeFileSync(join(folder, 'stills', 'end.png'), '');
    const file = join(folder, 'film.storyboard.md');
    writeFileSync(file, board);
    document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
  });

  const at = (word: string, inside = 1): vscode.Position => document.positionAt(board.indexOf(word) + inside);
  const lineOf = (location: vscode.Location) => document.lineAt(location.range.start.line).text;
  const ask = <T>(command: string, position: vscode.Position, ...more: readonly unknown[]) =>
    vscode.commands.executeCommand<T>(command, document.uri, position, ...more);
  /** The extension begins with the first storyboard of the window. */
  const definitions = (word: string, inside?: number): Promise<readonly string[]> =>
    waitFor('a definition', async () => {
      const found = await ask<vscode.Location[]>('vscode.executeDefinitionProvider', at(word, inside));
      return found.length > 0 && found.map(lineOf);
    });

  it('leads from a mention to what it means', async () => {
    assert.deepEqual(await definitions('{{style', 3), ['# Style']);
    assert.deepEqual(await definitions('{{@mika', 4), ['## @mika']);
    assert.deepEqual(await definitions('(SH010', 2), ['# SH010 Roof']);
  });

  it('leads from what is meant to where it is used', async () => {
    await definitions('{{style', 3);
    const used = await ask<vscode.Location[]>('vscode.executeReferenceProvider', at('## @mika', 4));
    assert.ok(used.map(lineOf).filter((line) => line.includes('{{@mika}}')).length === 2, used.map(lineOf).join(' | '));
    const frames = await ask<vscode.Location[]>('vscode.executeReferenceProvider', at('# SH010', 3));
    assert.ok(frames.map(lineOf).includes('- start: last-frame(SH010)'));
  });

  it('leads from the name of a file to the file', async () => {
    await definitions('{{style', 3);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri, 100);
    assert.deepEqual(
      links.map(({ target }) => target?.fsPath),
      [join(folder, 'stills', 'end.png')],
    );
  });

  it('asks for the id of a shot, not for its whole heading, whoever else names headings', async () => {
    await definitions('{{style', 3);
    await vscode.extensions.getExtension('vscode.markdown-language-features')?.activate();
    await waitFor('the id alone', async () => {
      const asked = await ask<{ placeholder: string }>('vscode.prepareRename', at('# SH010', 3));
      return asked.placeholder === 'SH010';
    });
  });

  it('renames a block in heading and mentions', async () => {
    await definitions('{{style', 3);
    const edit = await ask<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', at('{{@mika', 4), 'emi');
    await vscode.workspace.applyEdit(edit);
    assert.equal(document.getText(), board.replaceAll('@mika', '@emi'));
  });

  it('renames a shot, and its takes follow; undo brings them back', async () => {
    await definitions('{{style', 3);
    const takes = join(folder, 'takes', 'film');
    mkdirSync(join(takes, 'SH010'), { recursive: true });
    writeFileSync(join(takes, 'SH010', 'SH010_take-001.json'), JSON.stringify(sidecarFor()));
    writeFileSync(join(takes, 'SH010', 'SH010_take-001.mp4'), 'clip');
    const edit = await ask<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', at('(SH010', 2), 'SH015');
    assert.ok(edit.size > 0);
    assert.ok(await soon(vscode.workspace.applyEdit(edit), 'the edit'));
    assert.equal(document.getText(), board.replaceAll('SH010', 'SH015'));
    await waitFor('the folder under its new name', () => existsSync(join(takes, 'SH015')), { deadlineMs: 8000 });
    const names = ['SH015_take-001.json', 'SH015_take-001.mp4'];
    await waitFor(
      'the takes under the new name',
      () => existsSync(join(takes, 'SH015')) && readdirSync(join(takes, 'SH015')).sort().join() === names.join(),
      { deadlineMs: 8000 },
    );
    const sidecar = JSON.parse(readFileSync(join(takes, 'SH015', 'SH015_take-001.json'), 'utf8'));
    assert.equal(sidecar.shot, 'SH015');
    assert.equal(sidecar.output.file, 'SH015_take-001.mp4');
    const back = await ask<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.positionAt(document.getText().indexOf('SH015') + 1),
      'SH010',
    );
    assert.ok(await soon(vscode.workspace.applyEdit(back), 'the edit back'));
    await waitFor('the takes under the old name', () => existsSync(join(takes, 'SH010', 'SH010_take-001.mp4')), { deadlineMs: 8000 });
    assert.equal(document.getText(), board);
  });

  it('refuses a name that is taken, in the text or on the disk', async () => {
    await definitions('{{style', 3);
    const rename = (name: string) => ask<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', at('(SH010', 2), name);
    await assert.rejects(Promise.resolve(rename('SH020')), /SH020/);
    await assert.rejects(Promise.resolve(rename('Roof')), /SH010, Shot 3/);
    const takes = join(folder, 'takes', 'film');
    for (const name of ['SH010', 'SH015']) mkdirSync(join(takes, name), { recursive: true });
    await assert.rejects(Promise.resolve(rename('SH015')), /SH015/);
  });
});
