import { open, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import type { FileVersion, Rest } from '../krea/fileVersion';
import { isObject, parseJson } from '../krea/json';
import { sha256Of } from '../takes/sha256Of';

/** The beginning of a clip whose download broke off. */
export interface Beginning extends Rest {
  readonly bytes: number;
  /** The bytes from `from` on: the host is asked for them once more, and other ones mean that it has another file. */
  readonly overlap: Buffer;
}

/** What the beginning of a clip is, as it is written beside it. */
interface Note {
  readonly jobId: string;
  readonly version: FileVersion;
  readonly bytes: number;
  readonly sha256: string;
}

/** Bytes that are fetched twice to be compared. Two films do not share so many. */
const mostOverlap = 16 * 1024;
/** A part is read to its end once it is begun: what stops a download does not stop this. */
const toTheEnd = new AbortController().signal;

/**
 * A part that a broken download has left, and the note beside it that says what it is the beginning of. The note stands
 * only while nobody writes to the part, and only who removes it may go on writing: of a stopped window and the one that
 * takes its job over just one can. What a power cut made of the bytes, their sum tells.
 */
export class KeptPart {
  private readonly note: string;

  constructor(
    private readonly part: string,
    private readonly jobId: string,
  ) {
    this.note = part.replace(/\.part$/, '.note.part');
  }

  /** After the last write to the part. Whether anything is kept: else nothing of it is left. */
  async keep(version: FileVersion): Promise<boolean> {
    try {
      const { sha256, bytes } = await sha256Of(this.part, toTheEnd);
      if (bytes > 1 && bytes <= version.total) {
        await writeFile(this.note, JSON.stringify({ jobId: this.jobId, version, bytes, sha256 } satisfies Note));
        return true;
      }
    } catch {
      // a disk that fails here is one more reason to begin anew
    }
    await this.drop();
    return false;
  }

  /** What may be continued. */
  async beginning(signal: AbortSignal): Promise<Beginning | undefined> {
    const note = await this.read();
    if (note?.jobId !== this.jobId) return undefined;
    try {
      const { sha256, bytes } = await sha256Of(this.part, signal);
      if (sha256 !== note.sha256 || bytes !== note.bytes) return undefined;
      const from = bytes - Math.min(mostOverlap, Math.ceil(bytes / 2));
      return from > 0 ? { version: note.version, from, bytes, overlap: await bytesAt(this.part, from, bytes) } : undefined;
    } catch {
      return undefined;
    }
  }

  /** False: another window has it by now. */
  async claim(): Promise<boolean> {
    return unlink(this.note).then(
      () => true,
      () => false,
    );
  }

  /** Makes what an earlier owner of the job has kept the next one's to continue. */
  async passTo(part: string): Promise<boolean> {
    const heir = new KeptPart(part, this.jobId);
    const note = await this.read();
    if (note?.jobId !== this.jobId || !(await this.claim())) return false;
    try {
      await rename(this.part, part);
      await writeFile(heir.note, JSON.stringify(note));
      return true;
    } catch {
      await heir.drop();
      return false;
    }
  }

  async drop(): Promise<void> {
    for (const file of [this.note, this.part]) await rm(file, { force: true }).catch(() => undefined);
  }

  private async read(): Promise<Note | undefined> {
    const text = await readFile(this.note, 'utf8').catch(() => '');
    const value = parseJson(text);
    return isNote(value) ? value : undefined;
  }
}

async function bytesAt(file: string, from: number, to: number): Promise<Buffer> {
  await using handle = await open(file, 'r');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - from), 0, to - from, from);
  if (bytesRead < to - from) throw new Error('The part was cut off.');
  return buffer;
}

function isNote(value: unknown): value is Note {
  return (
    isObject(value) &&
    typeof value.jobId === 'string' &&
    typeof value.sha256 === 'string' &&
    typeof value.bytes === 'number' &&
    isObject(value.version) &&
    typeof value.version.address === 'string' &&
    (value.version.header === 'etag' || value.version.header === 'last-modified') &&
    typeof value.version.value === 'string' &&
    typeof value.version.total === 'number'
  );
}
