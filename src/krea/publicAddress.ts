import { BlockList, isIP } from 'node:net';

/** Ranges that no public file host answers from (IANA special-purpose registries). */
const special = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  special.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 127],
  ['64:ff9b:1::', 48],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  special.addSubnet(network, prefix, 'ipv6');

/** Code of the fault when a name leads to an address that is not of the open internet. */
export const privateAddress = 'PRIVATE_ADDRESS';

/** Whether a URL says by itself, without any look-up, that it leads to a private address. */
export function namesPrivateAddress(url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? /^(.*\.)?localhost\.?$/.test(host) : !isPublicAddress(host);
}

/** Whether an address (not a name) is one of the open internet. IPv4 inside IPv6 (`::ffff:10.0.0.1`) counts as IPv4. */
export function isPublicAddress(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, '').replace(/^::ffff:(?=\d+\.)/i, '');
  const family = isIP(plain);
  return family !== 0 && !special.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

/** Whether a URL's host is this machine, so that a simulator may serve its files from loopback too. */
export function isLocalHost(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '[::1]' || (isIP(url.hostname) === 4 && url.hostname.startsWith('127.'));
}
