import type { Source } from './makeStoryboard';
import { isCopiedCells } from './readCsv';

/** By the name of the file; cells out of a spreadsheet may stand in any. */
export const sourceForm = (text: string, fileName: string): Source['form'] =>
  /\.(?:csv|tsv)$/i.test(fileName) || isCopiedCells(text) ? 'records' : 'text';
