/** Every command of the manifest, and no other. */
export const commandIds = [
  'kreaVideo.generateFromSelection',
  'kreaVideo.generateWithModel',
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
] as const;

export type CommandId = (typeof commandIds)[number];
