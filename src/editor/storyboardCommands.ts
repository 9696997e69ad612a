import { chooseShotAction } from './chooseShotAction';
import type { StoryboardCommandId } from './commandIds';
import { goToShot } from './goToShot';
import type { Storyboards } from './storyboards';

/** `argument`: what the lens, the row or the test named; checked by each. */
export type StoryboardCommand = (storyboards: Storyboards, argument: unknown) => Promise<void>;

/** What each command of a storyboard does. */
export const storyboardCommands: Readonly<Record<StoryboardCommandId, StoryboardCommand>> = {
  'kreaVideo.generateShot': ({ shots }, argument) => shots.generate(argument),
  'kreaVideo.pickTake': ({ takes }, argument) => takes.pick(argument),
  'kreaVideo.showWhatWillBeSent': ({ sent }, argument) => sent.show(argument),
  'kreaVideo.showTakes': ({ takes }, argument) => takes.show(argument),
  'kreaVideo.playTake': ({ takes }, argument) => takes.playOne(argument),
  'kreaVideo.goToShot': ({ boards }, argument) => goToShot(argument, boards),
  'kreaVideo.shotActions': ({ boards, states, isFree }, argument) => chooseShotAction(argument, { boards, states, isFree }),
  'kreaVideo.useReplacement': ({ replaceModel }, argument) => replaceModel.run(argument),
};
