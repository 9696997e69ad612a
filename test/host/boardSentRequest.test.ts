import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { emptyFolder } from '../support/emptyFolder';
import { waitFor } from '../support/waitFor';

const board = `---
storyboard: 1
model: kling/kling-2.5
resolution: 1080p
---

# Cast

## @mika

Mika, grey braid.

# Night

- aspect_ratio: 9:16

## SH010 Stairs [x](command:y)

- duration: 10
- start: stills/none.png

{{@mika}} climbs. <!-- slowly --> She **smiles**.

> Less rain.

## SH020 Lamp

The lamp dims.
`;

describe('what a shot would send, in this VS Code', () => {
  let document: vscode.TextDocument;
  let editor: vscode.TextEditor;
  before(async () => {
    const file = join(emptyFolder(), 'film.storyboard.md');
    writeFileSync(file, board);
    document = await vscode.workspace.openTextDocument(file);
    editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const cursorAt = (text: string): void => {
    const at = document.positionAt(document.getText().indexOf(text));
    editor.selection = new vscode.Selection(at, at);
  };
  const shown = (): string | undefined =>
    vscode.workspace.textDocuments.find(({ uri, isClosed }) => uri.scheme === 'krea-video' && !isClosed)?.getText();
  const hoverAt = async (text: string): Promise<vscode.MarkdownString> => {
    const at = document.positionAt(document.getText().indexOf(text) + 1);
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);
    const [content] = hover?.contents ?? [];
    return content instanceof vscode.MarkdownString ? content : assert.fail(`no hover at ${text}`);
  };

  it('stands beside the text, with the origin of each value and what is left out', async () => {
    cursorAt('climbs');
    await vscode.commands.executeCommand('kreaVideo.showWhatWillBeSent');
    const text = await waitFor('the document', () => shown());
    for (const line of [
      '# SH010 Stairs',
      '- model: kling/kling-2.5 · the front matter',
      '- duration: 10 · this shot',
      '- aspect_ratio: 9:16 · the heading “Night”',
      '- resolution · the front matter · Kling 2.5 has no such field',
      '“> Less rain.” · a note, for people only',
      '“<!-- slowly -->” · a note, for people only',
      'Mika, grey braid climbs. She **smiles**.',
      'start_image: stills/none.png · Start image: there is no file stills/none.png.',
      'POST /generate/video/kling/kling-2.5',
      '"duration": 10',
    ])
      assert.ok(text.includes(line), `${line}\nnot in\n${text}`);
    assert.equal(vscode.window.activeTextEditor?.document, document, 'the storyboard keeps the cursor');
  });

  it('follows the cursor, and the text as it is written', async () => {
    cursorAt('The lamp');
    await waitFor('the other shot', () => shown()?.includes('# SH020 Lamp'));
    await editor.edit((edit) => edit.insert(document.positionAt(document.getText().indexOf('The lamp dims') + 13), ' slowly'));
    await waitFor('the new word', () => shown()?.includes('The lamp dims slowly.'));
  });

  it('is told in short over the heading of a shot, and nothing in it runs', async () => {
    const hover = await hoverAt('SH010 Stairs');
    assert.match(hover.value, /Kling 2\\\.5 · 10 s · 9\\:16 · about \\\$0\\\.\d\d/);
    assert.match(hover.value, /She \\\*\\\*smiles/);
    assert.match(hover.value, /Left out\\: resolution/);
    assert.ok(!hover.isTrusted && !hover.supportHtml && !hover.supportThemeIcons);
  });

  it('tells over a parameter what its model takes, and over a block its words', async () => {
    assert.match((await hoverAt('duration: 10')).value, /One of\\: 5\\, 10/);
    assert.match((await hoverAt('{{@mika}}')).value, /Mika\\, grey braid/);
  });
});
