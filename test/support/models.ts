import { bundledCatalogue } from '../../src/catalogue/bundledCatalogue';
import { type Catalogue, findModel, type Json, type JsonObject, type Model } from '../../src/catalogue/model';

export const loadCatalogue = (): Promise<Catalogue> => bundledCatalogue.load(new AbortController().signal);

export async function modelOf(id: string): Promise<Model> {
  const found = findModel(await loadCatalogue(), id);
  if (found.kind !== 'model') throw new Error(`no model ${id}`);
  return found.model;
}

/** The smallest body the model takes. */
export function leastBody(model: Model): JsonObject {
  const values: Readonly<Record<string, Json>> = {
    prompt: 'A lighthouse in a storm',
    start_image: 'https://gen.krea.ai/images/a.png',
    start_video: 'https://gen.krea.ai/videos/a.mp4',
    width: 832,
    height: 480,
    camera_trajectory: [0, 1].map((time) => ({ time, distance: 1, azimuth: 0, elevation: 0 })),
  };
  const needed = model.parameters.filter(({ required }) => required).map(({ name }) => name);
  return Object.fromEntries(needed.map((name) => [name, values[name] ?? null]));
}
