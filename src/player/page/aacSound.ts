/** Three frames of silence in AAC-LC, 48 kHz mono, ADTS: 61 bytes. */
const sample = '//FMQAOf/N4CAExhdmM1OS4zNy4xMDAAAjBADv/xTEABf/wBGCAH//FMQAF//AEYIAf/8UxAAX/8ARggBw==';

let answer: Promise<boolean> | undefined;

/**
 * Whether AAC sound plays here, asked once per page. Only a real decode tells: where the decoder is missing,
 * `canPlayType`, `isTypeSupported` and `decodingInfo` all claim that it is there.
 */
export function playsAac(): Promise<boolean> {
  answer ??= probe();
  return answer;
}

async function probe(): Promise<boolean> {
  const bytes = Uint8Array.from(atob(sample), (sign) => sign.charCodeAt(0));
  try {
    await new OfflineAudioContext(1, 48_000, 48_000).decodeAudioData(bytes.buffer);
    return true;
  } catch {
    return false;
  }
}
