import { type ExtensionContext, l10n, type TreeView, window } from 'vscode';
import type { Clock } from '../jobs/clock';
import type { Job } from '../jobs/job';
import { LedgerLists } from '../jobs/ledgerLists';
import type { ViewCommandId } from './commandIds';
import type { Desk } from './desk';
import { actionsFor, type JobAction, type JobActionParts, runJobAction } from './jobActions';
import { pickFilter } from './jobsFilter';
import { type JobsNode, jobOf, moreOf } from './jobsNode';
import { JobsView } from './jobsView';
import { jobWord } from './jobWords';
import type { TreeSource } from './lateTree';
import { openJobText } from './openJobText';
import { saveSpending } from './saveSpending';
import { chooseAction } from './showJobs';
import { type SpendingNode, SpendingView } from './spendingView';

export interface JobViewsParts {
  readonly context: Pick<ExtensionContext, 'workspaceState' | 'subscriptions'>;
  readonly desk: () => Desk;
  readonly actions: JobActionParts;
  /** Of the user's own ledger, also while the demo is on. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** The views of the activity bar, and what their buttons and menus do. */
export class JobViews {
  /** Jobs that something is being done with: a second click while a question stands open must not ask, or pay, twice. */
  private readonly busy = new Set<string>();
  private jobs: { readonly view: JobsView; readonly tree: TreeView<JobsNode> } | undefined;

  constructor(private readonly parts: JobViewsParts) {}

  openJobs(tree: TreeView<JobsNode>): TreeSource<JobsNode> {
    const { context, desk, clock, log } = this.parts;
    const view = new JobsView(tree, { desk, memory: context.workspaceState, clock, log });
    this.jobs = { view, tree };
    context.subscriptions.push(view);
    return view;
  }

  openSpending(tree: TreeView<SpendingNode>): TreeSource<SpendingNode> {
    const { context, folder, clock, log } = this.parts;
    const view = new SpendingView(tree, folder, clock, log);
    context.subscriptions.push(view);
    return view;
  }

  /** A job changed, or the ledger in use is another one. */
  update(): void {
    this.jobs?.view.update();
  }

  async run(command: ViewCommandId, node: unknown): Promise<void> {
    switch (command) {
      case 'kreaVideo.jobs.groupByDay':
        return this.jobs?.view.groupBy('day');
      case 'kreaVideo.jobs.groupByStoryboard':
        return this.jobs?.view.groupBy('storyboard');
      case 'kreaVideo.jobs.filter':
        return this.filter();
      case 'kreaVideo.jobs.clearFilter':
        return this.jobs?.view.setFilter({});
      case 'kreaVideo.jobs.showMore': {
        const group = moreOf(node);
        return group && this.jobs?.view.showMore(group);
      }
      case 'kreaVideo.saveSpending':
        return saveSpending(new LedgerLists(this.parts.folder, this.parts.clock, this.parts.log), new Date(this.parts.clock.wall()));
      case 'kreaVideo.job.choose':
        return this.withJob(node, (job) => this.choose(job));
      case 'kreaVideo.job.openText':
        return this.withJob(node, openJobText);
      default:
        return this.withJob(node, (job) => this.act(actionOf[command], job));
    }
  }

  private async filter(): Promise<void> {
    const filter = await pickFilter(this.jobs?.view.filtered ?? {});
    if (filter) this.jobs?.view.setFilter(filter);
  }

  /** The row may be older than the job: what is done is done with the job as it is now. */
  private async withJob(node: unknown, use: (job: Job) => Promise<void>): Promise<void> {
    const row = jobOf(node ?? this.jobs?.tree.selection[0]);
    if (!row || this.busy.has(row.id)) return;
    this.busy.add(row.id);
    try {
      const job = await this.parts.desk().jobs.find(row.id);
      if (job) await use(job);
    } finally {
      this.busy.delete(row.id);
    }
  }

  /** A click or Enter: plays a clip, and asks about any other job. */
  private choose(job: Job): Promise<void> {
    return job.state.name === 'done' ? runJobAction('play', job, this.parts.actions) : chooseAction(job, this.parts.actions);
  }

  private async act(action: JobAction, job: Job): Promise<void> {
    if (!actionsFor(job).includes(action))
      return void window.showInformationMessage(l10n.t('This job has gone on meanwhile: {0}. Nothing was done.', jobWord(job)));
    const { actions } = this.parts;
    // a title of a menu cannot name the price, so the gate does; for submitAgain it asks anyway, since the first may be on its way
    const unseen: JobActionParts = {
      ...actions,
      generateAgain: (again) => actions.generateAgain(again, { priceUnseen: true }),
      sendNow: (unsent) => actions.sendNow(unsent, { priceUnseen: true }),
    };
    await runJobAction(action, job, action === 'submitAgain' ? actions : unseen);
  }
}

/** One command for each action: an action without one does not compile. */
const actionOf = {
  'kreaVideo.job.play': 'play',
  'kreaVideo.job.cancel': 'cancel',
  'kreaVideo.job.sendNow': 'sendNow',
  'kreaVideo.job.saveAgain': 'saveAgain',
  'kreaVideo.job.lookAgain': 'lookAgain',
  'kreaVideo.job.generateAgain': 'generateAgain',
  'kreaVideo.job.submitAgain': 'submitAgain',
  'kreaVideo.job.showClip': 'showClip',
  'kreaVideo.job.mine': 'mine',
  'kreaVideo.job.notMine': 'notMine',
  'kreaVideo.job.copyJobId': 'copyJobId',
  'kreaVideo.job.showInFolder': 'showInFolder',
  'kreaVideo.job.openLog': 'openLog',
} as const satisfies { readonly [Action in JobAction as `kreaVideo.job.${Action}`]: Action };
