import type { StoryboardCommandId } from './commandIds';
import type { Storyboards } from './storyboards';

/** `argument`: what the lens, the row or the test named; checked by each. */
export type StoryboardCommand = (storyboards: Storyboards, argument: unknown) => Promise<void>;

const todo: StoryboardCommand = async () => undefined;

/** What each command of a storyboard does. */
export const storyboardCommands: Readonly<Record<StoryboardCommandId, StoryboardCommand>> = {
  'kreaVideo.generateShot': todo,
  'kreaVideo.pickTake': todo,
  'kreaVideo.showTakes': todo,
};
