import { l10n, Range, WorkspaceEdit } from 'vscode';
import { formatUsd, type Price } from '../catalogue/price';
import type { TextRange } from '../storyboard/lines';
import type { ReplacedShot, UsedReplacement } from '../storyboard/useReplacement';
import type { OpenBoard } from './boards';
import { inLabel } from './plainText';
import { sumOf } from './priceQuestion';

type Used = Extract<UsedReplacement, { kind: 'replacement' }>;

/** Shots that are named with their prices; of more the sum is given. */
const mostNamed = 4;

/** For VS Code's preview: each change waits for a yes, and says which shots it is for and what they cost before and after. */
export function replacementEdit(
  { document, storyboard }: Pick<OpenBoard, 'document' | 'storyboard'>,
  used: Used,
  before: string,
): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  for (const change of used.changes) {
    const shots = used.shots.filter((shot) => isFor(change, shot, storyboard.headings[0]?.range.start ?? 0));
    const range = new Range(document.positionAt(change.start), document.positionAt(change.end));
    const inserted = storyboard.shots.find(({ range: own }) => own.start <= change.start && change.start <= own.end);
    edit.replace(document.uri, range, change.text, {
      needsConfirmation: true,
      label:
        shots.length > 0
          ? l10n.t('{0} instead of {1}', inLabel(used.model.name), inLabel(before))
          : l10n.t('Picked shots keep {0}', inLabel(before)),
      description: shots.length > 0 ? pricesOf(shots) : inLabel(inserted?.id ?? ''),
    });
  }
  return edit;
}

/** Where the model of a shot is written now; where it comes from the setting, the front matter will say it. */
function isFor({ start }: TextRange, { before: { shot, modelOrigin } }: ReplacedShot, firstHeading: number): boolean {
  switch (modelOrigin.kind) {
    case 'shot':
    case 'heading':
    case 'frontMatter':
      return modelOrigin.entry.range.start <= start && start <= modelOrigin.entry.range.end;
    case 'setting':
      return start <= firstHeading || (start >= shot.range.start && start <= shot.range.end);
    case 'still':
    case 'cast':
    case 'modelDefault':
      return false;
    default:
      return modelOrigin satisfies never;
  }
}

/** What shots cost before and after, and which of them would have to be changed. */
export function pricesOf(shots: readonly ReplacedShot[]): string {
  const unfit = shots.filter(({ findings }) => findings.some(({ severity }) => severity === 'error'));
  const named = shots.map(
    ({ before, priceBefore, priceAfter }) => `${inLabel(before.shot.id, 20)} ${usd(amountOf(priceBefore))} → ${usd(amountOf(priceAfter))}`,
  );
  const [before, after] = [sumOf(shots.map(({ priceBefore }) => priceBefore)), sumOf(shots.map(({ priceAfter }) => priceAfter))];
  const sums = shots.length <= mostNamed ? named.join(', ') : l10n.t('{0} shots: {1}', shots.length, `${usd(before)} → ${usd(after)}`);
  const ids = unfit.map(({ before }) => inLabel(before.shot.id, 20)).join(', ');
  return unfit.length === 0 ? sums : `${sums} · ${l10n.t('values it does not take: {0}', inLabel(ids, 80))}`;
}

const usd = (microUsd: number | undefined): string => (microUsd === undefined ? l10n.t('price not known') : formatUsd(microUsd));

const amountOf = (price: Price): number | undefined => (price.kind === 'unknown' ? undefined : price.microUsd);
