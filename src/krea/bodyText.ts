import { bodyLimit, type Headers, type HttpAnswer } from './transport';

/**
 * Reads a body up to `bodyLimit`. What came before a cut is kept: a job id in half an answer is still proof that
 * the job exists.
 */
export async function readText(status: number, headers: Headers, body: AsyncIterable<Uint8Array>): Promise<HttpAnswer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let whole = true;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      bytes += chunk.byteLength;
      if (bytes > bodyLimit) {
        whole = false;
        break;
      }
    }
  } catch {
    whole = false;
  }
  return { status, headers, text: Buffer.concat(chunks).subarray(0, bodyLimit).toString('utf8'), whole };
}
