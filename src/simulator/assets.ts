import { type Answer, json, unknownPath } from './answer';
import { fileType } from './fileType';
import { pictureSize } from './pictureSize';
import type { KnownToken } from './requestLog';
import type { SeededRandom } from './seededRandom';
import type { Switches } from './switches';

/** An uploaded input file. */
export interface Asset {
  readonly id: string;
  /** Name of the token it was uploaded with. */
  readonly token: string;
  readonly workspace: string;
  readonly bytes: Buffer;
  readonly mimeType: string;
  readonly description: string | undefined;
  /** ms on the simulator's clock. */
  readonly uploadedAt: number;
}

/** What may be uploaded, and the ending of its address. `image/jpg` and `audio/mp3` are no types. */
const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
  'model/gltf-binary': 'glb',
  'audio/wav': 'wav',
  'audio/mpeg': 'mp3',
};

/** Why a file that was taken is refused once more when a request names it. */
export type InputFault = 'unknown' | 'tooSmall' | 'forbidden';

export interface AssetSurroundings {
  readonly ids: SeededRandom;
  readonly now: () => number;
  readonly switches: () => Switches;
  readonly fileBase: () => string;
}

/** The files that people have uploaded. */
export class Assets {
  readonly all: Asset[] = [];

  constructor(private readonly around: AssetSurroundings) {}

  /** By the path at the file host, whoever asks: who has the address has the file. */
  atPath(path: string): Asset | undefined {
    return this.all.find((asset) => pathOf(asset) === path);
  }

  /** What is wrong with an address of the file host's upload folder, for a request of this workspace. */
  faultOf(address: string, workspace: string): InputFault | undefined {
    const { tooSmall, moderation } = this.around.switches().assets;
    const asset = this.kept().find((one) => one.workspace === workspace && `${this.around.fileBase()}${pathOf(one)}` === address);
    if (!asset) return 'unknown';
    if (tooSmall !== 'accepted' && tooSmall.at === 'submit' && isSmaller(asset.bytes, tooSmall.below)) return 'tooSmall';
    return moderation === 'submit' && isForbidden(asset.bytes) ? 'forbidden' : undefined;
  }

  /** Width over height of the picture at an address, where it is known. */
  ratioAt(address: string): number | undefined {
    const asset = this.all.find((one) => `${this.around.fileBase()}${pathOf(one)}` === address);
    const size = asset && pictureSize(asset.bytes);
    return size && size.width / size.height;
  }

  async upload(contentType: string, body: Buffer, caller: KnownToken): Promise<Answer> {
    const { ids, now, switches } = this.around;
    const form = await readForm(contentType, body);
    if (!form) return json(400, { error: 'The body must be multipart/form-data' });
    const file = form.get('file');
    if (file === null || typeof file === 'string') return json(400, { error: 'file is required' });
    if (endings[file.type] === undefined) return json(400, { error: 'Invalid file type or size' });
    const { tooLarge, mostBytes, typeByContent, tooSmall, moderation } = switches().assets;
    if (file.size > mostBytes)
      return tooLarge === 413 ? json(413, { error: 'Payload too large' }) : json(400, { error: 'Invalid file type or size' });
    if (file.size === 0) return json(400, { error: 'Invalid file type or size' });
    const bytes = Buffer.from(await file.arrayBuffer());
    if (typeByContent && fileType(bytes) !== file.type) return json(400, { error: 'Invalid file type or size' });
    if (tooSmall !== 'accepted' && tooSmall.at === 'upload' && isSmaller(bytes, tooSmall.below))
      return json(422, { error: `Image too small: at least ${tooSmall.below} pixels are needed` });
    if (moderation === 'upload' && isForbidden(bytes)) return json(422, { error: 'nsfw' });
    const description = form.get('description');
    const asset: Asset = {
      id: ids.uuid(),
      token: caller.name,
      workspace: caller.workspace,
      bytes,
      mimeType: file.type,
      description: typeof description === 'string' ? description : undefined,
      uploadedAt: now(),
    };
    this.all.push(asset);
    return json(200, this.shown(asset));
  }

  list(query: URLSearchParams, caller: KnownToken): Answer {
    const limit = Number(query.get('limit') ?? 100);
    if (!Number.isInteger(limit) || limit < 1 || limit > 1000) return json(400, { error: 'limit must be an integer from 1 to 1000' });
    const before = query.has('cursor') ? Date.parse(query.get('cursor') ?? '') : Number.POSITIVE_INFINITY;
    if (Number.isNaN(before)) return json(400, { error: 'cursor must be an ISO 8601 time' });
    const { clockSkewMs } = this.around.switches();
    const matching = this.kept()
      .filter((asset) => asset.workspace === caller.workspace && asset.uploadedAt + clockSkewMs < before)
      .sort((a, b) => b.uploadedAt - a.uploadedAt);
    const items = matching.slice(0, limit).map((asset) => this.shown(asset));
    return json(200, { items, next_cursor: matching.length > limit ? items.at(-1)?.uploaded_at : null });
  }

  show(id: string, caller: KnownToken): Answer {
    if (this.around.switches().assets.getOne === 'unknownPath') return unknownPath();
    const asset = this.find(id, caller);
    return asset ? json(200, this.shown(asset)) : json(404, { error: 'Asset not found' });
  }

  remove(id: string, caller: KnownToken): Answer {
    const asset = this.find(id, caller);
    if (!asset) return json(404, { error: 'Asset not found' });
    this.all.splice(this.all.indexOf(asset), 1);
    return json(200, { success: true, message: 'Asset deleted successfully' });
  }

  private find(id: string, { workspace }: KnownToken): Asset | undefined {
    return this.kept().find((asset) => asset.id === id && asset.workspace === workspace);
  }

  private kept(): readonly Asset[] {
    const { now, switches } = this.around;
    return this.all.filter(({ uploadedAt }) => now() - uploadedAt < switches().assets.lifetimeMs);
  }

  private shown(asset: Asset): { readonly [field: string]: unknown; readonly uploaded_at: string } {
    const { assets, clockSkewMs } = this.around.switches();
    const size = assets.details ? pictureSize(asset.bytes) : undefined;
    return {
      id: asset.id,
      image_url: `${this.around.fileBase()}${pathOf(asset)}`,
      uploaded_at: new Date(asset.uploadedAt + clockSkewMs).toISOString(),
      width: size?.width ?? null,
      height: size?.height ?? null,
      size_bytes: assets.details ? asset.bytes.length : null,
      mime_type: assets.details ? asset.mimeType : null,
      ...(asset.description === undefined ? {} : { description: asset.description }),
    };
  }
}

const pathOf = ({ id, mimeType }: Asset) => `/assets/${id}.${endings[mimeType] ?? 'bin'}`;

function isSmaller(bytes: Buffer, least: number): boolean {
  const size = pictureSize(bytes);
  return size !== undefined && Math.min(size.width, size.height) < least;
}

const isForbidden = (bytes: Buffer) => bytes.includes('forbidden');

/** The parser is Node's own, so that a client cannot pass with a form that only we would read. */
async function readForm(contentType: string, body: Buffer): Promise<FormData | undefined> {
  if (!/^multipart\/form-data\s*;/i.test(contentType)) return undefined;
  try {
    return await new Response(new Uint8Array(body), { headers: { 'Content-Type': contentType } }).formData();
  } catch {
    return undefined;
  }
}
