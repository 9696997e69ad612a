import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { emptyFolder } from '../support/emptyFolder';
import { waitFor } from '../support/waitFor';

const { Error: error, Warning: warning, Hint: hint } = vscode.DiagnosticSeverity;
const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const kling = '---\nstoryboard: 1\nmodel: kling/kling-2.5\n---\n\n';

describe('what is said of a storyboard, in this VS Code', () => {
  let folder: string;
  before(() => {
    folder = emptyFolder();
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const open = async (name: string, text: string): Promise<vscode.TextDocument> => {
    const file = join(folder, name);
    writeFileSync(file, text);
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    return document;
  };

  const said = ({ uri }: vscode.TextDocument): readonly vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Krea Video');

  /** The extension begins with the first storyboard of a window, and files are looked at a moment later. */
  const saidOf = (document: vscode.TextDocument, code: string): Promise<vscode.Diagnostic> =>
    waitFor(code, () => said(document).find((one) => one.code === code));

  const rows: readonly (readonly [
    name: string,
    text: string,
    code: string,
    severity: vscode.DiagnosticSeverity,
    at: string,
    words: RegExp,
  ])[] = [
    ['a length', '## SH1\n- duration: 7 s\n\nA cat.\n', 'notInList', error, '7 s', /^Kling 2\.5: duration must be one of: 5, 10$/],
    ['a block', '## SH1\nA {{stile}} cat.\n', 'unknownBlock', error, '{{stile}}', /stile/],
    ['an id', '## SH1\nA cat.\n## SH1\nA dog.\n', 'duplicateId', error, 'SH1', /SH1 already/],
    [
      'a note that is nearly a field',
      '## SH1\n- duration: 5\n- aspect ration: 9:16\n\nA cat.\n',
      'nearKey',
      warning,
      'aspect ration',
      /aspect_ratio/,
    ],
    ['a numbered heading', '## 3. The door\n\nA cat.\n', 'numberedHeading', hint, '3. The door', /no shot/],
    [
      'a file that is not there',
      '## SH1\n- start: stills/none.png\n\nA cat.\n',
      'file',
      error,
      'stills/none.png',
      /no file stills\/none\.png/,
    ],
    ['a shot that is not to be made', '## SH1\n- duration: 7\n- omit: true\n\nA cat.\n', 'notInList', hint, '7', /must be one of/],
  ];
  for (const [index, [name, text, code, severity, at, words]] of rows.entries())
    it(`tells of ${name} where it stands`, async () => {
      const document = await open(`row-${index}.storyboard.md`, kling + text);
      const found = await saidOf(document, code);
      assert.equal(found.severity, severity);
      assert.equal(document.getText(found.range), at);
      assert.match(found.message, words);
    });

  it('tells of a model that is gone once, where a whole board names it', async () => {
    const document = await open('gone.storyboard.md', '---\nmodel: kling/kling-2.1\n---\n# SH1\nA cat.\n# SH2\nA dog.\n');
    await saidOf(document, 'retiredModel');
    assert.deepEqual(
      said(document).map(({ range }) => document.getText(range)),
      ['kling/kling-2.1'],
    );
  });

  it('says nothing any more when it is put right', async () => {
    const document = await open('live.storyboard.md', `${kling}## SH1\n- duration: 7\n\nA cat.\n`);
    await saidOf(document, 'notInList');
    const seven = document.positionAt(document.getText().indexOf('7\n'));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(seven, seven.translate(0, 1)), '10');
    await vscode.workspace.applyEdit(edit);
    await waitFor('nothing to be said', () => said(document).length === 0);
  });

  it('looks at a file again when it comes and when it goes', async () => {
    const [root] = vscode.workspace.workspaceFolders ?? [];
    const stills = join(root?.uri.fsPath ?? assert.fail('no folder'), 'stills');
    const still = join(stills, 'live.png');
    mkdirSync(stills, { recursive: true });
    const file = join(stills, '..', 'files.storyboard.md');
    writeFileSync(file, `${kling}## SH1\n- start: stills/live.png\n\nA cat.\n`);
    const document = await vscode.workspace.openTextDocument(file);
    assert.match((await saidOf(document, 'file')).message, /no file/);
    writeFileSync(still, pixel);
    await waitFor('it is there, and small', () => said(document).some(({ code, severity }) => code === 'file' && severity === warning));
    rmSync(still);
    assert.match((await waitFor('it is gone', () => said(document).find(({ severity }) => severity === error))).message, /no file/);
    rmSync(file);
  });

  it('warns where the budget stands that the shots come to more', async () => {
    const document = await open('budget.storyboard.md', '---\nmodel: kling/kling-2.5\nbudget: 0.50\n---\n# SH1\nA cat.\n# SH2\nA dog.\n');
    const found = await saidOf(document, 'budget');
    assert.equal(found.severity, warning);
    assert.equal(document.getText(found.range), '0.50');
    assert.match(found.message, /about \$0\.\d\d\. That is over the budget of \$0\.50/);
  });

  it('offers what settles it, the likeliest first, and it is settled', async () => {
    const document = await open('fix.storyboard.md', `${kling}## SH1\r\n- duration: 7 s\r\n\r\nA cat.\r\n`);
    const found = await saidOf(document, 'notInList');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
    );
    // the command gives back no diagnostics with them
    const ours = actions.filter(({ title }) => /duration/.test(title));
    assert.deepEqual(
      ours.map(({ title, isPreferred }) => [title, isPreferred]),
      [
        ['Change duration to 5', true],
        ['Change duration to 10', false],
      ],
    );
    const before = document.getText();
    await vscode.workspace.applyEdit(ours[0]?.edit ?? assert.fail('no edit'));
    assert.equal(document.getText(), before.replace('7 s', '5 s'));
    await waitFor('nothing to be said', () => said(document).length === 0);
  });

  it('says nothing of other Markdown', async () => {
    const board = await open('other.storyboard.md', `${kling}## SH1\n- duration: 7\n\nA cat.\n`);
    const notes = await open('notes.md', '## SH1\n- duration: 7\n\nA cat.\n');
    await saidOf(board, 'notInList');
    assert.deepEqual(said(notes), []);
  });
});
