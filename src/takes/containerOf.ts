import type { FileHandle } from 'node:fs/promises';

/** Also the ending of the file's name. */
export type Container = 'mp4' | 'mov' | 'webm';

/** `html`, `json`: what a captive portal or a failing service sends under a clip's address. `cutOff`: it ends too early. */
export interface NotAVideo {
  readonly kind: 'notAVideo';
  readonly what: 'empty' | 'html' | 'json' | 'cutOff' | 'noPicture' | 'unknown';
}

/** Of every box only the header is read; a file with more boxes than this is taken for nonsense. */
const mostBoxes = 100_000;

/** By the first bytes and the lengths the file itself states; nothing is decoded. */
export async function containerOf(file: FileHandle, size: number): Promise<Container | NotAVideo> {
  if (size === 0) return not('empty');
  const head = await read(file, 0, 512);
  if (head.length >= 4 && head.readUInt32BE(0) === 0x1a45dfa3) return wholeMatroska(head, size) ? 'webm' : not('cutOff');
  const type = head.toString('latin1', 4, 8);
  if (type === 'ftyp' || ['moov', 'mdat', 'wide', 'free', 'skip'].includes(type)) {
    const isMov = type !== 'ftyp' || head.toString('latin1', 8, 12) === 'qt  ';
    return (await wholeBoxes(file, size)) ? (isMov ? 'mov' : 'mp4') : not('cutOff');
  }
  return not(textIn(head));
}

const not = (what: NotAVideo['what']): NotAVideo => ({ kind: 'notAVideo', what });

function textIn(head: Buffer): 'html' | 'json' | 'unknown' {
  const text = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (/^<[!?a-z]/i.test(text)) return 'html';
  return /^(\{\s*["}]|\[\s*[[{"\]])/.test(text) ? 'json' : 'unknown';
}

/** ISO/IEC 14496-12: every box states its length; a playable file has its index (moov) and the samples it speaks of (mdat). */
async function wholeBoxes(file: FileHandle, size: number): Promise<boolean> {
  const seen = new Set<string>();
  let position = 0;
  for (let boxes = 0; position < size && boxes < mostBoxes; boxes++) {
    const head = await read(file, position, 16);
    if (head.length < 8) break;
    const length = boxLength(head, size - position);
    // zeros or text after the last box are harmless once index and samples are there
    if (length === undefined) break;
    if (position + length > size) return false;
    seen.add(head.toString('latin1', 4, 8));
    position += length;
  }
  return seen.has('moov') && seen.has('mdat');
}

/** A length of 1 stands for 64 bits after the type, 0 for "to the end of the file". */
function boxLength(head: Buffer, rest: number): number | undefined {
  if (!/^[\x20-\x7e\xa9]{4}$/.test(head.toString('latin1', 4, 8))) return undefined;
  const short = head.readUInt32BE(0);
  if (short === 0) return rest;
  if (short > 1) return short >= 8 ? short : undefined;
  if (head.length < 16) return Number.POSITIVE_INFINITY;
  const long = Number(head.readBigUInt64BE(8));
  return long >= 16 ? long : undefined;
}

/** Matroska: the header element, then one segment, whose length may be left open. */
function wholeMatroska(head: Buffer, size: number): boolean {
  const header = variableNumber(head, 4);
  if (!header) return false;
  const segment = header.end + header.value;
  if (segment + 4 > head.length || head.readUInt32BE(segment) !== 0x18538067) return false;
  const length = variableNumber(head, segment + 4);
  return length !== undefined && (length.open || length.end + length.value <= size);
}

/** The zeros before the first set bit say how many bytes follow; all value bits set: length not stated. */
function variableNumber(bytes: Buffer, at: number) {
  const first = bytes[at];
  if (first === undefined || first === 0) return undefined;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return undefined;
  let value = first & (0xff >> length);
  let open = value === 0xff >> length;
  for (const byte of bytes.subarray(at + 1, at + length)) {
    value = value * 256 + byte;
    open &&= byte === 0xff;
  }
  return { value, open, end: at + length };
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
