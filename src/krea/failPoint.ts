/**
 * Phases of a call at which the fault tests kill or stop this process. `leaves`: the next byte goes to the network.
 * In the product nobody listens: reaching one does nothing.
 */
export const failPoints = [
  'GET: begins',
  'GET: read',
  'POST: begins',
  'POST: leaves',
  'POST: answered',
  'POST: read',
  'DELETE: begins',
  'DELETE: leaves',
  'DELETE: answered',
  'DELETE: read',
  'file: begins',
  'file: opened',
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
