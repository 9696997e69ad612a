import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeptPart } from '../../src/jobs/keptPart';
import type { FileVersion } from '../../src/krea/fileVersion';
import { emptyFolder } from '../support/emptyFolder';
import { heavyClip } from '../support/heavyClip';
import { Lab, type LabWindow } from './jobsLab';

const size = 1024 * 1024;

describe('jobs: a download whose window closed', () => {
  let lab: Lab;
  let clip: Buffer;
  before(async () => {
    clip = await heavyClip(size);
  });
  beforeEach(async () => {
    lab = await Lab.open({ clip, switches: { files: { cut: { share: 0.5, times: 1 }, pauseMs: 1000 } } });
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
  });

  const clips = (): string => join(lab.storage, 'clips');
  const downloads = () => lab.simulator.requests.filter(({ origin }) => origin === 'files');
  const fetched = (): number => downloads().reduce((sum, { fileBytes }) => sum + fileBytes, 0);
  /** A window that closes when its first download has broken off, or is half-way. */
  const closedWindow = async (half: boolean): Promise<string> => {
    if (half) lab.simulator.set({ files: { cut: 'no' } });
    const window: LabWindow = lab.window();
    const { id } = await window.submit();
    const part = join(clips(), `${id}-1.part`);
    const noted = (): boolean => existsSync(part.replace('.part', '.note.part'));
    if (half) {
      await lab.until('a download', () => downloads().length > 0);
      const [download] = lab.simulator.requests.filter(({ origin }) => origin === 'files');
      for (let pieces = 0; pieces < 8 && download?.answer === 'pending'; pieces++) await lab.turn(1000);
    } else await lab.until('a note', noted);
    await window.close();
    assert.ok(noted(), lab.files(clips()).join());
    return id;
  };
  const heir = async (id: string, askAbove?: number): Promise<void> => {
    lab.simulator.set({ files: { cut: 'no', pauseMs: 0 } });
    await lab.window(askAbove === undefined ? {} : { askAbove }).jobs.start();
    await lab.until('the end', async () => ['done', 'notFetched'].includes((await lab.job(id)).state.name));
  };

  for (const half of [false, true])
    it(`${half ? 'half-way' : 'after it broke off'}: the next window fetches the rest alone`, async () => {
      const id = await closedWindow(half);
      const before = fetched();
      await heir(id);
      await lab.assertSaved(id);
      const rest = downloads().at(-1);
      assert.match(rest?.headers.range ?? '', /^bytes=[1-9]\d+-$/);
      assert.ok(fetched() - before < 0.8 * size, `${fetched() - before} bytes`);
      assert.deepEqual(lab.files(clips()), []);
    });

  const spoilt: readonly (readonly [string, (part: string, note: string) => void])[] = [
    ['bytes of the part', (part) => writeFileSync(part, readFileSync(part).fill(0, 1000, 2000))],
    ['the end of the part', (part) => writeFileSync(part, readFileSync(part).subarray(0, -1))],
    ['a byte too many', (part) => writeFileSync(part, Buffer.concat([readFileSync(part), Buffer.alloc(1)]))],
    ['the end of the note', (_, note) => writeFileSync(note, readFileSync(note).subarray(0, -5))],
    ['the validator in the note', (_, note) => writeFileSync(note, readFileSync(note, 'utf8').replace('etag', 'server'))],
    ['the job in the note', (_, note) => writeFileSync(note, readFileSync(note, 'utf8').replace('"jobId":"', '"jobId":"x'))],
  ];
  for (const [what, spoil] of spoilt)
    it(`and ${what} is spoilt: the whole is fetched anew`, async () => {
      const id = await closedWindow(false);
      const part = join(clips(), `${id}-1.part`);
      spoil(part, part.replace('.part', '.note.part'));
      await heir(id);
      await lab.assertSaved(id);
      assert.equal(downloads().at(-1)?.headers.range, undefined);
      assert.deepEqual(lab.files(clips()), []);
    });

  it('the user is asked about the size of the whole, not of the rest', async () => {
    const id = await closedWindow(false);
    await heir(id, size - 1);
    const { state } = await lab.job(id);
    assert.deepEqual(state.name === 'notFetched' && state.size, { bytes: size }, lab.story());
    assert.deepEqual(lab.files(clips()), []);
  });
});

describe('a kept part', () => {
  const version: FileVersion = { address: 'https://files.example/a.mp4', header: 'etag', value: '"a"', total: 1000 };
  const never = new AbortController().signal;
  const partOf = (bytes: number): string => {
    const part = join(emptyFolder(), 'job-1.part');
    writeFileSync(part, Buffer.alloc(bytes, 7));
    return part;
  };

  it('is continued by one of those who want it', async () => {
    const part = partOf(500);
    const stopped = new KeptPart(part, 'j');
    assert.equal(await stopped.keep(version), true);
    assert.ok(await stopped.beginning(never));
    const next = part.replace('1.part', '2.part');
    const passed = await Promise.all([1, 2, 3].map(() => new KeptPart(part, 'j').passTo(next)));
    assert.deepEqual(passed.filter(Boolean), [true]);
    assert.equal(await stopped.claim(), false);
    const { from, bytes, overlap, version: kept } = (await new KeptPart(next, 'j').beginning(never)) ?? assert.fail();
    assert.deepEqual([from, bytes, overlap.length, kept], [250, 500, 250, version]);
  });

  for (const [name, bytes] of [
    ['nothing', 0],
    ['one byte', 1],
    ['more than the whole', 1001],
  ] as const)
    it(`of ${name} is none`, async () => {
      const part = partOf(bytes);
      assert.equal(await new KeptPart(part, 'j').keep(version), false);
      assert.equal(existsSync(part), false);
    });
});
