import { commands, env, Uri } from 'vscode';
import type { Job } from '../jobs/job';
import type { PlayerAction } from '../player/messages';
import type { PlayerRequest } from '../player/playerRequest';
import { gestureFailure, unexpectedFailure } from './gestureFailures';
import { canShowInFolder } from './jobActions';
import { saveClipAs } from './playerClipCopy';
import { saveStill } from './playerStill';
import { tellFailure } from './tellFailure';

export interface PlayerRequestParts {
  /** A job of the desk that is open now. */
  readonly find: (takeId: string) => Promise<Job | undefined>;
  readonly offline: () => boolean;
  /** Of the workspace: nothing is sent from one that is not. */
  readonly trusted: () => boolean;
  readonly saveAgain: (takeId: string) => Promise<void>;
  /** Past the money gate: a new row, a new job. */
  readonly generateAgain: (job: Job) => Promise<void>;
  readonly say: (text: string) => void;
  readonly log: (error: unknown) => void;
}

/** The buttons of the page that work in this window. */
export const playerActionsHere = (): readonly PlayerAction[] => [
  'copyPrompt',
  'saveAs',
  'saveAgain',
  'generateAgain',
  ...(canShowInFolder() ? (['playOutside', 'reveal'] as const) : []),
];

/** Does what a button of the player asks for. */
export class PlayerRequests {
  /** What is being answered: a second press while a question stands open must not ask, or pay, twice. */
  readonly #busy = new Set<string>();

  constructor(private readonly parts: PlayerRequestParts) {}

  /** Never rejects: what goes wrong is said to the person. */
  async answer(request: PlayerRequest): Promise<void> {
    const key = `${request.action} ${request.clip.takeId}`;
    if (this.#busy.has(key)) return;
    this.#busy.add(key);
    try {
      await this.#carryOut(request);
    } catch (error) {
      this.parts.log(error);
      void tellFailure(unexpectedFailure(error));
    } finally {
      this.#busy.delete(key);
    }
  }

  async #carryOut(request: PlayerRequest): Promise<void> {
    const { clip } = request;
    switch (request.action) {
      case 'playOutside':
        await env.openExternal(Uri.file(clip.file));
        return;
      case 'reveal':
        await commands.executeCommand('revealFileInOS', Uri.file(clip.file));
        return;
      case 'saveAgain':
        return this.parts.saveAgain(clip.takeId);
      case 'generateAgain':
        return this.#generateAgain(clip.takeId);
      case 'saveAs':
        return saveClipAs(clip.file, this.parts.say);
      case 'useFrame':
        return saveStill({ clip: clip.file, seconds: request.seconds, png: request.png }, this.parts.say);
      default:
        request satisfies never;
    }
  }

  /** Only at the desk the clip was made at: a clip of the demo is never paid for, nor a paid one made by the simulator. */
  async #generateAgain(takeId: string): Promise<void> {
    if (!this.parts.trusted()) return tellFailure(gestureFailure({ kind: 'untrusted' }));
    const job = await this.parts.find(takeId);
    if (job) return this.parts.generateAgain(job);
    return tellFailure(gestureFailure({ kind: this.parts.offline() ? 'madeAtKrea' : 'madeInDemo' }));
  }
}
