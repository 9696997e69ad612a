import { l10n, workspace } from 'vscode';
import { isError } from '../catalogue/finding';
import type { Model } from '../catalogue/model';
import type { BoardShot } from '../storyboard/readBoard';
import type { Request } from '../storyboard/request';
import type { Boards, OpenBoard } from './boards';
import { shotDestination } from './destination';
import { doubtWords } from './doubtWords';
import { failureWords } from './failure';
import { type GenerateParts, orderOf, submitOrder } from './generate';
import { gestureFailure } from './gestureFailures';
import { writtenState } from './gitState';
import { indexOfShot, type NamedShot, namedShot } from './namedShot';
import { oneLine } from './plainText';
import { prepareInputs } from './requestInputs';
import { settings } from './settings';
import { tellAtText } from './tellAtText';
import { tellFailure } from './tellFailure';
import { whyNotGenerated } from './whyNotGenerated';

export interface GenerateShotsParts {
  readonly boards: Boards;
  readonly generate: GenerateParts;
}

interface Sendable {
  readonly board: OpenBoard;
  readonly shot: BoardShot;
  readonly model: Model;
  readonly request: Request;
}

/** From a shot of a storyboard to a job in the ledger. */
export class GenerateShots {
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly parts: GenerateShotsParts) {}

  /**
   * One gesture at a time: of two presses the second comes when the first is in the ledger, so that the gate can say that the
   * same request is on its way.
   */
  generate(argument: unknown): Promise<void> {
    const turn = this.last.then(() => this.generateNow(argument));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async generateNow(argument: unknown): Promise<void> {
    const { boards, generate } = this.parts;
    if (!workspace.isTrusted) return void tellFailure(gestureFailure({ kind: 'untrusted' }));
    const asked = await namedShot(argument, boards);
    if (asked.kind !== 'shot') return void tellFailure(gestureFailure(asked));
    const { named } = asked;
    // before a token is asked for: for a shot without a prompt nobody needs one
    if (!(await this.requestOf(named))) return;
    if (!(await generate.ensureToken())) return settings.apiBase() && void tellFailure(gestureFailure({ kind: 'noToken' }));
    await boards.renewModels();
    const sendable = await this.requestOf(named);
    if (sendable) await this.send(sendable, named);
  }

  /** What the shot would send as its text stands now; says what is in the way. */
  async requestOf(named: NamedShot): Promise<Sendable | undefined> {
    const board = await this.parts.boards.of(named.document);
    const index = board && indexOfShot(board, named);
    const shot = index === undefined ? undefined : board?.shots[index];
    if (!board || index === undefined || !shot) {
      void tellFailure(gestureFailure({ kind: 'shotGone', shot: named.shot }));
      return undefined;
    }
    const why = whyNotGenerated(board, index);
    const { model, prompt } = shot.resolved;
    if (!why && model.kind === 'model' && prompt)
      return { board, shot, model: model.model, request: requestOf(shot, model.model, prompt.text) };
    if (why) void tellAtText(`${why.words} ${notSent()}`, board, why.range);
    return undefined;
  }

  private async send({ board, shot, model, request }: Sendable, { seen }: NamedShot): Promise<void> {
    const { generate } = this.parts;
    const { resolved, price, findings } = shot;
    const { uri } = board.document;
    const prepared = await prepareInputs(model, resolved.body, uri, new Set());
    if (prepared.kind === 'input') {
      const origin = resolved.values.find(({ name }) => name === prepared.trouble.role.split('.', 1)[0])?.origin;
      const range = origin?.kind === 'shot' ? origin.entry.valueRange : resolved.shot.idRange;
      return void tellAtText(failureWords(gestureFailure(prepared)), board, range);
    }
    const desk = generate.desk();
    const destined = await shotDestination(uri, board, resolved.shot, desk.takesRoot);
    if (destined.kind !== 'destination') return void tellFailure(gestureFailure(destined));
    const { destination } = destined;
    const { start, end } = resolved.shot.range;
    const written = destination.source === undefined ? undefined : await writtenState(board.document, board.text.slice(start, end));
    const doubts = findings.flatMap((one) => (one.code === 'request' && !isError(one.finding) ? [one.finding] : []));
    await generate.recent.use(model.id);
    // a job of the gesture before may be in the ledger and not in the list yet
    await desk.jobs.refresh();
    await submitOrder(orderOf(request, model, { ...destination, ...(written && { written }) }, prepared), generate, {
      warnings: prepared.warnings,
      doubts: [...doubtWords(model, doubts), ...referencesLeftOut(shot, model.name)],
      priceUnseen: price.kind !== 'unknown' && price.microUsd !== seen,
    });
  }
}

function requestOf({ resolved: { body }, price }: BoardShot, { id, name, endpoint }: Model, prompt: string): Request {
  return { model: { id, name, endpoint }, prompt, body, price, leftOut: [] };
}

const notSent = (): string => l10n.t('Nothing was sent, nothing is charged.');

/** Pictures of the cast that the model cannot take. */
function referencesLeftOut({ resolved: { leftOut } }: BoardShot, model: string): readonly string[] {
  return leftOut.some(({ reason }) => reason !== 'modelLacksIt')
    ? [l10n.t('The reference images of the shot are not sent: {0} takes none here.', oneLine(model, 60))]
    : [];
}
