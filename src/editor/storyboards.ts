import type { Disposable, ExtensionContext, TreeView } from 'vscode';
import type { Clock } from '../jobs/clock';
import type { PlayerPanel } from '../player/playerPanel';
import { ContentHashes } from '../production/contentHashes';
import { TakeFolders } from '../takes/takeFolders';
import { ActiveBoard } from './activeBoard';
import { BoardCompletion } from './boardCompletion';
import { BoardDiagnostics } from './boardDiagnostics';
import { BoardInUse } from './boardInUse';
import { BoardNames } from './boardNames';
import { BoardRename } from './boardRename';
import { Boards } from './boards';
import type { StoryboardCommandId } from './commandIds';
import type { Desk } from './desk';
import { FaintText } from './faintText';
import type { GenerateParts } from './generate';
import { GenerateShots } from './generateShot';
import { ImageDrop } from './imageDrop';
import type { TreeSource } from './lateTree';
import type { ModelsHere } from './modelsHere';
import { type NamedShot, shotAtCursor } from './namedShot';
import { noteSeenTakes } from './noteSeenTakes';
import { QuickFixes } from './quickFixes';
import { ReplaceModel } from './replaceModel';
import { SeenTakes } from './seenTakes';
import { SentRequestView } from './sentRequestView';
import { ShotHover } from './shotHover';
import { ShotLens } from './shotLens';
import { ShotStates } from './shotStates';
import { ShotStatusBar } from './shotStatusBar';
import type { ShotsNode } from './shotsNode';
import { ShotsView } from './shotsView';
import { ShotTakes } from './shotTakes';
import { storyboardCommands } from './storyboardCommands';

export interface StoryboardsParts {
  readonly context: Pick<ExtensionContext, 'subscriptions' | 'workspaceState'>;
  readonly desk: () => Desk;
  readonly models: ModelsHere;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  /** For a paid job out of a shot. */
  readonly generate: GenerateParts;
  readonly player: Pick<PlayerPanel, 'show' | 'onDidMeasure'>;
}

/** All that the editor does with storyboards. Built at the first one of a window: a window without one pays for none of it. */
export class Storyboards implements Disposable {
  readonly boards: Boards;
  readonly states: ShotStates;
  readonly shots: GenerateShots;
  readonly takes: ShotTakes;
  readonly sent: SentRequestView;
  readonly replaceModel: ReplaceModel;
  private readonly inUse: BoardInUse;
  private readonly registered: Disposable[];

  constructor(private readonly parts: StoryboardsParts) {
    const { context, desk, models, clock, log, generate, player } = parts;
    const now = (): number => clock.wall();
    const seen = new SeenTakes(context.workspaceState);
    const hashes = new ContentHashes();
    this.boards = new Boards({ models, log });
    this.states = new ShotStates({
      ...{ boards: this.boards, desk, log, hashes },
      takes: new TakeFolders(now),
    });
    const { boards, states } = this;
    this.inUse = new BoardInUse(boards);
    this.shots = new GenerateShots({ boards, generate });
    this.takes = new ShotTakes({ boards, states, seen, desk, player });
    this.sent = new SentRequestView({ boards, states, hashes, desk, log });
    this.replaceModel = new ReplaceModel(boards);
    this.registered = [
      ...[boards, states, seen, new ActiveBoard()],
      noteSeenTakes(player, seen, desk, log),
      new ShotLens({ boards, states, seen, desk, now, log }),
      ...[new BoardDiagnostics({ boards, states, hashes, log }), new QuickFixes(boards), new FaintText(boards)],
      ...[this.sent, new ShotHover({ boards, desk })],
      ...[new BoardCompletion({ boards, states }), new BoardNames(boards), this.replaceModel],
      new BoardRename({ boards, desk, moved: () => states.update(), log }),
      ...[this.inUse, new ShotStatusBar({ states, desk }), new ImageDrop(boards, log)],
    ];
  }

  openShots(tree: TreeView<ShotsNode>): TreeSource<ShotsNode> {
    const { states, inUse } = this;
    const { desk, log } = this.parts;
    const view = new ShotsView(tree, { states, inUse, desk, log });
    this.registered.push(view);
    return view;
  }

  /** `argument`: as the menu, the lens or the row gave it. */
  run(command: StoryboardCommandId, argument: unknown): Promise<void> {
    return storyboardCommands[command](this, argument);
  }

  shotAtCursor(): Promise<NamedShot | undefined> {
    return shotAtCursor(this.boards);
  }

  /** In the offline demo nothing is paid. */
  get isFree(): boolean {
    return this.parts.desk().kind === 'offline';
  }

  /** A job changed, or the ledger in use is another one. */
  update(): void {
    this.states.update();
  }

  dispose(): void {
    for (const one of this.registered) one.dispose();
  }
}
