/** SQLite's primary result code 5 (BUSY) or 6 (LOCKED), whatever its extended bits. */
export function isBusy(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return false;
  return (error.errcode & 0xff) === 5 || (error.errcode & 0xff) === 6;
}

/** SQLite's primary result codes 11 (CORRUPT) and 26 (NOTADB). */
export function isBroken(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return false;
  return (error.errcode & 0xff) === 11 || (error.errcode & 0xff) === 26;
}
