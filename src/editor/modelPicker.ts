import { l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import { limitsOf } from '../catalogue/limits';
import type { Catalogue, JsonObject, Model } from '../catalogue/model';
import { type BuiltRequest, buildRequest } from '../storyboard/request';
import { originTitle, originWords } from './catalogueWords';
import { sunsetWords } from './doubtWords';
import type { FavouriteModels } from './favouriteModels';
import { duration, estimateWords } from './jobWords';
import { type Liking, type ModelGroup, modelGroups } from './modelGroups';
import { limitWords } from './modelWords';
import { oneLine, withoutIcons } from './plainText';

interface ModelRow extends QuickPickItem {
  /** A line between groups has none. */
  readonly model?: Model;
}

export interface ModelQuestion extends Omit<Liking, 'favourites'> {
  readonly catalogue: Catalogue;
  readonly prompt: string;
  readonly parameters: JsonObject;
  /** The parameters for one model in place of these; `undefined`: it is not offered. */
  readonly suited?: (model: Model) => JsonObject | undefined;
  /** For another purpose than to generate what is selected. */
  readonly words?: { readonly title: string; readonly placeholder?: string };
  readonly favourites: Pick<FavouriteModels, 'list' | 'toggle'>;
}

export type ModelChoice = { readonly model: Model; readonly next: 'generate' | 'parameters' };

/** The list of models with their limits and the price of the present request. Choosing a row is the consent below the threshold. */
export function pickModel(question: ModelQuestion): Promise<ModelChoice | undefined> {
  const pick = window.createQuickPick<ModelRow>();
  const title = question.words?.title ?? l10n.t('Generate “{0}”', oneLine(question.prompt, 50));
  pick.title = `${title} · ${originTitle(question.catalogue)}`;
  pick.placeholder = question.words?.placeholder ?? l10n.t('Choose a model to generate. Prices are estimates, paid from your API balance.');
  // of the placeholder only the beginning is seen
  pick.prompt = originWords(question.catalogue);
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.keepScrollPosition = true;
  const show = (active?: Model): void => {
    const rows = rowsOf(question);
    pick.items = rows;
    const row = rows.find(({ model }) => model && (!active || model.id === active.id));
    if (row) pick.activeItems = [row];
  };
  show();
  return new Promise((resolve) => {
    const choose = (choice: ModelChoice | undefined): void => {
      resolve(choice);
      pick.hide();
    };
    pick.onDidAccept(() => {
      const model = pick.selectedItems[0]?.model;
      if (model) choose({ model, next: 'generate' });
    });
    pick.onDidTriggerItemButton(({ button, item: { model } }) => {
      if (!model) return;
      if (!(button instanceof StarButton)) return choose({ model, next: 'parameters' });
      const shown = (): void => show(model);
      void question.favourites.toggle(model.id).then(shown, shown);
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

/** Marks a model as a favourite, or takes the mark away. */
class StarButton {
  readonly iconPath: ThemeIcon;
  readonly tooltip: string;

  constructor(marked: boolean) {
    this.iconPath = new ThemeIcon(marked ? 'star-full' : 'star-empty');
    this.tooltip = marked ? l10n.t('Remove from Favourites') : l10n.t('Add to Favourites');
  }
}

function rowsOf(question: ModelQuestion): readonly ModelRow[] {
  const { catalogue, preferred, lastUsed } = question;
  const favourites = question.favourites.list();
  const groups = modelGroups(catalogue.models, { preferred, favourites, lastUsed })
    .map(({ kind, models }) => ({ kind, rows: models.flatMap((model) => rowOf(model, favourites.includes(model.id), question)) }))
    .filter(({ rows }) => rows.length > 0);
  if (groups.length < 2) return groups.flatMap(({ rows }) => rows);
  return groups.flatMap(({ kind, rows }) => [{ label: groupWords(kind), kind: QuickPickItemKind.Separator }, ...rows]);
}

function rowOf(model: Model, marked: boolean, { catalogue, prompt, parameters, suited }: ModelQuestion): readonly ModelRow[] {
  const own = suited ? suited(model) : parameters;
  const built = own && buildRequest({ prompt, modelId: model.id, parameters: own }, catalogue);
  if (built?.kind !== 'request') return [];
  return [
    {
      label: withoutIcons(model.name),
      description: together(' · ', estimateWords(built.request.price), timeWords(model)),
      detail: together(' — ', endWords(model), limitWords(limitsOf(model)), leftOutWords(built)),
      buttons: [new StarButton(marked), { iconPath: new ThemeIcon('settings'), tooltip: l10n.t('Parameters…') }],
      model,
    },
  ];
}

const together = (between: string, ...words: readonly string[]): string => words.filter((some) => some !== '').join(between);

function groupWords(kind: ModelGroup['kind']): string {
  switch (kind) {
    case 'preferred':
      return l10n.t('From the settings');
    case 'favourites':
      return l10n.t('Favourites');
    case 'lastUsed':
      return l10n.t('Last used');
    case 'others':
      return l10n.t('All other models');
  }
}

/** How long Krea usually takes, where that is known. */
function timeWords({ typicalSeconds }: Model): string {
  return typicalSeconds === undefined ? '' : l10n.t('ready in about {0}', duration(typicalSeconds * 1000));
}

function endWords({ sunset }: Model): string {
  return sunset ? `$(warning) ${withoutIcons(sunsetWords(sunset), 200)}` : '';
}

function leftOutWords({ request }: Extract<BuiltRequest, { kind: 'request' }>): string {
  return request.leftOut.length > 0 ? l10n.t('without {0}', request.leftOut.map(({ name }) => oneLine(name, 30)).join(', ')) : '';
}
