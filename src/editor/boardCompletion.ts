import {
  type CancellationToken,
  type CompletionContext,
  type CompletionItem,
  type CompletionItemProvider,
  CompletionList,
  type Disposable,
  env,
  languages,
  type Position,
  Range,
  type TextDocument,
} from 'vscode';
import { completionAt } from '../storyboard/completionAt';
import type { Boards } from './boards';
import { candidateItem } from './candidateItem';
import { filesToName } from './filesToName';
import { foldersFor } from './requestInputs';
import { settings } from './settings';
import type { ShotStates } from './shotStates';
import { storyboardFiles } from './storyboardFiles';

export interface BoardCompletionParts {
  readonly boards: Pick<Boards, 'of'>;
  readonly states: Pick<ShotStates, 'held'>;
}

/** Signs after which something of a storyboard may follow. Markdown asks for nothing while words are typed, and that stays so. */
const triggers = ['-', ' ', ':', '：', '{', '@', '＠', '(', '（', '/'];

/** What could be written next, in storyboards alone. */
export class BoardCompletion implements CompletionItemProvider, Disposable {
  private readonly registered: Disposable;

  constructor(private readonly parts: BoardCompletionParts) {
    this.registered = languages.registerCompletionItemProvider([...storyboardFiles], this, ...triggers);
  }

  dispose(): void {
    this.registered.dispose();
  }

  async provideCompletionItems(
    document: TextDocument,
    position: Position,
    token: CancellationToken,
    { triggerCharacter }: CompletionContext,
  ): Promise<CompletionList | undefined> {
    const { version } = document;
    const board = await this.parts.boards.of(document);
    if (!board || token.isCancellationRequested || board.version !== version) return undefined;
    const { uri } = document;
    const shots = this.parts.states.held(uri)?.shots ?? [];
    const takesOf = (id: string) => shots.find(({ resolved }) => resolved.shot.id === id)?.takes ?? [];
    const completion = completionAt(board.text, board.storyboard, document.offsetAt(position), {
      ...{ catalogue: board.catalogue, modelId: settings.model(uri), parameters: settings.parameters(uri), otherBlocks: board.otherBlocks },
      takesOf: ({ id }) => takesOf(id).map(({ number }) => number),
      language: env.language.startsWith('ja') ? 'ja' : 'en',
      trigger: triggerCharacter,
    });
    if (!completion) return undefined;
    const { candidates, files, range } = completion;
    const items: CompletionItem[] = candidates.map((candidate, index) =>
      candidateItem(candidate, index, (number) =>
        candidate.kind === 'take' ? takesOf(candidate.shot.id).find((take) => take.number === number) : undefined,
      ),
    );
    if (files) items.push(...(await filesToName(files, foldersFor(uri), items.length)));
    const replaced = new Range(document.positionAt(range.start), document.positionAt(range.end));
    for (const item of items) item.range = replaced;
    return new CompletionList(items);
  }
}
