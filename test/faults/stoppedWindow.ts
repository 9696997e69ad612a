import { setTimeout as pause } from 'node:timers/promises';
import type { Ledger } from '../../src/jobs/ledger';
import type { ChildHost } from './childHost';
import type { FaultAct } from './fault';
import { newerVersion } from './hostWindow';
import { beginTrouble, troubleMs } from './ledgerTroubles';
import type { RunWorld } from './runWorld';

/** What happens around a window that stands still. */
export class StoppedWindow {
  /** What must not be. */
  readonly troubles: string[] = [];
  private readonly endings: (() => void)[] = [];

  constructor(
    private readonly world: RunWorld,
    private readonly reader: Ledger,
  ) {}

  /** The child stands still; the world does what its fault says. */
  async pass(child: ChildHost): Promise<void> {
    const { act } = child.order.fault ?? {};
    switch (act?.kind) {
      case 'stop':
        await this.letPass(act.ms, child);
        break;
      case 'sleep':
        this.world.clock.sleep(act.ms, act.monotonic);
        break;
      case 'ledger':
        await this.troubleLedger(act, child);
        break;
      case 'upgrade':
        this.world.version = newerVersion;
        await this.world.openWindow();
        break;
    }
    child.goOn();
  }

  /** The others have all the time in the world. What the child means to send stays its own: it lives. */
  private async letPass(ms: number, child: ChildHost): Promise<void> {
    const other = this.world.windows[0] ?? (await this.world.openWindow());
    const before = await this.reader.newest(100).catch(() => []);
    other.jobs.lookNow();
    for (let step = 0; step < 4; step++) {
      this.world.clock.skip(ms / 4);
      await pause(100);
    }
    other.jobs.lookNow();
    await pause(400);
    const after = await this.reader.newest(100).catch(() => []);
    if (child.isOver) return; // killed meanwhile
    for (const { id, owner, state } of before) {
      if (!owner.startsWith(`${child.order.place.windowId}-`) || (state.name !== 'intended' && state.name !== 'submitting')) continue;
      const now = after.find((row) => row.id === id);
      if (now && now.owner !== owner) this.troubles.push(`${id} (${state.name}) was taken from a window that lives`);
    }
  }

  private async troubleLedger({ trouble, thenKilled }: Extract<FaultAct, { kind: 'ledger' }>, child: ChildHost): Promise<void> {
    const ends = await beginTrouble(trouble, this.world.placeOf('', 'direct').storage, child.pid);
    let isOver = false;
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      ends();
    };
    const timer = setTimeout(() => {
      if (thenKilled) void child.kill();
      end();
    }, troubleMs);
    this.endings.push(end);
  }

  endTroubles(): void {
    for (const end of this.endings.splice(0)) end();
  }
}
