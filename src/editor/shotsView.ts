import { posix } from 'node:path';
import {
  type Command,
  type Disposable,
  EventEmitter,
  l10n,
  type TextEditor,
  type TreeItem,
  type TreeView,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { shotAt } from '../storyboard/shotAt';
import type { BoardInUse } from './boardInUse';
import type { CommandId } from './commandIds';
import type { Desk } from './desk';
import type { TreeSource } from './lateTree';
import { inLabel } from './plainText';
import { groupOfShotsItem, shotItem, shotTooltip, takeItem, takeTooltip } from './shotItem';
import type { BoardView, ShotStates } from './shotStates';
import { type GroupNode, type ShotNode, type ShotsNode, shotsNodes, takeNodes } from './shotsNode';
import { boardWords } from './shotWords';

export interface ShotsViewParts {
  readonly inUse: BoardInUse;
  readonly states: Pick<ShotStates, 'held' | 'onDidChange'>;
  readonly desk: () => Pick<Desk, 'kind'>;
  readonly log: (line: string) => void;
}

/** What is used of the editor's tree. */
export type ShotsTree = Pick<TreeView<ShotsNode>, 'visible' | 'onDidChangeVisibility' | 'message' | 'description' | 'selection' | 'reveal'>;

/** Milliseconds between a change and the look at it: a keystroke must not bring a whole tree anew. */
const pause = 150;

/** The tree of the shots of the storyboard in use. While it is not seen it does nothing. */
export class ShotsView implements TreeSource<ShotsNode>, Disposable {
  private readonly changed = new EventEmitter<ShotsNode | ShotsNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly events: readonly Disposable[];
  private roots: readonly (GroupNode | ShotNode)[] = [];
  /** What the rows say, to see whether any of them has changed. */
  private said = '';
  private refreshing: NodeJS.Timeout | undefined;
  private following: NodeJS.Timeout | undefined;
  /** The shot at the cursor when its row was last selected: who walks through the rows by key is not called back. */
  private followed: string | undefined;

  constructor(
    private readonly tree: ShotsTree,
    private readonly parts: ShotsViewParts,
  ) {
    const { inUse, states } = parts;
    this.events = [
      tree.onDidChangeVisibility(() => this.refresh()),
      inUse.onDidChange(() => this.refresh()),
      states.onDidChange(({ board }) => isSame(board.document.uri, inUse.uri) && this.refreshSoon()),
      workspace.onDidGrantWorkspaceTrust(() => this.refresh()),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.followSoon(textEditor)),
    ];
    this.refresh();
  }

  async getChildren(node?: ShotsNode): Promise<ShotsNode[]> {
    if (node === undefined) return [...this.roots];
    if (node.kind === 'group') return [...node.shots];
    return node.kind === 'shot' ? [...takeNodes(node)] : [];
  }

  getParent(node: ShotsNode): ShotsNode | undefined {
    return node.kind === 'group' ? undefined : node.parent;
  }

  getTreeItem(node: ShotsNode): TreeItem {
    const does = (command: CommandId): Command => ({ command, title: '', arguments: [node] });
    switch (node.kind) {
      case 'group':
        return groupOfShotsItem(node);
      case 'shot':
        return shotItem(node, does('kreaVideo.goToShot'));
      case 'take':
        return takeItem(node, does('kreaVideo.playTake'));
      default:
        return node satisfies never;
    }
  }

  resolveTreeItem(item: TreeItem, node: ShotsNode): TreeItem {
    if (node.kind === 'shot') item.tooltip = shotTooltip(node.board, node.view, node.isFree);
    if (node.kind === 'take') item.tooltip = takeTooltip(node);
    return item;
  }

  dispose(): void {
    for (const event of this.events) event.dispose();
    this.rest();
    this.changed.dispose();
  }

  private refreshSoon(): void {
    if (!this.tree.visible) return;
    this.refreshing ??= setTimeout(() => {
      this.refreshing = undefined;
      this.refresh();
    }, pause);
  }

  private refresh(): void {
    if (!this.tree.visible) {
      this.rest();
      return;
    }
    const { inUse, states, desk } = this.parts;
    const { uri } = inUse;
    const view = uri && states.held(uri);
    const isFree = desk().kind === 'offline';
    const said = view ? `${isFree}\n${rowsOf(view)}` : '';
    this.tree.description = uri ? inLabel(nameOfBoard(uri), 40) : '';
    this.tree.message = view ? boardLines(view, isFree).join('\n') : '';
    this.roots = view ? shotsNodes(view, isFree) : [];
    if (said !== this.said) {
      this.said = said;
      this.changed.fire(undefined);
    }
    this.followSoon(window.activeTextEditor);
  }

  private followSoon(editor: TextEditor | undefined): void {
    if (!this.tree.visible || !editor || !isSame(editor.document.uri, this.parts.inUse.uri)) return;
    clearTimeout(this.following);
    this.following = setTimeout(() => void this.follow(editor).catch((error: unknown) => this.parts.log(String(error))), pause);
  }

  /** The row of the shot at the cursor is selected, as the outline does it; the focus stays in the text. */
  private async follow({ document, selection }: TextEditor): Promise<void> {
    const board = this.parts.states.held(document.uri)?.board;
    const index = board && shotAt(board.storyboard, document.offsetAt(selection.active));
    if (index === undefined || !this.tree.visible) return;
    const node = this.roots.flatMap((one) => (one.kind === 'group' ? one.shots : [one])).find(({ at }) => at === index);
    if (!node || node.key === this.followed) return;
    this.followed = node.key;
    const [selected] = this.tree.selection;
    const isThere = selected?.kind === 'shot' ? selected.key === node.key : selected?.kind === 'take' && selected.parent.key === node.key;
    if (!isThere) await this.tree.reveal(node, { select: true, focus: false });
  }

  private rest(): void {
    clearTimeout(this.refreshing);
    clearTimeout(this.following);
    this.refreshing = undefined;
    this.following = undefined;
    this.followed = undefined;
  }
}

/** What the board comes to, and what keeps all of it from being sent. */
export const boardLines = ({ board }: BoardView, isFree: boolean, trusted = workspace.isTrusted): readonly string[] => [
  boardWords(board, isFree),
  ...(trusted ? [] : [l10n.t('Restricted Mode: nothing from this folder is sent.')]),
];

/** All that rows show, in one text. */
function rowsOf({ board, shots }: BoardView): string {
  const ofShots = shots.map(({ resolved: { shot, pick }, state, price, takes, hash, findings }) => {
    const job = 'job' in state ? state.job.state.name : '';
    const of = 'take' in state ? state.take.number : '';
    const cost = price.kind === 'unknown' ? '' : `${price.microUsd} ${price.date}`;
    const files = takes.map(({ number, clip, poster, sidecar }) => `${number} ${clip} ${poster} ${sidecar.request_hash === hash}`);
    return [shot.id, shot.title, shot.above.at(-1), pick, state.kind, job, of, cost, findings.length, ...files].join('\t');
  });
  return [
    board.document.uri.toString(),
    board.storyboard.findings.length,
    ...board.storyboard.headings.filter(({ hasShots }) => hasShots).map(({ text }) => text),
    ...ofShots,
  ].join('\n');
}

const nameOfBoard = (uri: Uri): string => posix.basename(uri.path).replace(/(?:\.storyboard)?\.md$/i, '');
const isSame = (one: Uri, other: Uri | undefined): boolean => other !== undefined && one.toString() === other.toString();
