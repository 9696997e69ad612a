/** SQLite's primary result codes 5 (BUSY) and 6 (LOCKED), whatever their extended bits. */
export function isBusy(error: unknown): boolean {
  return [5, 6].includes(primaryCode(error));
}

/** 11 (CORRUPT) and 26 (NOTADB). */
export function isBroken(error: unknown): boolean {
  return [11, 26].includes(primaryCode(error));
}

/** 19 (CONSTRAINT): for us, that another row has this job id. */
export function isTaken(error: unknown): boolean {
  return primaryCode(error) === 19;
}

function primaryCode(error: unknown): number {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : -1;
}
