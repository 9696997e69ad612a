import type { JsonObject } from '../../../src/catalogue/model';

/** What a person reads in a board; written down by hand before the program read it. */
export interface ExpectedBoard {
  readonly shots: readonly ExpectedShot[];
  /** Code and place of what is doubtful in the text. */
  readonly findings?: readonly (readonly [code: string, at: string])[];
  /** In millionths of a US dollar. */
  readonly budget?: number;
}

export interface ExpectedShot {
  readonly id: string;
  readonly title: string;
  /** As it would be sent; none of a shot that is empty. */
  readonly prompt?: string;
  readonly model?: string;
  /** What would be sent beside the prompt. */
  readonly body: JsonObject;
  readonly says?: { readonly omit?: true; readonly clip?: string; readonly alt?: string; readonly pick?: number };
  /** What stands in the shot and is not sent. */
  readonly unsent?: readonly string[];
  /** Fields that hold for the shot and that its model cannot take. */
  readonly leftOut?: readonly string[];
}
