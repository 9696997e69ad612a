import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { putAnswerAside } from '../../src/jobs/answerAside';
import { type ChildWindow, tokenVariable } from '../support/childWindow';
import { Lab, type LabWindow } from './jobsLab';

describe('jobs: the ledger fails after the answer', () => {
  let lab: Lab;
  let window: LabWindow;
  beforeEach(async () => {
    lab = await Lab.open({ switches: { faults: [{ method: 'POST', act: { kind: 'slow', delayMs: 100 } }] } });
    window = lab.window();
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
  });

  const file = (): string => join(lab.storage, 'ledger.sqlite');
  const asides = (): readonly string[] => readdirSync(join(lab.storage, 'clips')).filter((name) => /^accepted-.*\.json$/.test(name));
  const told = (): Promise<void> => lab.until('the warning', () => window.warnings.some(({ kind }) => kind === 'acceptedNotWritten'));

  /** Each breaks the file until the function it gives back is called. */
  const breaks: readonly (readonly [string, () => Promise<() => Promise<void>>])[] = [
    [
      'BUSY: another process holds it',
      async () => {
        const holder = await Holder.of(file());
        return () => holder.letGo();
      },
    ],
    [
      'FULL: the disk has no more room',
      async () => {
        await window.parts.ledger.keepAnswer('filler', { status: 200, body: 'x'.repeat(3900) }); // the page has no room either
        const limit = (pages: string) => window.parts.ledger.file.use((database) => database.exec(`PRAGMA max_page_count = ${pages}`));
        const pages = await window.parts.ledger.file.use((database) => Number(database.prepare('PRAGMA page_count').get()?.page_count));
        await limit(String(pages));
        return () => limit('1073741823');
      },
    ],
    [
      'CANTOPEN: its journal cannot be written',
      async () => {
        rmSync(`${file()}-journal`, { force: true });
        mkdirSync(`${file()}-journal`);
        return async () => rmSync(`${file()}-journal`, { recursive: true });
      },
    ],
  ];
  for (const [name, breakIt] of breaks)
    it(`${name}: the id is put aside, and written when it can be`, async () => {
      const { id } = await window.submit();
      await lab.simulator.waitFor(() => lab.posts.length === 1);
      const mend = await breakIt(); // *submitting* is on disk, and the answer waits for the clock
      await told();
      assert.equal(asides().length, 1);
      await mend();
      await lab.until('done', async () => (await lab.job(id)).state.name === 'done');
      await lab.assertSaved(id);
      assert.deepEqual(asides(), []);
      const kept = await window.parts.ledger.answerTo(id);
      assert.ok(kept?.status === 200 && kept.body.includes(lab.simulator.jobs[0]?.id ?? 'no job'));
      lab.assertNowhere(lab.simulator.token);
    });

  it('a window that ends before it could write the id: the next one has it, by proof', async () => {
    const first = lab.window();
    lab.simulator.set({ faults: [{ method: 'POST', act: { kind: 'slow', delayMs: 30_000 } }] });
    const child = spawnChild('a');
    await lab.simulator.waitFor(() => lab.posts.length === 1);
    const holder = await Holder.of(file());
    await lab.until('the answer', () => existsSync(join(lab.storage, 'clips')) && asides().length === 1);
    await killed(child);
    await holder.letGo();
    await first.jobs.start();
    await lab.until('done', async () => (await lab.job('a')).state.name === 'done');
    await lab.assertSaved('a');
    const { state } = await lab.job('a');
    assert.ok(state.name === 'done' && state.recognised === undefined);
    assert.deepEqual(asides(), []);
  });

  it('two ids that were put aside are both written in one round', async () => {
    const lost = { method: 'POST', path: '/generate/*', act: { kind: 'reset', moment: 'afterHandling' }, count: 2 } as const;
    lab.simulator.set({ listLagMs: 3_600_000, faults: [lost] });
    const ids: string[] = [];
    for (const n of [1, 2]) {
      const { id } = await window.submit();
      await lab.until(`request ${n} without an answer`, async () => (await lab.job(id)).state.name === 'unknown');
      ids.push(id);
    }
    for (const [n, id] of ids.entries()) {
      const jobId = lab.simulator.jobs[n]?.id ?? assert.fail(`no job ${n}`);
      const state = {
        name: 'queued',
        jobId,
        status: 'queued',
        submittedAt: 1,
        acceptedAt: window.parts.clock.wall(),
        attempts: 1,
      } as const;
      await putAnswerAside(join(lab.storage, 'clips'), id, { state });
    }
    for (const [n, id] of ids.entries()) {
      await lab.until(`job ${n} done`, async () => (await lab.job(id)).state.name === 'done');
      const { state } = await lab.job(id);
      assert.ok(state.name === 'done' && state.jobId === lab.simulator.jobs[n]?.id);
    }
    assert.deepEqual(asides(), []);
    assert.equal(lab.posts.length, 2);
  });

  it('an id that a window wrote down and did not live to name is found all the same', async () => {
    lab.simulator.set({
      listLagMs: 3_600_000,
      faults: [{ method: 'POST', path: '/generate/*', act: { kind: 'reset', moment: 'afterHandling' } }],
    });
    const { id } = await window.submit();
    await lab.until('no answer', async () => (await lab.job(id)).state.name === 'unknown');
    const jobId = lab.simulator.jobs[0]?.id ?? assert.fail('no job');
    const state = { name: 'queued', jobId, status: 'queued', submittedAt: 1, acceptedAt: window.parts.clock.wall(), attempts: 1 } as const;
    const clips = join(lab.storage, 'clips');
    await putAnswerAside(clips, id, { state });
    renameSync(join(clips, `accepted-${id}.json`), join(clips, `accepted-${id}.json.new`));
    await lab.until('done', async () => (await lab.job(id)).state.name === 'done');
    const done = (await lab.job(id)).state;
    assert.ok(done.name === 'done' && done.jobId === jobId && done.recognised === undefined);
    assert.deepEqual(
      readdirSync(clips).filter((name) => name.startsWith('accepted-')),
      [],
    );
  });

  it('an id that cannot be put aside leaves nothing half-written', async () => {
    const clips = join(lab.storage, 'clips');
    mkdirSync(join(clips, 'accepted-a.json', 'in the way'), { recursive: true });
    const state = { name: 'queued', jobId: 'k', status: 'queued', submittedAt: 1, acceptedAt: 2, attempts: 1 } as const;
    await assert.rejects(putAnswerAside(clips, 'a', { state }));
    assert.deepEqual(readdirSync(clips), ['accepted-a.json']);
  });

  it('an answer found after the user took another clip for this one: both are paid, so both have a row', async () => {
    lab.simulator.set({ faults: [{ method: 'POST', path: '/generate/*', act: { kind: 'reset', moment: 'afterHandling' } }] });
    const { id } = await window.submit();
    await lab.until('its clip', async () => {
      const { state } = await lab.job(id);
      return state.name === 'perhaps' && state.clip !== undefined;
    });
    assert.ok(await window.jobs.recognise(id));
    const proof = { name: 'queued', jobId: 'proven', status: 'queued', submittedAt: 1, acceptedAt: 2, attempts: 1 } as const;
    assert.ok(await window.parts.ledger.recordAccepted(await lab.job(id), proof));
    assert.deepEqual((await lab.job(`${id}-proven`)).state, proof);
    await lab.until('done', async () => (await lab.job(id)).state.name === 'done');
  });

  function spawnChild(submit: string): ChildProcess {
    const options: ChildWindow = {
      storage: lab.storage,
      takes: lab.takes,
      root: join(lab.folder, 'project'),
      apiBase: lab.simulator.apiBase,
      windowId: 'c1',
      submit,
      speed: 50,
    };
    return spawn(process.execPath, [join(__dirname, '../support/jobsChild.js'), JSON.stringify(options)], {
      stdio: 'ignore',
      env: { ...process.env, [tokenVariable]: lab.simulator.token },
    });
  }
});

async function killed(child: ChildProcess): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await closed;
}

/** A process of its own that holds the ledger exclusively. */
class Holder {
  private constructor(private readonly process: ChildProcess) {}

  static async of(file: string): Promise<Holder> {
    const script = `const d = new (require('node:sqlite').DatabaseSync)(${JSON.stringify(file)}, { timeout: 5000 }); d.exec('BEGIN EXCLUSIVE'); console.log('held'); setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve());
      child.once('exit', () => reject(new Error('It could not hold the ledger')));
    });
    return new Holder(child);
  }

  letGo(): Promise<void> {
    return killed(this.process);
  }
}
