import assert from 'node:assert/strict';
import { openClip } from '../../src/krea/fileHost';
import { Network } from '../../src/krea/network';
import { isLocalHost, isPublicAddress, namesPrivateAddress } from '../../src/krea/publicAddress';
import { UndiciTransport } from '../../src/krea/undiciTransport';

const signal = new AbortController().signal;
const strict = { strictCertificates: true } as const;

describe('krea: addresses of files', () => {
  const addresses: readonly (readonly [string, boolean])[] = [
    ['8.8.8.8', true],
    ['172.15.0.1', true],
    ['172.32.0.1', true],
    ['2606:4700::1111', true],
    ['10.1.2.3', false],
    ['127.0.0.1', false],
    ['169.254.169.254', false],
    ['172.16.0.1', false],
    ['192.168.1.1', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['255.255.255.255', false],
    ['::1', false],
    ['::', false],
    ['fe80::1', false],
    ['fd00::1', false],
    ['::ffff:10.0.0.1', false],
    ['::ffff:7f00:1', false],
    ['[::1]', false],
    ['no address', false],
  ];
  for (const [address, isPublic] of addresses)
    it(`${address}: ${isPublic ? 'public' : 'private'}`, () => assert.equal(isPublicAddress(address), isPublic));

  const urls: readonly (readonly [string, boolean])[] = [
    ['https://gen.krea.ai/videos/1.mp4', false],
    ['https://2130706433/1.mp4', true],
    ['https://0x7f.1/1.mp4', true],
    ['https://[::ffff:127.0.0.1]/1.mp4', true],
    ['https://localhost/1.mp4', true],
    ['https://api.localhost./1.mp4', true],
    ['https://169.254.169.254/latest', true],
  ];
  for (const [url, isPrivate] of urls)
    it(`${url} ${isPrivate ? 'is private by itself' : 'may be looked up'}`, () =>
      assert.equal(namesPrivateAddress(new URL(url)), isPrivate));

  const openings: readonly (readonly [string, string, string, string])[] = [
    ['an unencrypted address', 'https://api.krea.ai/', 'http://gen.krea.ai/1.mp4', 'notHttps'],
    ['a private address', 'https://api.krea.ai/', 'https://10.0.0.1/1.mp4', 'private'],
    ['a name of this machine', 'https://api.krea.ai/', 'https://localhost:1/1.mp4', 'private'],
    ['another scheme', 'http://127.0.0.1:1/', 'ftp://127.0.0.1/1.mp4', 'notHttps'],
  ];
  for (const way of ['direct', 'editor'] as const)
    for (const [name, apiBase, address, why] of openings)
      it(`${name} is not opened (${way})`, async () => {
        const network = new Network(way, strict);
        assert.deepEqual(await openClip(network, address, new URL(apiBase), signal), { kind: 'refusedAddress', why });
        await network.close();
      });

  it('a name that leads to a private address is not opened', async () => {
    // every system knows its own name for 127.0.0.1; it is the look-up, not the name, that is refused
    const reply = await new UndiciTransport(strict).open(new URL('https://localhost:1/1.mp4'), {}, signal, true);
    assert.equal(reply.kind === 'fault' && reply.fault.code, 'PRIVATE_ADDRESS');
  });

  it('a redirect from a public to a private address is not followed', async () => {
    const network = new Network('direct', strict);
    network.open = async () => ({
      kind: 'open',
      file: { status: 302, headers: { location: 'https://192.168.1.1/x' }, body: (async function* () {})() },
    });
    assert.deepEqual(await openClip(network, 'https://gen.krea.ai/1.mp4', new URL('https://api.krea.ai'), signal), {
      kind: 'refusedAddress',
      why: 'private',
    });
    await network.close();
  });

  it('knows a simulator of this machine by its address', () => {
    for (const [base, local] of [
      ['http://127.0.0.1:3', true],
      ['http://localhost:3', true],
      ['http://[::1]:3', true],
      ['https://api.krea.ai', false],
      ['https://127.0.0.1.evil.test', false],
    ] as const)
      assert.equal(isLocalHost(new URL(base)), local, base);
  });
});
