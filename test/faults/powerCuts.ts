import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Violation } from './checkRun';
import { layOutAfterCut } from './diskAfterCut';
import type { DiskEvent } from './diskJournal';
import { layOutFolders } from './runFolder';
import type { RunWorld } from './runWorld';
import type { TruthfulUser } from './truthfulUser';

/** The power goes after every step in the journal of a window; each time the next window starts on what the disk then holds. */
export async function replayPowerCuts(
  journal: string,
  world: RunWorld,
  user: TruthfulUser,
  check: () => readonly Violation[],
): Promise<readonly Violation[]> {
  const events = readFileSync(journal, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): DiskEvent => JSON.parse(line));
  const { storage, project } = world.placeOf('', 'direct');
  const sent = events.findIndex(({ kind }, index) => kind === 'committed' && index > 0); // *submitting*: before it there is no job
  if (sent < 0) throw new Error('The journal has no commit of *submitting*.');
  const troubles: Violation[] = [];
  for (let cut = sent + 1; cut <= events.length; cut++)
    for (const kind of ['names', 'synced'] as const) {
      for (const folder of [storage, project]) rmSync(folder, { recursive: true });
      layOutFolders(world.folder, [1]);
      layOutAfterCut(events.slice(0, cut), kind, path.join(storage, 'ledger.sqlite'));
      const window = await world.openWindow();
      await user.settle(window);
      await user.decide(window);
      await window.close();
      const found = check().filter(({ what }) => !what.endsWith('.part is left behind'));
      const where = `power cut (${kind}) after step ${cut}, ${events[cut - 1]?.kind}`;
      troubles.push(...found.map((violation) => ({ ...violation, what: `${violation.what}, ${where}` })));
    }
  return troubles;
}
