import type { PlayerAction } from './messages';
import type { PlayerClip } from './playerClip';

/** What a person asks for in the page and the player does not do itself. */
export type PlayerRequest =
  | { readonly action: Exclude<PlayerAction, 'copyPrompt'>; readonly clip: PlayerClip }
  /** The frame that is shown, as PNG; `seconds` from the start of the clip. */
  | { readonly action: 'useFrame'; readonly clip: PlayerClip; readonly seconds: number; readonly png: Uint8Array };
