import type { Model, Parameter } from '../catalogue/model';
import type { Price } from '../catalogue/price';
import type { FrameReference } from './frameReference';
import type { InputMedia } from './inputs';
import type { TextRange } from './lines';
import type { PhraseGroup } from './promptPhrases';
import type { Shot, TextBlock } from './storyboard';

/** What could be written at a place. */
export interface Completion {
  /** What is replaced; on one line. */
  readonly range: TextRange;
  readonly candidates: readonly Candidate[];
  /** Files would fit here too; what is replaced is then the last step of their path. */
  readonly files?: FilesWanted;
}

export interface FilesWanted {
  /** As written, with a slash at its end; empty: the folder of the board. */
  readonly folder: string;
  readonly media: InputMedia | 'markdown' | 'folder';
  readonly lead: '' | ' ';
}

/** `insert`: with the signs of a snippet where `isSnippet`. */
export type Candidate = { readonly insert: string; readonly isSnippet?: true } & (
  | { readonly kind: 'key'; readonly name: string; readonly parameter: Parameter | undefined; readonly asksForValue: boolean }
  | {
      readonly kind: 'value';
      readonly value: string;
      /** What people are shown for it. */
      readonly label: string | undefined;
      readonly isDefault: boolean;
      readonly cost: Cost | undefined;
    }
  | { readonly kind: 'model'; readonly model: Model; readonly isHeld: boolean; readonly cost: Cost }
  | { readonly kind: 'take'; readonly number: number; readonly shot: Shot }
  | { readonly kind: 'block'; readonly name: string; readonly block: TextBlock }
  | { readonly kind: 'scene'; readonly text: string }
  | { readonly kind: 'shot'; readonly shot: Shot }
  | { readonly kind: 'frame'; readonly which: FrameReference['which']; readonly shot: Shot | undefined }
  | { readonly kind: 'newShot'; readonly id: string }
  | { readonly kind: 'newCast' }
  | { readonly kind: 'phrase'; readonly group: PhraseGroup; readonly text: string }
);

/** Of a request, as it is and as it would be; both estimates. */
export interface Cost {
  readonly before: Price;
  readonly after: Price;
  /** Of each shot that inherits it. */
  readonly isOfEach: boolean;
}
