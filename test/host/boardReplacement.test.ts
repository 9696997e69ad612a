import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { bundledCatalogue } from '../../src/catalogue/bundledCatalogue';
import { boardSentences } from '../../src/editor/boardSentences';
import { Boards } from '../../src/editor/boards';
import { ReplaceModel } from '../../src/editor/replaceModel';
import { replacementEdit } from '../../src/editor/replacementEdit';
import { keysOf } from '../../src/storyboard/readBoard';
import { useReplacement } from '../../src/storyboard/useReplacement';
import { emptyFolder } from '../support/emptyFolder';
import { waitFor } from '../support/waitFor';

const board = `---
storyboard: 1
model: kling/kling-2.5
---

# SH010 Roof

A cat on a roof.

# SH020 Street

- pick: 1

A dog runs.
`;

describe('another model for all shots of one that ends, in this VS Code', () => {
  let boards: Boards;
  let replacing: ReplaceModel;
  let document: vscode.TextDocument;
  beforeEach(async () => {
    const catalogue = await bundledCatalogue.load(AbortSignal.timeout(10_000));
    const sunset = { date: '2027-03-01', replacement: 'kling/kling-2.6', seen: '2026-11-01', over: false };
    const ending = {
      ...catalogue,
      models: catalogue.models.map((model) => (model.id === 'kling/kling-2.5' ? { ...model, sunset } : model)),
    };
    boards = new Boards({ models: { held: async () => ending, offered: async () => ending }, log: () => undefined });
    replacing = new ReplaceModel(boards);
    const file = join(emptyFolder(), 'film.storyboard.md');
    writeFileSync(file, board);
    document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
  });
  afterEach(() => {
    replacing.dispose();
    boards.dispose();
  });

  it('is offered where the end of the model is told', async () => {
    const read = await boards.of(document);
    const said = read && boardSentences(read, () => false).find(({ code }) => code === 'sunset');
    assert.ok(said);
    const range = new vscode.Range(document.positionAt(said.start), document.positionAt(said.end));
    const diagnostic = Object.assign(new vscode.Diagnostic(range, said.words), { source: 'Krea Video', code: 'sunset' });
    const context = { diagnostics: [diagnostic], only: undefined, triggerKind: vscode.CodeActionTriggerKind.Invoke };
    const [action, ...more] = await replacing.provideCodeActions(document, range, context);
    assert.deepEqual([action?.command?.command, more.length], ['kreaVideo.useReplacement', 0]);
    assert.match(action?.title ?? '', /kling-2\.6/);
    const other = Object.assign(new vscode.Diagnostic(range, 'x'), { source: 'else', code: 'sunset' });
    assert.deepEqual(await replacing.provideCodeActions(document, range, { ...context, diagnostics: [other] }), []);
  });

  it('changes nothing that is not ticked in the preview', async () => {
    const run = replacing.run({ uri: document.uri, model: 'kling/kling-2.5' });
    const ended = run.then(() => true);
    // the preview waits for a yes; asked too early it does nothing
    await waitFor('the end of the preview', async () => {
      await vscode.commands.executeCommand('refactorPreview.apply');
      return Promise.race([ended, new Promise<false>((resolve) => setTimeout(resolve, 100, false))]);
    });
    assert.equal(document.getText(), board);
  });

  it('leaves the picked shot with its model, and asks about each line', async () => {
    const read = await boards.of(document);
    assert.ok(read);
    const around = { catalogue: read.catalogue, modelId: '', parameters: {}, otherBlocks: [] };
    const used = await useReplacement(read.text, keysOf(read.catalogue), around, 'kling/kling-2.5');
    assert.equal(used.kind, 'replacement');
    if (used.kind !== 'replacement') return;
    const ticked = new vscode.WorkspaceEdit();
    ticked.set(document.uri, replacementEdit(read, used, 'Kling 2.5').get(document.uri));
    await vscode.workspace.applyEdit(ticked);
    assert.equal(document.getText(), expected);
  });
});

const expected = board
  .replace('model: kling/kling-2.5', 'model: kling/kling-2.6')
  .replace('- pick: 1\n', '- pick: 1\n- model: kling/kling-2.5\n');
