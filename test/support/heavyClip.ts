import { seededRandom } from '../../src/simulator/seededRandom';
import { tinyClip } from './tinyClip';

/** A real mp4 of about so many bytes: its samples are followed by bytes that belong to no frame. Its index stands at the end. */
export async function heavyClip(bytes: number): Promise<Buffer> {
  const clip = await tinyClip();
  let at = 0;
  while (clip.toString('latin1', at + 4, at + 8) !== 'mdat') at += clip.readUInt32BE(at);
  const end = at + clip.readUInt32BE(at);
  const random = seededRandom(1, 'heavy clip');
  const filling = Uint8Array.from({ length: bytes - clip.length }, () => random.next() * 256);
  const heavy = Buffer.concat([clip.subarray(0, end), filling, clip.subarray(end)]);
  heavy.writeUInt32BE(end - at + filling.length, at);
  return heavy;
}
