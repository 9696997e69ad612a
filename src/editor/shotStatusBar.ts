import { type Disposable, l10n, MarkdownString, StatusBarAlignment, type StatusBarItem, type TextEditor, window, workspace } from 'vscode';
import { shotAt } from '../storyboard/shotAt';
import { estimateWords } from './jobWords';
import { inMarkdown, oneLine, withoutIcons } from './plainText';
import { errorWords, isMade, nameOf, shotTooltip } from './shotItem';
import { shotStateWords } from './shotStateWords';
import type { BoardView, ShotStates, ShotView } from './shotStates';
import { messageOf } from './shotsView';

export interface ShotStatusBarParts {
  readonly states: Pick<ShotStates, 'held' | 'onDidChange'>;
}

/** Says of the shot at the cursor what its lens says: for those who switch lenses off, and for screen readers. */
export class ShotStatusBar implements Disposable {
  private readonly item: StatusBarItem;
  private readonly events: readonly Disposable[];

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

  get text(): string | undefined {
    return this.shown ? this.item.text : undefined;
  }

  dispose(): void {
    for (const event of this.events) event.dispose();
  }

  private shown = false;

  private look(editor: TextEditor | undefined): void {
    const view = editor && this.parts.states.held(editor.document.uri);
    if (!editor || !view) {
      this.shown = false;
      this.item.hide();
      return;
    }
    // of a version that is not read yet the places are not known; the look at it follows
    if (view.board.version !== editor.document.version && this.shown) return;
    const index = shotAt(view.board.storyboard, editor.document.offsetAt(editor.selection.active));
    const words = wordsFor(view, view.shots[index ?? -1]);
    if (this.shown && this.item.text === words.text) return;
    this.item.text = words.text;
    this.item.tooltip = words.tooltip;
    this.item.accessibilityInformation = { label: words.spoken };
    this.shown = true;
    this.item.show();
  }
}

export interface StatusWords {
  readonly text: string;
  readonly spoken: string;
  readonly tooltip: MarkdownString;
}

/** `SH020 · changed since take 2 · about $0.37`; outside the shots what the whole board comes to. */
export function wordsFor(view: BoardView, shot: ShotView | undefined, trusted = workspace.isTrusted): StatusWords {
  const restricted = trusted ? [] : [l10n.t('Restricted Mode')];
  if (!shot) {
    const words = [...messageOf(view, true), ...restricted];
    const text = words.join(' · ');
    const tooltip = new MarkdownString(inMarkdown(messageOf(view, trusted).join('\n'), 300), false);
    return { text: `$(device-camera-video) ${withoutIcons(text, 120)}`, spoken: `Krea Video: ${words.join(', ')}`, tooltip };
  }
  const facts = [shotStateWords(shot.state), isMade(shot) ? estimateWords(shot.price) : '', errorWords(shot), ...restricted].filter(Boolean);
  const id = oneLine(shot.resolved.shot.id, 30);
  return {
    text: `$(device-camera-video) ${withoutIcons([id, ...facts].join(' · '), 120)}`,
    spoken: l10n.t('Shot {0}', [oneLine(nameOf(shot), 80), ...facts].join(', ')),
    tooltip: shotTooltip(shot),
  };
}
