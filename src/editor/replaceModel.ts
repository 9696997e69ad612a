import {
  CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type CodeActionProvider,
  type Disposable,
  l10n,
  languages,
  type Range,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import { findModel } from '../catalogue/model';
import { keysOf } from '../storyboard/readBoard';
import type { ShotFinding } from '../storyboard/resolvedShot';
import { useReplacement } from '../storyboard/useReplacement';
import { diagnosticSource } from './boardDiagnostics';
import { boardSentences } from './boardSentences';
import type { Boards, OpenBoard } from './boards';
import { oneLine, withoutIcons, withoutLinks } from './plainText';
import { replacementEdit } from './replacementEdit';
import { settings } from './settings';
import { storyboardFiles } from './storyboardFiles';

/** A model that ends, or has ended, with what Krea names in its place. */
interface Ending {
  readonly id: string;
  readonly name: string;
  readonly replacement: string;
}

/** Offers, and carries out after a look at the changes, another model for all shots of one that Krea gives up. */
export class ReplaceModel implements CodeActionProvider, Disposable {
  private readonly registered: Disposable;

  constructor(private readonly boards: Boards) {
    this.registered = languages.registerCodeActionsProvider([...storyboardFiles], this, {
      providedCodeActionKinds: [CodeActionKind.QuickFix],
    });
  }

  dispose(): void {
    this.registered.dispose();
  }

  async provideCodeActions(document: TextDocument, _range: Range, { diagnostics }: CodeActionContext): Promise<CodeAction[]> {
    const ours = diagnostics.filter(({ source, code }) => source === diagnosticSource && (code === 'sunset' || code === 'retiredModel'));
    const board = ours.length === 0 ? undefined : await this.boards.of(document);
    if (!board) return [];
    const sentences = boardSentences(board, () => false);
    return ours.flatMap((diagnostic) => {
      const start = document.offsetAt(diagnostic.range.start);
      const said = sentences.find((sentence) => sentence.code === diagnostic.code && sentence.start === start);
      const ending = said?.found?.of === 'shot' ? endingOf(said.found.finding) : undefined;
      if (!ending) return [];
      const action = new CodeAction(l10n.t('Use {0} in All Shots…', oneLine(ending.replacement)), CodeActionKind.QuickFix);
      action.diagnostics = [diagnostic];
      action.command = { command: 'kreaVideo.useReplacement', title: action.title, arguments: [{ uri: document.uri, model: ending.id }] };
      return [action];
    });
  }

  /** `argument`: the storyboard and the model that ends; without it those of the editor. */
  async run(argument: unknown): Promise<void> {
    const asked = askedIn(argument);
    const document = asked ? await workspace.openTextDocument(asked.uri) : window.activeTextEditor?.document;
    const board = document && (await this.boards.of(document));
    if (!board) return void window.showInformationMessage(l10n.t('Open a storyboard first.'));
    const model = asked?.model ?? (await chooseEnding(board));
    if (model !== undefined) await replace(board, model);
  }
}

async function replace(board: OpenBoard, modelId: string): Promise<void> {
  const { uri } = board.document;
  const around = {
    catalogue: board.catalogue,
    modelId: settings.model(uri),
    parameters: settings.parameters(uri),
    otherBlocks: board.otherBlocks,
  };
  const used = await useReplacement(board.text, keysOf(board.catalogue), around, modelId);
  const before = withoutLinks(nameOf(board, modelId));
  if (used.kind === 'noReplacement') return void window.showInformationMessage(l10n.t('Krea names no model in place of {0}.', before));
  const picked = oneLine(used.picked.map(({ shot }) => shot.id).join(', '), 120);
  const stay = l10n.t('Picked shots keep {0}: {1}.', before, withoutLinks(picked, 120));
  if (used.shots.length === 0)
    return void window.showInformationMessage(
      picked === '' ? l10n.t('No shot uses {0}.', before) : `${l10n.t('Nothing to change.')} ${stay}`,
    );
  const edit = replacementEdit(board, used, nameOf(board, modelId));
  if (picked !== '') void window.showInformationMessage(stay);
  await workspace.applyEdit(edit, { isRefactoring: true });
}

async function chooseEnding(board: OpenBoard): Promise<string | undefined> {
  const endings = new Map(
    board.shots
      .flatMap(({ findings }) => findings)
      .flatMap((finding) => {
        const ending = endingOf(finding);
        return ending ? [[ending.id, ending] as const] : [];
      }),
  );
  const [first, ...others] = endings.values();
  if (!first) {
    void window.showInformationMessage(l10n.t('No model of this storyboard has a replacement: Krea offers them all.'));
    return undefined;
  }
  if (others.length === 0) return first.id;
  const rows = [first, ...others].map(({ id, name, replacement }) => ({
    id,
    label: withoutIcons(name),
    description: `→ ${withoutIcons(replacement)}`,
  }));
  const row = await window.showQuickPick(rows, { placeHolder: l10n.t('Choose the model to replace in all shots') });
  return row?.id;
}

function endingOf(finding: ShotFinding): Ending | undefined {
  const replacement =
    finding.code === 'sunset' ? finding.sunset.replacement : finding.code === 'retiredModel' ? finding.replacement : undefined;
  if (replacement === undefined || (finding.code !== 'sunset' && finding.code !== 'retiredModel')) return undefined;
  return { id: finding.id, name: finding.name, replacement };
}

function nameOf({ catalogue }: OpenBoard, id: string): string {
  const found = findModel(catalogue, id);
  return found.kind === 'unknown' ? id : found.model.name;
}

function askedIn(argument: unknown): { readonly uri: Uri; readonly model: string } | undefined {
  if (typeof argument !== 'object' || argument === null || !('uri' in argument) || !('model' in argument)) return undefined;
  const { uri, model } = argument;
  return uri instanceof Uri && typeof model === 'string' ? { uri, model } : undefined;
}
