/** A text file from its bytes: UTF-8, UTF-16 by its mark, else what an Excel of Japan or of the West saves as CSV. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return strictly('utf-8', bytes) ?? strictly('shift_jis', bytes) ?? new TextDecoder('windows-1252').decode(bytes);
}

/** `undefined` where the bytes are no such text, or where this host does not know the encoding. */
function strictly(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
