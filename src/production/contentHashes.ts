import { stat } from 'node:fs/promises';
import { type InputFile, type Inspected, inspectInput } from '../jobs/inputFile';

/** What is known of local files that requests name, each read again only when it was changed. */
export class ContentHashes {
  private readonly known = new Map<string, { readonly mark: string; readonly input: InputFile }>();

  /** SHA-256; `undefined` for what cannot be an input. Throws the signal's reason and nothing else. */
  async of(file: string, signal: AbortSignal): Promise<string | undefined> {
    const found = await this.inspect(file, signal);
    return found.kind === 'file' ? found.input.sha256 : undefined;
  }

  /** Throws the signal's reason and nothing else. */
  async inspect(file: string, signal: AbortSignal): Promise<Inspected> {
    const found = await stat(file).catch(() => undefined);
    const mark = found && `${found.size} ${found.mtimeMs} ${found.ino}`;
    const known = this.known.get(file);
    if (known && known.mark === mark) return { kind: 'file', input: known.input };
    const inspected = await inspectInput(file, signal);
    if (inspected.kind === 'file' && mark !== undefined) this.known.set(file, { mark, input: inspected.input });
    return inspected;
  }
}
