import type { Json, JsonObject } from '../catalogue/model';
import { type InputPlace, withInputs } from './inputs';

/** A request that a program of the user's own is to send. No token: the program reads it from `KREA_API_KEY`. */
export interface RequestSample {
  /** Without a slash at its end. */
  readonly apiBase: string;
  readonly endpoint: string;
  readonly body: JsonObject;
  /** Local files that the body names; the program uploads them first. */
  readonly inputs: readonly SampleInput[];
  readonly webhookUrl?: string;
}

export interface SampleInput extends Pick<InputPlace, 'at'> {
  readonly file: string;
  /** As in `image/png`. */
  readonly type: string;
  readonly ending: string;
}

/** Each file once, in the order of the body. */
export function filesOf({ inputs }: RequestSample): readonly SampleInput[] {
  return inputs.filter(({ file }, index) => inputs.findIndex((other) => other.file === file) === index);
}

/**
 * The body as `print` writes it, with what `refer` gives (a variable, say) where files stand. `refer` takes the number of
 * the file in `filesOf`.
 */
export function bodyText(sample: RequestSample, print: (body: JsonObject) => string, refer: (file: number) => string): string {
  const files = filesOf(sample);
  const plain = print(sample.body);
  let mark = 'file';
  while (plain.includes(mark)) mark += '-';
  const marks = sample.inputs.map((input) => ({ at: input.at, mark: `${mark}${files.findIndex(({ file }) => file === input.file)}:` }));
  const marked = withInputs(sample.body, marks, (place) => place.mark);
  return files.reduce((text, _, index) => text.replaceAll(`"${mark}${index}:"`, () => refer(index)), print(marked));
}

/**
 * JSON on several lines, which is a literal in most languages too. Signs that cannot be seen, or that turn the words
 * around them, are written as escapes: who reads the program sees what it sends.
 */
export function jsonText(value: Json): string {
  return JSON.stringify(value, null, 2).replace(hidden, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const hidden = /[\u007f-\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
