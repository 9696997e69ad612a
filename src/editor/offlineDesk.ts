import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { l10n } from 'vscode';
import type { Connection, JobParts } from '../jobs/jobParts';
import { Jobs } from '../jobs/jobs';
import { KreaClient } from '../krea/kreaClient';
import { Network } from '../krea/network';
import { demoAccount } from './demoJobs';
import type { Desk, InTurn } from './desk';
import { tellWithStep } from './tellFailure';

/**
 * The demo without account or cost: a simulator on this machine, with a ledger and takes of its own that end with
 * the window. Never mixed into spending or learnt run times.
 */
export class OfflineDesk implements Desk {
  readonly kind = 'offline';

  private constructor(
    readonly jobs: Jobs,
    readonly inTurn: InTurn,
    readonly connect: () => Promise<Connection>,
    readonly folder: string,
    private readonly close: () => Promise<void>,
  ) {}

  static async open(
    folder: string,
    windowId: string,
    mediaFolder: string,
    jobParts: (folder: string, connect: () => Promise<Connection>) => JobParts,
  ): Promise<OfflineDesk> {
    const { startOfflineDemo } = await import('../simulator/offline');
    const simulator = await startOfflineDemo(mediaFolder);
    const own = join(folder, windowId);
    const network = new Network('direct', { strictCertificates: true });
    const client = new KreaClient(network, new URL(simulator.apiBase), simulator.token, 'krea-video/offline');
    const connect = async (): Promise<Connection> => ({ client, network, account: demoAccount });
    const parts = jobParts(own, connect);
    await forgetOldDemos(folder, parts.clock.wall());
    const jobs = new Jobs(parts, own, randomUUID);
    await jobs.start();
    const inTurn: InTurn = (signal) => parts.rate.turn(signal, 'act');
    return new OfflineDesk(jobs, inTurn, connect, own, async () => {
      await jobs.dispose();
      await network.close();
      await simulator.close();
      // a poster may be on its way into it just now
      await rm(own, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    });
  }

  get takesRoot(): string {
    return join(this.folder, 'takes');
  }

  /** Whether this file goes when the demo is left. */
  holds(file: string): boolean {
    return file.startsWith(this.folder + sep);
  }

  dispose(): Promise<void> {
    return this.close();
  }
}

export function welcomeToDemo(): void {
  void tellWithStep(
    l10n.t(
      'Offline demo: free, and nothing leaves this computer. A simulator answers with sample clips; they and their jobs end with this window.',
    ),
    { kind: 'showHow' },
  );
}

/** Clips of demos whose window was killed. Another window may be at its own demo now, so only old ones go. */
async function forgetOldDemos(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const changed = await stat(join(folder, name)).catch(() => undefined);
    if (changed && now - changed.mtimeMs > 86_400_000) await rm(join(folder, name), { recursive: true, force: true });
  }
}
