import { type FileVersion, fileVersion, isThatRest, type Rest, refusesRanges, restHeaders } from './fileVersion';
import type { Network } from './network';
import type { NetworkFault } from './networkFault';
import { isLocalHost, namesPrivateAddress, privateAddress } from './publicAddress';
import type { OpenFile } from './transport';

export type ClipReply =
  /** The file from byte `from` on; `version` when bytes of a later answer may be joined to these. */
  | { readonly kind: 'open'; readonly file: OpenFile; readonly from: number; readonly version?: FileVersion }
  /** 403, 404 or 410: the address has run out, or never held a file. A fresh address may work. */
  | { readonly kind: 'gone'; readonly status: number }
  | { readonly kind: 'refusedAddress'; readonly why: 'notHttps' | 'private' | 'tooManyRedirects' }
  | { readonly kind: 'trouble'; readonly status?: number; readonly fault?: NetworkFault };

const mostRedirects = 5;
const accept = 'video/*, application/octet-stream;q=0.9, */*;q=0.1';

/**
 * Opens a result file at whatever host the service names. No token goes there. The way must be https and must not
 * lead to a private address, unless the API itself is on this machine (the simulator). Of a file whose beginning is here
 * only the rest is asked for; a host that has another version by now, or no ranges, gives the whole.
 */
export async function openClip(network: Network, address: string, apiBase: URL, signal: AbortSignal, wanted?: Rest): Promise<ClipReply> {
  const local = isLocalHost(apiBase);
  let url = new URL(address);
  let rest = wanted;
  for (let redirects = 0; redirects <= mostRedirects; ) {
    if (url.protocol !== 'https:' && !(local && url.protocol === 'http:')) return { kind: 'refusedAddress', why: 'notHttps' };
    if (!local && namesPrivateAddress(url)) return { kind: 'refusedAddress', why: 'private' };
    const reply = await network.open(url, { accept, ...(rest && restHeaders(rest)) }, signal, !local);
    if (reply.kind === 'fault')
      return reply.fault.code === privateAddress ? { kind: 'refusedAddress', why: 'private' } : { kind: 'trouble', fault: reply.fault };
    const { status, headers } = reply.file;
    if (status === 200) {
      const version = fileVersion(url, headers);
      return { ...reply, from: 0, ...(version && { version }) };
    }
    if (rest && status === 206 && isThatRest(rest, url, headers)) return { ...reply, ...rest };
    await leaveFile(reply.file);
    if (rest && refusesRanges(status)) {
      rest = undefined;
      continue;
    }
    const location = headers.location;
    if (status >= 300 && status < 400 && location && URL.canParse(location, url.href)) {
      url = new URL(location, url);
      redirects += 1;
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
