import { type ChildProcess, fork } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../support/projectRoot';
import type { RunResult } from './faultRun';
import { unmountBelow } from './ledgerTroubles';
import type { Plan } from './plan';
import { foldersOf } from './runWorld';

/** Real milliseconds after which a plan counts as one that hangs. Power cuts are many runs in one. */
const deadline = { usual: 90_000, powerCuts: 180_000 };

const running = new Set<Runner>();
process.once('exit', () => {
  for (const runner of running) runner.end();
});

/** Plays every plan, a few at a time: most of a run is waiting. Results in the order of the plans. */
export async function runPlans(
  plans: readonly Plan[],
  workers: number,
  onResult: (result: RunResult, index: number) => void,
): Promise<readonly RunResult[]> {
  const results: RunResult[] = [];
  const left = [...plans.entries()];
  const work = async (): Promise<void> => {
    let runner: Runner | undefined;
    for (let next = left.shift(); next; next = left.shift()) {
      const [index, plan] = next;
      runner ??= new Runner();
      const result = await runner.play(plan);
      results[index] = result;
      onResult(result, index);
      if (runner.isOver) runner = undefined;
    }
    runner?.end();
  };
  await Promise.all(Array.from({ length: Math.min(workers, plans.length) }, work));
  return results;
}

/** A process that plays plans. It leads a group of its own, so that its windows end with it. */
class Runner {
  isOver = false;
  private readonly process: ChildProcess;
  private words = '';

  constructor() {
    this.process = fork(path.join(projectRoot, 'dist/test/faults/planRunner.js'), {
      detached: true,
      execArgv: ['--enable-source-maps'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    running.add(this);
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on('data', (data: Buffer) => {
        this.words = (this.words + data.toString()).slice(-3000);
      });
    this.process.once('close', () => this.end());
  }

  async play(plan: Plan): Promise<RunResult> {
    const started = Date.now();
    let timer: NodeJS.Timeout | undefined;
    let onEnd: (() => void) | undefined;
    const failed = (what: string): RunResult => ({
      plan,
      faulted: false,
      violations: [{ kind: 'other', what }],
      ends: [],
      trace: [],
      story: this.words,
      ms: Date.now() - started,
    });
    try {
      return await new Promise<RunResult>((resolve) => {
        const ms = plan.powerCuts ? deadline.powerCuts : deadline.usual;
        timer = setTimeout(() => {
          this.end();
          resolve(failed(`no end within ${ms / 1000} s`));
        }, ms);
        onEnd = () => resolve(failed(`the run broke off: ${this.words}`));
        this.process.once('close', onEnd);
        // it is our own program, which sends nothing else
        this.process.once('message', (result) => resolve(result as RunResult));
        this.process.send(plan, (error) => error && onEnd?.());
      });
    } finally {
      clearTimeout(timer);
      if (onEnd) this.process.off('close', onEnd);
      this.process.removeAllListeners('message');
    }
  }

  /** With its windows, its disks and its folders. */
  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    running.delete(this);
    const { pid } = this.process;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // the group is gone
    }
    const folders = foldersOf(pid);
    unmountBelow(folders);
    for (const name of readdirSync(path.dirname(folders)))
      if (name.startsWith(path.basename(folders))) rmSync(path.join(path.dirname(folders), name), { recursive: true, force: true });
  }
}
