import { l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import { limitsOf } from '../catalogue/limits';
import type { Catalogue, JsonObject, Model } from '../catalogue/model';
import { type BuiltRequest, buildRequest, type Request } from '../storyboard/request';
import { originWords } from './catalogueWords';
import { estimateWords } from './jobWords';
import { limitWords } from './modelWords';
import { oneLine, withoutIcons } from './plainText';

interface ModelRow extends QuickPickItem {
  readonly model: Model;
  readonly request: Request;
}

export interface ModelQuestion {
  readonly catalogue: Catalogue;
  readonly prompt: string;
  readonly parameters: JsonObject;
  /** Offered first. */
  readonly preferred: string;
  /** Ids, the last used first. */
  readonly lastUsed: readonly string[];
}

export type ModelChoice = { readonly model: Model; readonly next: 'generate' | 'parameters' };

/** The list of models with their limits and the price of the present request. Choosing a row is the consent below the threshold. */
export function pickModel(question: ModelQuestion): Promise<ModelChoice | undefined> {
  const pick = window.createQuickPick<ModelRow>();
  pick.title = l10n.t('Generate “{0}”', oneLine(question.prompt, 50));
  pick.placeholder = `${l10n.t('Choose a model to generate. Prices are estimates, paid from your API balance.')} ${originWords(question.catalogue)}`;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const rows = rowsOf(question);
  // a separator has no model; the list of rows is typed for the ones that can be chosen
  pick.items = rows;
  const first = rows.find(({ kind }) => kind !== QuickPickItemKind.Separator);
  if (first) pick.activeItems = [first];
  return new Promise((resolve) => {
    const choose = (choice: ModelChoice | undefined): void => {
      resolve(choice);
      pick.hide();
    };
    pick.onDidAccept(() => {
      const row = pick.selectedItems[0];
      if (row) choose({ model: row.model, next: 'generate' });
    });
    pick.onDidTriggerItemButton(({ item }) => choose({ model: item.model, next: 'parameters' }));
    pick.onDidHide(() => {
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

function rowsOf({ catalogue, prompt, parameters, preferred, lastUsed }: ModelQuestion): ModelRow[] {
  const parametersButton = { iconPath: new ThemeIcon('settings'), tooltip: l10n.t('Parameters…') };
  const order = [preferred, ...lastUsed];
  const rank = (model: Model): number => (order.includes(model.id) ? order.indexOf(model.id) : order.length);
  return catalogue.models
    .toSorted((a, b) => rank(a) - rank(b))
    .flatMap((model) => {
      const built = buildRequest({ prompt, modelId: model.id, parameters }, catalogue);
      if (built.kind !== 'request') return [];
      const row: ModelRow = {
        label: withoutIcons(model.name),
        description: estimateWords(built.request.price),
        detail: [limitWords(limitsOf(model)), leftOutWords(built)].filter((words) => words !== '').join(' — '),
        buttons: [parametersButton],
        model,
        request: built.request,
      };
      return [row];
    });
}

function leftOutWords({ request }: Extract<BuiltRequest, { kind: 'request' }>): string {
  return request.leftOut.length > 0 ? l10n.t('without {0}', request.leftOut.map(({ name }) => oneLine(name, 30)).join(', ')) : '';
}
