import { type KeptModel, withParameters } from './keptModel';
import type { Catalogue, CatalogueSource } from './model';

export interface BundledFile {
  readonly date: string;
  readonly models: readonly KeptModel[];
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
