import {
  CodeLens,
  type CodeLensProvider,
  type Command,
  type Disposable,
  EventEmitter,
  l10n,
  languages,
  Range,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import { errorsOf } from '../storyboard/boardSeverity';
import type { TextRange } from '../storyboard/lines';
import type { BoardShot } from '../storyboard/readBoard';
import { shotKey } from '../storyboard/shotId';
import type { Boards, OpenBoard } from './boards';
import type { CommandId } from './commandIds';
import type { Desk } from './desk';
import type { ShotName } from './namedShot';
import { oneLine, withoutIcons } from './plainText';
import type { SeenTakes } from './seenTakes';
import type { BoardView, ShotStates, ShotView } from './shotStates';
import { shotStateWords } from './shotStateWords';
import { boardWords, generateWords, runningWords, takesWords } from './shotWords';
import { storyboardFiles } from './storyboardFiles';
import { errorWords } from './whyNotGenerated';

export interface ShotLensParts {
  readonly boards: Boards;
  readonly states: ShotStates;
  readonly seen: SeenTakes;
  readonly desk: () => Pick<Desk, 'kind'>;
  /** Wall time, ms. */
  readonly now: () => number;
  readonly log: (line: string) => void;
}

/** Milliseconds between two looks at the clock while a shot is running. */
const tick = 2000;

/** What stands over each shot and over the file: the price, the takes, the state. */
export class ShotLens implements CodeLensProvider, Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly events: readonly Disposable[];
  private ticking: NodeJS.Timeout | undefined;

  constructor(private readonly parts: ShotLensParts) {
    this.events = [
      languages.registerCodeLensProvider([...storyboardFiles], this),
      parts.states.onDidChange(() => this.renew()),
      parts.seen.onDidChange(() => this.renew()),
      window.onDidChangeVisibleTextEditors(() => this.keepTime()),
      workspace.onDidGrantWorkspaceTrust(() => this.renew()),
    ];
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    try {
      const board = await this.parts.boards.of(document);
      return board ? this.lensesOf(board, this.parts.states.held(document.uri)) : [];
    } catch (error) {
      this.parts.log(`No lenses: ${String(error)}`);
      return [];
    }
  }

  dispose(): void {
    clearInterval(this.ticking);
    for (const event of this.events) event.dispose();
    this.changed.dispose();
  }

  private renew(): void {
    this.keepTime();
    this.changed.fire();
  }

  /** A timer only while somebody can see a shot that is running. */
  private keepTime(): void {
    const isSeen = window.visibleTextEditors.some(({ document }) =>
      this.parts.states.held(document.uri)?.shots.some(({ state }) => state.kind === 'running'),
    );
    if (isSeen) this.ticking ??= setInterval(() => this.changed.fire(), tick);
    else {
      clearInterval(this.ticking);
      this.ticking = undefined;
    }
  }

  private lensesOf(board: OpenBoard, view: BoardView | undefined): CodeLens[] {
    const [first] = board.shots;
    if (!first) return [];
    const isFree = this.parts.desk().kind === 'offline';
    const views = new Map(view?.shots.map((shot) => [shotKey(shot.resolved.shot.id), shot]));
    const top = new Range(0, 0, 0, 0);
    const restricted = {
      title: marked('shield', l10n.t('Restricted Mode: nothing from this folder is sent.')),
      command: 'workbench.trust.manage',
    };
    return [
      ...(workspace.isTrusted ? [] : [new CodeLens(top, restricted)]),
      new CodeLens(top, { title: boardWords(board, isFree), command: '' }),
      ...board.shots.flatMap((shot) => {
        const { start, end } = shot.resolved.shot.range;
        // the last version that was looked at may be one keystroke behind
        const known = views.get(shotKey(shot.resolved.shot.id));
        const at = board.document.positionAt(start);
        const heading = new Range(at, at.translate(0, Math.min(1, end - start)));
        return this.commandsFor(board, shot, known).map((command) => new CodeLens(heading, command));
      }),
    ];
  }

  private commandsFor(board: OpenBoard, shot: BoardShot, view: ShotView | undefined): readonly Command[] {
    const name: ShotName = { uri: board.document.uri, shot: shot.resolved.shot.id };
    const takes = view?.takes ?? [];
    const fresh = takes.filter(({ clip, sidecar }) => clip !== undefined && !this.parts.seen.has(sidecar.job_id)).length;
    return [
      ...this.generateCommand(board, shot, view, name),
      ...(takes.length > 0 ? [does('kreaVideo.showTakes', takesWords(takes.length, fresh), name)] : []),
      // of a shot that waits for a frame the first lens says so
      ...(view && view.state.kind !== 'waiting' ? [this.stateCommand(view, name)] : []),
    ];
  }

  private generateCommand(board: OpenBoard, shot: BoardShot, view: ShotView | undefined, name: ShotName): readonly Command[] {
    const { resolved, price } = shot;
    const { prompt, omit, clip, frames, pick } = resolved;
    const state = view?.state.kind;
    if (omit || clip !== undefined || !prompt || state === 'running' || state === 'unclear') return [];
    const [error, ...more] = errorsOf(board, shot);
    if (error) {
      // of a shot that is made already, it is no more than a hint
      const icon = pick !== undefined || state === 'current' ? 'info' : 'error';
      const others = more.length === 0 ? '' : ` ${l10n.t('(and {0} more)', more.length)}`;
      return [goes(marked(icon, `${withoutIcons(errorWords(error, shot, board), 80)}${others}`), board, error)];
    }
    const [frame] = frames;
    if (frame) return [does('kreaVideo.generateShot', l10n.t('Needs a frame of {0}', oneLine(frame.frame.shot, 40)), name)];
    // files are looked at with the states
    if (view && view.hash === undefined)
      return [does('kreaVideo.generateShot', marked('error', l10n.t('A file of this shot cannot be sent')), name)];
    if (!workspace.isTrusted) return [];
    const isFree = this.parts.desk().kind === 'offline';
    const seen = price.kind === 'unknown' ? {} : { seen: price.microUsd };
    return [does('kreaVideo.generateShot', generateWords(price, isFree), { ...name, ...seen })];
  }

  private stateCommand({ state, takes }: ShotView, name: ShotName): Command {
    const words = withoutIcons(shotStateWords(state), 80);
    switch (state.kind) {
      case 'running':
        return { title: marked('sync~spin', withoutIcons(runningWords(state.job, this.parts.now()), 80)), command: 'kreaVideo.showJobs' };
      case 'unclear':
        return { title: marked('warning', words), command: 'kreaVideo.showJobs' };
      default:
        return takes.length > 0 ? does('kreaVideo.pickTake', words, name) : { title: words, command: '' };
    }
  }
}

/** A lens swallows a plain space behind an icon. */
const marked = (icon: string, words: string): string => `$(${icon})\u00a0${words}`;

const does = (command: CommandId, title: string, name: ShotName): Command => ({ command, title, arguments: [name] });

function goes(title: string, { document }: OpenBoard, { start, end }: TextRange): Command {
  const selection = new Range(document.positionAt(start), document.positionAt(end));
  return { title, command: 'vscode.open', arguments: [document.uri, { selection }] };
}
