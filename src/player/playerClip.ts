/** What the player is given of a take. Texts are plain; labels and values are already in the user's language. */
export interface PlayerClip {
  /** Any string that finds the take again after a window reload. */
  readonly takeId: string;
  /** Absolute path on the machine of the extension host. */
  readonly file: string;
  readonly title: string;
  readonly prompt: string;
  readonly facts: readonly ClipFact[];
  /** What only *Properties* shows, after the facts. */
  readonly properties?: readonly ClipFact[];
  /** What stands on the button that generates this once more, with its estimate; without it there is no such button. */
  readonly again?: string;
  readonly sound: ClipSound;
  /** Pixels. With it the stage has its shape before the first byte of the clip is read. */
  readonly size?: ClipSize;
}

export interface ClipFact {
  readonly label: string;
  readonly value: string;
}

export interface ClipSize {
  readonly width: number;
  readonly height: number;
}

/** `aac` apart from the rest: VS Code on a desktop has no decoder for it and plays such a clip silently, without an error. */
export type ClipSound = 'none' | 'aac' | 'other' | 'unknown';
