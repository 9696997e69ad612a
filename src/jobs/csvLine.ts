/** Spreadsheets read a file without this mark in the old code page of the machine, and a Japanese prompt as noise. */
export const byteOrderMark = '\ufeff';

/** RFC 4180, with one more care: a spreadsheet must not take a prompt for a formula. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(text: string): string {
  // signs that begin a formula in one spreadsheet or another, also in their full width and behind blanks
  const plain = /^\s*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$|^'/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
