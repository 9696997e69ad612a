import { commands, type Diagnostic, DiagnosticSeverity, l10n, languages, type QuickPickItem, Range, window, workspace } from 'vscode';
import { diagnosticSource } from './boardDiagnostics';
import type { Boards, OpenBoard } from './boards';
import type { CommandId } from './commandIds';
import { gestureFailure } from './gestureFailures';
import { goToPlace } from './goToShot';
import { indexOfShot, namedShot, type ShotName } from './namedShot';
import { withoutIcons } from './plainText';
import { canGenerate, nameOf, playable } from './shotItem';
import type { ShotStates, ShotView } from './shotStates';
import { shotStateWords } from './shotStateWords';
import { generateWords, takesWords } from './shotWords';
import { tellFailure } from './tellFailure';

export interface ShotActionParts {
  readonly boards: Boards;
  readonly states: ShotStates;
  readonly isFree: boolean;
}

interface ActionRow extends QuickPickItem {
  readonly act: () => unknown;
}

/** Lists what can be done with the shot at the cursor, or with that of the argument. */
export async function chooseShotAction(argument: unknown, { boards, states, isFree }: ShotActionParts): Promise<void> {
  const asked = await namedShot(argument, boards);
  // outside the shots the item in the status bar is about the whole board
  if (asked.kind === 'noShotAtCursor') return void commands.executeCommand('kreaVideo.shots.focus');
  if (asked.kind !== 'shot') return void tellFailure(gestureFailure(asked));
  const { named } = asked;
  const board = await boards.of(named.document);
  const view = board && (await states.viewOf(board)).shots[indexOfShot(board, named) ?? -1];
  if (!board || !view) return void tellFailure(gestureFailure({ kind: 'shotGone', shot: named.shot }));
  const rows = [...actionsOf(board, view, { uri: named.uri, shot: named.shot }, isFree), ...findingsOf(board, view)];
  const words = { title: withoutIcons(nameOf(view), 80), placeHolder: withoutIcons(shotStateWords(view.state), 80) };
  const chosen = await window.showQuickPick(rows, words);
  await chosen?.act();
}

function actionsOf(board: OpenBoard, view: ShotView, name: ShotName, isFree: boolean): readonly ActionRow[] {
  const { price, takes, resolved } = view;
  const row = (icon: string, words: string, command: CommandId, argument: ShotName = name): ActionRow => ({
    label: `$(${icon}) ${words}`,
    act: () => commands.executeCommand(command, argument),
  });
  const seen = price.kind === 'unknown' || isFree ? {} : { seen: price.microUsd };
  const shown = playable(view);
  const trust: ActionRow = {
    label: `$(shield) ${l10n.t('Manage Workspace Trust')}`,
    detail: l10n.t('Restricted Mode: nothing from this folder is sent.'),
    act: () => commands.executeCommand('workbench.trust.manage'),
  };
  return [
    ...(workspace.isTrusted ? [] : [trust]),
    ...(workspace.isTrusted && canGenerate(board, view)
      ? [row('play-circle', generateWords(price, isFree), 'kreaVideo.generateShot', { ...name, ...seen })]
      : []),
    ...(shown ? [row('play', l10n.t('Play Take {0}', shown.number), 'kreaVideo.playTake', { ...name, take: shown.number })] : []),
    ...(takes.length > 0 ? [row('list-unordered', `${takesWords(takes.length, 0)}…`, 'kreaVideo.showTakes')] : []),
    ...(takes.length > 0 ? [row('pass', l10n.t('Pick Take…'), 'kreaVideo.pickTake')] : []),
    ...(resolved.prompt ? [row('open-preview', l10n.t('What Will Be Sent'), 'kreaVideo.showWhatWillBeSent')] : []),
  ];
}

/** What the Problems view says of the shot; choosing one goes there. */
function findingsOf({ document }: OpenBoard, { resolved: { shot } }: ShotView): readonly ActionRow[] {
  const range = new Range(document.positionAt(shot.range.start), document.positionAt(shot.range.end));
  return languages
    .getDiagnostics(document.uri)
    .filter((one) => one.source === diagnosticSource && one.range.intersection(range))
    .map((one) => ({
      label: `$(${iconOf(one)}) ${withoutIcons(one.message, 150)}`,
      description: l10n.t('Show in Text'),
      act: () => goToPlace(document, { start: document.offsetAt(one.range.start), end: document.offsetAt(one.range.end) }),
    }));
}

function iconOf({ severity }: Diagnostic): string {
  if (severity === DiagnosticSeverity.Error) return 'error';
  return severity === DiagnosticSeverity.Warning ? 'warning' : 'info';
}
