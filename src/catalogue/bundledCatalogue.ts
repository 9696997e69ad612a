import type { Catalogue, CatalogueSource, JsonObject, Model } from './model';
import { readParameters } from './readParameters';

/** A model as `bundled.json` holds it: the parameters are read off the schema. */
export type BundledModel = Omit<Model, 'parameters'>;

export interface BundledFile {
  readonly date: string;
  readonly models: readonly BundledModel[];
  readonly retired: Catalogue['retired'];
}

let loaded: Promise<Catalogue> | undefined;

/** What shipped with the extension: works offline, and is as old as the release. */
export const bundledCatalogue: CatalogueSource = {
  load: (signal) => {
    signal.throwIfAborted();
    loaded ??= read();
    return loaded;
  },
};

async function read(): Promise<Catalogue> {
  // the import is asynchronous so that the data costs nothing until someone asks; it is written by test/support/bundleCatalogue.ts
  // as a BundledFile, and a test checks each model of it
  const { date, models, retired } = (await import('./bundled.json')).default as unknown as BundledFile;
  return { origin: 'bundled', date, models: models.map(withParameters), retired };
}

function withParameters(model: BundledModel): Model {
  const schema: JsonObject = model.schema;
  return { ...model, parameters: readParameters(schema) };
}
