/** Those of the views; their rows come as the argument. */
export const viewCommandIds = [
  'kreaVideo.jobs.groupByDay',
  'kreaVideo.jobs.groupByStoryboard',
  'kreaVideo.jobs.filter',
  'kreaVideo.jobs.clearFilter',
  'kreaVideo.jobs.showMore',
  'kreaVideo.job.choose',
  'kreaVideo.job.openText',
  'kreaVideo.job.play',
  'kreaVideo.job.cancel',
  'kreaVideo.job.sendNow',
  'kreaVideo.job.saveAgain',
  'kreaVideo.job.lookAgain',
  'kreaVideo.job.generateAgain',
  'kreaVideo.job.submitAgain',
  'kreaVideo.job.showClip',
  'kreaVideo.job.mine',
  'kreaVideo.job.notMine',
  'kreaVideo.job.copyJobId',
  'kreaVideo.job.showInFolder',
  'kreaVideo.job.openLog',
  'kreaVideo.saveSpending',
] as const;

/** Those of a storyboard; they take the shot at the cursor, or a shot as argument. */
export const storyboardCommandIds = [
  'kreaVideo.generateShot',
  'kreaVideo.pickTake',
  'kreaVideo.showTakes',
  'kreaVideo.showWhatWillBeSent',
  'kreaVideo.playTake',
  'kreaVideo.goToShot',
  'kreaVideo.shotActions',
  'kreaVideo.useReplacement',
] as const;

/** Those that make a file of a storyboard, or make one of a storyboard; the file of a menu comes as the argument. */
export const boardFileCommandIds = [
  'kreaVideo.newStoryboard',
  'kreaVideo.makeStoryboard',
  'kreaVideo.saveStoryboard',
  'kreaVideo.exportShotList',
] as const;

/** Every command of the manifest, and no other. */
export const commandIds = [
  'kreaVideo.generateFromSelection',
  'kreaVideo.generateWithModel',
  'kreaVideo.animateImage',
  'kreaVideo.copyRequestAs',
  'kreaVideo.setToken',
  'kreaVideo.forgetToken',
  'kreaVideo.showJobs',
  'kreaVideo.cancelJob',
  'kreaVideo.playLast',
  'kreaVideo.tryOffline',
  'kreaVideo.leaveOffline',
  'kreaVideo.checkSetup',
  'kreaVideo.findLostClips',
  'kreaVideo.openLog',
  ...boardFileCommandIds,
  ...viewCommandIds,
  ...storyboardCommandIds,
] as const;

export type CommandId = (typeof commandIds)[number];
export type BoardFileCommandId = (typeof boardFileCommandIds)[number];
export type ViewCommandId = (typeof viewCommandIds)[number];
export type StoryboardCommandId = (typeof storyboardCommandIds)[number];

export function isViewCommand(id: CommandId): id is ViewCommandId {
  return viewCommandIds.some((known) => known === id);
}

export function isStoryboardCommand(id: CommandId): id is StoryboardCommandId {
  return storyboardCommandIds.some((known) => known === id);
}

export function isBoardFileCommand(id: CommandId): id is BoardFileCommandId {
  return boardFileCommandIds.some((known) => known === id);
}
