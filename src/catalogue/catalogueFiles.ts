import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from './json';
import type { CatalogueTrouble, Sunset } from './model';
import type { ModelList } from './renewModels';

/** Newer forms of these files have other numbers, and are left alone. */
const version = 1;

/** Milliseconds after which a window that was asking is taken for gone. */
const goneAfter = 60_000;

/** The models as last read from the service. */
export interface KeptCatalogue extends ModelList {
  /** Wall time, ms: when the service last stated or confirmed it. */
  readonly confirmedAt: number;
  readonly etag?: string;
}

/** When the service was last asked by any window, and what came of it. */
export interface Asked {
  /** Wall time, ms. */
  readonly at: number;
  /** False when no answer came at all. */
  readonly answered: boolean;
  readonly trouble?: CatalogueTrouble;
}

export type Sunsets = Readonly<Record<string, Sunset>>;

/** What all windows share of the catalogue of one address: written whole under another name, then renamed. */
export class CatalogueFiles {
  private written = 0;
  private seen: string | undefined;

  constructor(private readonly folder: string) {}

  /** `undefined` when it is the same file as at the last look, or none. */
  async newlyKept(): Promise<KeptCatalogue | undefined> {
    const changed = await stat(join(this.folder, 'models.json')).then(
      ({ mtimeMs, ino }) => `${mtimeMs} ${ino}`,
      () => undefined,
    );
    if (changed === undefined || changed === this.seen) return undefined;
    const value = await this.read('models.json');
    this.seen = changed;
    return isKept(value) ? value : undefined;
  }

  keep(catalogue: KeptCatalogue): Promise<void> {
    return this.write('models.json', catalogue);
  }

  async asked(): Promise<Asked | undefined> {
    const value = await this.read('asked.json');
    return isAsked(value) ? value : undefined;
  }

  noteAsked(asked: Asked): Promise<void> {
    return this.write('asked.json', asked);
  }

  async sunsets(): Promise<Sunsets> {
    const value = await this.read('sunsets.json');
    return isObject(value) && isSunsets(value.models) ? value.models : {};
  }

  keepSunsets(models: Sunsets): Promise<void> {
    return this.write('sunsets.json', { models });
  }

  /** False while another window asks the service. `now`: wall time, ms. */
  async claim(now: number): Promise<boolean> {
    await mkdir(this.folder, { recursive: true });
    const claim = join(this.folder, 'asking');
    for (let turn = 0; turn < 2; turn++) {
      try {
        await (await open(claim, 'wx')).close();
        return true;
      } catch {
        const since = await stat(claim).then(
          ({ mtimeMs }) => mtimeMs,
          () => undefined,
        );
        if (since !== undefined && Math.abs(now - since) < goneAfter) return false;
        await rm(claim, { force: true });
      }
    }
    return false;
  }

  async release(): Promise<void> {
    await rm(join(this.folder, 'asking'), { force: true });
  }

  private async read(name: string): Promise<unknown> {
    try {
      const value: unknown = JSON.parse(await readFile(join(this.folder, name), 'utf8'));
      return isObject(value) && value.version === version ? value : undefined;
    } catch {
      return undefined;
    }
  }

  private async write(name: string, value: object): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const partial = join(this.folder, `${name}.${process.pid}-${++this.written}`);
    try {
      await writeFile(partial, JSON.stringify({ version, ...value }));
      await rename(partial, join(this.folder, name));
    } finally {
      await rm(partial, { force: true });
    }
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Written by ourselves: looked at as deeply as half a file or an older one could be wrong. */
function isKept(value: unknown): value is KeptCatalogue {
  if (!isObject(value) || typeof value.confirmedAt !== 'number' || !Array.isArray(value.models) || !Array.isArray(value.retired))
    return false;
  if (value.etag !== undefined && !isText(value.etag)) return false;
  return (
    value.models.length > 0 &&
    value.models.every(
      (model) =>
        isObject(model) &&
        [model.id, model.name, model.endpoint, model.sound].every(isText) &&
        isObject(model.schema) &&
        isObject(model.retiredAliases) &&
        isObject(model.prices) &&
        Array.isArray(model.prices.points) &&
        Array.isArray(model.prices.unpriced),
    ) &&
    value.retired.every((model) => isObject(model) && isText(model.id) && isText(model.name))
  );
}

function isAsked(value: unknown): value is Asked {
  return isObject(value) && typeof value.at === 'number' && typeof value.answered === 'boolean';
}

function isSunsets(value: unknown): value is Sunsets {
  return (
    isObject(value) && Object.values(value).every((sunset) => isObject(sunset) && isText(sunset.seen) && typeof sunset.over === 'boolean')
  );
}
