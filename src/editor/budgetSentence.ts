import { l10n } from 'vscode';
import { formatUsd } from '../catalogue/price';
import { boardBudget, boardCost } from '../production/boardBudget';
import type { BoardSentence } from './boardSentences';
import type { OpenBoard } from './boards';
import { aboutUsd } from './jobWords';
import type { ShotView } from './shotStates';

/** That a board will cost more than its budget, told where that is written. `views`: of the last look at its takes. */
export function budgetSentence({ storyboard, shots }: OpenBoard, views: ReadonlyMap<string, ShotView>): readonly BoardSentence[] {
  const budget = boardBudget(storyboard);
  if (!budget) return [];
  const at = { ...budget.place, severity: 'warning', code: 'budget' } as const;
  if (budget.microUsd === undefined)
    return [{ ...at, words: l10n.t('A budget is an amount in US dollars, such as 8 or 12.50. As it stands there is none.') }];
  const cost = boardCost(
    shots.flatMap(({ resolved, price }) => {
      const view = views.get(resolved.shot.id);
      return view ? [{ price, takes: view.takes, state: view.state }] : [];
    }),
  );
  if (cost.made + cost.toMake <= budget.microUsd || cost.toMake === 0) return [];
  const [toMake, limit] = [aboutUsd(cost.toMake), formatUsd(budget.microUsd)];
  if (cost.made === 0)
    return [{ ...at, words: l10n.t('The shots without a take come to {0}. That is over the budget of {1}.', toMake, limit) }];
  return [
    {
      ...at,
      words: l10n.t(
        'The takes so far cost {0}, the shots without a take come to {1}. That is over the budget of {2}.',
        aboutUsd(cost.made),
        toMake,
        limit,
      ),
    },
  ];
}
