import { stat } from 'node:fs/promises';
import type { ClipTrouble } from './messages';

export type ClipSource =
  /** `version` changes when the file does; the page's address carries it so that no cache answers for the former file. */
  { readonly kind: 'file'; readonly version: string } | { readonly kind: 'trouble'; readonly trouble: ClipTrouble };

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** Looks at the file of a clip; never rejects. A file system that does not answer before the signal counts as unreadable. */
export async function clipSource(file: string, signal: AbortSignal): Promise<ClipSource> {
  const late = new Promise<ClipSource>((resolve) => {
    const giveUp = () => resolve({ kind: 'trouble', trouble: 'unreadable' });
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
  return Promise.race([look(file), late]);
}

async function look(file: string): Promise<ClipSource> {
  try {
    const found = await stat(file);
    if (!found.isFile()) return { kind: 'trouble', trouble: 'missing' };
    return { kind: 'file', version: `${Math.trunc(found.mtimeMs)}-${found.size}` };
  } catch (error) {
    const code = codeOf(error);
    return { kind: 'trouble', trouble: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable' };
  }
}
