/**
 * Steps of writing a take at which the fault tests kill, stop or trouble this process.
 * In the product nobody listens: reaching one does nothing.
 */
export const failPoints = [
  'part: opened',
  'part: piece',
  'part: whole',
  'sidecar: temporary',
  'sidecar: named',
  'sidecar: synced',
  'clip: linked',
  'clip: copied',
  'clip: synced',
  'clip: part gone',
  'name: linked',
  'name: reserved',
  'folder: made',
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
