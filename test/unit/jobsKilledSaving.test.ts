import assert from 'node:assert/strict';
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job, JobState } from '../../src/jobs/job';
import { sidecarOf } from '../../src/jobs/sidecarOf';
import { inspectClip } from '../../src/takes/inspectClip';
import { writeSidecar } from '../../src/takes/writeSidecar';
import { tinyClip } from '../support/tinyClip';
import { Lab } from './jobsLab';

type Downloading = Extract<JobState, { name: 'downloading' }>;

/** Each test puts on disk what a kill at that step leaves, then lets another window go on. */
describe('jobs: a kill while saving', () => {
  let lab: Lab;
  let job: Job & { readonly state: Downloading };
  let part: string;
  let verified: NonNullable<Downloading['verified']>;
  beforeEach(async () => {
    lab = await Lab.open({ switches: { faults: [{ origin: 'files', count: 99, act: { kind: 'reset', moment: 'beforeReading' } }] } });
    const first = lab.window();
    const { id } = await first.submit();
    await lab.until('downloading', async () => (await lab.job(id)).state.name === 'downloading');
    await first.close();
    lab.simulator.set({ faults: [] });
    const row = await lab.job(id);
    assert.ok(row.state.name === 'downloading');
    job = { ...row, state: row.state };
    part = join(lab.storage, 'clips', `${id}-${job.epoch}.part`);
    mkdirSync(lab.takes, { recursive: true });
    writeFileSync(part, lab.clip);
    const clip = await inspectClip(part, new AbortController().signal);
    assert.ok(clip.kind === 'clip');
    const { kind: _, ...rest } = clip;
    verified = rest;
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
  });

  const sidecarAt = async (take: number, folder = lab.takes): Promise<void> => {
    const sidecar = sidecarOf(job, job.state, verified, take, `a-heron_take-00${take}.mp4`, lab.clock.now());
    assert.equal((await writeSidecar(join(folder, `a-heron_take-00${take}.json`), sidecar)).kind, 'written');
  };
  const clipAt = (take: number): string => join(lab.takes, `a-heron_take-00${take}.mp4`);

  const steps: readonly { name: string; arrange: () => Promise<Partial<Downloading>>; downloads: number }[] = [
    { name: 'in the middle of the download', arrange: async () => halve(part), downloads: 1 },
    { name: 'after the download, before *verified*', arrange: async () => ({}), downloads: 1 },
    { name: 'after *verified*', arrange: async () => ({ verified }), downloads: 0 },
    { name: 'after the name', arrange: async () => ({ verified, placing: { folder: lab.takes, take: 1 } }), downloads: 0 },
    {
      name: 'after the sidecar',
      arrange: async () => {
        await sidecarAt(1);
        return { verified, placing: { folder: lab.takes, take: 1 } };
      },
      downloads: 0,
    },
    {
      name: 'after the clip got its name, the part still there',
      arrange: async () => {
        await sidecarAt(1);
        linkSync(part, clipAt(1));
        return { verified, placing: { folder: lab.takes, take: 1 } };
      },
      downloads: 0,
    },
    {
      name: 'after the clip got its name',
      arrange: async () => {
        await sidecarAt(1);
        linkSync(part, clipAt(1));
        rmSync(part);
        return { verified, placing: { folder: lab.takes, take: 1 } };
      },
      downloads: 0,
    },
    {
      name: 'after *verified*, the part lost since',
      arrange: async () => {
        rmSync(part);
        return { verified };
      },
      downloads: 1,
    },
    {
      name: 'after *verified*, the part spoilt since',
      arrange: async () => {
        writeFileSync(part, await tinyClip({ seconds: 2 }));
        return { verified };
      },
      downloads: 1,
    },
  ];
  for (const { name, arrange, downloads } of steps)
    it(`${name}: one clip, one sidecar, done`, async () => {
      const before = lab.simulator.jobs[0]?.downloads ?? 0;
      const state: Downloading = { ...job.state, ...(await arrange()) };
      const second = lab.window();
      assert.ok(await second.parts.ledger.takeOver(job, 'somebody-gone', state));
      await second.jobs.start();
      await lab.until('done', async () => (await lab.job(job.id)).state.name === 'done');
      await lab.assertSaved(job.id);
      assert.equal((lab.simulator.jobs[0]?.downloads ?? 0) - before, downloads);
      await lab.until('the watch to rest', () => second.atRest);
      assert.deepEqual(readdirSync(join(lab.storage, 'clips')), []);
    });

  it('after the sidecar, the name taken by somebody’s clip since: the next number, and no sidecar is left behind', async () => {
    await sidecarAt(1);
    writeFileSync(clipAt(1), 'somebody’s');
    const second = lab.window();
    assert.ok(
      await second.parts.ledger.takeOver(job, 'somebody-gone', { ...job.state, verified, placing: { folder: lab.takes, take: 1 } }),
    );
    await second.jobs.start();
    await lab.until('done', async () => (await lab.job(job.id)).state.name === 'done');
    assert.deepEqual(lab.files(), ['a-heron_take-001.mp4', 'a-heron_take-002.json', 'a-heron_take-002.mp4']);
    assert.equal(readFileSync(clipAt(1), 'utf8'), 'somebody’s');
    assert.deepEqual(readFileSync(clipAt(2)), lab.clip);
  });
});

function halve(file: string): Record<string, never> {
  writeFileSync(file, readFileSync(file).subarray(0, 600));
  return {};
}
