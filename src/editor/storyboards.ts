import type { Disposable, ExtensionContext } from 'vscode';
import type { Clock } from '../jobs/clock';
import { ContentHashes } from '../production/contentHashes';
import { TakeFolders } from '../takes/takeFolders';
import { Boards } from './boards';
import type { Desk } from './desk';
import type { ModelsHere } from './modelsHere';
import { ShotStates } from './shotStates';

export interface StoryboardsParts {
  readonly context: Pick<ExtensionContext, 'subscriptions' | 'workspaceState'>;
  readonly desk: () => Desk;
  readonly models: ModelsHere;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** Storyboards are Markdown, so that its own outline, folding and preview go on working. */
export const storyboardFiles = [
  { language: 'markdown', scheme: 'file' },
  { language: 'markdown', scheme: 'untitled' },
] as const;

/** All that the editor does with storyboards. Built at the first one of a window: a window without one pays for none of it. */
export class Storyboards implements Disposable {
  readonly boards: Boards;
  readonly states: ShotStates;
  private readonly registered: Disposable[];

  constructor({ desk, models, clock, log }: StoryboardsParts) {
    this.boards = new Boards({ models, log });
    this.states = new ShotStates({
      ...{ boards: this.boards, desk, log },
      hashes: new ContentHashes(),
      takes: new TakeFolders(() => clock.wall()),
    });
    this.registered = [this.boards, this.states];
  }

  /** A job changed, or the ledger in use is another one. */
  update(): void {
    this.states.update();
  }

  dispose(): void {
    for (const one of this.registered) one.dispose();
  }
}
