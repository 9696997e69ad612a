// A child: takes the models from a storage folder as the first pick of a window does, and prints a FirstPick.
//   node catalogueOnce.js <folder>
import { bundledCatalogue } from '../../src/catalogue/bundledCatalogue';
import { checkRequest } from '../../src/catalogue/checkRequest';
import { limitsOf } from '../../src/catalogue/limits';
import { LiveCatalogue } from '../../src/catalogue/liveCatalogue';
import type { Catalogue } from '../../src/catalogue/model';
import { systemClock } from '../../src/jobs/clock';
import { buildRequest } from '../../src/storyboard/request';

/** Milliseconds. */
export interface FirstPick {
  readonly origin: Catalogue['origin'];
  readonly models: number;
  /** From nothing in memory to what every row of the picker shows. */
  readonly cold: number;
  /** The same once more. */
  readonly warm: number;
  /** The check of one request: the first with its library, the first of a model, and any after that. */
  readonly firstCheck: number;
  readonly checkOfNewModel: number;
  readonly check: number;
}

const [folder = ''] = process.argv.slice(2);

async function timed<T>(work: () => Promise<T>): Promise<readonly [number, T]> {
  const start = performance.now();
  const result = await work();
  return [performance.now() - start, result];
}

async function run(): Promise<FirstPick> {
  const live = new LiveCatalogue({
    folder,
    ask: () => Promise.reject(new Error('The copy in storage is new enough.')),
    read: () => Promise.reject(new Error('There is nothing to read.')),
    bundled: bundledCatalogue,
    mayAsk: () => true,
    wall: systemClock.wall,
    wait: systemClock.wait,
    log: console.error,
  });
  const rows = async (): Promise<Catalogue> => {
    const catalogue = await live.load(AbortSignal.timeout(10_000));
    for (const model of catalogue.models) {
      limitsOf(model);
      buildRequest({ prompt: 'A red fox runs through fresh snow at dawn.', modelId: model.id, parameters: { duration: 5 } }, catalogue);
    }
    return catalogue;
  };
  const [cold, catalogue] = await timed(rows);
  const [warm] = await timed(rows);
  const [one, other] = catalogue.models;
  if (!one || !other) throw new Error('There are no models.');
  const body = { prompt: 'A red fox runs through fresh snow at dawn.', duration: 5 };
  const [firstCheck] = await timed(() => checkRequest(one, body));
  const [checkOfNewModel] = await timed(() => checkRequest(other, body));
  const times = 200;
  const [checks] = await timed(async () => {
    for (let i = 0; i < times; i++) await checkRequest(one, body);
  });
  return { origin: catalogue.origin, models: catalogue.models.length, cold, warm, firstCheck, checkOfNewModel, check: checks / times };
}

run().then(
  (figures) => {
    console.log(JSON.stringify(figures));
    process.exit(0);
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
