import assert from 'node:assert/strict';
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { perhapsFolder } from '../../src/jobs/perhapsWatch';
import { Lab } from './jobsLab';

const day = 24 * 3_600_000;

describe('jobs: what an earlier run has left of clips', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.open();
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
  });

  const clips = (): string => join(lab.storage, 'clips');
  const leave = (folder: string, name: string): string => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), lab.clip);
    return join(folder, name);
  };
  const openWindow = async (): Promise<void> => {
    await lab.window().jobs.start();
    await lab.settle();
  };

  it('parts of a job that has ended go when a window starts, also those that a power cut brought back', async () => {
    const first = lab.window();
    const { id } = await first.run();
    await lab.until('the watch to rest', () => first.atRest);
    await first.close();
    leave(clips(), `${id}-1.part`);
    leave(clips(), `${id}-7.part`);
    leave(perhapsFolder(clips()), `${id}-someJob.part`);
    leave(perhapsFolder(clips()), `${id}-someJob.mp4`);
    await openWindow();
    assert.deepEqual(lab.files(clips()), []);
    await lab.assertSaved(id);
  });

  it('a download that another window is at is left alone, and comes whole', async () => {
    await lab.close();
    lab = await Lab.open({ deadlines: { fileSilence: 700 }, switches: { faults: [{ origin: 'files', act: { kind: 'stalledAnswer' } }] } });
    const { id } = await lab.window().submit();
    await lab.until('the part', () => lab.files(clips()).length > 0);
    const [part] = lab.files(clips());
    await openWindow();
    assert.deepEqual(lab.files(clips()), [part]);
    await lab.until('the end', async () => (await lab.job(id)).state.name === 'done');
    await lab.assertSaved(id);
    assert.deepEqual(lab.files(clips()), []);
  });

  it('a part of no row stays: the ledger may have been set aside', async () => {
    await lab.window().run();
    leave(clips(), 'somebody-1.part');
    leave(clips(), 'job00-1.part');
    await openWindow();
    assert.deepEqual(lab.files(clips()), ['job00-1.part', 'somebody-1.part']);
  });

  it('without any ledger nothing is removed, and none is made', async () => {
    leave(clips(), 'job001-1.part');
    await openWindow();
    assert.deepEqual(lab.files(lab.storage), ['job001-1.part']);
  });

  it('found clips that were only looked at go after a day, and those that may be looked at stay', async () => {
    const old = leave(perhapsFolder(clips()), 'found-a.mp4');
    leave(perhapsFolder(clips()), 'found-b.part');
    utimesSync(old, new Date(), new Date(Date.now() - day - 1000));
    await openWindow();
    assert.deepEqual(lab.files(clips()), ['found-b.part']);
  });

  it('a kept clip that goes home is not lost to a window that starts just then', async () => {
    mkdirSync(join(lab.folder, 'project'));
    writeFileSync(lab.takes, 'a file');
    const window = lab.window();
    const { id } = await window.run();
    await lab.until('the watch to rest', () => window.atRest);
    rmSync(lab.takes);
    const { ledger } = window.parts;
    const takeOver = ledger.takeOver.bind(ledger);
    // at the worst moment: the part stands, the row does not say so yet
    ledger.takeOver = async (...args) => {
      for (const name of lab.files(clips()).filter((part) => part.endsWith('.part')))
        await ledger.ifEnded(name, () => rmSync(join(clips(), name)));
      assert.ok(!lab.files(clips()).some((part) => part.endsWith('.part')));
      return takeOver(...args);
    };
    await window.jobs.saveAgain(id);
    await lab.until('the end', async () => (await lab.job(id)).state.name === 'done');
    await lab.assertSaved(id);
  });
});
