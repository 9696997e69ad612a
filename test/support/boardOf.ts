import type { Catalogue, JsonObject } from '../../src/catalogue/model';
import { type Board, readBoard } from '../../src/storyboard/readBoard';
import { loadCatalogue } from './models';

export interface BoardWorld {
  readonly catalogue?: Catalogue;
  readonly modelId?: string;
  readonly parameters?: JsonObject;
}

/** A text as the editor reads it, with the models that are shipped. */
export async function boardOf(text: string, { catalogue, modelId = '', parameters = {} }: BoardWorld = {}): Promise<Board> {
  return readBoard(text, { catalogue: catalogue ?? (await loadCatalogue()), modelId, parameters, otherBlocks: [] });
}

/** Every finding of a board with the index of its shot. */
export const findingsIn = ({ storyboard, shots }: Board) => [
  ...storyboard.findings.map((finding) => ({ of: 'text', finding, index: -1 }) as const),
  ...shots.flatMap(({ findings }, index) => findings.map((finding) => ({ of: 'shot', finding, index }) as const)),
];

/** The code of a finding as people see it: that of the catalogue where it comes from there. */
export const codeOf = ({ of, finding }: ReturnType<typeof findingsIn>[number]): string =>
  of === 'shot' && finding.code === 'request' ? finding.finding.code : finding.code;
