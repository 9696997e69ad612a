/**
 * What the extension and the player's page say to each other, with a guard for each direction, and what the page
 * leaves behind when it is thrown away. Neither `vscode` nor Node nor the DOM is known here.
 */

/** Buttons of the page that the extension answers. The page shows only those it was sent. */
export const playerActions = ['playOutside', 'reveal', 'copyPrompt', 'saveAgain'] as const;
export type PlayerAction = (typeof playerActions)[number];

/** Why a clip cannot be seen. */
export const clipTroubles = ['missing', 'unreadable', 'undecodable', 'noPicture'] as const;
export type ClipTrouble = (typeof clipTroubles)[number];

export const pageSounds = ['none', 'aac', 'other', 'unknown'] as const;

/** Every text of the page by its name, in the user's language; the page has none of its own. */
export const playerTextNames = [
  'actions',
  'copied',
  'copyPrompt',
  'details',
  'empty',
  'ended',
  'loading',
  'missing',
  'missingHint',
  'noPicture',
  'noPictureHint',
  'noSound',
  'paused',
  'play',
  'playOutside',
  'playing',
  'prompt',
  'reveal',
  'saveAgain',
  'soundOff',
  'soundOn',
  'soundUnplayable',
  'stage',
  'undecodable',
  'undecodableHint',
  'unreadable',
  'unreadableHint',
] as const;
export type PlayerTexts = Readonly<Record<(typeof playerTextNames)[number], string>>;

/** A clip as the page sees it: an address instead of a path, or the reason why there is none. */
export interface PageClip {
  readonly takeId: string;
  readonly source: { readonly kind: 'file'; readonly src: string } | { readonly kind: 'trouble'; readonly trouble: ClipTrouble };
  readonly title: string;
  readonly prompt: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly sound: (typeof pageSounds)[number];
  readonly size?: { readonly width: number; readonly height: number };
  readonly actions: readonly PlayerAction[];
}

export type ToPage =
  | { readonly type: 'texts'; readonly texts: PlayerTexts }
  /** `resume`: a clip this panel has shown before; the page goes back to where it was and does not start by itself. */
  | { readonly type: 'show'; readonly clip: PageClip; readonly autoplay: boolean; readonly loop: boolean; readonly resume: boolean }
  /** The extension has looked at the file of a clip that failed and knows better why. */
  | { readonly type: 'trouble'; readonly takeId: string; readonly trouble: ClipTrouble }
  | { readonly type: 'pause' }
  | { readonly type: 'copied' }
  | { readonly type: 'empty' };

/** Seconds and pixels throughout. `takeId` lets the extension drop what a former clip still had to say. */
export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'playing'; readonly takeId: string; readonly position: number }
  | { readonly type: 'paused'; readonly takeId: string; readonly position: number }
  | { readonly type: 'ended'; readonly takeId: string }
  /** `code` is that of the browser's MediaError, 0 when it gave none. */
  | { readonly type: 'failed'; readonly takeId: string; readonly trouble: ClipTrouble; readonly code: number; readonly message: string }
  | {
      readonly type: 'measured';
      readonly takeId: string;
      readonly width: number;
      readonly height: number;
      readonly seconds: number;
    }
  | { readonly type: 'probed'; readonly aac: boolean }
  | { readonly type: 'action'; readonly takeId: string; readonly action: PlayerAction };

/** Kept by the editor over hiding, moving and reloading. The clip is named by its take: addresses do not last. */
export interface PlayerState {
  readonly v: 1;
  readonly takeId: string;
  /** Seconds. */
  readonly position: number;
  /** 0 to 1. */
  readonly volume: number;
  readonly muted: boolean;
  readonly loop: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
/** Not negative, not endless: a position, a length, a number of pixels. */
const isAmount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isOneOf = <T extends string>(words: readonly T[], value: unknown): value is T => words.some((word) => word === value);
const isListOf = (value: unknown, isItem: (item: unknown) => boolean): value is readonly unknown[] =>
  Array.isArray(value) && value.every(isItem);

const isTexts = (value: unknown): boolean => isFields(value) && playerTextNames.every((name) => isText(value[name]));

const isFact = (value: unknown): boolean => isFields(value) && isText(value.label) && isText(value.value);

const isSize = (value: unknown): boolean => isFields(value) && isAmount(value.width) && isAmount(value.height);

const isSource = (value: unknown): boolean =>
  isFields(value) &&
  ((value.kind === 'file' && isText(value.src) && value.src !== '') || (value.kind === 'trouble' && isOneOf(clipTroubles, value.trouble)));

const isPageClip = (value: unknown): boolean =>
  isFields(value) &&
  isText(value.takeId) &&
  isSource(value.source) &&
  isText(value.title) &&
  isText(value.prompt) &&
  isListOf(value.facts, isFact) &&
  isOneOf(pageSounds, value.sound) &&
  (value.size === undefined || isSize(value.size)) &&
  isListOf(value.actions, (action) => isOneOf(playerActions, action));

export function isToPage(value: unknown): value is ToPage {
  if (!isFields(value)) return false;
  switch (value.type) {
    case 'texts':
      return isTexts(value.texts);
    case 'show':
      return isPageClip(value.clip) && isFlag(value.autoplay) && isFlag(value.loop) && isFlag(value.resume);
    case 'trouble':
      return isText(value.takeId) && isOneOf(clipTroubles, value.trouble);
    case 'pause':
    case 'copied':
    case 'empty':
      return true;
    default:
      return false;
  }
}

export function isFromPage(value: unknown): value is FromPage {
  if (!isFields(value)) return false;
  switch (value.type) {
    case 'ready':
      return true;
    case 'playing':
    case 'paused':
      return isText(value.takeId) && isAmount(value.position);
    case 'ended':
      return isText(value.takeId);
    case 'failed':
      return isText(value.takeId) && isOneOf(clipTroubles, value.trouble) && isAmount(value.code) && isText(value.message);
    case 'measured':
      return isText(value.takeId) && isAmount(value.width) && isAmount(value.height) && isAmount(value.seconds);
    case 'probed':
      return isFlag(value.aac);
    case 'action':
      return isText(value.takeId) && isOneOf(playerActions, value.action);
    default:
      return false;
  }
}

export function isPlayerState(value: unknown): value is PlayerState {
  return (
    isFields(value) &&
    value.v === 1 &&
    isText(value.takeId) &&
    value.takeId !== '' &&
    isAmount(value.position) &&
    isAmount(value.volume) &&
    value.volume <= 1 &&
    isFlag(value.muted) &&
    isFlag(value.loop)
  );
}
