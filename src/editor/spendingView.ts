import { EventEmitter, l10n, ThemeIcon, TreeItem, TreeItemCollapsibleState, type TreeView } from 'vscode';
import type { Clock } from '../jobs/clock';
import { groupKey } from '../jobs/jobGroup';
import { LedgerLists } from '../jobs/ledgerLists';
import { type Spending, type Spent, spendingOf } from '../jobs/spending';
import { unexpectedFailure } from './gestureFailures';
import { dayWords, groupLabel } from './groupItem';
import { aboutUsd } from './jobWords';
import type { TreeSource } from './lateTree';
import { LedgerNews } from './ledgerNews';
import { inLabel } from './plainText';

export type SpendingNode =
  | { readonly kind: 'total'; readonly spent: Spent }
  | { readonly kind: 'by'; readonly by: By; readonly spending: Spending }
  | { readonly kind: 'sum'; readonly id: string; readonly label: string; readonly spent: Spent };

type By = 'day' | 'model' | 'storyboard';

/** Milliseconds between two looks at the ledger, however often it changes. */
const pause = 1000;

/** Sums of estimates of the user's own ledger, never of the demo's. Holds no timer and no watch while it is not seen. */
export class SpendingView implements TreeSource<SpendingNode> {
  private readonly changed = new EventEmitter<SpendingNode | SpendingNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly lists: LedgerLists;
  private readonly news: LedgerNews;

  constructor(
    private readonly view: Pick<TreeView<SpendingNode>, 'visible' | 'onDidChangeVisibility' | 'message'>,
    private readonly folder: string,
    private readonly clock: Clock,
    private readonly log: (line: string) => void,
  ) {
    this.lists = new LedgerLists(folder, clock, log);
    this.news = new LedgerNews(view, pause, () => this.refresh(), log);
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) this.refresh();
      else this.news.rest();
    });
  }

  async getChildren(node?: SpendingNode): Promise<SpendingNode[]> {
    if (node) return node.kind === 'by' ? [...this.sums(node.by, node.spending)] : [];
    if (this.view.visible) this.news.watch(this.folder);
    try {
      this.view.message = '';
      return await this.overview();
    } catch (error) {
      this.log(`The list of jobs could not be read: ${String(error)}`);
      this.view.message = unexpectedFailure(error).what;
      return [];
    }
  }

  private async overview(): Promise<SpendingNode[]> {
    const spending = spendingOf(await this.lists.charged());
    if (spending.total.jobs === 0) return [];
    return [
      { kind: 'total', spent: spending.total },
      ...(['day', 'model', 'storyboard'] as const).map((by) => ({ kind: 'by' as const, by, spending })),
    ];
  }

  getTreeItem(node: SpendingNode): TreeItem {
    switch (node.kind) {
      case 'total':
        return spentItem('total', l10n.t('All together'), node.spent);
      case 'by': {
        const item = new TreeItem(byWords(node.by), TreeItemCollapsibleState.Collapsed);
        item.id = node.by;
        item.iconPath = new ThemeIcon({ day: 'calendar', model: 'device-camera-video', storyboard: 'book' }[node.by]);
        return item;
      }
      case 'sum':
        return spentItem(node.id, node.label, node.spent);
    }
  }

  refresh(): void {
    if (this.view.visible) this.changed.fire(undefined);
  }

  dispose(): void {
    this.news.rest();
    this.changed.dispose();
  }

  private sums(by: By, { days, models, storyboards }: Spending): readonly SpendingNode[] {
    switch (by) {
      case 'day':
        return days.map(({ day, spent }) => ({ kind: 'sum', id: groupKey(day), label: dayWords(day.from, this.clock.wall()), spent }));
      case 'model':
        return models.map(({ model, spent }) => ({ kind: 'sum', id: `model ${model}`, label: inLabel(model), spent }));
      case 'storyboard':
        return storyboards.map(({ storyboard, spent }) => ({
          kind: 'sum',
          id: groupKey(storyboard),
          label: groupLabel(storyboard, this.clock.wall()),
          spent,
        }));
    }
  }
}

function byWords(by: By): string {
  switch (by) {
    case 'day':
      return l10n.t('By day');
    case 'model':
      return l10n.t('By model');
    case 'storyboard':
      return l10n.t('By storyboard');
  }
}

function spentItem(id: string, label: string, spent: Spent): TreeItem {
  const item = new TreeItem(label);
  const words = spentWords(spent);
  item.id = id;
  item.description = words.join(' · ');
  item.tooltip = [label, ...words, l10n.t('Krea does not tell what a video cost: these are sums of estimates.')].join('\n');
  item.accessibilityInformation = { label: [label, ...words].join(', ') };
  return item;
}

function spentWords({ jobs, microUsd, unpriced, unclear }: Spent): readonly string[] {
  return [
    ...(unpriced < jobs ? [aboutUsd(microUsd)] : []),
    jobs === 1 ? l10n.t('1 job') : l10n.t('{0} jobs', jobs),
    ...(unclear.jobs > 0
      ? [
          unclear.microUsd > 0
            ? l10n.t('{0} of it unclear ({1})', aboutUsd(unclear.microUsd), unclear.jobs)
            : l10n.t('{0} unclear', unclear.jobs),
        ]
      : []),
    ...(unpriced > 0 ? [l10n.t('{0} more without a known price', unpriced)] : []),
  ];
}
