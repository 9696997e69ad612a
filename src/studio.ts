import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type ExtensionContext, type WebviewPanel, window, workspace } from 'vscode';
import { announce } from './editor/announce';
import { runBoardFileCommand } from './editor/boardFileCommands';
import { checkSetup } from './editor/checkSetup';
import { clipHere } from './editor/clipHere';
import {
  type BoardFileCommandId,
  type CommandId,
  isBoardFileCommand,
  isStoryboardCommand,
  isViewCommand,
  type StoryboardCommandId,
  type ViewCommandId,
} from './editor/commandIds';
import { setContextKey } from './editor/contextKeys';
import type { Desk } from './editor/desk';
import { clipFolders } from './editor/destination';
import { FavouriteModels } from './editor/favouriteModels';
import { findLostClips, showFound } from './editor/findLostClips';
import { FirstSteps } from './editor/firstSteps';
import type { GenerateParts } from './editor/generate';
import { generateAgain, sendNowIfOffered } from './editor/generateAgain';
import { unexpectedFailure } from './editor/gestureFailures';
import type { JobActionParts } from './editor/jobActions';
import { JobViews } from './editor/jobViews';
import { KreaAccess } from './editor/kreaAccess';
import { openLogChannel } from './editor/log';
import { ModelsHere } from './editor/modelsHere';
import { MoneyGate } from './editor/moneyGate';
import { OfflineDesk, welcomeToDemo } from './editor/offlineDesk';
import { type DeskParts, jobPartsFor, openKreaDesk } from './editor/openDesk';
import { PlayerRequests, playerActionsHere } from './editor/playerRequests';
import { RecentModels } from './editor/recentModels';
import { runRequestCommand } from './editor/requestCommands';
import { onNetworkSettings, settings } from './editor/settings';
import { cancelJob, playLast, showJobs } from './editor/showJobs';
import { StartedHere } from './editor/startedHere';
import { JobsStatusBar } from './editor/statusBar';
import { Storyboards } from './editor/storyboards';
import { tellFailure } from './editor/tellFailure';
import { ensureToken, forgetToken, setToken, type TokenParts } from './editor/tokenCommands';
import { TokenStore } from './editor/tokenStore';
import { showUploads } from './editor/uploadNotes';
import { systemClock } from './jobs/clock';
import { isOpen, type Job } from './jobs/job';
import { PlayerPanel } from './player/playerPanel';

export async function openStudio(context: ExtensionContext): Promise<Studio> {
  const studio = new Studio(context);
  await studio.start();
  return studio;
}

/** The composition root: builds what lives as long as the window, and carries the commands to it. */
export class Studio {
  private readonly clock = systemClock;
  private readonly windowId = randomUUID();
  private readonly log = openLogChannel();
  private readonly tell = (line: string): void => this.log.info(line);
  private readonly storage: string;
  private readonly product: string;
  private readonly tokens: TokenStore;
  private readonly access: KreaAccess;
  private readonly krea: Desk;
  private offline: OfflineDesk | undefined;
  private readonly gate: MoneyGate;
  private readonly startedHere: StartedHere;
  private readonly statusBar: JobsStatusBar;
  private readonly firstSteps: FirstSteps;
  private readonly player: PlayerPanel;
  readonly views: JobViews;
  private readonly models: ModelsHere;
  private opened: Storyboards | undefined;

  constructor(private readonly context: ExtensionContext) {
    this.storage = context.globalStorageUri.fsPath;
    this.product = `krea-video/${String(context.extension.packageJSON.version)}`;
    this.tokens = new TokenStore(context.secrets, process.env, this.storage);
    this.access = new KreaAccess(this.tokens, this.product, this.tell);
    this.krea = openKreaDesk(this.storage, () => this.access.connect(), this.deskParts);
    this.gate = new MoneyGate(context.globalState, () => this.offline !== undefined);
    this.startedHere = new StartedHere(context.workspaceState);
    this.firstSteps = new FirstSteps(context.globalState);
    this.statusBar = new JobsStatusBar('kreaVideo.showJobs', () => this.offline !== undefined, this.clock.wall);
    const { product, clock, tell: log } = this;
    this.models = new ModelsHere({
      context,
      product,
      clock,
      network: () => this.access.network,
      offline: () => this.offline !== undefined,
      log,
    });
    this.player = new PlayerPanel({
      extensionUri: context.extensionUri,
      roots: () => clipFolders(this.storage),
      findClip: async (takeId) => this.findClip(takeId),
      loop: settings.loop,
      actions: playerActionsHere,
      log,
    });
    this.views = new JobViews({ context, desk: () => this.desk, actions: this.actions, folder: this.storage, clock, log });
    const requests = new PlayerRequests({
      find: (takeId) => this.desk.jobs.find(takeId),
      offline: () => this.offline !== undefined,
      trusted: () => workspace.isTrusted,
      saveAgain: (takeId) => this.desk.jobs.saveAgain(takeId),
      generateAgain: (job) => this.actions.generateAgain(job),
      say: (text) => this.player.say(text),
      log: (error) => this.log.error(String(error)),
    });
    context.subscriptions.push(
      ...[this.log, this.statusBar, this.player, this.models],
      this.player.onDidSavePoster(() => this.views.update()),
      this.player.onDidAsk((request) => void requests.answer(request)),
      window.onDidChangeWindowState(({ focused }) => focused && this.lookNow()),
      this.tokens.onDidChange(() => void this.access.connect().then(() => this.lookNow(), this.logTrouble)),
      onNetworkSettings(() => void this.renewNetwork()),
    );
  }

  async start(): Promise<void> {
    this.follow(this.krea);
    await this.krea.jobs.start();
  }

  async run(command: CommandId, row?: unknown): Promise<void> {
    try {
      if (isViewCommand(command)) await this.views.run(command, row);
      else if (isStoryboardCommand(command)) await this.storyboards.run(command, row);
      else if (isBoardFileCommand(command)) await runBoardFileCommand(command, this.models, row);
      else await this.carryOut(command, row);
    } catch (error) {
      this.log.error(error instanceof Error ? error : String(error));
      void tellFailure(unexpectedFailure(error));
    }
  }

  /** Built when the first storyboard is opened. */
  get storyboards(): Storyboards {
    const { context, clock, models, player, tell: log, generateParts: generate } = this;
    this.opened ??= new Storyboards({ context, clock, models, player, generate, log, desk: () => this.desk });
    return this.opened;
  }

  restorePlayer(panel: WebviewPanel, state: unknown): Promise<void> {
    return this.player.restore(panel, state);
  }

  async dispose(): Promise<void> {
    this.opened?.dispose();
    await Promise.all([this.offline?.dispose(), this.krea.dispose()]);
    await this.access.dispose();
  }

  private async carryOut(
    command: Exclude<CommandId, ViewCommandId | StoryboardCommandId | BoardFileCommandId>,
    row: unknown,
  ): Promise<void> {
    switch (command) {
      case 'kreaVideo.generateFromSelection':
      case 'kreaVideo.generateWithModel':
      case 'kreaVideo.animateImage':
      case 'kreaVideo.copyRequestAs':
        return runRequestCommand(command, this.generateParts, row, this.opened);
      case 'kreaVideo.setToken':
        return setToken(this.tokenParts);
      case 'kreaVideo.forgetToken':
        return forgetToken(this.tokenParts);
      case 'kreaVideo.showJobs':
        return showJobs(this.actions, this.clock.wall);
      case 'kreaVideo.cancelJob':
        return cancelJob(this.actions, this.clock.wall);
      case 'kreaVideo.playLast':
        return playLast(this.actions);
      case 'kreaVideo.tryOffline':
        return this.tryOffline();
      case 'kreaVideo.leaveOffline':
        return this.leaveOffline();
      case 'kreaVideo.checkSetup':
        return checkSetup({ context: this.context, product: this.product, clock: this.clock, generate: this.generateParts });
      case 'kreaVideo.findLostClips':
        return findLostClips({ ...this.generateParts, showClip: (clip) => this.player.show(clip, showFound) });
      case 'kreaVideo.openLog':
        return this.log.show();
    }
  }

  private get desk(): Desk {
    return this.offline ?? this.krea;
  }

  private readonly actions: JobActionParts = {
    desk: () => this.desk,
    play: (job) => this.openInPlayer(job, { preserveFocus: false }),
    generateAgain: (job, seen) => generateAgain(job, this.generateParts, seen),
    sendNow: (job, seen) => sendNowIfOffered(job, this.generateParts, seen),
    openLog: () => this.log.show(),
  };

  private get generateParts(): GenerateParts {
    return {
      desk: () => this.desk,
      gate: this.gate,
      models: this.models,
      recent: new RecentModels(this.context.globalState),
      favourites: new FavouriteModels(this.context.globalState),
      ensureToken: async () => (await this.desk.connect()) !== undefined || ensureToken(this.tokenParts),
      started: (job) => void this.startedHere.add(job.id),
      now: () => new Date(this.clock.wall()),
    };
  }

  private get deskParts(): DeskParts {
    return { windowId: this.windowId, clock: this.clock, log: this.tell };
  }

  private get tokenParts(): TokenParts {
    const { jobs, inTurn } = this.krea;
    return { tokens: this.tokens, network: () => this.access.network, product: this.product, jobs, inTurn, environment: process.env };
  }

  private follow(desk: Desk): void {
    showUploads(desk.jobs);
    desk.jobs.events.on('changed', () => this.showJobsState());
    desk.jobs.events.on('step', (step) => {
      if (desk.kind === 'krea') void this.noteEnd(step.job).catch(this.logTrouble);
      if (desk.kind === 'krea' && step.job.state.name === 'done') this.firstSteps.done('madeVideo');
      // one window tells: the one the gesture was made in, or the one that finished a dead window's job
      if (!this.startedHere.has(step.job.id) && !step.job.owner.startsWith(this.windowId)) return;
      const parts = {
        ...{ ...this.actions, desk: () => desk }, // also while the demo is on
        playerState: () => this.player.state,
        isLastStartedHere: (job: Job) => this.startedHere.isLast(job.id),
        openInPlayer: (job: Job) => this.openInPlayer(job, { preserveFocus: true }),
      };
      void announce(step, parts).catch(this.logTrouble);
    });
  }

  /** Open storyboards say it at once. */
  private async noteEnd(job: Job): Promise<void> {
    if (await this.models.noteEnd(job)) await this.opened?.boards.renewModels();
  }

  private showJobsState(): void {
    this.statusBar.show(this.desk.jobs.newest);
    setContextKey('hasOpenJobs', this.desk.jobs.newest.some(isOpen));
    this.views.update();
    this.opened?.update();
  }

  private async openInPlayer(job: Job, { preserveFocus }: { readonly preserveFocus: boolean }): Promise<void> {
    const clip = await clipHere(job);
    if (clip) await this.player.show(clip, { preserveFocus, autoplay: settings.autoplay(), reveal: true });
  }

  private async findClip(takeId: string): ReturnType<typeof clipHere> {
    const job = (await this.offline?.jobs.find(takeId)) ?? (await this.krea.jobs.find(takeId));
    return job && clipHere(job);
  }

  private async tryOffline(): Promise<void> {
    if (this.offline) return;
    const media = join(this.context.extensionPath, 'media');
    this.offline = await OfflineDesk.open(join(this.storage, 'offline'), this.windowId, media, (folder, connect) =>
      jobPartsFor(folder, connect, this.deskParts),
    );
    this.follow(this.offline);
    setContextKey('offline', true);
    this.firstSteps.done('triedOffline');
    this.showJobsState();
    welcomeToDemo();
  }

  private async leaveOffline(): Promise<void> {
    const { offline } = this;
    if (!offline) return;
    this.offline = undefined;
    setContextKey('offline', false);
    this.showJobsState();
    if (this.player.clip && offline.holds(this.player.clip.file)) this.player.empty();
    await offline.dispose();
  }

  private readonly logTrouble = (error: unknown): void => this.log.error(String(error));

  private lookNow(): void {
    this.krea.jobs.lookNow();
    this.offline?.jobs.lookNow();
  }

  private async renewNetwork(): Promise<void> {
    const closed = this.access.renewNetwork();
    this.lookNow();
    await closed;
  }
}
