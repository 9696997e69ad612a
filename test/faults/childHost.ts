import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { tokenVariable } from '../support/childWindow';
import { projectRoot } from '../support/projectRoot';
import { type FailPoint, isFailPoint } from './fault';
import type { ChildOrder } from './faultChild';

export type ChildEvent =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'ended'; readonly code: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly kind: 'late' };

const all = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of all) child.kill('SIGKILL');
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

/** A window in a process of its own, as its parent sees it. */
export class ChildHost {
  output = '';
  /** Its fault has happened. */
  faulted = false;
  /** Looks in a row at which no row was at work any more. */
  looksAtRest = 0;
  readonly submitted = new Set<string>();
  readonly trace: FailPoint[] = [];
  private readonly process: ChildProcess;
  private readonly ended: Promise<ChildEvent>;
  private unread = '';
  private readonly listeners = new Set<() => void>();
  private stops = 0;

  constructor(
    readonly order: ChildOrder,
    token: string,
  ) {
    const script = path.join(projectRoot, 'dist/test/faults/faultChild.js');
    this.process = spawn(process.execPath, ['--enable-source-maps', script, JSON.stringify(order)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, [tokenVariable]: token },
    });
    all.add(this.process);
    for (const stream of [this.process.stdout, this.process.stderr]) stream?.on('data', (data: Buffer) => this.read(data.toString()));
    this.ended = new Promise((resolve) =>
      this.process.once('close', (code, signal) => {
        all.delete(this.process);
        resolve({ kind: 'ended', code, signal });
      }),
    );
  }

  /** What comes next: a stop, the end, or nothing of the kind within `ms` (real). */
  async next(ms: number): Promise<ChildEvent> {
    const seen = this.stops;
    let timer: NodeJS.Timeout | undefined;
    let look: (() => void) | undefined;
    const event = await Promise.race([
      this.ended,
      new Promise<ChildEvent>((resolve) => {
        look = () => this.stops > seen && resolve({ kind: 'stopped' });
        this.listeners.add(look);
      }),
      new Promise<ChildEvent>((resolve) => {
        timer = setTimeout(() => resolve({ kind: 'late' }), ms);
      }),
    ]);
    clearTimeout(timer);
    if (look) this.listeners.delete(look);
    return event;
  }

  /** The error it died of. */
  get lastWords(): string {
    return /^.*Error.*$/m.exec(this.output)?.[0] ?? this.output.slice(-300);
  }

  goOn(): void {
    this.process.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.ended;
  }

  private read(text: string): void {
    this.output += text;
    const lines = (this.unread + text).split('\n');
    this.unread = lines.pop() ?? '';
    for (const line of lines) this.readLine(line);
    for (const listener of [...this.listeners]) listener();
  }

  private readLine(line: string): void {
    const [word, rest = ''] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
    if (word === 'fault') this.faulted = true;
    if (line === 'fault stop') this.stops += 1;
    if (word === 'submitted') this.submitted.add(rest);
    if (word === 'point' && isFailPoint(rest)) this.trace.push(rest);
  }
}
