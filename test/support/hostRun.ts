import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { projectRoot } from './projectRoot';
import type { Workbench } from './workbench';

/** Stands before every line that a test in the host prints; no log of VS Code has it. */
export const hostMark = '\u2063';

export interface HostRun {
  /** A module whose `run` is called in the extension host. */
  readonly tests: string;
  readonly folder?: string | null;
  readonly deadlineMs: number;
  readonly print: (line: string) => void;
}

/** VS Code's log of one run, shown when it fails. */
interface HostLog {
  lines: string[];
  /** the suite came to its end and printed its counts */
  counted: boolean;
  print: (line: string) => void;
  finish: (end: number | string) => void;
}

const logs = new WeakMap<Page, HostLog>();

/** Opens the window with the unpacked extension, runs `tests` in its extension host to the end, and rejects unless they pass. */
export async function hostRun(workbench: Workbench, page: Page, { tests, folder, deadlineMs, print }: HostRun): Promise<void> {
  const log = await listen(page);
  log.lines = [];
  log.counted = false;
  log.print = print;
  let timer: NodeJS.Timeout | undefined;
  const ended = new Promise<number | string>((resolve) => {
    log.finish = resolve;
    timer = setTimeout(resolve, deadlineMs, `no end after ${Math.round(deadlineMs / 1000)} s`);
  });
  try {
    await workbench.show(page, { ...(folder === undefined ? {} : { folder }), development: { extension: projectRoot, tests } });
    const end = await ended;
    if (end === 0) return;
    if (end === 1 && log.counted) throw new Error('the suite failed');
    const tail = ['--- window and extension host', ...log.lines.slice(-40), '--- server', workbench.endOfServerLog()];
    throw new Error([`the extension host ended with: ${end}`, ...tail].join('\n'));
  } finally {
    clearTimeout(timer);
  }
}

async function listen(page: Page): Promise<HostLog> {
  const known = logs.get(page);
  if (known) return known;
  const log: HostLog = { lines: [], counted: false, print: () => undefined, finish: () => undefined };
  logs.set(page, log);
  await page.exposeFunction('codeAutomationLog', (type: string, parts: readonly unknown[]) => {
    const text = format(...parts);
    if (!text.startsWith(hostMark)) return log.lines.push(`${type}: ${text}`);
    const line = text.slice(hostMark.length);
    log.counted ||= /^\d+ passed, \d+ failed/.test(line);
    return log.print(line);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => log.finish(code));
  page.on('crash', () => log.finish('the page crashed'));
  return log;
}
