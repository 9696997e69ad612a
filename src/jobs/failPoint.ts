/**
 * Steps of a job's life at which the fault tests kill, stop or trouble this process.
 * In the product nobody listens: reaching one does nothing.
 */
export const failPoints = [
  'commit: begins',
  'commit: changed',
  'commit: stands',
  'commit: told',
  'upload: begins',
  'upload: sending',
  'upload: answered',
  'upload: written',
  'upload: anew',
  'submit: proven',
  'submit: submitting',
  'submit: answered',
  'submit: written',
  'poll: begins',
  'poll: answered',
  'page: answered',
  'lease: claimed',
  'beat: written',
  'search: begins',
  'search: answered',
  'search: written',
  'perhaps: seen',
  'perhaps: fetched',
  'perhaps: named',
  'perhaps: written',
  'decision: written',
  'cancel: marked',
  'cancel: answered',
  'takeOver: found',
  'takeOver: written',
  'save: begins',
  'save: kept',
  'save: joined',
  'save: fetched',
  'save: checked',
  'save: synced',
  'save: verified',
  'save: numbered',
  'save: described',
  'save: placed',
  'save: done',
  'save: tidied',
] as const;

export type FailPoint = (typeof failPoints)[number];

let listener: (point: FailPoint) => void = () => undefined;

export function failPoint(point: FailPoint): void {
  listener(point);
}

/** What the listener throws is the fault at that point. */
export function listenAtFailPoints(heard: (point: FailPoint) => void): void {
  listener = heard;
}
