import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { tokenVariable } from '../support/childWindow';
import { projectRoot } from '../support/projectRoot';
import { type FailPoint, isFailPoint } from './fault';
import type { ChildOrder } from './faultChild';
import type { Tokens } from './people';

export type ChildEvent =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'ended'; readonly code: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly kind: 'late' };

const all = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of all) child.kill('SIGKILL');
});

/** A window in a process of its own, as its parent sees it. */
export class ChildHost {
  output = '';
  /** Its fault has happened. */
  faulted = false;
  /** Its process has ended. */
  isOver = false;
  /** Looks in a row at which no row was at work any more. */
  looksAtRest = 0;
  readonly submitted = new Set<string>();
  readonly trace: FailPoint[] = [];
  private readonly process: ChildProcess;
  private readonly ended: Promise<ChildEvent>;
  private unread = '';
  private readonly listeners = new Set<() => void>();
  private stops = 0;
  private stopsSeen = 0;

  constructor(
    readonly order: ChildOrder,
    tokens: Tokens,
    private readonly onFault: () => void,
  ) {
    const script = path.join(projectRoot, 'dist/test/faults/faultChild.js');
    this.process = spawn(process.execPath, ['--enable-source-maps', script, JSON.stringify(order)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, [tokenVariable]: JSON.stringify(tokens) },
    });
    all.add(this.process);
    for (const stream of [this.process.stdout, this.process.stderr]) stream?.on('data', (data: Buffer) => this.read(data.toString()));
    this.ended = new Promise((resolve) =>
      this.process.once('close', (code, signal) => {
        all.delete(this.process);
        this.isOver = true;
        resolve({ kind: 'ended', code, signal });
      }),
    );
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** What comes next: a stop, the end, or nothing of the kind within `ms` (real). */
  async next(ms: number): Promise<ChildEvent> {
    let stopped = false;
    await this.until(() => (stopped = this.stops > this.stopsSeen), ms);
    if (stopped) {
      this.stopsSeen += 1;
      await this.standsStill();
      return { kind: 'stopped' };
    }
    return Promise.race([this.ended, pause(0, { kind: 'late' } as const)]);
  }

  /** Resolves when the condition holds after a line of its output, when it has ended, or after `ms` (real). */
  async until(condition: () => boolean, ms: number): Promise<void> {
    if (condition()) return;
    const giveUp = new AbortController();
    let look: (() => void) | undefined;
    await Promise.race([
      this.ended,
      new Promise<void>((resolve) => {
        look = () => condition() && resolve();
        this.listeners.add(look);
      }),
      pause(ms, undefined, { signal: giveUp.signal }).catch(() => undefined),
    ]);
    giveUp.abort();
    if (look) this.listeners.delete(look);
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

  /** It says that it stops a moment before it does. */
  private async standsStill(): Promise<void> {
    for (let tries = 0; tries < 200 && !isStopped(this.pid); tries++) await pause(2);
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
    if (word === 'fault') {
      this.faulted = true;
      this.onFault();
    }
    if (line === 'stops now') this.stops += 1;
    if (word === 'submitted') this.submitted.add(rest);
    if (word === 'point' && isFailPoint(rest)) this.trace.push(rest);
  }
}

function isStopped(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return /^[Tt]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return true; // gone
  }
}
