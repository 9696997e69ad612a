import type { Entry } from './entry';
import type { TextRange } from './lines';
import type { Section } from './outline';
import type { PromptSource } from './promptSource';
import type { Still } from './unsentMarks';

export type { Still } from './unsentMarks';

/** A Markdown text as a storyboard; every part knows its place. */
export interface Storyboard {
  /** In the order of the text. */
  readonly shots: readonly Shot[];
  readonly headings: readonly Section[];
  readonly frontMatter: readonly Entry[];
  readonly textBlocks: readonly TextBlock[];
  readonly findings: readonly BoardFinding[];
}

/** `section`: shots may stand below it, and inherit; `note`: inside a shot, not sent; `prompt`: inside a shot, sent. */
export type HeadingRole = 'shot' | 'section' | 'note' | 'prompt' | 'textBlock' | 'textBlocks';

export interface Shot {
  readonly id: string;
  readonly idRange: TextRange;
  readonly title: string;
  /** Index of its heading. */
  readonly heading: number;
  /** Headings above it in the outline, outermost first; what they set is inherited. */
  readonly above: readonly number[];
  readonly entries: readonly Entry[];
  readonly stills: readonly Still[];
  readonly prompt: PromptSource | undefined;
  readonly range: TextRange;
}

/** Words that prompts insert (rule 10); `name` is empty for a style. */
export interface TextBlock {
  readonly kind: 'style' | 'block' | 'cast';
  readonly name: string;
  /** Index of its heading in the file it stands in. */
  readonly heading: number;
  /** The other file it stands in, as the board names it. */
  readonly file?: string;
  readonly text: string;
  readonly entries: readonly Entry[];
}

/** What is wrong or doubtful in the text itself, whatever the models; the editor has the sentences. */
export type BoardFinding = TextRange &
  (
    | { readonly code: 'frontMatter'; readonly reason: string }
    /** Of a front matter: no shot can use it; `near`: the field that was meant. */
    | { readonly code: 'unusableKey'; readonly key: string; readonly near: string | undefined }
    /** A note whose key is nearly that of a field: `near`. */
    | { readonly code: 'nearKey'; readonly key: string; readonly near: string }
    /** A file named under `blocks` that cannot be had. */
    | { readonly code: 'blockFile'; readonly file: string; readonly why: 'missing' | 'outside' | 'unreadable' }
    | { readonly code: 'duplicateId'; readonly id: string }
    | { readonly code: 'duplicateBlock'; readonly name: string }
    | { readonly code: 'keyTwice'; readonly key: string }
    | { readonly code: 'onlyOnShot'; readonly key: string }
    | { readonly code: 'secondPrompt' | 'ruleUnderText' | 'commentNotClosed' | 'onlyQuotes' }
    | { readonly code: 'numberedHeading' | 'fullWidthHeading' | 'fullWidthBullet' }
  );

/** Keys that count on the shot alone (rule 3). */
export const onlyOnShot: ReadonlySet<string> = new Set(['start', 'end', 'pick', 'id', 'clip', 'omit', 'alt']);

/** Keys of a front matter that speak of the file as a whole. */
export const ofTheFile: ReadonlySet<string> = new Set(['storyboard', 'takes', 'budget', 'blocks']);
