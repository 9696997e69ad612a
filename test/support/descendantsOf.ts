import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** All descendants, as the system knows them now. */
export function descendantsOf(parent: number | undefined): readonly number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), Number(/^PPid:\s*(\d+)/m.exec(readProcess(name, 'status'))?.[1])]),
  );
  const isBelow = (pid: number | undefined): boolean => pid !== undefined && (pid === parent || isBelow(parents.get(pid)));
  return parent === undefined ? [] : [...parents.keys()].filter((pid) => pid !== parent && isBelow(pid));
}

export function commandLine(pid: number): string {
  return readProcess(String(pid), 'cmdline').replaceAll('\0', ' ');
}

/** Empty when the process has just ended. */
function readProcess(pid: string, file: 'status' | 'cmdline'): string {
  try {
    return readFileSync(path.join('/proc', pid, file), 'utf8');
  } catch {
    return '';
  }
}
