import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DiskEvent } from './diskJournal';

/** `names`: the names of the last moment are there, and content that was not synced is not; `synced`: synced folders only. */
export type CutKind = 'names' | 'synced';

/** Lays out what a power cut after these events leaves, at its worst. Folders themselves always survive. */
export function layOutAfterCut(events: readonly DiskEvent[], kind: CutKind, ledger: string): void {
  const names = new Map<string, number>();
  const lasting = new Map<string, number>();
  const content = new Map<number, Buffer>();
  let committed: Buffer | undefined;
  for (const event of events)
    switch (event.kind) {
      case 'named':
        if (event.made) content.delete(event.file); // the system uses numbers of files again
        names.set(event.path, event.file);
        break;
      case 'renamed': {
        const file = names.get(event.from);
        names.delete(event.from);
        if (file !== undefined) names.set(event.to, file);
        break;
      }
      case 'removed':
        names.delete(event.path);
        break;
      case 'syncedFile':
        content.set(event.file, Buffer.from(event.bytes, 'base64'));
        break;
      case 'syncedFolder':
        for (const name of lasting.keys()) if (path.dirname(name) === event.path) lasting.delete(name);
        for (const [name, file] of names) if (path.dirname(name) === event.path) lasting.set(name, file);
        break;
      case 'committed':
        committed = Buffer.from(event.bytes, 'base64');
        break;
    }
  for (const [name, file] of kind === 'names' ? names : lasting) {
    mkdirSync(path.dirname(name), { recursive: true });
    writeFileSync(name, content.get(file) ?? '');
  }
  rmSync(ledger, { force: true });
  if (committed) writeFileSync(ledger, committed);
}
