import { type ChildProcess, spawn } from 'node:child_process';

export interface ChildOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly deadlineMs: number;
  /** `quiet` keeps the output for the error; `show` passes it on. */
  readonly output: 'show' | 'quiet';
}

const running = new Set<ChildProcess>();
let stopping = false;

/** A stopped parent stops its children first, and leaves only when they have cleaned up. */
function stopWithUs(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      stopping = true;
      for (const child of running) child.kill(signal);
      if (running.size === 0) process.exit(130);
    });
}

/** A program that ended by itself with something other than 0. */
export class ChildFailure extends Error {
  constructor(
    message: string,
    /** null: a signal ended it */
    readonly code: number | null,
  ) {
    super(message);
  }
}

/** Runs a program to its end. Rejects when it fails (ChildFailure) or passes its deadline, with the end of its output when that was quiet. */
export async function runChild(command: string, args: readonly string[], options: ChildOptions): Promise<void> {
  if (running.size === 0 && process.listenerCount('SIGTERM') === 0) stopWithUs();
  const shown = [command, ...args].join(' ');
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: options.output === 'show' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data: Buffer) => {
      output = (output + data.toString()).slice(-6000);
    });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill();
  }, options.deadlineMs);
  try {
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (...end) => resolve(end));
    });
    if (stopping) process.exit(130);
    if (late) throw new Error(`${shown}\ndid not end in ${Math.round(options.deadlineMs / 1000)} s\n${output}`.trim());
    if (code !== 0) throw new ChildFailure(`${shown}\nended with ${code ?? signal}\n${output}`.trim(), code);
  } finally {
    clearTimeout(timer);
    running.delete(child);
  }
}
