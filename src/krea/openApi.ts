import type { Network } from './network';
import { bodyLimit, type Reply } from './transport';

/** Milliseconds for the whole description. */
const deadline = 30_000;

/** What the service said when it was asked for the description of its API. */
export type OpenApiAnswer =
  | { readonly kind: 'description'; readonly text: string; readonly etag?: string }
  /** 304: the one with that ETag still holds. */
  | { readonly kind: 'unchanged' }
  /** `answered`: something did answer, though nothing of use. */
  | { readonly kind: 'trouble'; readonly trouble: OpenApiTrouble; readonly answered: boolean };

/** `detail`: kind of the fault, or the status. */
export interface OpenApiTrouble {
  readonly kind: 'network' | 'refused' | 'cutOff' | 'tooLarge';
  readonly detail?: string;
}

export interface OpenApiQuestion {
  readonly network: Network;
  readonly apiBase: URL;
  readonly product: string;
  readonly etag?: string;
}

/** `GET /openapi.json`, which is public: no token goes with it. Never rejects. */
export function askOpenApi({ network, apiBase, product, etag }: OpenApiQuestion, signal: AbortSignal): Promise<Reply> {
  const url = new URL(`${apiBase.pathname.replace(/\/$/, '')}/openapi.json`, apiBase);
  const headers = { accept: 'application/json', 'user-agent': product, ...(etag !== undefined && { 'if-none-match': etag }) };
  return network.get(url, headers, AbortSignal.any([signal, AbortSignal.timeout(deadline)]));
}

export function readOpenApiReply(reply: Reply): OpenApiAnswer {
  const trouble = (answered: boolean, kind: OpenApiTrouble['kind'], detail?: string): OpenApiAnswer => ({
    kind: 'trouble',
    trouble: { kind, ...(detail !== undefined && { detail }) },
    answered,
  });
  if (reply.kind === 'fault') return trouble(false, 'network', reply.fault.kind);
  const { status, text, whole, headers } = reply.answer;
  if (status === 304) return { kind: 'unchanged' };
  if (status !== 200) return trouble(true, 'refused', String(status));
  // at the limit nothing more was read; below it the connection broke
  if (!whole) return Buffer.byteLength(text) >= bodyLimit - 4 ? trouble(true, 'tooLarge') : trouble(false, 'cutOff');
  return { kind: 'description', text, ...(headers.etag !== undefined && { etag: headers.etag }) };
}
