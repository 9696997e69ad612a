import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { readSidecar, type Sidecar } from './sidecar';
import type { Take } from './take';

/** Sidecars are a few kilobytes; what is larger is none. */
const mostBytes = 1_000_000;

interface Kept {
  readonly changedAt: number;
  readonly takes: readonly Take[];
}

/** The takes of folders, each read again only when something in it came, went or was renamed. */
export class TakeFolders {
  private readonly kept = new Map<string, Kept>();

  /** `now`: wall time, ms. */
  constructor(private readonly now: () => number) {}

  /** Ascending by number; empty where there is no such folder. Never throws: what cannot be read is no take. */
  async takesIn(folder: string): Promise<readonly Take[]> {
    const changedAt = await stat(folder).then(
      (found) => (found.isDirectory() ? found.mtimeMs : undefined),
      () => undefined,
    );
    if (changedAt === undefined) return [];
    const known = this.kept.get(folder);
    // in the tick of its clock in which a folder was changed it may change once more
    if (known?.changedAt === changedAt && this.now() - changedAt > clockTick) return known.takes;
    const takes = await readTakes(folder);
    this.kept.set(folder, { changedAt, takes });
    return takes;
  }
}

/** Milliseconds within which a file system may give two changes the same time; FAT keeps time by two seconds. */
const clockTick = 2000;

async function readTakes(folder: string): Promise<readonly Take[]> {
  const names = await readdir(folder).catch(() => []);
  const there = new Map(names.map((name) => [name.normalize('NFC').toLowerCase(), name]));
  const takes = await Promise.all(names.map((name) => takeAt(folder, name, there)));
  return takes.filter((take) => take !== undefined).sort((one, other) => one.number - other.number);
}

async function takeAt(folder: string, name: string, there: ReadonlyMap<string, string>): Promise<Take | undefined> {
  const [, stem] = /^(.+_take-\d{1,9})\.json$/i.exec(name) ?? [];
  if (stem === undefined) return undefined;
  const sidecarPath = path.join(folder, name);
  const sidecar = await sidecarAt(sidecarPath);
  if (!sidecar) return undefined;
  const find = (wanted: string): string | undefined => there.get(wanted.normalize('NFC').toLowerCase());
  const clip = find(sidecar.output.file);
  const poster = find(`${stem}.jpg`);
  return {
    number: sidecar.take,
    sidecar,
    sidecarPath,
    clip: clip === undefined ? undefined : path.join(folder, clip),
    ...(poster !== undefined && { poster: path.join(folder, poster) }),
  };
}

async function sidecarAt(file: string): Promise<Sidecar | undefined> {
  try {
    if ((await stat(file)).size > mostBytes) return undefined;
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return readSidecar(value);
  } catch {
    return undefined;
  }
}
