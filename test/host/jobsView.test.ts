import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { groupItem } from '../../src/editor/groupItem';
import { jobItem, jobTooltip } from '../../src/editor/jobItem';
import type { JobsNode } from '../../src/editor/jobsNode';
import { JobsView } from '../../src/editor/jobsView';
import { SpendingView } from '../../src/editor/spendingView';
import { systemClock } from '../../src/jobs/clock';
import type { JobState } from '../../src/jobs/job';
import { Ledger } from '../../src/jobs/ledger';
import { emptyFolder } from '../support/emptyFolder';
import { fillLedger, rowJob, rowState } from '../support/ledgerRows';
import { waitFor } from '../support/waitFor';

const now = new Date(2026, 5, 10, 12).getTime();
const clock = { ...systemClock, wall: () => now };

/** A tree that a test shows and hides. */
class ShownTree {
  visible = false;
  message = '';
  private readonly seen = new vscode.EventEmitter<vscode.TreeViewVisibilityChangeEvent>();
  readonly onDidChangeVisibility = this.seen.event;

  show(visible: boolean): void {
    this.visible = visible;
    this.seen.fire({ visible });
  }
}

const active = (kind: string): number => process.getActiveResourcesInfo().filter((name) => name === kind).length;

describe('the Jobs view, in this VS Code', () => {
  let folder: string;
  let tree: ShownTree;
  let view: JobsView;
  let fired: number;
  beforeEach(() => {
    folder = emptyFolder();
    tree = new ShownTree();
    const kept = new Map<string, unknown>();
    const memory = {
      keys: () => [...kept.keys()],
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) => void kept.set(key, value),
    } as vscode.Memento;
    view = new JobsView(tree, { desk: () => ({ kind: 'krea', folder }), memory, clock, log: () => undefined });
    fired = 0;
    view.onDidChangeTreeData(() => {
      fired += 1;
    });
  });
  afterEach(() => view.dispose());

  const job = (id: string, name: JobState['name'], order = {}) => rowJob(id, now - 42_000, rowState(name, id, now - 42_000), order);
  const touch = () => writeFileSync(Ledger.stampOf(folder), String(Math.random()));
  const firstGroup = async (): Promise<JobsNode> => (await view.getChildren())[0] ?? assert.fail('no group');

  it('holds no watch and no timer while it is hidden', async () => {
    await fillLedger(folder, clock, [job('a', 'running')]);
    const before = active('FSEventWrap');
    tree.show(true);
    assert.equal(active('FSEventWrap'), before + 1, 'a watch while it is seen');
    await view.getChildren(await firstGroup());
    const timers = active('Timeout');
    const watches = active('FSEventWrap');
    tree.show(false);
    assert.equal(active('Timeout'), timers - 1, 'no age is told any more');
    // the system lets go of it a moment later
    await waitFor('the end of the watch', () => active('FSEventWrap') < watches);
  });

  it('has no timer while nothing is live', async () => {
    await fillLedger(folder, clock, [job('a', 'done'), job('b', 'failed')]);
    tree.show(true);
    await view.getChildren(await firstGroup());
    const timers = active('Timeout');
    tree.show(false);
    assert.equal(active('Timeout'), timers);
  });

  it('looks again when any window writes', async () => {
    await fillLedger(folder, clock, [job('a', 'done')]);
    tree.show(true);
    await view.getChildren();
    fired = 0;
    touch();
    await waitFor('a new look', () => fired > 0);
  });

  it('names in words, rows and menus what each state allows', async () => {
    const rows: readonly (readonly [JobState['name'], RegExp, RegExp])[] = [
      ['running', /^running · 0:42 of about 1:34 · about \$0\.37 · Kling 2\.5$/, /can-cancel .*first-cancel/],
      ['done', /^saved · just now/, /can-play .*first-play/],
      ['failed', /^failed/, /can-generateAgain .*first-generateAgain/],
      ['notFetched', /^finished, not fetched/, /can-saveAgain .*first-saveAgain/],
      ['unknown', /^unclear/, /can-submitAgain/],
      ['overdue', /^overdue/, /first-lookAgain/],
      ['notSent', /^not sent/, /first-sendNow/],
      ['downloading', /^saving/, /^job can-copyJobId can-openLog can-openText$/],
    ];
    for (const [name, words, context] of rows) {
      const item = await jobItem(job('a', name), now);
      assert.match(String(item.description), words);
      assert.match(item.contextValue ?? '', context);
      assert.ok(item.accessibilityInformation?.label.startsWith('a heron at dawn, '), name);
      assert.doesNotMatch(item.accessibilityInformation?.label ?? '', /0:42/, 'nothing that changes at every look is spoken');
    }
  });

  it('shows in words that a price is not known', async () => {
    const item = await jobItem(job('a', 'done', { estimate: { kind: 'unknown' } }), now);
    assert.match(String(item.description), /price not known/);
  });

  it('trusts nothing in a tooltip', async () => {
    const prompt = '$(zap) [x](command:y) <b>z</b> ![](http://a/b.png) https://example.invalid';
    const tooltip = await jobTooltip(job('a', 'failed', { prompt }));
    assert.equal(tooltip.isTrusted ?? false, false);
    assert.equal(tooltip.supportHtml ?? false, false);
    assert.equal(tooltip.supportThemeIcons ?? false, false);
    assert.doesNotMatch(tooltip.value, /[^\\]\]\(|<b>|[^\\]:\/\//);
  });

  it('tells through a group that is shut what needs a look', () => {
    const counts = { running: 1, finished: 3, failed: 2, unclear: 1 };
    const item = groupItem({ group: { kind: 'storyboard', root: '/films/whales', source: 'act-1.storyboard.md' }, counts }, false, now);
    assert.equal(item.label, 'act-1.storyboard.md');
    assert.equal(item.description, 'whales · 7 jobs · 1 running · 1 unclear · 2 without a clip');
    assert.equal(item.iconPath instanceof vscode.ThemeIcon && item.iconPath.id, 'question');
  });

  it('says what is wrong where the ledger cannot be read', async () => {
    await fillLedger(folder, clock, [job('a', 'done')]);
    rmSync(`${folder}/ledger.sqlite`);
    mkdirSync(`${folder}/ledger.sqlite`);
    assert.deepEqual(await view.getChildren(), []);
    assert.match(tree.message, /list of jobs/);
  });

  it('names in Spending what is unclear and what has no price', async () => {
    const price = (microUsd: number) => ({ estimate: { kind: 'about', microUsd, date: '2026-05' } });
    await fillLedger(folder, clock, [
      job('a', 'done', price(300_000)),
      job('b', 'unknown', price(400_000)),
      job('c', 'done', { estimate: { kind: 'unknown' } }),
      job('d', 'refused', price(9_000_000)),
    ]);
    const spending = new SpendingView(tree, folder, clock, () => undefined);
    const [total, ...by] = await spending.getChildren();
    const item = total && spending.getTreeItem(total);
    assert.equal(item?.description, 'about $0.70 · 3 jobs · about $0.40 of it unclear (1) · 1 more without a known price');
    assert.equal(item?.accessibilityInformation?.label, `All together, ${item?.description.replaceAll(' · ', ', ')}`);
    assert.match(String(item?.tooltip), /sums of estimates/);
    const sums = await Promise.all(by.map((node) => spending.getChildren(node)));
    assert.deepEqual(
      sums.flat().map((node) => spending.getTreeItem(node).label),
      ['Today', 'Kling 2.5', 'birds.md'],
    );
    spending.dispose();
  });
});
