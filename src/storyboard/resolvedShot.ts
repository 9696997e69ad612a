import type { Finding } from '../catalogue/finding';
import type { FoundModel, Json, JsonObject, Sunset } from '../catalogue/model';
import type { Entry } from './entry';
import type { ExpandedPrompt } from './expandPrompt';
import type { FrameReference } from './frameReference';
import type { TextRange } from './lines';
import type { Shot } from './storyboard';

/** Where a value comes from; the nearest of them holds (rule 3). */
export type Origin =
  | { readonly kind: 'shot'; readonly entry: Entry }
  | { readonly kind: 'heading'; readonly entry: Entry; readonly heading: number }
  | { readonly kind: 'frontMatter'; readonly entry: Entry }
  /** An image with the alt text start, end or ref. */
  | { readonly kind: 'still'; readonly range: TextRange }
  /** A member of the cast that the prompt names. */
  | { readonly kind: 'cast'; readonly name: string }
  | { readonly kind: 'setting' }
  | { readonly kind: 'modelDefault' };

export interface ResolvedValue {
  /** Field of the model. */
  readonly name: string;
  readonly value: Json;
  readonly origin: Origin;
  /** Origins of the entries of a list that several places fill, in its order. */
  readonly parts?: readonly Origin[];
}

export interface ShotLeftOut {
  readonly name: string;
  readonly reason: 'modelLacksIt' | 'noReferences' | 'excludedByEnd';
  readonly origin: Origin;
}

/** An input that is a frame of another shot; in the body stands what is written. */
export interface FrameInput {
  /** `start_image`, `reference_images.0`. */
  readonly role: string;
  readonly frame: FrameReference;
  readonly origin: Origin;
}

/** A shot with all that it inherits: what would be sent, and where each part of it comes from. */
export interface ResolvedShot {
  readonly shot: Shot;
  readonly modelId: string | undefined;
  readonly modelOrigin: Origin;
  readonly model: FoundModel | { readonly kind: 'none' };
  readonly values: readonly ResolvedValue[];
  readonly leftOut: readonly ShotLeftOut[];
  readonly prompt: ExpandedPrompt | undefined;
  readonly frames: readonly FrameInput[];
  /** Files stand in it as they are written; empty where no model is known. */
  readonly body: JsonObject;
  /** Take that the user has chosen. */
  readonly pick: number | undefined;
  /** The user's own footage: played and exported, never generated. */
  readonly clip: string | undefined;
  readonly omit: boolean;
  /** The shot it is a variant of. */
  readonly alt: string | undefined;
  readonly approve: boolean;
  readonly findings: readonly ShotFinding[];
}

/** An error keeps the shot from being generated. */
export type ShotFinding = TextRange & { readonly severity: 'error' | 'warning' } & (
    | { readonly code: 'request'; readonly finding: Finding; readonly origin: Origin | undefined }
    | { readonly code: 'unknownBlock' | 'circularBlock' | 'tooManyWords'; readonly name: string }
    | { readonly code: 'noModel' }
    | { readonly code: 'unknownModel'; readonly id: string }
    | { readonly code: 'retiredModel'; readonly id: string; readonly name: string; readonly replacement: string | undefined }
    /** Krea has said that it ends; it still takes it. At the place where the model is written. */
    | { readonly code: 'sunset'; readonly id: string; readonly name: string; readonly sunset: Sunset }
    | { readonly code: 'negativePrompt' }
    | { readonly code: 'unknownShot'; readonly id: string }
    /** Each waits for the next; the last is the first again. */
    | { readonly code: 'circularFrames'; readonly ids: readonly string[] }
    /** Seconds: of the parts of a prompt together, and of the shot. */
    | { readonly code: 'partsSum'; readonly sum: number; readonly length: number }
  );
