import { l10n, window } from 'vscode';
import type { Take } from '../takes/take';
import type { Boards } from './boards';
import { gestureFailure } from './gestureFailures';
import { indexOfShot, type NamedShot, namedShot } from './namedShot';
import { writePickedTake } from './pickTake';
import { inLabel } from './plainText';
import { jobOf, type PlayTakeParts, playTake } from './playTake';
import type { SeenTakes } from './seenTakes';
import { playable } from './shotItem';
import type { ShotStates, ShotView } from './shotStates';
import { showTakeList } from './takeList';
import { tellFailure } from './tellFailure';

export interface ShotTakesParts extends PlayTakeParts {
  readonly boards: Boards;
  readonly states: ShotStates;
  readonly seen: SeenTakes;
}

/** What can be done with the takes of a shot: they are listed, played and picked. */
export class ShotTakes {
  constructor(private readonly parts: ShotTakesParts) {}

  /** The list of takes; a take that is chosen there plays. */
  async show(argument: unknown): Promise<void> {
    await this.list(argument, 'play');
  }

  /** Picks the take that the argument names, else the one that is chosen from the list. */
  async pick(argument: unknown): Promise<void> {
    const asked = await namedShot(argument, this.parts.boards);
    if (asked.kind === 'shot' && asked.named.take !== undefined) return writePickedTake(asked.named, asked.named.take, this.parts.boards);
    await this.list(argument, 'pick');
  }

  /** Plays the take that the argument names, else the one that stands for the shot. */
  async playOne(argument: unknown): Promise<void> {
    const found = await this.found(argument);
    if (!found) return;
    const { named, view } = found;
    const take = view.takes.find(({ number }) => number === named.take) ?? playable(view) ?? view.takes.at(-1);
    if (take) await this.play(take, view);
  }

  private async list(argument: unknown, first: 'play' | 'pick'): Promise<void> {
    const { boards, seen } = this.parts;
    const found = await this.found(argument);
    if (!found) return;
    const { named, view } = found;
    await showTakeList(view, first, {
      isNew: (take) => take.clip !== undefined && !seen.has(take.sidecar.job_id),
      play: (take) => this.play(take, view),
      pick: (take) => writePickedTake(named, take.number, boards),
    });
  }

  /** The shot with its takes as they are now; where there are none, it has been said. */
  private async found(argument: unknown): Promise<{ readonly named: NamedShot; readonly view: ShotView } | undefined> {
    const { boards, states } = this.parts;
    const asked = await namedShot(argument, boards);
    if (asked.kind !== 'shot') return void tellFailure(gestureFailure(asked));
    const { named } = asked;
    const board = await boards.of(named.document);
    const view = board && (await states.viewOf(board)).shots[indexOfShot(board, named) ?? -1];
    if (!view) return void tellFailure(gestureFailure({ kind: 'shotGone', shot: named.shot }));
    if (view.takes.length === 0) return void window.showInformationMessage(l10n.t('{0} has no take yet.', inLabel(named.shot, 40)));
    return { named, view };
  }

  private async play(take: Take, { resolved }: ShotView): Promise<void> {
    if (take.clip !== undefined) return playTake(take, this.parts);
    const [id, job] = [inLabel(resolved.shot.id, 40), jobOf(take, this.parts)];
    const words = l10n.t('{0}, take {1}: its clip is not on this computer, only its record is.', id, take.number);
    if (!job) return void window.showInformationMessage(words);
    const again = l10n.t('Save Again (free)');
    void window
      .showInformationMessage(words, again)
      .then((answer) => (answer === again ? this.parts.desk().jobs.saveAgain(job.id) : undefined));
  }
}
