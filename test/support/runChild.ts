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

/** Runs a program to its end. Rejects when it fails or passes its deadline, with the end of its output when that was quiet. */
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
    const end = await new Promise<string | undefined>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(code === 0 ? undefined : `ended with ${code ?? signal}`));
    });
    if (stopping) process.exit(130);
    const failure = late ? `did not end in ${Math.round(options.deadlineMs / 1000)} s` : end;
    if (failure) throw new Error(`${shown}\n${failure}\n${output}`.trim());
  } finally {
    clearTimeout(timer);
    running.delete(child);
  }
}
