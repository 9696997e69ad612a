import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import { promisify } from 'node:util';
import { EditorTransport } from '../../src/krea/editorTransport';
import { Network } from '../../src/krea/network';
import type { ReadCertificates } from '../../src/krea/systemCertificates';
import type { Transport } from '../../src/krea/transport';
import { UndiciTransport } from '../../src/krea/undiciTransport';
import { startLocalProxy } from '../support/localProxy';
import { privateAuthority } from '../support/privateAuthority';
import { projectRoot } from '../support/projectRoot';
import { testCertificate } from '../support/testCertificate';
import { TestService } from '../support/testService';

const signal = new AbortController().signal;
const strict = { strictCertificates: true } as const;
const none: ReadCertificates = async () => [];

describe('krea: a certificate that nobody trusts', () => {
  let service: TestService;
  let reads: number;
  const counted: ReadCertificates = async () => {
    reads += 1;
    return [privateAuthority.ca];
  };
  const url = (name = '/generate'): URL => new URL(name, `https://127.0.0.1:${service.port}`);
  beforeEach(async () => {
    service = await TestService.start(testCertificate);
    reads = 0;
  });
  afterEach(() => service.close());

  const ways: readonly (() => Transport)[] = [() => new UndiciTransport(strict, undefined, none), () => new EditorTransport()];
  for (const make of ways)
    it(`${make().way}: nothing is sent`, async () => {
      const reply = await make().send('POST', url(), {}, { body: '{}' });
      assert.equal(reply.kind === 'notSent' && reply.fault.kind, 'certificate');
      assert.deepEqual(service.requests, []);
    });

  for (const way of ['direct', 'editor'] as const)
    it(`says of the ${way} way alone whether the editor’s was tried`, async () => {
      const network = new Network(way, strict, undefined, { certificates: counted });
      const reply = await network.get(url('/jobs'), {}, signal);
      assert.ok(reply.kind === 'fault' && reply.fault.kind === 'certificate');
      assert.equal(reply.fault.editorTried, way === 'editor' ? true : undefined);
      await network.close();
    });

  it('passes when the editor’s http.proxyStrictSSL is off', async () => {
    const reply = await new UndiciTransport({ strictCertificates: false }).send('POST', url(), {});
    assert.equal(reply.kind, 'answer');
  });

  it('stays refused, with its own failure, when the system does not know its signer either', async () => {
    const network = new Network('auto', strict, undefined, { certificates: counted });
    for (let times = 0; times < 2; times++) {
      const reply = await network.get(url('/jobs'), {}, signal);
      assert.deepEqual(reply.kind === 'fault' && reply.fault, {
        kind: 'certificate',
        code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
        editorTried: true,
      });
    }
    const post = await network.send('POST', url(), {}, { body: '{}' });
    assert.equal(post.kind, 'notSent');
    assert.deepEqual(service.requests, []);
    assert.equal(reads, 1);
    await network.close();
  });
});

describe('krea: a server whose signer only the system knows', () => {
  let service: TestService;
  let reads: number;
  const system: ReadCertificates = async () => {
    reads += 1;
    return [privateAuthority.ca];
  };
  const url = (name: string): URL => new URL(name, `https://127.0.0.1:${service.port}`);
  beforeEach(async () => {
    service = await TestService.start(privateAuthority);
    reads = 0;
  });
  afterEach(() => service.close());

  it('is asked again with the system’s certificates, which are read once; POST and file then need no second try', async () => {
    const network = new Network('auto', strict, undefined, { certificates: system });
    const replies = await Promise.all([network.get(url('/a'), {}, signal), network.get(url('/b'), {}, signal)]);
    assert.deepEqual(
      replies.map(({ kind }) => kind),
      ['answer', 'answer'],
    );
    assert.equal(network.way, 'direct');
    assert.equal((await network.send('POST', url('/generate'), {}, { body: '{}' })).kind, 'answer');
    const file = await network.open(url('/clip'), {}, signal, false);
    if (file.kind === 'open') for await (const _ of file.file.body);
    assert.deepEqual([...service.requests].sort(), ['GET /a', 'GET /b', 'GET /clip', 'POST /generate']);
    assert.equal(reads, 1);
    await network.close();
  });

  it('gets no POST before a GET has worked, and none is tried twice', async () => {
    const network = new Network('auto', strict, undefined, { certificates: system });
    const reply = await network.send('POST', url('/generate'), {}, { body: '{}' });
    assert.equal(reply.kind === 'notSent' && reply.fault.kind, 'certificate');
    assert.equal(reads, 0);
    assert.deepEqual(service.requests, []);
    await network.close();
  });

  it('opens a file of a host that only the system knows', async () => {
    const network = new Network('direct', strict, undefined, { certificates: system });
    const file = await network.open(url('/clip'), {}, signal, false);
    assert.equal(file.kind, 'open');
    if (file.kind === 'open') for await (const _ of file.file.body);
    await network.close();
  });

  it('is refused when the editor’s http.systemCertificates is off', async () => {
    const network = new Network('auto', { ...strict, systemCertificates: false }, undefined, { certificates: system });
    const reply = await network.get(url('/jobs'), {}, signal);
    assert.equal(reply.kind === 'fault' && reply.fault.kind, 'certificate');
    assert.equal(reads, 0);
    await network.close();
  });

  it('is reached through a proxy too', async () => {
    const proxy = await startLocalProxy(service.port);
    const network = new Network('direct', { ...strict, proxy: proxy.url }, undefined, { certificates: system });
    const target = new URL('https://krea.test/jobs');
    assert.equal((await network.get(target, {}, signal)).kind, 'answer');
    assert.equal((await network.send('POST', target, {}, { body: '{}' })).kind, 'answer');
    assert.deepEqual(service.requests, ['GET /jobs', 'POST /jobs']);
    await network.close();
    await proxy.close();
  });

  it('is reached through a proxy that is itself asked over TLS', async () => {
    const proxy = await startLocalProxy(service.port);
    const front = createTlsServer(privateAuthority, (socket) => {
      const onward = connect(Number(new URL(proxy.url).port), '127.0.0.1');
      pipeline(socket, onward, socket, () => undefined);
    });
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
    const address = front.address();
    assert.ok(address !== null && typeof address === 'object');
    const network = new Network('direct', { ...strict, proxy: `https://localhost:${address.port}` }, undefined, { certificates: system });
    const target = new URL('https://krea.test/jobs');
    assert.equal((await network.get(target, {}, signal)).kind, 'answer');
    assert.equal((await network.send('POST', target, {}, { body: '{}' })).kind, 'answer');
    assert.deepEqual(service.requests, ['GET /jobs', 'POST /jobs']);
    await network.close();
    await proxy.close();
    await new Promise((resolve) => front.close(resolve));
  });

  it('is not asked for its certificates when something else is wrong', async () => {
    service.act = (request) => void request.socket.destroy();
    const network = new Network('direct', { strictCertificates: false }, undefined, { certificates: system });
    assert.equal((await network.get(url('/jobs'), {}, signal)).kind, 'fault');
    const other = await network.get(new URL('https://127.0.0.1:1/'), {}, signal);
    assert.equal(other.kind === 'fault' && other.fault.kind, 'refused');
    assert.equal(reads, 0);
    await network.close();
  });

  it('is given up with the signal while the system’s store is being read', async () => {
    const stop = new AbortController();
    const slow: ReadCertificates = () => {
      setImmediate(() => stop.abort());
      return new Promise(() => undefined);
    };
    const network = new Network('direct', strict, undefined, { certificates: slow });
    const reply = await network.get(url('/jobs'), {}, stop.signal);
    assert.equal(reply.kind === 'fault' && reply.fault.kind, 'certificate');
    await network.close();
  });
});

describe('krea: the certificates of the system', () => {
  const run = promisify(execFile);
  const reader = path.join(projectRoot, 'dist/test/support/readCertificates.js');
  const folder = mkdtempSync(path.join(tmpdir(), 'krea-video-certificates-'));
  const file = path.join(folder, 'ca.pem');
  const broken = path.join(folder, 'broken.pem');
  before(() => {
    writeFileSync(file, privateAuthority.ca);
    writeFileSync(broken, `${privateAuthority.ca.replace('MII', 'AAA')}\n`);
  });
  after(() => rmSync(folder, { recursive: true }));

  /** What a Node of its own reads: the store is read once in the life of a process. */
  const read = async (env: { readonly [name: string]: string }, ...flags: string[]) => {
    const clean = { ...process.env, NODE_EXTRA_CA_CERTS: '', SSL_CERT_DIR: path.join(folder, 'empty'), ...env };
    const { stdout } = await run(process.execPath, [...flags, reader, privateAuthority.ca], { env: clean });
    const found: unknown = JSON.parse(stdout);
    return found;
  };

  // OpenSSL's variables move the system's store on Linux; elsewhere it is a keychain that no test should touch
  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('are those of the store, beside Node’s own, and are read once', async () => {
    assert.deepEqual(await read({ SSL_CERT_FILE: file }), { holdsAuthority: true, holdsUsual: true, same: true, timers: 0 });
  });
  it('hold those of NODE_EXTRA_CA_CERTS', async () => {
    const found = await read({ SSL_CERT_FILE: broken, NODE_EXTRA_CA_CERTS: file });
    assert.deepEqual(found, { holdsAuthority: true, holdsUsual: true, same: true, timers: 0 });
  });
  it('are none on a Node that cannot name them', async () => {
    const without = path.join(folder, 'without.js');
    writeFileSync(without, "delete require('node:tls').getCACertificates;\n");
    const found = await read({ SSL_CERT_FILE: file, NODE_OPTIONS: `--require=${without}` });
    assert.deepEqual(found, { holdsAuthority: false, holdsUsual: false, same: true, timers: 0 });
  });
});
