import type { Uri } from 'vscode';
import { checkRequest, isError } from '../catalogue/checkRequest';
import type { Catalogue, JsonObject, Model } from '../catalogue/model';
import { withStandIns } from '../storyboard/inputs';
import { buildRequest, type Request } from '../storyboard/request';
import type { FavouriteModels } from './favouriteModels';
import { type ModelQuestion, pickModel } from './modelPicker';
import { pickParameters } from './parameterPicker';
import type { RecentModels } from './recentModels';
import { settings } from './settings';

export interface RequestQuestion extends Pick<ModelQuestion, 'prompt' | 'suited' | 'words'> {
  /** The document or file whose settings hold. */
  readonly scope: Uri;
  readonly withParameters: boolean;
}

export interface ChosenRequest {
  readonly request: Request;
  readonly model: Model;
  /** Paths that the user pointed at on the way: these may lie outside the workspace folder. */
  readonly chosen: ReadonlySet<string>;
}

/** The model, and its parameters where they are asked for or needed. */
export async function chooseRequest(
  { prompt, suited, words, scope, withParameters }: RequestQuestion,
  { catalogue, recent, favourites }: { readonly catalogue: Catalogue; readonly recent: RecentModels; readonly favourites: FavouriteModels },
): Promise<ChosenRequest | undefined> {
  const parameters = settings.parameters(scope);
  const chosen = { scope, paths: new Set<string>() };
  for (;;) {
    const preferred = settings.model(scope);
    const choice = await pickModel({
      ...{ catalogue, prompt, parameters, preferred, lastUsed: recent.list(), favourites },
      ...(suited && { suited }),
      ...(words && { words }),
    });
    if (!choice) return undefined;
    const { model } = choice;
    const built = buildRequest({ prompt, modelId: model.id, parameters: suited?.(model) ?? parameters }, catalogue);
    if (built.kind !== 'request') return undefined;
    const { body } = built.request;
    const needsMore =
      withParameters || choice.next === 'parameters' || (await checkRequest(model, withStandIns(model, body))).some(isError);
    if (!needsMore) return { ...built, chosen: chosen.paths };
    const { prompt: _, ...fields } = body;
    const changed: JsonObject | undefined = await pickParameters(model, prompt, fields, chosen);
    if (!changed) continue;
    const again = buildRequest({ prompt, modelId: model.id, parameters: changed }, catalogue);
    return again.kind === 'request' ? { ...again, chosen: chosen.paths } : undefined;
  }
}
