/** The three files of a take lie side by side and differ only in their ending. */
export interface TakeFileNames {
  readonly clip: string;
  readonly sidecar: string;
  readonly poster: string;
}

/** UTF-8. Leaves room in the 255 bytes of a name for number and ending, and in the 260 characters of a Windows path for folders. */
const mostBytes = 60;
const mostWords = 8;

/** Windows opens a device instead of a file under these names, whatever follows the first dot. */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

export function takeFileNames(stem: string, number: number, container: 'mp4' | 'mov' | 'webm' = 'mp4'): TakeFileNames {
  const name = `${stem}_take-${String(number).padStart(3, '0')}`;
  return { clip: `${name}.${container}`, sidecar: `${name}.json`, poster: `${name}.jpg` };
}

/** One above the highest number there, so that a number whose clip was deleted is not given again. */
export function nextTakeNumber(stem: string, namesThere: Iterable<string>): number {
  const start = `${comparable(stem)}_take-`;
  let highest = 0;
  for (const name of namesThere) {
    const plain = comparable(name);
    const number = plain.startsWith(start) ? /^(\d{1,9})(?!\d)/.exec(plain.slice(start.length))?.[1] : undefined;
    if (number !== undefined) highest = Math.max(highest, Number(number));
  }
  return highest + 1;
}

/** Folder and file name of a shot, from the id the user gave it. */
export const shotStem = (id: string): string => safeName(id, 'shot');

/** File name of a take without a shot, from the first words of its prompt. */
export function looseStem(prompt: string): string {
  const words =
    prompt
      .slice(0, 1000)
      .normalize('NFC')
      .match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}\u200c\u200d]*/gu) ?? [];
  return safeName(words.slice(0, mostWords).join(' ').toLowerCase(), 'clip');
}

/** A name that Windows, macOS and Linux all take, and that can lead nowhere else. */
export function safeName(text: string, fallback: string): string {
  const plain = text
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M}._-]+/gu, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/-{2,}/g, '-');
  const name = cut(plain.replace(/^[.\-\p{M}]+/u, '')).replace(/[.-]+$/, '');
  if (name === '') return fallback;
  return reserved.test(name) ? name.replace(/^[^.]+/, '$&_') : name;
}

/** ISO day of the place where the clock hangs. */
export function isoDay(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Between letters as people see them: a cut inside one would leave half a sign. */
function cut(text: string): string {
  if (Buffer.byteLength(text) <= mostBytes) return text;
  let kept = '';
  let bytes = 0;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > mostBytes) break;
    kept += segment;
  }
  return kept;
}

/** macOS and Windows hold names for equal that differ in case; macOS also returns them decomposed. */
const comparable = (name: string) => name.normalize('NFC').toLowerCase();
