import type { Uri } from 'vscode';
import { shotKey } from '../storyboard/shotId';
import type { Take } from '../takes/take';
import type { OpenBoard } from './boards';
import type { BoardView, ShotView } from './shotStates';

/** What the tree of shots is made of; shots and takes are named as commands take them (`ShotName`). */
export type ShotsNode = GroupNode | ShotNode | TakeNode;

export interface GroupNode {
  readonly kind: 'group';
  readonly key: string;
  readonly title: string;
  readonly isOpen: boolean;
  readonly isFree: boolean;
  readonly shots: readonly ShotNode[];
}

export interface ShotNode {
  readonly kind: 'shot';
  readonly key: string;
  readonly uri: Uri;
  readonly shot: string;
  /** Index in the board. */
  readonly at: number;
  /** The price that stands in its row, in millionths of a US dollar. */
  readonly seen?: number;
  readonly board: OpenBoard;
  readonly view: ShotView;
  /** In the offline demo nothing is paid. */
  readonly isFree: boolean;
  readonly parent: GroupNode | undefined;
}

export interface TakeNode {
  readonly kind: 'take';
  readonly uri: Uri;
  readonly shot: string;
  readonly take: number;
  readonly of: Take;
  readonly parent: ShotNode;
}

/** Rows that are shown at once; what is more stands in groups that are shut. */
const mostRows = 200;
const rowsInRange = 100;

interface Found {
  readonly key: string;
  readonly at: number;
  readonly view: ShotView;
}

/** Shots below the nearest heading above them. One heading above all says nothing; many shots are parted into ranges. */
export function shotsNodes({ board, shots }: BoardView, isFree: boolean): readonly (GroupNode | ShotNode)[] {
  const { uri } = board.document;
  const key = uri.toString();
  const scenes = scenesOf(key, shots);
  const node = ({ view, ...place }: Found, parent: GroupNode | undefined): ShotNode => {
    const { price, resolved } = view;
    const seen = price.kind === 'unknown' || isFree ? {} : { seen: price.microUsd };
    return { kind: 'shot', ...place, uri, shot: resolved.shot.id, ...seen, board, view, isFree, parent };
  };
  const group = (name: string, title: string, isOpen: boolean, found: readonly Found[]): GroupNode => {
    const inside: ShotNode[] = [];
    const made: GroupNode = { kind: 'group', key: `${key} ${name}`, title, isOpen, isFree, shots: inside };
    inside.push(...found.map((one) => node(one, made)));
    return made;
  };
  return [...scenes].flatMap(([heading, found]): readonly (GroupNode | ShotNode)[] => {
    const title = scenes.size > 1 ? (board.storyboard.headings[heading]?.text ?? '') : '';
    if (found.length > mostRows)
      return rangesOf(found).map((part) => group(`${heading} ${part[0]?.key}`, rangeTitle(title, part), false, part));
    if (title === '') return found.map((one) => node(one, undefined));
    return [group(`# ${heading}`, title, shots.length <= mostRows, found)];
  });
}

/** By the heading, in the order of the text. Two shots of one id have keys of their own. */
function scenesOf(board: string, shots: readonly ShotView[]): ReadonlyMap<number, readonly Found[]> {
  const twins = new Map<string, number>();
  const scenes = new Map<number, Found[]>();
  for (const [at, view] of shots.entries()) {
    const { id, above } = view.resolved.shot;
    const name = shotKey(id);
    const twin = twins.get(name) ?? 0;
    twins.set(name, twin + 1);
    const found = { key: `${board} ${name} ${twin}`, at, view };
    const heading = above.at(-1) ?? -1;
    const scene = scenes.get(heading);
    if (scene) scene.push(found);
    else scenes.set(heading, [found]);
  }
  return scenes;
}

const rangesOf = (found: readonly Found[]): readonly (readonly Found[])[] =>
  Array.from({ length: Math.ceil(found.length / rowsInRange) }, (_, index) => found.slice(index * rowsInRange, (index + 1) * rowsInRange));

function rangeTitle(scene: string, found: readonly Found[]): string {
  const [first, last] = [found[0], found.at(-1)].map((one) => one?.view.resolved.shot.id ?? '');
  return `${scene === '' ? '' : `${scene}: `}${first} – ${last}`;
}

/** The newest first, where the eye is. */
export const takeNodes = (parent: ShotNode): readonly TakeNode[] =>
  parent.view.takes.toReversed().map((of) => ({ kind: 'take', uri: parent.uri, shot: parent.shot, take: of.number, of, parent }));
