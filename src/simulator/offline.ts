import { randomInt } from 'node:crypto';
import path from 'node:path';
import { demoClips } from './demoClips';
import { runTimeBetween } from './runTime';
import { type Simulator, startSimulator } from './simulator';

export type { Simulator } from './simulator';

export interface OfflineOptions {
  /** Different at every start unless given, so that job ids of two sessions do not meet in one ledger. */
  readonly seed?: number;
  /** Bounds of a job's run time; 8 to 15 s. */
  readonly runSeconds?: { readonly from: number; readonly to: number };
}

/** Krea without network or cost: the simulator on the real clock with the clips of `<mediaFolder>/demo`. Close it when done. */
export async function startOfflineDemo(mediaFolder: string, options: OfflineOptions = {}): Promise<Simulator> {
  const { seed = randomInt(2 ** 31), runSeconds = { from: 8, to: 15 } } = options;
  return startSimulator({
    makeClip: await demoClips(path.join(mediaFolder, 'demo')),
    seed,
    runTime: runTimeBetween(runSeconds.from, runSeconds.to),
    balance: 1000,
  });
}
