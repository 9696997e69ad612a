import type { Source } from './makeStoryboard';

/** Cells that were copied out of a spreadsheet are parted by tabs, whatever the file they were pasted into. */
export function sourceForm(text: string, fileName: string): Source['form'] {
  if (/\.(?:csv|tsv)$/i.test(fileName)) return 'records';
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  const tabs = lines.map((line) => line.trimEnd().split('\t').length - 1);
  const isCells = lines.length > 1 && tabs.every((count, index) => count > 0 && !/^\s*(?:[-*+]|\d+[.)])?\t/.test(lines[index] ?? ''));
  return isCells ? 'records' : 'text';
}
