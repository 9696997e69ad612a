import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { ImageDrop } from '../../src/editor/imageDrop';
import { emptyFolder } from '../support/emptyFolder';
import { ShotsLab } from './shotsLab';

const board = '---\nmodel: kling/kling-2.5\n---\n\n# Film\n\n## SH010 The tower\n\nA lighthouse.\n';

describe('an image that is dropped on a shot, in this VS Code', () => {
  let lab: ShotsLab;
  let drop: ImageDrop;
  beforeEach(() => {
    lab = new ShotsLab();
    drop = new ImageDrop(lab.boards, lab.log);
  });
  afterEach(async () => {
    drop.dispose();
    await lab.close();
    assert.deepEqual(lab.troubles, []);
  });

  const image = (name: string, folder = lab.folder): vscode.Uri => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, 'picture');
    return vscode.Uri.file(file);
  };
  const dragged = (...uris: readonly vscode.Uri[]): vscode.DataTransfer => {
    const data = new vscode.DataTransfer();
    data.set('text/uri-list', new vscode.DataTransferItem(uris.map(String).join('\r\n')));
    return data;
  };
  const dropAt = async (document: vscode.TextDocument, text: string, data: vscode.DataTransfer) =>
    drop.provideDocumentDropEdits(document, document.positionAt(document.getText().indexOf(text)), data);
  const take = async (edit: vscode.DocumentDropEdit | undefined): Promise<void> => {
    assert.ok(edit?.additionalEdit && edit.insertText === '');
    assert.ok(await vscode.workspace.applyEdit(edit.additionalEdit));
  };

  it('is offered as start, end and reference, and becomes one line', async () => {
    const { document } = await lab.show(board);
    const edits = await dropAt(document, 'A lighthouse', dragged(image('stills/my tower.png')));
    assert.deepEqual(
      edits.map(({ title }) => title),
      ['Start image of SH010', 'End image of SH010', 'Reference image of SH010'],
    );
    await take(edits[0]);
    assert.equal(document.getText(), board.replace('A lighthouse', '- start: stills/my tower.png\n\nA lighthouse'));
    const [, end] = await dropAt(document, 'A lighthouse', dragged(image('up.JPG', path.join(lab.folder, 'deep'))));
    await take(end);
    assert.ok(document.getText().includes('- start: stills/my tower.png\n- end: deep/up.JPG\n\nA'));
  });

  it('is written from where the storyboard lies', async () => {
    const { document } = await lab.show(board, path.join(mkdir('boards'), 'film.storyboard.md'));
    const [start] = await dropAt(document, 'A lighthouse', dragged(image('stills/x.png')));
    await take(start);
    assert.ok(document.getText().includes('- start: ../stills/x.png\n'));
  });
  const mkdir = (name: string): string => {
    mkdirSync(path.join(lab.folder, name));
    return name;
  };

  it('is one reference more each time', async () => {
    const { document } = await lab.show(board);
    const first = await dropAt(document, 'A lighthouse', dragged(image('a.png'), image('b.webp')));
    await take(first[2]);
    const [, , again] = await dropAt(document, 'A lighthouse', dragged(image('c.png')));
    await take(again);
    assert.ok(document.getText().includes('- refs: [a.png, b.webp, c.png]\n'), document.getText());
  });

  it('is copied into stills/ from outside the folder, and says so', async () => {
    const outside = image('sea.png', emptyFolder());
    image('stills/sea.png');
    const { document } = await lab.show(board);
    const [start] = await dropAt(document, 'A lighthouse', dragged(outside));
    assert.match(start?.title ?? '', /copied into stills\/, since it lies outside/);
    assert.ok(!existsSync(path.join(lab.folder, 'stills/sea-2.png')), 'nothing before it is taken');
    await take(start);
    assert.ok(existsSync(path.join(lab.folder, 'stills/sea-2.png')), 'no file is replaced');
    assert.ok(document.getText().includes('- start: stills/sea-2.png\n'));
  });

  const nothing: readonly (readonly [what: string, at: string, data: () => vscode.DataTransfer, name?: string])[] = [
    ['a file that is no image', 'A lighthouse', () => dragged(image('notes.txt'))],
    ['words', 'A lighthouse', () => new vscode.DataTransfer()],
    ['an address', 'A lighthouse', () => dragged(vscode.Uri.parse('https://example.invalid/a.png'))],
    ['an image outside the shots', '# Film', () => dragged(image('a.png'))],
    ['an image on Markdown that is no storyboard', 'A lighthouse', () => dragged(image('a.png')), 'notes.md'],
  ];
  for (const [what, at, data, name] of nothing)
    it(`leaves ${what} to the editor`, async () => {
      const file = path.join(lab.folder, name ?? 'film.storyboard.md');
      writeFileSync(file, board);
      const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
      assert.deepEqual(await dropAt(document, at, data()), []);
    });

  it('is pasted only when that is asked for', async () => {
    const { document } = await lab.show(board);
    const at = document.positionAt(board.indexOf('A lighthouse'));
    const edits = await drop.provideDocumentPasteEdits(document, [new vscode.Range(at, at)], dragged(image('a.png')));
    assert.equal(edits.length, 3);
    assert.ok(edits.every(({ yieldTo }) => yieldTo?.some(({ value }) => value === 'markdown')));
  });
});
