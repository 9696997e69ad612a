import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../../src/simulator/seededRandom';
import { startSimulator } from '../../src/simulator/simulator';
import { emptyFolder } from '../support/emptyFolder';
import type { Report } from '../support/timedSteps';
import { tinyClip } from '../support/tinyClip';
import { WindowProcess } from '../support/windowProcess';
import { type Figure, median } from './figure';

const rounds = 8;
/** Milliseconds between two checks of a window on the others: kills come at any moment in between. */
const checkEvery = 5000;
const job = 'job001';

/** Windows are processes that run the rooms of the jobs; the one that owns a running job is killed, again and again. */
export async function takeoverFigures(report: Report): Promise<readonly Figure[]> {
  const clip = await tinyClip();
  const simulator = await startSimulator({
    makeClip: async () => clip,
    switches: { jobScript: [{ status: 'processing', forMs: 3_600_000 }] },
  });
  const folder = emptyFolder();
  const place = { folder, storage: path.join(folder, 'storage'), takes: path.join(folder, 'project', 'takes'), simulator };
  const random = seededRandom(1, 'kills');
  let owner = new WindowProcess(place, { windowId: 'window0', submit: job, speed: 1 });
  let next: WindowProcess | undefined;
  try {
    await owner.runs(job);
    const waits: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      next = new WindowProcess(place, { windowId: `window${round}`, speed: 1 });
      await next.said(`step ${job} running`);
      await pause(checkEvery * random.next());
      const killed = performance.now();
      await owner.kill();
      await next.said(`${job}: taken over from a closed window, running`);
      await next.said(`This window watches for all (${round + 1})`);
      waits.push(performance.now() - killed);
      owner = next;
    }
    report(`takeovers: ${waits.map((wait) => (wait / 1000).toFixed(1)).join(', ')} s`);
    return [
      {
        name: 'takeover_s',
        value: Math.max(...waits) / 1000,
        unit: 's',
        peers: { median: median(waits) / 1000 },
        target: { atMost: 10 },
        how: `from the kill of the window that owns a job until another owns and watches it, the longest of ${rounds}`,
      },
    ];
  } finally {
    await Promise.all([owner.kill(), next?.kill()]);
    await simulator.close();
  }
}
