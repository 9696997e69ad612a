import { EventEmitter, l10n, type Memento, TreeItem, type TreeView } from 'vscode';
import type { Clock } from '../jobs/clock';
import { isOpen } from '../jobs/job';
import { isFiltering, type JobFilter } from '../jobs/jobFilter';
import { type CountedGroup, type GroupBy, groupKey, type JobGroup } from '../jobs/jobGroup';
import { LedgerLists } from '../jobs/ledgerLists';
import { setContextKey } from './contextKeys';
import type { Desk } from './desk';
import { unexpectedFailure } from './gestureFailures';
import { groupItem } from './groupItem';
import { jobItem, jobTooltip } from './jobItem';
import { filterWords } from './jobsFilter';
import { type JobsNode, jobsNode } from './jobsNode';
import type { TreeSource } from './lateTree';
import { LedgerNews } from './ledgerNews';
import { inLabel } from './plainText';

export interface JobsViewParts {
  readonly desk: () => Pick<Desk, 'kind' | 'folder'>;
  /** Of the workspace: how its jobs are grouped. */
  readonly memory: Memento;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** What is used of the editor's tree. */
export type SeenTree = Pick<TreeView<JobsNode>, 'visible' | 'onDidChangeVisibility' | 'message'>;

/** Rows of a group that are read at a time. */
const pageSize = 100;
/** Milliseconds between two looks at the ledger, however often it changes. */
const pause = 250;
/** Milliseconds between two looks at the clock while a row tells how long its job has been running. */
const tick = 5000;
const groupByKey = 'kreaVideo.jobsGroupedBy';

/**
 * The tree of all jobs of the ledger in use: groups with counts, and the rows of those that are open, page by page.
 * While it is not seen it holds no timer and no watch.
 */
export class JobsView implements TreeSource<JobsNode> {
  private readonly changed = new EventEmitter<JobsNode | JobsNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private desk: Pick<Desk, 'kind' | 'folder'>;
  private lists: LedgerLists;
  private filter: JobFilter = {};
  private readonly limits = new Map<string, number>();
  /** Rows whose age is read as it grows. */
  private readonly live = new Map<string, JobsNode>();
  private readonly news: LedgerNews;
  private ticking: NodeJS.Timeout | undefined;

  constructor(
    private readonly view: SeenTree,
    private readonly parts: JobsViewParts,
  ) {
    this.desk = parts.desk();
    this.lists = this.listsOf(this.desk);
    this.news = new LedgerNews(view, pause, () => this.refresh(), parts.log);
    setContextKey('jobsByStoryboard', this.groupedBy === 'storyboard');
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) this.refresh();
      else this.rest();
    });
    if (view.visible) this.news.watch(this.desk.folder);
  }

  get groupedBy(): GroupBy {
    return this.parts.memory.get<unknown>(groupByKey) === 'storyboard' ? 'storyboard' : 'day';
  }

  async groupBy(by: GroupBy): Promise<void> {
    await this.parts.memory.update(groupByKey, by);
    setContextKey('jobsByStoryboard', by === 'storyboard');
    this.refresh();
  }

  get filtered(): JobFilter {
    return this.filter;
  }

  setFilter(filter: JobFilter): void {
    this.filter = filter;
    setContextKey('jobsFiltered', isFiltering(filter));
    this.limits.clear();
    this.refresh();
  }

  showMore(group: JobGroup): void {
    const key = groupKey(group);
    this.limits.set(key, (this.limits.get(key) ?? pageSize) + pageSize);
    this.refresh();
  }

  /** A job of this window changed, or the ledger in use is another one. */
  update(): void {
    const desk = this.parts.desk();
    if (desk !== this.desk) {
      this.desk = desk;
      this.lists = this.listsOf(desk);
      this.limits.clear();
      this.rest();
      if (this.view.visible) this.refresh();
    } else this.news.lookSoon();
  }

  refresh(): void {
    if (!this.view.visible) return;
    this.news.watch(this.desk.folder);
    this.changed.fire(undefined);
  }

  async getChildren(node?: JobsNode): Promise<JobsNode[]> {
    try {
      if (node === undefined) return await this.groups();
      return node.kind === 'group' ? await this.rows(node.counted.group) : [];
    } catch (error) {
      this.parts.log(`The list of jobs could not be read: ${String(error)}`);
      this.view.message = unexpectedFailure(error).what;
      return [];
    }
  }

  async getTreeItem(node: JobsNode): Promise<TreeItem> {
    switch (node.kind) {
      case 'group':
        return groupItem(node.counted, node.first || node.counted.counts.running > 0, this.now());
      case 'job': {
        const item = await jobItem(node.job, this.now());
        return Object.assign(item, { command: { command: 'kreaVideo.job.choose', title: '', arguments: [node] } });
      }
      case 'more': {
        const item = new TreeItem(l10n.t('Show More…'));
        return Object.assign(item, {
          id: `more ${groupKey(node.group)}`,
          command: { command: 'kreaVideo.jobs.showMore', title: '', arguments: [node] },
        });
      }
      case 'unreadable': {
        const item = new TreeItem(l10n.t('{0} written by a newer version. Reload the window to see them.', node.jobs));
        return Object.assign(item, { id: `unreadable ${groupKey(node.group)}` });
      }
    }
  }

  async resolveTreeItem(item: TreeItem, node: JobsNode): Promise<TreeItem> {
    if (node.kind === 'job') item.tooltip = await jobTooltip(node.job);
    return item;
  }

  dispose(): void {
    this.rest();
    this.changed.dispose();
  }

  private async groups(): Promise<JobsNode[]> {
    const { filter } = this;
    this.live.clear();
    const groups = await this.lists.groups(this.groupedBy, filter);
    this.view.message = this.messageFor(groups, filter);
    return groups.map((counted, index) => jobsNode({ kind: 'group', counted, first: index === 0 }));
  }

  private async rows(group: JobGroup): Promise<JobsNode[]> {
    const limit = this.limits.get(groupKey(group)) ?? pageSize;
    const { jobs, unreadable, more } = await this.lists.jobs(group, limit, this.filter);
    const rows = jobs.map((job) => jobsNode({ kind: 'job', job }));
    for (const row of rows) if (row.kind === 'job' && isOpen(row.job)) this.live.set(row.job.id, row);
    this.tickWhileLive();
    return [
      ...rows,
      ...(unreadable > 0 ? [jobsNode({ kind: 'unreadable', group, jobs: unreadable })] : []),
      ...(more ? [jobsNode({ kind: 'more', group })] : []),
    ];
  }

  private messageFor(groups: readonly CountedGroup[], filter: JobFilter): string {
    if (isFiltering(filter)) {
      const found = groups.reduce((sum, { counts }) => sum + counts.running + counts.finished + counts.failed + counts.unclear, 0);
      const words = inLabel(filterWords(filter), 60);
      if (found === 0) return l10n.t('Filtered by {0}: no job.', words);
      return found === 1 ? l10n.t('Filtered by {0}: 1 job.', words) : l10n.t('Filtered by {0}: {1} jobs.', words, found);
    }
    return this.desk.kind === 'offline' && groups.length > 0 ? l10n.t('Offline demo: free, and gone with this window.') : '';
  }

  private listsOf({ folder }: Pick<Desk, 'folder'>): LedgerLists {
    return new LedgerLists(folder, this.parts.clock, this.parts.log);
  }

  private now(): number {
    return this.parts.clock.wall();
  }

  private tickWhileLive(): void {
    if (this.live.size === 0 || !this.view.visible) return;
    this.ticking ??= setInterval(() => {
      if (this.live.size === 0) this.stopTicking();
      else this.changed.fire([...this.live.values()]);
    }, tick);
  }

  private stopTicking(): void {
    clearInterval(this.ticking);
    this.ticking = undefined;
  }

  private rest(): void {
    this.stopTicking();
    this.news.rest();
  }
}
