import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../support/projectRoot';
import { type Figure, rounded } from './figure';

const file = path.join(projectRoot, 'test/bench/out/figures.json');

/** Puts figures into `figures.json`, beside those of other runs; those of the same names are replaced. */
export function writeFigures(figures: readonly Figure[]): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const before: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const entries = figures.map(({ name, value, unit, peers }) => [name, { value: rounded(value), unit, ...(peers && { peers }) }]);
  const all = { ...(typeof before === 'object' ? before : {}), ...Object.fromEntries(entries) };
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
}
