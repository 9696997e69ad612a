import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Add, RunEnd } from './checkRun';
import { foreignFiles, foreignText, takesOf } from './hostWindow';

/** Every file is one that a row names, and what is somebody else's is as it was. */
export function checkFiles({ machines, output }: RunEnd, add: Add): void {
  for (const { rows, project, storage } of machines) {
    const saved = rows.flatMap(({ state }) => (state.name === 'done' ? [state.saved.clip, state.saved.sidecar] : []));
    const guessed = rows.flatMap(({ state }) => (state.name === 'perhaps' && state.clip ? [state.clip.file] : []));
    // of a guess whose clip is just coming
    const coming = rows.flatMap(({ id, state }) => (state.name === 'perhaps' && !state.clip ? [`${id}-${state.jobId}.part`] : []));
    const expected = new Set([...saved, ...guessed]);
    if (expected.size !== saved.length + guessed.length) add('badFile', 'two rows name one file');
    for (const file of [...filesBelow(takesOf(project)), ...filesBelow(path.join(storage, 'clips'))]) {
      if (expected.has(file) || coming.includes(path.basename(file))) continue;
      if (file.startsWith(project) && readFileSync(file, 'utf8') === foreignText) continue;
      add('badFile', `${path.basename(file)} is left behind`);
    }
    for (const name of foreignFiles)
      if (!isForeign(path.join(takesOf(project), name))) add('badFile', `somebody's ${name} is gone or changed`);
  }
  for (const [, file = ''] of output.matchAll(/^planted (.+)$/gm))
    if (!isForeign(file)) add('badFile', `somebody's ${path.basename(file)} is gone or changed`);
}

export function checkToken({ simulator, demo, folder, output }: RunEnd, add: Add): void {
  for (const { token } of [...simulator.tokens, ...(demo?.tokens ?? [])]) {
    for (const file of filesBelow(folder)) if (readFileSync(file).includes(token)) add('token', `in ${path.basename(file)}`);
    if (output.includes(token)) add('token', 'in what was printed');
  }
}

const isForeign = (file: string): boolean => existsSync(file) && readFileSync(file, 'utf8') === foreignText;

export function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
