import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { type ChildWindow, tokenVariable } from '../support/childWindow';
import type { Lab } from './jobsLab';

/** A window in a process of its own, on the storage and the simulator of a lab. */
export class WindowProcess {
  output = '';
  private readonly process: ChildProcess;
  private readonly closed: Promise<number | null>;
  private readonly listeners = new Set<() => void>();

  constructor(lab: Lab, change: Partial<ChildWindow> & { readonly windowId: string }) {
    const options: ChildWindow = {
      storage: lab.storage,
      takes: lab.takes,
      root: join(lab.folder, 'project'),
      apiBase: lab.simulator.apiBase,
      speed: 50,
      ...change,
    };
    const script = join(__dirname, '../support/jobsChild.js');
    this.process = spawn(process.execPath, [script, JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, [tokenVariable]: lab.simulator.token },
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
