import type { Network } from './network';
import type { NetworkFault } from './networkFault';
import { isLocalHost, namesPrivateAddress, privateAddress } from './publicAddress';
import type { OpenFile } from './transport';

export type ClipReply =
  | { readonly kind: 'open'; readonly file: OpenFile }
  /** 403, 404 or 410: the address has run out, or never held a file. A fresh address may work. */
  | { readonly kind: 'gone'; readonly status: number }
  | { readonly kind: 'refusedAddress'; readonly why: 'notHttps' | 'private' | 'tooManyRedirects' }
  | { readonly kind: 'trouble'; readonly status?: number; readonly fault?: NetworkFault };

const mostRedirects = 5;

/**
 * Opens a result file at whatever host the service names. No token goes there. The way must be https and must not
 * lead to a private address, unless the API itself is on this machine (the simulator).
 */
export async function openClip(network: Network, address: string, apiBase: URL, signal: AbortSignal): Promise<ClipReply> {
  const local = isLocalHost(apiBase);
  let url = new URL(address);
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    if (url.protocol !== 'https:' && !(local && url.protocol === 'http:')) return { kind: 'refusedAddress', why: 'notHttps' };
    if (!local && namesPrivateAddress(url)) return { kind: 'refusedAddress', why: 'private' };
    const reply = await network.open(url, { accept: 'video/*, application/octet-stream;q=0.9, */*;q=0.1' }, signal, !local);
    if (reply.kind === 'fault')
      return reply.fault.code === privateAddress ? { kind: 'refusedAddress', why: 'private' } : { kind: 'trouble', fault: reply.fault };
    const { status, headers } = reply.file;
    if (status === 200) return reply;
    await leaveFile(reply.file);
    const location = headers.location;
    if (status >= 300 && status < 400 && location && URL.canParse(location, url.href)) {
      url = new URL(location, url);
      continue;
    }
    return status === 403 || status === 404 || status === 410 ? { kind: 'gone', status } : { kind: 'trouble', status };
  }
  return { kind: 'refusedAddress', why: 'tooManyRedirects' };
}

/** Closes the connection of a file that nobody will read. */
export async function leaveFile(file: OpenFile): Promise<void> {
  try {
    for await (const _ of file.body) break;
  } catch {
    // it was being closed anyway
  }
}
