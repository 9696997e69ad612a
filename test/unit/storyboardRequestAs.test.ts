import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { requestAs, type SampleLanguage, sampleLanguages } from '../../src/storyboard/requestAs';
import type { RequestSample } from '../../src/storyboard/requestSample';
import { png } from '../support/inputFiles';
import { textClip } from './simulatorCalls';

const hostile = [
  `"double" 'single' \`back\` \\ \\\\ \\n \\u0041 $HOME \${HOME} $(touch hacked) \`touch hacked\` %s %n !history #comment`,
  `'; touch hacked; ' && touch hacked | \u0000\u0001\u0007\b\f\v\u001b[31m tab\there`,
  `JSON\nEOF\n"""\n'''\n\`\`\`\n*/ // <!-- --> {{style}} file0: file1: file_1 $file_1`,
  'emoji 👩‍👩‍👧 🌊 灯台、「おつかれさま」 منارة \u202eevil\u202c \u2028\u2029 \ufeff \u200b é e\u0301',
  `half a sign: \ud83d, the other half: \udf0a`,
  'Windows\r\nends\rhere',
].join('\n');

interface Runtime {
  readonly file: string;
  readonly command: readonly string[];
  /** Prints its version where it is there. */
  readonly probe: readonly string[];
}

const runtimes: Readonly<Record<SampleLanguage, Runtime>> = {
  curl: { file: 'video.sh', command: ['sh'], probe: ['curl', '--version'] },
  node: { file: 'video.mjs', command: [process.execPath], probe: [process.execPath, '--version'] },
  python: { file: 'video.py', command: ['python3'], probe: ['python3', '--version'] },
  go: { file: 'video.go', command: ['go', 'run'], probe: ['go', 'version'] },
};

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe('a request as a program', () => {
  let folder: string;
  let simulator: Simulator;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "krea sample's "));
    simulator = await startSimulator({ makeClip: textClip, runTime: () => 6000 });
    // each waits ten seconds for its clip: all at once
    for (const language of sampleLanguages.filter(isThere)) runs.set(language, run(language, requestAs(language, order(language))));
  });
  after(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const sample = (change: Partial<RequestSample> = {}): RequestSample => ({
    apiBase: simulator.apiBase,
    endpoint: '/generate/video/kling/kling-2.5',
    body: { prompt: hostile, duration: 5, aspect_ratio: '16:9' },
    inputs: [],
    ...change,
  });
  const run = (language: SampleLanguage, text: string, token = simulator.token): Promise<Run> =>
    new Promise((resolve, reject) => {
      const { file, command } = runtimes[language];
      writeFileSync(path.join(folder, file), text);
      const [program = '', ...args] = [...command, file];
      const child = spawn(program, args, { cwd: folder, env: { ...process.env, KREA_API_KEY: token, GOFLAGS: '-p=1' }, timeout: 150_000 });
      let [out, err] = ['', ''];
      child.stdout.on('data', (piece) => (out += piece));
      child.stderr.on('data', (piece) => (err += piece));
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, out, err }));
    });

  const isThere = (language: SampleLanguage): boolean => {
    const [program = '', ...args] = runtimes[language].probe;
    return spawnSync(program, args).status === 0;
  };
  const order = (language: SampleLanguage): RequestSample => {
    const still = path.join(folder, `she said "hi"; it's, $HOME\\ ${language}.png`);
    writeFileSync(still, png(1280, 720 + sampleLanguages.indexOf(language)));
    const inputs = ['start_image', 'end_image'].map((name) => ({ at: [name], file: still, type: 'image/png', ending: 'png' }));
    const body = { prompt: `${hostile}${language}`, start_image: still, duration: 5, aspect_ratio: '16:9', end_image: still };
    return sample({ body, inputs, webhookUrl: `${simulator.fileBase}/hook?a='b'&c="` });
  };
  const runs = new Map<SampleLanguage, Promise<Run>>();

  for (const language of sampleLanguages)
    describe(`in ${language}`, () => {
      before(function () {
        if (!runs.has(language)) this.skip();
      });

      it('submits the very body once, looks every 5 s and prints the address', async function () {
        this.timeout(180_000); // Go compiles first
        const { body } = order(language);
        const ended = (await runs.get(language)) ?? assert.fail();
        assert.equal(ended.code, 0, `${ended.err}\n${ended.out}`);
        assert.match(ended.out, /^http:\/\/127\.0\.0\.1:\d+\/videos\/.+\.mp4\n$/);
        assert.ok(!`${ended.out}${ended.err}${requestAs(language, order(language))}`.includes(simulator.token));

        const still = png(1280, 720 + sampleLanguages.indexOf(language));
        const [upload, ...others] = simulator.uploads.filter(({ bytes }) => bytes.equals(still));
        assert.deepEqual(others, [], 'one upload of one file');
        const address = `${simulator.fileBase}/assets/${upload?.id}.png`;
        const sent = simulator.submits().filter(({ body: held }) => JSON.stringify(held).includes(String(upload?.id)));
        assert.deepEqual(
          sent.map((post) => post.body),
          [{ ...body, start_image: address, end_image: address }],
        );
        const [post] = sent;
        assert.equal(post?.headers['x-webhook-url'], `${simulator.fileBase}/hook?a='b'&c="`);

        const looks = simulator.requests.filter(({ path: at }) => at === `/jobs/${post?.jobId}`).map(({ at }) => at);
        assert.ok(looks.length >= 2);
        const gaps = looks.map((at, index) => at - (looks[index - 1] ?? post?.at ?? 0));
        assert.ok(
          gaps.every((gap) => gap > 4500),
          gaps.join(),
        );
        assert.deepEqual(simulator.violations, []);
      });

      it('ends with what Krea says when it refuses', async function () {
        this.timeout(180_000);
        const ended = await run(language, requestAs(language, sample({ body: { prompt: 'a heron', duration: 7 } })));
        assert.notEqual(ended.code, 0);
        assert.equal(ended.out, '');
        assert.match(ended.err, /duration must be one of 5, 10/);
      });

      it('needs the token before anything', async function () {
        this.timeout(180_000);
        const ended = await run(language, requestAs(language, sample()), '');
        assert.notEqual(ended.code, 0);
        assert.match(ended.err, /KREA_API_KEY/);
        assert.deepEqual(
          simulator.requests.filter(({ token }) => token !== 'demo'),
          [],
        );
      });
    });

  it('shows signs that cannot be seen as escapes, so that its reader sees what it sends', () => {
    for (const language of sampleLanguages) {
      const text = requestAs(language, sample());
      assert.doesNotMatch(text, /(?![\n\t])\p{Cc}|[\u200b\u202a-\u202e\u2028\u2029\ufeff]/u, language);
      assert.match(text, /👩/u);
    }
  });

  it('carries nested and odd bodies whole, in each language that can be read back here', () => {
    const body = JSON.parse(
      '{"prompt":"x","multi_prompt":[{"prompt":"[\\n]","duration":1.5}],"loop":true,"seed":null,"empty":[],"none":{},"__proto__":{"a":-0.5e-7}}',
    );
    const node = requestAs('node', sample({ body }));
    const literal = /^const body = ([\s\S]*?^\});$/m.exec(node)?.[1] ?? assert.fail(node);
    const read: unknown = new Function(`return ${literal}`)();
    assert.deepEqual(JSON.stringify(read), JSON.stringify(body));
  });
});
