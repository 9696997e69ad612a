import { type Disposable, l10n, MarkdownString, StatusBarAlignment, type StatusBarItem, type TextEditor, window, workspace } from 'vscode';
import { shotAt } from '../storyboard/shotAt';
import type { Desk } from './desk';
import { inMarkdown, oneLine, withoutIcons } from './plainText';
import { errorWords, isMade, nameOf, shotTooltip } from './shotItem';
import type { BoardView, ShotStates, ShotView } from './shotStates';
import { shotStateWords } from './shotStateWords';
import { boardLines } from './shotsView';
import { boardWords, priceWords } from './shotWords';

export interface ShotStatusBarParts {
  readonly states: Pick<ShotStates, 'held' | 'onDidChange'>;
  readonly desk: () => Pick<Desk, 'kind'>;
}

/** Says of the shot at the cursor what its lens says: for those who switch lenses off, and for screen readers. */
export class ShotStatusBar implements Disposable {
  private readonly item: StatusBarItem;
  private readonly events: readonly Disposable[];
  private shown = '';

  constructor(private readonly parts: ShotStatusBarParts) {
    this.item = window.createStatusBarItem('kreaVideo.shot', StatusBarAlignment.Left, -1);
    this.item.name = l10n.t('Krea Video: Shot');
    this.item.command = 'kreaVideo.shotActions';
    const look = (): void => this.look(window.activeTextEditor);
    this.events = [
      this.item,
      window.onDidChangeActiveTextEditor(look),
      window.onDidChangeTextEditorSelection(look),
      workspace.onDidGrantWorkspaceTrust(look),
      parts.states.onDidChange(look),
    ];
    look();
  }

  dispose(): void {
    for (const event of this.events) event.dispose();
  }

  private look(editor: TextEditor | undefined): void {
    const view = editor && this.parts.states.held(editor.document.uri);
    if (!editor || !view) {
      this.shown = '';
      this.item.hide();
      return;
    }
    // of a version that is not read yet the places are not known; the look at it follows
    if (view.board.version !== editor.document.version && this.shown !== '') return;
    const index = shotAt(view.board.storyboard, editor.document.offsetAt(editor.selection.active));
    const words = statusWords(view, view.shots[index ?? -1], this.parts.desk().kind === 'offline');
    const shown = `${words.text}\n${words.tooltip.value}`;
    if (this.shown === shown) return;
    this.shown = shown;
    this.item.text = words.text;
    this.item.tooltip = words.tooltip;
    this.item.accessibilityInformation = { label: words.spoken };
    this.item.show();
  }
}

export interface StatusWords {
  readonly text: string;
  readonly spoken: string;
  readonly tooltip: MarkdownString;
}

/** `SH020 · changed since take 2 · about $0.37`; outside the shots what the whole board comes to. */
export function statusWords(view: BoardView, shot: ShotView | undefined, isFree: boolean, trusted = workspace.isTrusted): StatusWords {
  const restricted = trusted ? [] : [l10n.t('Restricted Mode')];
  if (!shot) {
    const words = [boardWords(view.board, isFree), ...restricted];
    const lines = boardLines(view, isFree, trusted).map((line) => inMarkdown(line, 200));
    return {
      text: `$(device-camera-video) ${withoutIcons(words.join(' · '), 120)}`,
      spoken: `Krea Video: ${words.join(', ')}`,
      tooltip: new MarkdownString(lines.join('\n\n'), false),
    };
  }
  const price = isMade(shot) ? priceWords(shot.price, isFree) : '';
  const facts = [shotStateWords(shot.state), price, errorWords(view.board, shot), ...restricted].filter((fact) => fact !== '');
  return {
    text: `$(device-camera-video) ${withoutIcons([oneLine(shot.resolved.shot.id, 30), ...facts].join(' · '), 120)}`,
    spoken: l10n.t('Shot {0}', [oneLine(nameOf(shot), 80), ...facts].join(', ')),
    tooltip: shotTooltip(view.board, shot, isFree),
  };
}
