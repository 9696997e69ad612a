import { type Command, l10n, MarkdownString, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import { errorsOf } from '../storyboard/boardSeverity';
import { boardSum } from '../storyboard/boardSum';
import type { Board } from '../storyboard/readBoard';
import type { Take } from '../takes/take';
import { aboutUsd } from './jobWords';
import { inLabel, inMarkdown, oneLine } from './plainText';
import type { ShotView } from './shotStates';
import { shotStateIcon, shotStateWords } from './shotStateWords';
import type { GroupNode, ShotNode, TakeNode } from './shotsNode';
import { priceWords, takesWords } from './shotWords';
import { takeWords } from './takeWords';

/** A scene, or a range of many shots. */
export function groupOfShotsItem({ key, title, isOpen, shots, isFree }: GroupNode): TreeItem {
  const item = new TreeItem(inLabel(title, 60), isOpen ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
  const { microUsd } = boardSum(shots.map(({ view }) => view));
  item.id = key;
  item.description = [shotsWords(shots.length), microUsd > 0 && !isFree && aboutUsd(microUsd)].filter(Boolean).join(' · ');
  item.contextValue = 'group';
  item.accessibilityInformation = { label: [item.label, item.description.replaceAll(' · ', ', ')].join(', ') };
  return item;
}

/** One shot as a row: its id and title; how it stands, for how much, with how many takes. */
export function shotItem({ key, board, view, isFree }: ShotNode, command: Command): TreeItem {
  const { resolved, state, takes } = view;
  const label = inLabel(nameOf(view), 60);
  const item = new TreeItem(label, takes.length > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  const facts = [
    shotStateWords(state),
    isMade(view) ? priceWords(view.price, isFree) : '',
    takes.length > 0 ? takesWords(takes.length, 0) : '',
    errorWords(board, view),
  ].filter(Boolean);
  const poster = posterOf(view);
  item.id = key;
  item.description = inLabel(facts.join(' · '), 200);
  item.iconPath = poster === undefined ? shotStateIcon(state) : Uri.file(poster);
  item.contextValue = [
    'shot',
    ...(canGenerate(board, view) ? ['can-generate'] : []),
    ...(playable(view) ? ['can-play'] : []),
    ...(takes.length > 0 ? ['can-pick'] : []),
  ].join(' ');
  item.command = command;
  const spoken = resolved.alt === undefined ? label : `${label}, ${l10n.t('variant of {0}', oneLine(resolved.alt, 20))}`;
  item.accessibilityInformation = { label: [spoken, ...facts].join(', ') };
  return item;
}

/** What the mouse over a row shows. The text is foreign, in Markdown that trusts nothing. */
export function shotTooltip(board: Board, view: ShotView, isFree: boolean): MarkdownString {
  const { resolved, state } = view;
  const poster = posterOf(view);
  const facts = [
    `${shotStateWords(state)}${isMade(view) ? ` · ${priceWords(view.price, isFree)}` : ''}`,
    ...(resolved.model.kind === 'model' ? [`${l10n.t('Model')}: ${resolved.model.model.name}`] : []),
    ...[errorWords(board, view)].filter((words) => words !== ''),
  ];
  const lines = [
    `**${inMarkdown(nameOf(view), 80)}**`,
    inMarkdown(resolved.prompt?.text ?? '', 600),
    ...facts.map((fact) => inMarkdown(fact, 300)),
  ];
  return new MarkdownString([...(poster === undefined ? [] : [picture(poster)]), ...lines.filter(Boolean)].join('\n\n'), false);
}

/** One take below its shot: whether it is picked and of the text as it stands, and what it is. */
export function takeItem({ of, parent }: TakeNode, command: Command): TreeItem {
  const { view } = parent;
  const item = new TreeItem(l10n.t('Take {0}', of.number));
  const facts = [
    view.resolved.pick === of.number && l10n.t({ message: 'picked', comment: ['A take that was chosen'] }),
    view.hash !== undefined &&
      of.sidecar.request_hash === view.hash &&
      l10n.t({ message: 'current', comment: ['A shot whose take is of the text as it stands'] }),
    of.clip === undefined && l10n.t({ message: 'not here', comment: ['A take whose clip is on another machine'] }),
    ...takeWords(of),
  ].filter((fact) => typeof fact === 'string' && fact !== '');
  item.id = `${parent.key} take ${of.number}`;
  item.description = inLabel(facts.join(' · '), 200);
  item.iconPath = of.poster !== undefined ? Uri.file(of.poster) : new ThemeIcon(of.clip === undefined ? 'cloud' : 'device-camera-video');
  item.contextValue = [
    'take',
    ...(of.clip === undefined ? [] : ['can-play']),
    view.resolved.pick === of.number ? 'is-picked' : 'can-pick',
  ].join(' ');
  item.command = command;
  item.accessibilityInformation = { label: [`${inLabel(view.resolved.shot.id, 30)}, ${item.label}`, ...facts].join(', ') };
  return item;
}

export function takeTooltip({ of }: TakeNode): MarkdownString {
  const prompt = of.sidecar.request.prompt;
  const lines = [inMarkdown(typeof prompt === 'string' ? prompt : '', 600), inMarkdown(takeWords(of).join(' · '), 300)];
  return new MarkdownString([...(of.poster === undefined ? [] : [picture(of.poster)]), ...lines.filter(Boolean)].join('\n\n'), false);
}

const shotsWords = (count: number): string => (count === 1 ? l10n.t('1 shot') : l10n.t('{0} shots', count));

export const nameOf = ({ resolved: { shot } }: ShotView): string => (shot.title === '' ? shot.id : `${shot.id} ${shot.title}`);

/** A shot that something is paid for. */
export const isMade = ({ resolved, state }: ShotView): boolean =>
  resolved.prompt !== undefined && state.kind !== 'omitted' && state.kind !== 'footage';

/** Of a shot that is made already they are no more than hints. */
export function errorWords(board: Board, view: ShotView): string {
  const isHint = view.resolved.pick !== undefined || view.state.kind === 'current';
  const errors = isMade(view) && !isHint ? errorsOf(board, view).length : 0;
  if (errors === 0) return '';
  return errors === 1 ? l10n.t('1 error') : l10n.t('{0} errors', errors);
}

export const canGenerate = (board: Board, view: ShotView): boolean =>
  isMade(view) && view.resolved.frames.length === 0 && errorsOf(board, view).length === 0;

/** The take that is shown for the shot: its pick, else the one it follows, else the newest with a clip. */
export function playable({ resolved: { pick }, state, takes }: ShotView): Take | undefined {
  const here = takes.filter(({ clip }) => clip !== undefined);
  const followed = 'take' in state ? state.take.number : undefined;
  return here.find(({ number }) => number === pick) ?? here.find(({ number }) => number === followed) ?? here.at(-1);
}

function posterOf(view: ShotView): string | undefined {
  if (view.state.kind === 'running' || view.state.kind === 'unclear') return undefined;
  return playable(view)?.poster ?? view.takes.find(({ number }) => number === view.resolved.pick)?.poster;
}

const picture = (file: string): string =>
  `![](${Uri.file(file)
    .toString(false)
    .replace(/[()<>\\]/g, encodeURIComponent)}|width=320)`;
