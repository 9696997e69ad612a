import { stat } from 'node:fs/promises';
import { inspectInput } from '../jobs/inputFile';

/** SHA-256 of local files that requests name, each read again only when it was changed. */
export class ContentHashes {
  private readonly known = new Map<string, { readonly mark: string; readonly sha256: string }>();

  /** `undefined` for what cannot be an input. Throws the signal's reason and nothing else. */
  async of(file: string, signal: AbortSignal): Promise<string | undefined> {
    const found = await stat(file).catch(() => undefined);
    if (!found) return undefined;
    const mark = `${found.size} ${found.mtimeMs} ${found.ino}`;
    const known = this.known.get(file);
    if (known?.mark === mark) return known.sha256;
    const inspected = await inspectInput(file, signal);
    if (inspected.kind !== 'file') return undefined;
    const { sha256 } = inspected.input;
    this.known.set(file, { mark, sha256 });
    return sha256;
  }
}
