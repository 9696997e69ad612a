import type { Disposable, ExtensionContext } from 'vscode';
import type { Clock } from '../jobs/clock';
import type { PlayerPanel } from '../player/playerPanel';
import { ContentHashes } from '../production/contentHashes';
import { TakeFolders } from '../takes/takeFolders';
import { ActiveBoard } from './activeBoard';
import { Boards } from './boards';
import type { StoryboardCommandId } from './commandIds';
import type { Desk } from './desk';
import type { GenerateParts } from './generate';
import { GenerateShots } from './generateShot';
import type { ModelsHere } from './modelsHere';
import { noteSeenTakes } from './noteSeenTakes';
import { SeenTakes } from './seenTakes';
import { ShotLens } from './shotLens';
import { ShotStates } from './shotStates';
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
  private readonly registered: Disposable[];

  constructor({ context, desk, models, clock, log, generate, player }: StoryboardsParts) {
    const now = (): number => clock.wall();
    const seen = new SeenTakes(context.workspaceState);
    this.boards = new Boards({ models, log });
    this.states = new ShotStates({
      ...{ boards: this.boards, desk, log },
      hashes: new ContentHashes(),
      takes: new TakeFolders(now),
    });
    const { boards, states } = this;
    this.shots = new GenerateShots({ boards, generate });
    this.takes = new ShotTakes({ boards, states, seen, desk, player });
    this.registered = [
      ...[boards, states, seen, new ActiveBoard()],
      noteSeenTakes(player, seen, desk, log),
      new ShotLens({ boards, states, seen, desk, now, log }),
    ];
  }

  /** `argument`: as the menu, the lens or the row gave it. */
  run(command: StoryboardCommandId, argument: unknown): Promise<void> {
    return storyboardCommands[command](this, argument);
  }

  /** A job changed, or the ledger in use is another one. */
  update(): void {
    this.states.update();
  }

  dispose(): void {
    for (const one of this.registered) one.dispose();
  }
}
