import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { emptyFolder } from '../support/emptyFolder';
import { waitFor } from '../support/waitFor';

const cursor = '‸';
const front =
  '---\nstoryboard: 1\nmodel: kling/kling-2.5\nduration: 5\n---\n\n# Style\n\nSoft grain.\n\n# Cast\n\n## @mika\n\nMika.\n\n# SH010 Roof\n\nA cat.\n\n';

describe('completion in storyboards, in this VS Code', () => {
  let folder: string;
  before(() => {
    folder = emptyFolder();
    mkdirSync(join(folder, 'stills', 'more'), { recursive: true });
    for (const name of ['b.PNG', 'a.jpg', 'words.txt', 'sound.mp3']) writeFileSync(join(folder, 'stills', name), '');
  });

  const items = async (name: string, marked: string, trigger?: string): Promise<readonly vscode.CompletionItem[]> => {
    const file = join(folder, name);
    const offset = marked.indexOf(cursor);
    writeFileSync(file, marked.replace(cursor, ''));
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      document.positionAt(offset),
      trigger,
    );
    // words of the text are VS Code's own, where nobody has anything better
    return list.items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
  };
  const nameOf = ({ label }: vscode.CompletionItem) => (typeof label === 'string' ? label : label.label);
  const descriptionOf = ({ label }: vscode.CompletionItem) => (typeof label === 'string' ? undefined : label.description);

  /** The extension begins with the first storyboard of the window. */
  const awaited = (name: string, marked: string, wanted: string): Promise<readonly vscode.CompletionItem[]> =>
    waitFor(`${wanted} among the completions`, async () => {
      const found = await items(name, marked);
      return found.some((item) => nameOf(item) === wanted) ? found : undefined;
    });

  it('offers keys with a line on what they are for', async () => {
    const found = await awaited('keys.storyboard.md', `${front}# SH020\n\n- ${cursor}\n`, 'aspect_ratio');
    const pick = found.find((item) => nameOf(item) === 'pick');
    assert.ok(pick?.documentation instanceof vscode.MarkdownString && pick.documentation.value !== '');
    assert.ok(!found.some((item) => nameOf(item) === 'resolution'), 'Kling 2.5 has none');
  });

  it('offers values with what they add to the price', async () => {
    const found = await awaited('values.storyboard.md', `${front}# SH020\n\n- duration: ${cursor}\n\nA dog.\n`, '10');
    const ten = found.find((item) => nameOf(item) === '10');
    assert.match(descriptionOf(ten ?? assert.fail()) ?? '', /^\+\$\d+\.\d\d/);
    const five = found.find((item) => nameOf(item) === '5');
    assert.match(descriptionOf(five ?? assert.fail()) ?? '', /^about \$/);
  });

  it('offers models with price and what they can do', async () => {
    const found = await awaited('models.storyboard.md', `${front}# SH020\n\n- model: ${cursor}\n\nA dog.\n`, 'google/veo-3.1');
    const veo = found.find((item) => nameOf(item) === 'google/veo-3.1');
    assert.ok(veo?.documentation instanceof vscode.MarkdownString);
    assert.match(veo.documentation.value, /16/);
    // it has no 5 s
    assert.equal(descriptionOf(veo), 'price not known');
    assert.ok(found.some((item) => /^[+−]\$\d/.test(descriptionOf(item) ?? '')));
    assert.match(descriptionOf(found.find((item) => nameOf(item) === 'kling/kling-2.5') ?? assert.fail()) ?? '', /^about \$/);
  });

  it('offers blocks with their text', async () => {
    const found = await awaited('blocks.storyboard.md', `${front}# SH020\n\n{{${cursor}}}\n`, 'style');
    const style = found.find((item) => nameOf(item) === 'style');
    assert.ok(style?.documentation instanceof vscode.MarkdownString);
    assert.match(style.documentation.value, /Soft grain/);
    assert.ok(found.some((item) => nameOf(item) === '@mika'));
  });

  it('offers pictures beside the board, and folders to go into', async () => {
    const first = await awaited('files.storyboard.md', `${front}# SH020\n\n- start: ${cursor}\n`, 'stills/');
    assert.ok(first.some((item) => nameOf(item) === 'last-frame(SH010)'));
    const inside = await awaited('files.storyboard.md', `${front}# SH020\n\n- start: stills/${cursor}\n`, 'a.jpg');
    assert.deepEqual(inside.map(nameOf), ['a.jpg', 'b.PNG', 'more/']);
  });

  it('leaves pictures of Markdown to Markdown', async () => {
    const found = await items('pictures.storyboard.md', `${front}# SH020\n\n![start](stills/${cursor})\n`, '/');
    assert.equal(found.map(nameOf).filter((name) => name === 'a.jpg').length, 1, 'once, by VS Code itself');
  });

  it('is silent in a sentence and in other Markdown', async () => {
    const sentence = await items('sentence.storyboard.md', `${front}# SH020\n\nA dog ${cursor}\n`, ' ');
    assert.deepEqual(sentence.map(nameOf), []);
    const other = await items('readme.md', `# SH020\n\n- ${cursor}\n`, '-');
    assert.ok(!other.some((item) => nameOf(item) === 'duration'));
  });
});
