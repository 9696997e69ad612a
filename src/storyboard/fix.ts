import type { Catalogue, Json } from '../catalogue/model';
import type { TextChange } from './lines';
import type { Board, BoardShot } from './readBoard';

/** A change of the text that settles a finding. */
export interface Fix {
  readonly act: FixAct;
  /** In the order of the text; they do not overlap. */
  readonly changes: readonly TextChange[];
  /** What a person would most likely choose. */
  readonly preferred: boolean;
}

/** What a fix does, for the editor to say. */
export type FixAct =
  /** `onShot`: a line more at the shot, where the value comes from elsewhere. */
  | { readonly kind: 'set'; readonly name: string; readonly value: Json; readonly onShot: boolean }
  | { readonly kind: 'rename'; readonly to: string }
  | { readonly kind: 'remove' | 'keepAsNote'; readonly name: string }
  | { readonly kind: 'giveId'; readonly id: string }
  | { readonly kind: 'makeShot'; readonly id: string }
  | { readonly kind: 'useModel'; readonly id: string }
  | { readonly kind: 'insertBlock'; readonly name: string }
  | { readonly kind: 'nameShot'; readonly id: string }
  | { readonly kind: 'appendAvoid' | 'useQuote' | 'headingSign' | 'bulletSign' | 'blankLine' | 'closeComment' };

export interface FixSurroundings {
  readonly board: Board;
  readonly catalogue: Catalogue;
  /** The shot of the finding, where it is one of a shot. */
  readonly shot: BoardShot | undefined;
}

export const applied = (text: string, changes: readonly TextChange[]): string =>
  changes.toReversed().reduce((whole, { start, end, text: put }) => whole.slice(0, start) + put + whole.slice(end), text);
