import { join } from 'node:path';
import { type Disposable, EventEmitter, type Uri, workspace } from 'vscode';
import { standIn } from '../jobs/addressed';
import { isLive, isOpen, type Job } from '../jobs/job';
import type { ContentHashes } from '../production/contentHashes';
import { type ShotState, shotState } from '../production/shotState';
import { inputsOf, withInputs } from '../storyboard/inputs';
import type { BoardShot } from '../storyboard/readBoard';
import { requestHash } from '../storyboard/requestHash';
import { resolveInputs } from '../storyboard/resolveInputs';
import { shotKey } from '../storyboard/shotId';
import type { Take } from '../takes/take';
import type { TakeFolders } from '../takes/takeFolders';
import { shotStem } from '../takes/takeNames';
import type { Boards, OpenBoard } from './boards';
import type { Desk } from './desk';
import { boardTakes } from './destination';
import { LooksInTurn } from './looksInTurn';
import { foldersFor } from './requestInputs';

/** A shot with what is on disk and at Krea of it. */
export interface ShotView extends BoardShot {
  /** Of the request as the text stands; `undefined` where there is none, or a file of it is not there. */
  readonly hash: string | undefined;
  readonly takes: readonly Take[];
  readonly state: ShotState;
}

export interface BoardView {
  readonly board: OpenBoard;
  /** As in the board. */
  readonly shots: readonly ShotView[];
}

export interface ShotStatesParts {
  readonly boards: Boards;
  readonly desk: () => Pick<Desk, 'jobs' | 'takesRoot'>;
  readonly hashes: ContentHashes;
  readonly takes: TakeFolders;
  readonly log: (line: string) => void;
}

/** Milliseconds for looking at the files of one board. */
const patience = 60_000;
const takeFiles = '**/*_take-*.{json,mp4,mov,webm,jpg}';

/** What has become of the shots of every open storyboard: seen anew when a text, a job or a file of a take changes. */
export class ShotStates implements Disposable {
  private readonly changed = new EventEmitter<BoardView>();
  readonly onDidChange = this.changed.event;
  private readonly views = new Map<string, BoardView>();
  private readonly looks: LooksInTurn;
  private readonly events: readonly Disposable[];

  constructor(private readonly parts: ShotStatesParts) {
    const { boards, log } = parts;
    this.looks = new LooksInTurn((error) => log(`The takes of a storyboard could not be read: ${String(error)}`));
    const files = workspace.createFileSystemWatcher(takeFiles);
    const look = (): void => this.update();
    this.events = [
      files,
      files.onDidCreate(look),
      files.onDidDelete(look),
      files.onDidChange(look),
      boards.onDidRead((board) => this.look(board)),
      boards.onDidClose((uri) => this.views.delete(uri.toString())),
    ];
    this.update();
  }

  /** Of the last version that was looked at, which may not be the newest. */
  held(uri: Uri): BoardView | undefined {
    return this.views.get(uri.toString());
  }

  /** A job or a file changed, or the ledger in use is another one. */
  update(): void {
    for (const board of this.parts.boards.open) this.look(board);
  }

  dispose(): void {
    for (const event of this.events) event.dispose();
    this.changed.dispose();
  }

  private look({ document: { uri } }: OpenBoard): void {
    this.looks.ask(uri.toString(), async () => {
      const board = this.parts.boards.held(uri);
      if (!board) return;
      const view = await this.viewOf(board);
      this.views.set(uri.toString(), view);
      this.changed.fire(view);
    });
  }

  /** The shots of a board as they are now. */
  async viewOf(board: OpenBoard): Promise<BoardView> {
    const signal = AbortSignal.timeout(patience);
    const { desk } = this.parts;
    const { jobs, takesRoot } = desk();
    const { uri } = board.document;
    const folder = await boardTakes(uri, board.storyboard, takesRoot);
    const takesOf = async (id: string): Promise<readonly Take[]> =>
      folder.kind === 'folder' ? this.parts.takes.takesIn(join(folder.path, shotStem(id))) : [];
    const takes = await Promise.all(board.shots.map(({ resolved }) => takesOf(resolved.shot.id)));
    const live = folder.kind === 'folder' ? jobs.newest.filter((job) => isLive(job) && liesBelow(job, folder.path)) : [];
    const made = new Map(board.shots.map(({ resolved }, index) => [shotKey(resolved.shot.id), takes[index] ?? []]));
    const shots: ShotView[] = [];
    for (const [index, shot] of board.shots.entries()) {
      const own = takes[index] ?? [];
      const hash = await this.hashOf(shot, uri, signal);
      shots.push({ ...shot, hash, takes: own, state: stateOf(shot, hash, own, live, made) });
    }
    return { board, shots };
  }

  private async hashOf(
    { resolved: { model, body, prompt, frames } }: BoardShot,
    uri: Uri,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    if (model.kind !== 'model' || !prompt || frames.length > 0) return undefined;
    const places = inputsOf(model.model, body);
    if (places.length === 0) return requestHash(model.model, body);
    const found = await resolveInputs(places, foldersFor(uri));
    if (found.kind !== 'inputs') return undefined;
    const byRole = new Map<string, string>();
    for (const { role, file } of found.inputs) {
      const sha256 = await this.parts.hashes.of(file, signal);
      if (sha256 === undefined) return undefined;
      byRole.set(role, sha256);
    }
    return requestHash(
      model.model,
      withInputs(body, found.inputs, ({ role }) => standIn(byRole.get(role) ?? '')),
    );
  }
}

const liesBelow = ({ order }: Job, folder: string): boolean =>
  order.destination.shot !== undefined && join(order.destination.folder, '..') === join(folder);

function stateOf(
  { resolved }: BoardShot,
  hash: string | undefined,
  takes: readonly Take[],
  live: readonly Job[],
  made: ReadonlyMap<string, readonly Take[]>,
): ShotState {
  const { shot, prompt, clip, omit, pick, frames } = resolved;
  const key = shotKey(shot.id);
  const own = live.filter(({ order }) => order.destination.shot !== undefined && shotKey(order.destination.shot) === key);
  return shotState({
    ...{ hash, pick, takes, hasPrompt: prompt !== undefined, isFootage: clip !== undefined, isOmitted: omit },
    running: own.filter((job) => isOpen(job)),
    unclear: own.filter((job) => !isOpen(job)),
    waitsFor: frames.find(({ frame }) => (made.get(shotKey(frame.shot)) ?? []).length === 0)?.frame.shot,
  });
}
