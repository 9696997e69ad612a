import { narrow } from '../lines';

export interface Seconds {
  readonly seconds: number;
  /** The words say more than the length: from when to when. */
  readonly saysMore: boolean;
}

const unit = String.raw`\s*(?:s|sec|secs|second|seconds|秒|秒間)?\.?`;
const length = new RegExp(String.raw`^(\d+(?:\.\d+)?)${unit}$`, 'i');
const clock = String.raw`(?:(\d{1,2}):)?(\d{1,2}):(\d{2}(?:\.\d+)?)`;
const timecode = new RegExp(`^${clock}$`);
const between = new RegExp(String.raw`^${clock}\s*(?:-|–|—|~|〜|to|から|→)\s*${clock}$`, 'i');

/** How long a shot is by what people write: `5`, `5s`, `5秒`, `0:05`, and `0:10–0:15`, which is 5. No guess is made of `5–8 s`. */
export function secondsIn(text: string): Seconds | undefined {
  const plain = narrow(text).trim();
  const [, number] = length.exec(plain) ?? [];
  if (number !== undefined) return positive(Number(number), false);
  const [, hours, minutes, seconds] = timecode.exec(plain) ?? [];
  if (seconds !== undefined) return positive(onClock(hours, minutes, seconds), false);
  const [, ...range] = between.exec(plain) ?? [];
  if (range.length === 0) return undefined;
  return positive(onClock(range[3], range[4], range[5]) - onClock(range[0], range[1], range[2]), true);
}

const onClock = (hours = '0', minutes = '0', seconds = '0'): number => Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);

function positive(seconds: number, saysMore: boolean): Seconds | undefined {
  // binary fractions: 10.1 - 5 is not 5.1
  return seconds > 0 ? { seconds: Math.round(seconds * 1000) / 1000, saysMore } : undefined;
}
