/** Lines of an entry as one, without the marks around its key. */
export const plainlyWritten = (written: string): string =>
  written
    .replace(/[*_`]*([:：])[*_`]*/, '$1')
    .replace(/\s+/g, ' ')
    .trim();
