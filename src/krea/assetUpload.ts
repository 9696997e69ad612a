import { isObject, parseJson, textOf } from './json';
import type { NetworkFault } from './networkFault';
import { isLocalHost } from './publicAddress';
import { type Refusal, readRefusal } from './refusal';
import { retryAfterMs } from './retryAfter';
import type { SendReply, StreamBody } from './transport';

/** A file to upload. Its own name stays here: Krea gets one made of its content. */
export interface AssetUpload {
  readonly sha256: string;
  readonly bytes: number;
  readonly mime: string;
  readonly ending: string;
  /** Exactly `bytes` of them, in pieces. What it throws ends the upload. */
  readonly content: () => AsyncIterable<Uint8Array>;
}

/** A file at Krea that requests can name by its address. */
export interface Asset {
  readonly id: string;
  readonly address: string;
}

/** An upload costs nothing and starts nothing: one that is not clear may be made again. */
export type UploadAnswer =
  | { readonly kind: 'uploaded'; readonly asset: Asset }
  /** 401 or 403. */
  | { readonly kind: 'noAccess'; readonly status: number; readonly refusal: Refusal }
  | { readonly kind: 'refused'; readonly status: number; readonly refusal: Refusal }
  | { readonly kind: 'busy'; readonly waitMs?: number }
  | { readonly kind: 'trouble'; readonly fault: NetworkFault };

const refusals: ReadonlySet<number> = new Set([400, 402, 404, 410, 413, 415, 422]);

export function readUploadAnswer(reply: SendReply): UploadAnswer {
  if (reply.kind !== 'answer') return { kind: 'trouble', fault: reply.fault };
  const { answer } = reply;
  const { status } = answer;
  const asset = status >= 200 && status < 300 ? readAsset(parseJson(answer.text)) : undefined;
  if (asset) return { kind: 'uploaded', asset };
  if (status === 401 || status === 403) return { kind: 'noAccess', status, refusal: readRefusal(answer) };
  if (refusals.has(status)) return { kind: 'refused', status, refusal: readRefusal(answer) };
  if (status !== 429) return { kind: 'trouble', fault: { kind: 'other', code: `HTTP ${status}` } };
  const waitMs = retryAfterMs(answer.headers);
  return { kind: 'busy', ...(waitMs !== undefined && { waitMs }) };
}

/** `image_url` is the name for videos and sounds too. */
export function readAsset(body: unknown): Asset | undefined {
  if (!isObject(body)) return undefined;
  const [id, address] = [textOf(body.id), textOf(body.image_url) ?? textOf(body.url)];
  if (!id || !address || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.protocol === 'https:' || isLocalHost(url) ? { id, address } : undefined;
}

/** RFC 7578. The boundary is made of the content's own hash, which no content can hold. */
export function uploadForm({ sha256, bytes, mime, ending, content }: AssetUpload): StreamBody & { readonly contentType: string } {
  const boundary = `krea-video-${sha256.slice(0, 48)}`;
  const head = Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${sha256.slice(0, 16)}.${ending}"\r\ncontent-type: ${mime}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: head.length + bytes + tail.length,
    chunks: async function* () {
      yield head;
      yield* content();
      yield tail;
    },
  };
}
