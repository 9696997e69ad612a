// A child: fetches one clip as the product does and prints a Download.
//   node downloadOnce.js <address> <folder>
import { rmSync } from 'node:fs';
import path from 'node:path';
import { Accounts } from '../../src/jobs/accounts';
import { systemClock } from '../../src/jobs/clock';
import { fetchClip } from '../../src/jobs/fetchClip';
import type { Job } from '../../src/jobs/job';
import { Ledger } from '../../src/jobs/ledger';
import { RequestRate } from '../../src/jobs/requestRate';
import { WindowLock } from '../../src/jobs/windowLock';
import { openClip } from '../../src/krea/fileHost';
import { KreaClient } from '../../src/krea/kreaClient';
import { Network } from '../../src/krea/network';
import { writeClip } from '../../src/takes/writeClip';

export interface Download {
  /** From the request to the last byte in the file, while the engine still compiles what it runs. */
  readonly firstMilliseconds: number;
  /** The same again. */
  readonly milliseconds: number;
  /** The same with all checks and the flush to disk, as a take is saved. */
  readonly savedMilliseconds: number;
  /** Bytes of memory above the beginning, at the highest. */
  readonly growth: number;
}

const [address = '', folder = ''] = process.argv.slice(2);
const signal = AbortSignal.timeout(120_000);
const base = new URL(address);
const network = new Network('direct', { strictCertificates: true });
const client = new KreaClient(network, base, 'none', 'bench');

async function toDisk(url: string, file: string): Promise<void> {
  const reply = await openClip(network, url, base, signal);
  if (reply.kind !== 'open') throw new Error(`The clip was not opened: ${reply.kind}`);
  await writeClip(reply.file.body, file, signal);
}

async function saved(url: string, part: string): Promise<void> {
  const job: Job = {
    id: 'bench',
    account: 'bench',
    apiBase: base.href,
    createdAt: 0,
    owner: 'bench',
    epoch: 1,
    state: { name: 'intended' },
    order: {
      model: { id: 'bench', name: 'bench' },
      endpoint: '/',
      body: {},
      prompt: '',
      parameters: {},
      requestHash: '',
      estimate: { kind: 'unknown' },
      destination: { folder, root: folder, stem: 'bench' },
    },
  };
  const log = (line: string): void => console.error(line);
  const parts = {
    ledger: new Ledger(folder, systemClock, log),
    lock: new WindowLock(folder, 'bench'),
    clock: systemClock,
    rate: new RequestRate(systemClock),
    accounts: new Accounts(),
    clipStore: folder,
    connect: async () => ({ client, network, account: 'bench' }),
    warn: () => undefined,
    log,
  };
  const fetched = await fetchClip(job, 'bench', part, { troubles: 0, urls: [url] }, parts, signal);
  if (fetched.kind !== 'clip') throw new Error(`The clip was not fetched: ${fetched.kind}`);
}

async function timed(run: (file: string) => Promise<void>): Promise<number> {
  const file = path.join(folder, 'ours.mp4');
  const start = performance.now();
  await run(file);
  const milliseconds = performance.now() - start;
  rmSync(file);
  return milliseconds;
}

async function main(): Promise<void> {
  // what is loaded at first use is no part of a download
  const small = new URL('/small', base).href;
  await timed((file) => saved(small, file));
  const before = process.memoryUsage.rss();
  let highest = before;
  const look = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss());
  }, 5);
  const firstMilliseconds = await timed((file) => toDisk(address, file));
  const milliseconds = await timed((file) => toDisk(address, file));
  const savedMilliseconds = await timed((file) => saved(address, file));
  clearInterval(look);
  await network.close();
  const download: Download = { firstMilliseconds, milliseconds, savedMilliseconds, growth: highest - before };
  console.log(JSON.stringify(download));
}

void main();
