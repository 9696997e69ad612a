/**
 * What the extension and the player's page say to each other, with a guard for each direction, and what the page
 * leaves behind when it is thrown away. Neither `vscode` nor Node nor the DOM is known here.
 */

/** Buttons of the page that the extension answers. The page shows only those it was sent. */
export const playerActions = ['playOutside', 'reveal', 'copyPrompt', 'saveAgain', 'saveAs', 'generateAgain'] as const;
export type PlayerAction = (typeof playerActions)[number];

/** Why a clip cannot be seen. */
export const clipTroubles = ['missing', 'unreadable', 'undecodable', 'noPicture'] as const;
export type ClipTrouble = (typeof clipTroubles)[number];

export const pageSounds = ['none', 'aac', 'other', 'unknown'] as const;

/** Every text of the page by its name, in the user's language; the page has none of its own. */
export const playerTextNames = [
  'backToNormalSpeed',
  'close',
  'controls',
  'copied',
  'copyFrame',
  'copyPrompt',
  'details',
  'empty',
  'ended',
  'frameCopied',
  'frameNotCopied',
  'frameNotRead',
  'frameOf',
  'goToGenerateAgain',
  'keys',
  'keyClose',
  'keyEnds',
  'keyFrames',
  'keyPlay',
  'keySeconds',
  'keySpeed',
  'keyVolume',
  'loading',
  'loop',
  'missing',
  'missingHint',
  'more',
  'mute',
  'noPicture',
  'noPictureHint',
  'noSound',
  'pause',
  'paused',
  'pictureInPicture',
  'pictureInPictureFailed',
  'play',
  'playOutside',
  'playing',
  'position',
  'positionOf',
  'prompt',
  'properties',
  'reveal',
  'saveAgain',
  'saveAs',
  'soundOff',
  'soundOn',
  'soundUnplayable',
  'speed',
  'stage',
  'stepBack',
  'stepForward',
  'undecodable',
  'undecodableHint',
  'unreadable',
  'unreadableHint',
  'useFrame',
  'useFrameHint',
  'volume',
] as const;
export type PlayerTexts = Readonly<Record<(typeof playerTextNames)[number], string>>;

export interface PageFact {
  readonly label: string;
  readonly value: string;
}

/** A clip as the page sees it: an address instead of a path, or the reason why there is none. */
export interface PageClip {
  readonly takeId: string;
  readonly source: { readonly kind: 'file'; readonly src: string } | { readonly kind: 'trouble'; readonly trouble: ClipTrouble };
  readonly title: string;
  readonly prompt: string;
  readonly facts: readonly PageFact[];
  /** What only *Properties* shows. */
  readonly properties: readonly PageFact[];
  /** The name of the button *Generate Again*, with its estimate; without it there is no such button. */
  readonly again?: string;
  /** `wanted`: the take has none yet, and the page that first shows the clip takes it. */
  readonly poster: { readonly kind: 'there'; readonly src: string } | { readonly kind: 'wanted' } | { readonly kind: 'none' };
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
  /** Frames a second, read from the file while the page already shows it. */
  | { readonly type: 'frameRate'; readonly takeId: string; readonly frameRate: number }
  | { readonly type: 'pause' }
  | { readonly type: 'copied' }
  /** A sentence in the user's language: what became of something the person asked for. */
  | { readonly type: 'say'; readonly text: string }
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
  /** The frame that is shown, whole, for a person who wants to keep it. */
  | { readonly type: 'still'; readonly takeId: string; readonly seconds: number; readonly png: Uint8Array }
  | { readonly type: 'poster'; readonly takeId: string; readonly jpeg: Uint8Array }
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
  /** 1 is normal. */
  readonly speed: number;
}

/** Slower for a look at hands and faces, faster for the rhythm of a cut. */
export const speeds: readonly number[] = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];

/** Bytes; a frame of 4K as PNG has about 25 million. */
const largestPicture = 64_000_000;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
/** Not negative, not endless: a position, a length, a number of pixels. */
const isAmount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isOneOf = <T extends string>(words: readonly T[], value: unknown): value is T => words.some((word) => word === value);
const isListOf = (value: unknown, isItem: (item: unknown) => boolean): value is readonly unknown[] =>
  Array.isArray(value) && value.every(isItem);

const isPicture = (value: unknown): value is Uint8Array =>
  value instanceof Uint8Array && value.length > 0 && value.length <= largestPicture;

const isTexts = (value: unknown): boolean => isFields(value) && playerTextNames.every((name) => isText(value[name]));

const isFact = (value: unknown): boolean => isFields(value) && isText(value.label) && isText(value.value);

const isSize = (value: unknown): boolean => isFields(value) && isAmount(value.width) && isAmount(value.height);

const isSource = (value: unknown): boolean =>
  isFields(value) &&
  ((value.kind === 'file' && isText(value.src) && value.src !== '') || (value.kind === 'trouble' && isOneOf(clipTroubles, value.trouble)));

const isPoster = (value: unknown): boolean =>
  isFields(value) && (value.kind === 'wanted' || value.kind === 'none' || (value.kind === 'there' && isText(value.src)));

const isPageClip = (value: unknown): boolean =>
  isFields(value) &&
  isText(value.takeId) &&
  isSource(value.source) &&
  isText(value.title) &&
  isText(value.prompt) &&
  isListOf(value.facts, isFact) &&
  isListOf(value.properties, isFact) &&
  (value.again === undefined || isText(value.again)) &&
  isPoster(value.poster) &&
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
    case 'frameRate':
      return isText(value.takeId) && isAmount(value.frameRate) && value.frameRate > 0;
    case 'say':
      return isText(value.text);
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
    case 'still':
      return isText(value.takeId) && isAmount(value.seconds) && isPicture(value.png);
    case 'poster':
      return isText(value.takeId) && isPicture(value.jpeg);
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
    isFlag(value.loop) &&
    speeds.some((speed) => speed === value.speed)
  );
}
