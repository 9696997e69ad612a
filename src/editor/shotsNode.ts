import type { Uri } from 'vscode';
import { shotKey } from '../storyboard/shotId';
import { blockKey } from '../storyboard/textBlock';
import type { Take } from '../takes/take';
import type { BoardView, ShotView } from './shotStates';

/** What the tree of shots is made of; shots and takes are named as commands take them. */
export type ShotsNode = GroupNode | ShotNode | TakeNode;

export interface GroupNode {
  readonly kind: 'group';
  readonly key: string;
  readonly title: string;
  readonly isScene: boolean;
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
  readonly view: ShotView;
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

/** Rows below one row: more would be slow to show, and nobody reads them. */
export const mostRows = 200;
const rangeRows = 100;

/** Shots below the nearest heading above them. One heading above all says nothing; many shots are parted into ranges. */
export function shotsNodes({ board, shots }: BoardView): readonly (GroupNode | ShotNode)[] {
  const { uri } = board.document;
  const key = uri.toString();
  const seen = new Map<string, number>();
  const scenes = new Map<number, ShotView[]>();
  const names = new Map<ShotView, { readonly key: string; readonly at: number }>();
  for (const [at, view] of shots.entries()) {
    const { shot } = view.resolved;
    const id = shotKey(shot.id);
    const twins = seen.get(id) ?? 0;
    seen.set(id, twins + 1);
    names.set(view, { key: `${key} ${id} ${twins}`, at });
    const scene = shot.above.at(-1) ?? -1;
    const of = scenes.get(scene);
    if (of) of.push(view);
    else scenes.set(scene, [view]);
  }
  const rows = (views: readonly ShotView[], parent: GroupNode | undefined): readonly ShotNode[] =>
    views.map((view) => shotNode(uri, view, names.get(view) ?? { key: '', at: -1 }, parent));
  return [...scenes].flatMap(([heading, views]): readonly (GroupNode | ShotNode)[] => {
    const title = board.storyboard.headings[heading]?.text ?? '';
    const isGroup = scenes.size > 1 && title !== '';
    if (views.length > mostRows) return ranges(views, isGroup ? title : '', `${key} ${heading}`, rows);
    return isGroup ? [group(`${key} # ${heading} ${blockKey(title)}`, title, true, views, rows)] : rows(views, undefined);
  });
}

type Rows = (views: readonly ShotView[], parent: GroupNode) => readonly ShotNode[];

function group(key: string, title: string, isScene: boolean, views: readonly ShotView[], rows: Rows): GroupNode {
  const shots: ShotNode[] = [];
  const made: GroupNode = { kind: 'group', key, title, isScene, shots };
  shots.push(...rows(views, made));
  return made;
}

function ranges(views: readonly ShotView[], title: string, key: string, rows: Rows): readonly GroupNode[] {
  const idAt = (index: number) => views[index]?.resolved.shot.id ?? '';
  return Array.from({ length: Math.ceil(views.length / rangeRows) }, (_, index) => {
    const first = index * rangeRows;
    const last = Math.min(views.length, first + rangeRows);
    const words = `${idAt(first)} – ${idAt(last - 1)}`;
    return group(`${key} ${first}`, title === '' ? words : `${title}: ${words}`, false, views.slice(first, last), rows);
  });
}

function shotNode(uri: Uri, view: ShotView, name: { readonly key: string; readonly at: number }, parent: GroupNode | undefined): ShotNode {
  const { price, resolved } = view;
  const seen = price.kind === 'unknown' ? {} : { seen: price.microUsd };
  return made({ kind: 'shot', ...name, uri, shot: resolved.shot.id, ...seen, view, parent });
}

export const takeNodes = (parent: ShotNode): readonly TakeNode[] =>
  parent.view.takes.map((of) => made({ kind: 'take', uri: parent.uri, shot: parent.shot, take: of.number, of, parent }));

/** Nodes are known by having been made here: what another extension hands over is none. */
const known = new WeakSet<object>();

function made<Node extends ShotNode | TakeNode>(node: Node): Node {
  known.add(node);
  return node;
}

export function rowOf(value: unknown): ShotNode | TakeNode | undefined {
  return isRow(value) ? value : undefined;
}

function isRow(value: unknown): value is ShotNode | TakeNode {
  return typeof value === 'object' && value !== null && known.has(value);
}
