import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runWindowTestFiles } from '../support/testFiles';

const waitRunsOut = "const error = new Error('Timeout 30000ms exceeded'); error.name = 'TimeoutError'; throw error";
const wrongValue = "require('node:assert/strict').equal(2, 1)";

describe('test files that drive a window', () => {
  let folder: string;
  const counts = process.env.KREA_TEST_COUNTS;
  const grep = process.env.KREA_TEST_GREP;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'krea-video-repeat-'));
    process.env.KREA_TEST_COUNTS = path.join(folder, 'counts');
    delete process.env.KREA_TEST_GREP;
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
    if (counts === undefined) delete process.env.KREA_TEST_COUNTS;
    else process.env.KREA_TEST_COUNTS = counts;
    if (grep !== undefined) process.env.KREA_TEST_GREP = grep;
  });

  const cases = [
    { title: 'run once when all is well', first: '', later: '', runs: 1, green: true, recorded: { passed: 2, failed: 0 } },
    {
      title: 'run once more, whole, after a wait that ran out',
      first: waitRunsOut,
      later: '',
      runs: 2,
      green: true,
      recorded: { passed: 2, failed: 0 },
    },
    { title: 'run no third time', first: waitRunsOut, later: waitRunsOut, runs: 2, green: false, recorded: { passed: 1, failed: 1 } },
    {
      title: 'run once only when a value is wrong',
      first: wrongValue,
      later: '',
      runs: 1,
      green: false,
      recorded: { passed: 1, failed: 1 },
    },
    {
      title: 'fail when a value is wrong the second time',
      first: waitRunsOut,
      later: wrongValue,
      runs: 2,
      green: false,
      recorded: { passed: 1, failed: 1 },
    },
  ] as const;
  for (const { title, first, later, runs, green, recorded } of cases)
    it(title, async () => {
      const log = path.join(folder, 'runs');
      const file = path.join(folder, 'window.test.js');
      writeFileSync(
        file,
        `const { appendFileSync, readFileSync } = require('node:fs');
         appendFileSync(${JSON.stringify(log)}, 'x');
         it('shows', () => { if (readFileSync(${JSON.stringify(log)}).length === 1) { ${first} } else { ${later} } });
         it('goes on', () => undefined);`,
      );
      const run = runWindowTestFiles([file], { testMs: 5000, allMs: 30_000, output: 'quiet' });
      await (green ? run : assert.rejects(run));
      assert.equal(readFileSync(log, 'utf8').length, runs);
      const lines = readFileSync(path.join(folder, 'counts'), 'utf8').trim().split('\n');
      assert.deepEqual(
        lines.map((line): unknown => JSON.parse(line)),
        [{ ...recorded, skipped: 0 }],
      );
    });
});
