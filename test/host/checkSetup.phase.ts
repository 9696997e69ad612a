import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:https';
import * as vscode from 'vscode';
import type { FaultAct } from '../../src/simulator/faults';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import type { SwitchChange } from '../../src/simulator/switches';
import { startLocalProxy } from '../support/localProxy';
import { testCertificate } from '../support/testCertificate';
import { tinyClip } from '../support/tinyClip';
import { language, readReport } from './setupReport';

/*
 * *Check My Setup* and the service: token, network, clock and models. Run once in each language.
 */
const secret = 'sim-demo-token';

describe(`Check My Setup and the service (${language})`, () => {
  let simulator: Simulator;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const set = (name: string, value: unknown) => vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
  const check = () => readReport([secret, folder, new URL(simulator.apiBase).port, 'krea.test']);

  before(async () => {
    simulator = await startSimulator({ makeClip: () => tinyClip() });
    process.env.KREA_API_KEY = secret;
    await set('kreaVideo.apiBase', simulator.apiBase);
  });

  after(async () => {
    delete process.env.KREA_API_KEY;
    await simulator.close();
  });

  it('speaks the language of this window', () => {
    assert.equal(vscode.env.language, language);
  });

  it('is green when all is well, and leaves nothing behind', async () => {
    const { good, faults, unknown, text } = await check();
    assert.deepEqual([faults, unknown], [[], []]);
    assert.deepEqual(good, [
      'token.accepted',
      'network.direct',
      'clock.right',
      'models.same',
      'takes.writable',
      'storage.truncate',
      'player.picture',
      'sound.aac',
    ]);
    for (const note of [
      'GET /jobs?limit=20\n  status   200, application/json, whole',
      'body     {items: [], next_cursor: null}',
      'GET /openapi.json\n  status   200, application/json, whole',
    ])
      assert.ok(text.includes(note), text);
    assert.deepEqual(await readdir(folder), []);
    assert.equal(simulator.submits().length, 0);
    assert.deepEqual(simulator.violations, []);
  });

  it('asks at the rate of all calls: three at once, then one a second', async () => {
    const from = simulator.requests.length;
    for (let checks = 0; checks < 3; checks++) await check();
    const times = simulator.requests.slice(from).flatMap(({ origin, at }) => (origin === 'api' ? [at] : []));
    assert.ok(times.length >= 9);
    for (const [index, at] of times.entries())
      assert.ok(at - (times[index - 3] ?? 0) > 600, times.map((time) => time - (times[0] ?? 0)).join());
  });

  it('tells how Krea answers, without what it says', async () => {
    simulator.set({ openapiEtag: true });
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    const prompt = 'the secret of a paper boat';
    await fetch(new URL('/generate/video/kling/kling-2.5', simulator.apiBase), {
      method: 'POST',
      headers,
      body: JSON.stringify({ prompt }),
    });
    const [job] = simulator.jobs;
    assert.ok(job);
    simulator.finish(job.id);
    const { text } = await check();
    assert.match(text, /job_id: uuid, status: completed, .*urls: \[address \(http at this computer, \.mp4\)\]/);
    assert.match(text, /GET \/openapi\.json\n.*\n {2}headers .*\betag\b/);
    assert.deepEqual(
      [prompt, job.id].filter((part) => text.includes(part)),
      [],
    );
    simulator.set({ openapiEtag: false });
  });

  it('says in which way Krea is reached', async () => {
    await set('kreaVideo.network', 'editor');
    try {
      assert.ok((await check()).good.includes('network.editor'));
    } finally {
      await set('kreaVideo.network', undefined);
    }
  });

  const answer = (status: number, body: 'json' | 'html' = 'json'): FaultAct => ({ kind: 'answer', status, body });
  const dated = (ms: number): FaultAct => ({
    kind: 'answer',
    status: 200,
    body: { text: '{"items":[]}', contentType: 'application/json' },
    headers: { Date: new Date(Date.now() + ms).toUTCString() },
  });
  const jobs = (act: FaultAct): SwitchChange => ({ faults: [{ path: '/jobs*', count: 20, act }] });
  const openApi = (act: FaultAct): SwitchChange => ({ faults: [{ path: '/openapi.json', count: 20, act }] });
  const switched: readonly (readonly [name: string, change: SwitchChange, code: string, help: RegExp])[] = [
    ['Krea refuses the token', jobs(answer(401)), 'token.401', /Make a new one at Krea and set it/],
    ['the workspace may not use the API', jobs(answer(403)), 'token.403', /Ask an owner of the workspace/],
    ['another service answers', jobs(answer(404)), 'service.404', /Check kreaVideo\.apiBase/],
    ['there are too many requests', jobs(answer(429)), 'service.429', /Wait a minute/],
    ['Krea has an error', jobs(answer(500)), 'service.500', /Wait, and check again/],
    ['Krea is overloaded', jobs(answer(503, 'html')), 'service.503', /Wait, and check again/],
    ['a log-in page answers', jobs({ kind: 'captivePortal' }), 'service.notJson', /in a browser and log in/],
    ['the API has moved', jobs({ kind: 'redirect', status: 302, to: 'files' }), 'service.302', /Check kreaVideo\.apiBase/],
    ['half an answer comes', jobs({ kind: 'truncatedJson' }), 'service.notJson', /in a browser and log in/],
    ['the connection breaks off', jobs({ kind: 'reset', moment: 'afterReading' }), 'network.reset', /broke off/],
    ['this clock is an hour behind', jobs(dated(3_600_000)), 'clock.behind', /Set the clock of this computer/],
    ['this clock is an hour ahead', jobs(dated(-3_600_000)), 'clock.ahead', /Set the clock of this computer/],
    ['the list of models is missing', { openapi: 'missing' }, 'models.404', /another serves instead/],
    ['the list of models is broken', { openapi: 'brokenJson' }, 'models.notJson', /another serves instead/],
    ['the list of models is too long', { openapi: 'veryLarge' }, 'models.tooLarge', /Check again later/],
    ['the list of models breaks off', openApi({ kind: 'reset', moment: 'afterReading' }), 'models.reset', /Check again later/],
  ];
  for (const [name, change, code, help] of switched)
    it(`names the fault when ${name}: ${code}`, async () => {
      simulator.set(change);
      try {
        const { faults, rows } = await check();
        assert.deepEqual(faults, [code]);
        if (language === 'en') assert.match(rows.find((row) => row.code === code)?.words ?? '', help);
      } finally {
        simulator.set({ faults: [], openapi: 'good' });
      }
    });

  it('names no fault when Krea has a model more, and tells which', async () => {
    simulator.set({ openapi: 'unheardOfModel' });
    try {
      const { faults, text } = await check();
      assert.deepEqual(faults, []);
      assert.match(text, /only at Krea {8}\/generate\/video\//);
    } finally {
      simulator.set({ openapi: 'good' });
    }
  });

  it('names the fault when the token is another one: token.401', async () => {
    process.env.KREA_API_KEY = 'of-somewhere-else';
    try {
      assert.deepEqual((await check()).faults, ['token.401']);
    } finally {
      process.env.KREA_API_KEY = secret;
    }
  });

  it('names the fault when there is no token, and sends nothing', async () => {
    const before = simulator.requests.length;
    delete process.env.KREA_API_KEY;
    try {
      const { faults, unknown } = await check();
      assert.deepEqual([faults, unknown], [['token.none'], ['notAsked', 'notAsked']]);
      assert.equal(simulator.requests.length, before);
    } finally {
      process.env.KREA_API_KEY = secret;
    }
  });

  /** Other addresses of the API, each with what must be up for it. */
  const addresses: readonly (readonly [
    name: string,
    open: () => Promise<{ apiBase: string; proxy?: string; close(): Promise<void> }>,
    code: RegExp,
  ])[] = [
    ['the address of the API is none', async () => ({ apiBase: 'krea', close: async () => undefined }), /^apiBase\.notWeb$/],
    ['nobody listens at it', gone, /^network\.refused$/],
    ['its certificate is not to be trusted', untrusted, /^network\.certificate$/],
    ['the proxy asks for a password', refusingProxy, /^network\.proxy/],
    [
      'there is no proxy where it should be',
      async () => ({ apiBase: 'https://krea.test/', proxy: 'http://krea.test:3128', close: async () => undefined }),
      /^network\./,
    ],
  ];
  for (const [name, open, code] of addresses)
    it(`names the fault when ${name}`, async () => {
      const { apiBase, proxy, close } = await open();
      await set('kreaVideo.apiBase', apiBase);
      if (proxy) await set('http.proxy', proxy);
      try {
        const { faults } = await check();
        assert.equal(faults.length, 1);
        assert.match(faults[0] ?? '', code);
      } finally {
        await set('http.proxy', undefined);
        await set('kreaVideo.apiBase', simulator.apiBase);
        await close();
      }
    });
});

async function gone(): Promise<{ apiBase: string; close(): Promise<void> }> {
  const { apiBase, close } = await startSimulator({ makeClip: () => tinyClip() });
  await close();
  return { apiBase, close: async () => undefined };
}

async function untrusted(): Promise<{ apiBase: string; close(): Promise<void> }> {
  const server = createServer(testCertificate, (_request, response) => response.end('{"items":[]}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return {
    apiBase: `https://127.0.0.1:${address.port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function refusingProxy(): Promise<{ apiBase: string; proxy: string; close(): Promise<void> }> {
  const proxy = await startLocalProxy(9, 'a password');
  return { apiBase: 'https://krea.test/', proxy: `http://127.0.0.1:${new URL(proxy.url).port}`, close: () => proxy.close() };
}
