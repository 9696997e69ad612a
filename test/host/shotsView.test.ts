import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { BoardInUse } from '../../src/editor/boardInUse';
import { statusWords } from '../../src/editor/shotStatusBar';
import type { ShotsNode } from '../../src/editor/shotsNode';
import { boardLines, ShotsView } from '../../src/editor/shotsView';
import { waitFor } from '../support/waitFor';
import { ShotsLab } from './shotsLab';

const film = `---
storyboard: 1
model: kling/kling-2.5
budget: 8
---

# The film

## Storm

### SH010 The tower

- pick: 1

A white lighthouse.

### SH020

A $(zap) [x](command:y) <b>staircase</b>.

## Morning

### SH030 Nothing yet

### SH040 The old clip

- clip: old.mp4

### SH050 Cut out

- omit: true

A gull.

### SH060 Too long

- duration: 7

Waves.
`;

/** A tree that a test shows and hides. */
class ShownTree {
  visible = true;
  message = '';
  description = '';
  selection: readonly ShotsNode[] = [];
  readonly revealed: ShotsNode[] = [];
  private readonly seen = new vscode.EventEmitter<vscode.TreeViewVisibilityChangeEvent>();
  readonly onDidChangeVisibility = this.seen.event;

  show(visible: boolean): void {
    this.visible = visible;
    this.seen.fire({ visible });
  }

  reveal(node: ShotsNode): Promise<void> {
    this.revealed.push(node);
    this.selection = [node];
    return Promise.resolve();
  }
}

describe('the Shots view, in this VS Code', () => {
  let lab: ShotsLab;
  let tree: ShownTree;
  let inUse: BoardInUse;
  let view: ShotsView;
  let fired: number;

  beforeEach(() => {
    lab = new ShotsLab();
    tree = new ShownTree();
    inUse = new BoardInUse(lab.boards);
    view = new ShotsView(tree, { inUse, states: lab.states, desk: lab.desk, log: lab.log });
    fired = 0;
    view.onDidChangeTreeData(() => {
      fired += 1;
    });
  });
  afterEach(async () => {
    view.dispose();
    inUse.dispose();
    await lab.close();
    assert.deepEqual(lab.troubles, []);
  });

  const rows = async (node?: ShotsNode): Promise<readonly (readonly [string, string])[]> => {
    const children = await view.getChildren(node);
    const own = children.map((child) => {
      const { label, description } = view.getTreeItem(child);
      return [String(label), String(description)] as const;
    });
    const below = await Promise.all(children.map((child) => rows(child)));
    return own.flatMap((row, index) => [row, ...(below[index] ?? [])]);
  };
  const untilRows = (wanted: readonly (readonly [string, string])[]) =>
    waitFor(
      'the rows',
      async () => {
        const found = await rows();
        return JSON.stringify(found) === JSON.stringify(wanted) || undefined;
      },
      { deadlineMs: 10_000 },
    ).catch(async () => assert.deepEqual(await rows(), wanted));
  const nodeOf = async (id: string, within?: ShotsNode): Promise<ShotsNode> => {
    for (const node of await view.getChildren(within)) {
      if (node.kind === 'shot' && node.shot === id) return node;
      if (node.kind === 'group') {
        const found = await nodeOf(id, node).catch(() => undefined);
        if (found) return found;
      }
    }
    throw new Error(id);
  };

  it('has a row for each scene, shot and take that says how it stands', async () => {
    const { document } = await lab.show(film);
    const hash = await lab.hashOf(document, 'SH020');
    lab.saveTakes('SH010', [{ take: 1 }, { take: 2, isBare: true }]);
    lab.saveTakes('SH020', [{ take: 1, hash, hasPoster: true }]);
    await lab.until(document, 'SH010', 'changed');
    await lab.until(document, 'SH020', 'current');
    await untilRows([
      ['Storm', '2 shots · about $0.73'],
      ['SH010 The tower', 'changed since take 1 · about $0.37 · 2 takes'],
      ['Take 2', 'not here · 1.00 s · 64 × 36 · about $0.35 · kling/kling-2.5'],
      ['Take 1', 'picked · 1.00 s · 64 × 36 · about $0.35 · kling/kling-2.5'],
      ['SH020', 'current · about $0.37 · 1 take'],
      ['Take 1', 'current · 1.00 s · 64 × 36 · about $0.35 · kling/kling-2.5'],
      ['Morning', '4 shots'],
      ['SH030 Nothing yet', 'no prompt yet'],
      ['SH040 The old clip', 'own footage'],
      ['SH050 Cut out', 'omitted'],
      ['SH060 Too long', 'no take · price not known · 1 error'],
    ]);
    assert.equal(tree.description, 'film');
    assert.match(tree.message ?? '', /^5 shots · one take of each: about \$0\.73, without 1 of unknown price · budget \$8\.00$/);
  });

  it('offers in the menu of a row what can be done with it', async () => {
    const { document } = await lab.show(film);
    lab.saveTakes('SH010', [{ take: 1 }, { take: 2, isBare: true }]);
    await lab.until(document, 'SH010', 'changed');
    await waitFor('the takes', async () => (await view.getChildren(await nodeOf('SH010'))).length === 2);
    const contexts = async (id: string) => view.getTreeItem(await nodeOf(id)).contextValue;
    assert.equal(await contexts('SH010'), 'shot can-generate can-play can-pick');
    assert.equal(await contexts('SH020'), 'shot can-generate');
    for (const id of ['SH030', 'SH040', 'SH050', 'SH060']) assert.equal(await contexts(id), 'shot', id);
    const takes = await view.getChildren(await nodeOf('SH010'));
    assert.deepEqual(
      takes.map((take) => view.getTreeItem(take).contextValue),
      ['take can-pick', 'take can-play is-picked'],
    );
  });

  it('shows the poster of the take that stands for the shot', async () => {
    const { document } = await lab.show(film);
    lab.saveTakes('SH010', [{ take: 1, hasPoster: true }, { take: 2 }]);
    await lab.until(document, 'SH010', 'changed');
    const icon = await waitFor('the poster', async () => {
      const { iconPath } = view.getTreeItem(await nodeOf('SH010'));
      return iconPath instanceof vscode.Uri && iconPath;
    });
    assert.match(icon.path, /SH010_take-001\.jpg$/);
  });

  it('names a shot to commands with the price that stood in its row', async () => {
    const { document } = await lab.show(film);
    await waitFor('rows', async () => (await view.getChildren()).length > 0);
    const node = await nodeOf('SH010');
    assert.ok(node.kind === 'shot' && node.uri.toString() === document.uri.toString());
    assert.equal(node.kind === 'shot' && node.seen, 366_700);
    lab.kind = 'offline';
    view.dispose();
    view = new ShotsView(tree, { inUse, states: lab.states, desk: lab.desk, log: lab.log });
    const free = await nodeOf('SH010');
    assert.equal(free.kind === 'shot' && free.seen, undefined, 'the demo costs nothing');
    assert.match(String(view.getTreeItem(free).description), /free/);
  });

  it('has commands behind its rows that there are', async () => {
    const { document } = await lab.show(film);
    lab.saveTakes('SH010', [{ take: 1 }]);
    await lab.until(document, 'SH010', 'changed');
    const [take] = await waitFor('the take', async () => {
      const takes = await view.getChildren(await nodeOf('SH010'));
      return takes.length > 0 && takes;
    });
    const there = await vscode.commands.getCommands(true);
    for (const node of [await nodeOf('SH010'), take]) {
      const { command } = view.getTreeItem(node ?? assert.fail('no take'));
      assert.ok(command && there.includes(command.command), command?.command);
      assert.equal(command.arguments?.[0], node);
    }
  });

  it('speaks each row as a sentence', async () => {
    await lab.show(film);
    await waitFor('rows', async () => (await view.getChildren()).length > 0);
    const spoken = view.getTreeItem(await nodeOf('SH060')).accessibilityInformation?.label;
    assert.equal(spoken, 'SH060 Too long, no take, price not known, 1 error');
  });

  it('trusts nothing in a tooltip', async () => {
    await lab.show(film);
    await waitFor('rows', async () => (await view.getChildren()).length > 0);
    const node = await nodeOf('SH020');
    const { tooltip } = view.resolveTreeItem(view.getTreeItem(node), node);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.ok(!tooltip.isTrusted && !tooltip.supportHtml && !tooltip.supportThemeIcons);
    assert.doesNotMatch(tooltip.value, /[^\\]\]\(|<b>/);
  });

  it('selects the row of the shot at the cursor, and nothing while it is hidden', async () => {
    const editor = await lab.show(film);
    await waitFor('rows', async () => (await view.getChildren()).length > 0);
    const goTo = (text: string) => {
      const at = editor.document.positionAt(editor.document.getText().indexOf(text));
      editor.selection = new vscode.Selection(at, at);
    };
    goTo('staircase');
    await waitFor('the row', () => tree.revealed.some((node) => node.kind === 'shot' && node.shot === 'SH020'));
    tree.show(false);
    const before = tree.revealed.length;
    goTo('gull');
    tree.show(true);
    await waitFor('the row', () => tree.revealed.some((node) => node.kind === 'shot' && node.shot === 'SH050'));
    assert.equal(tree.revealed.length, before + 1);
  });

  it('does not call back who walks through the rows while a shot changes', async () => {
    const editor = await lab.show(film);
    const goTo = (text: string) => {
      const at = editor.document.positionAt(editor.document.getText().indexOf(text));
      editor.selection = new vscode.Selection(at, at);
    };
    const ids = () => tree.revealed.map((node) => (node.kind === 'group' ? '' : node.shot));
    await waitFor('rows', async () => (await view.getChildren()).length > 0);
    goTo('staircase');
    await waitFor('the row', () => ids().at(-1) === 'SH020');
    tree.selection = [await nodeOf('SH060')];
    fired = 0;
    lab.saveTakes('SH020', [{ take: 1 }]);
    await lab.until(editor.document, 'SH020', 'changed');
    await waitFor('the new rows', () => fired > 0);
    goTo('gull');
    await waitFor('the row', () => ids().at(-1) === 'SH050');
    assert.deepEqual(ids(), ['SH020', 'SH050']);
  });

  it('does not come anew for a keystroke that no row shows', async () => {
    const editor = await lab.show(film);
    await waitFor('rows', async () => (await view.getChildren()).length > 0);
    fired = 0;
    await editor.edit((edit) => edit.insert(editor.document.positionAt(film.indexOf('white')), 'very '));
    await lab.view(editor.document);
    const at = editor.document.getText().indexOf(' Nothing yet');
    await editor.edit((edit) => edit.insert(editor.document.positionAt(at), ' Still'));
    await waitFor('the new title', () => fired > 0);
    assert.equal(fired, 1);
  });

  it('keeps showing the storyboard while another text is in front, and the next one then', async () => {
    await lab.show(film);
    await waitFor('rows', async () => (await view.getChildren()).length > 0);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'notes', language: 'markdown' }));
    assert.equal((await view.getChildren()).length, 2);
    await lab.show('# SH1\n\nA cat.\n', 'other.storyboard.md');
    await waitFor('the other board', () => tree.description === 'other');
  });

  it('parts 10,000 shots into ranges that are shut, and takes no time for them', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `## SH${String(index).padStart(4, '0')}\n\nA wave.\n`).join('\n');
    await lab.show(`---\nmodel: kling/kling-2.5\n---\n\n${many}`, 'long.storyboard.md');
    const groups = await waitFor('ranges', async () => {
      const found = await view.getChildren();
      return found.length === 100 && found;
    });
    const started = performance.now();
    const items = groups.map((group) => view.getTreeItem(group));
    assert.ok(performance.now() - started < 100, `${performance.now() - started} ms`);
    assert.equal(items[1]?.label, 'SH0100 – SH0199');
    assert.equal(items[1]?.collapsibleState, vscode.TreeItemCollapsibleState.Collapsed);
  }).timeout(120_000);

  describe('the status bar', () => {
    it('says of the shot what its lens says', async () => {
      const { document } = await lab.show(film);
      lab.saveTakes('SH010', [{ take: 1 }]);
      const board = await lab.until(document, 'SH010', 'changed');
      const words = (id: string, trusted = true) =>
        statusWords(
          board,
          board.shots.find(({ resolved }) => resolved.shot.id === id),
          false,
          trusted,
        );
      assert.equal(words('SH010').text, '$(device-camera-video) SH010 · changed since take 1 · about $0.37');
      assert.equal(words('SH010').spoken, 'Shot SH010 The tower, changed since take 1, about $0.37');
      assert.equal(words('SH060').text, '$(device-camera-video) SH060 · no take · price not known · 1 error');
      assert.equal(words('SH030').text, '$(device-camera-video) SH030 · no prompt yet');
      assert.match(words('SH010', false).text, / · Restricted Mode$/);
      assert.match(statusWords(board, undefined, true, true).text, /^\$\(device-camera-video\) 5 shots · free/);
    });

    it('says in Restricted Mode that nothing is sent', async () => {
      const { document } = await lab.show(film);
      const lines = boardLines(await lab.view(document), false, false);
      assert.equal(lines.at(-1), 'Restricted Mode: nothing from this folder is sent.');
      assert.equal(boardLines(await lab.view(document), false, true).length, 1);
    });
  });
});
