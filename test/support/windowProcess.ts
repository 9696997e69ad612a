import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { type ChildWindow, tokenVariable } from './childWindow';

/** The storage and the simulator that windows share. `folder` holds the project. */
export interface WindowPlace {
  readonly folder: string;
  readonly storage: string;
  readonly takes: string;
  readonly simulator: { readonly apiBase: string; readonly token: string };
}

/** A window in a process of its own. */
export class WindowProcess {
  output = '';
  private readonly process: ChildProcess;
  private readonly closed: Promise<number | null>;
  private readonly listeners = new Set<() => void>();

  constructor(place: WindowPlace, change: Partial<ChildWindow> & { readonly windowId: string }) {
    const options: ChildWindow = {
      storage: place.storage,
      takes: place.takes,
      root: join(place.folder, 'project'),
      apiBase: place.simulator.apiBase,
      speed: 50,
      ...change,
    };
    const script = join(__dirname, '../support/jobsChild.js');
    this.process = spawn(process.execPath, [script, JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, [tokenVariable]: place.simulator.token },
    });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on('data', (data: Buffer) => {
        this.output += data.toString();
        for (const listener of [...this.listeners]) listener();
      });
    this.closed = new Promise((resolve) => this.process.once('close', resolve));
  }

  /** Resolves when the line was printed; rejects when the process ends without it. */
  said(line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (!this.output.split('\n').includes(line)) return;
        this.listeners.delete(look);
        resolve();
      };
      this.listeners.add(look);
      void this.closed.then(() => reject(new Error(`It ended without saying “${line}”:\n${this.output}`)));
      look();
    });
  }

  /** Resolves when the job runs and this window writes no more until it ends: a ledger that is busy waits for the clock. */
  async runs(id: string): Promise<void> {
    await this.said(`step ${id} running`);
    await this.said('This window watches for all (1)');
  }

  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.closed;
  }

  signal(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  ended(): Promise<number | null> {
    return this.closed;
  }
}
