// A child: brings one file to the service as a job does, and prints an Upload.
//   node uploadOnce.js <address> <folder> <bytes>
import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { Accounts } from '../../src/jobs/accounts';
import { systemClock } from '../../src/jobs/clock';
import { inspectInput } from '../../src/jobs/inputFile';
import type { Job } from '../../src/jobs/job';
import { JobInputs } from '../../src/jobs/jobInputs';
import { Ledger } from '../../src/jobs/ledger';
import { RequestRate } from '../../src/jobs/requestRate';
import { WindowLock } from '../../src/jobs/windowLock';
import { KreaClient } from '../../src/krea/kreaClient';
import { Network } from '../../src/krea/network';
import { png } from '../support/inputFiles';

export interface Upload {
  /** From the look at the file to the address in the ledger. */
  readonly milliseconds: number;
  /** Bytes of memory above the beginning, at the highest. */
  readonly growth: number;
}

const [address = '', folder = '', size = '0'] = process.argv.slice(2);
const signal = AbortSignal.timeout(120_000);
const base = new URL(address);
const network = new Network('direct', { strictCertificates: true });
const client = new KreaClient(network, base, 'none', 'bench');
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

/** As people have it: a picture, only much larger. */
async function fileOf(name: string, bytes: number): Promise<string> {
  const file = path.join(folder, name);
  writeFileSync(file, png(1280, 720));
  await using handle = await open(file, 'r+');
  await handle.write(name, bytes - name.length); // the rest reads as zeros
  return file;
}

async function upload(name: string, bytes: number): Promise<void> {
  const found = await inspectInput(await fileOf(name, bytes), signal);
  if (found.kind !== 'file') throw new Error(`The file is not fit: ${found.why}`);
  const { file, sha256, type } = found.input;
  const job: Job = {
    id: name,
    account: 'bench',
    apiBase: base.href,
    createdAt: Date.now(),
    owner: 'bench',
    epoch: 1,
    state: { name: 'intended' },
    order: {
      model: { id: 'bench', name: 'bench' },
      endpoint: '/',
      body: { prompt: '', start_image: `sha256:${sha256}` },
      inputs: [{ role: 'start_image', file, shown: name, sha256, bytes: found.input.bytes, type: type.mime, ending: type.ending }],
      prompt: '',
      parameters: {},
      requestHash: '',
      estimate: { kind: 'unknown' },
      destination: { folder, root: folder, stem: 'bench' },
    },
  };
  await parts.ledger.insert(job);
  const ready = await new JobInputs(job, parts).ready(client, signal);
  if (ready.kind !== 'ready' || !String(ready.body.start_image).startsWith(base.origin))
    throw new Error(`The file did not go up: ${ready.kind}`);
}

async function main(): Promise<void> {
  // what is loaded at first use is no part of an upload
  await upload('small.png', 1_000_000);
  const before = process.memoryUsage.rss();
  let highest = before;
  const look = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss());
  }, 5);
  const start = performance.now();
  await upload('large.png', Number(size));
  const milliseconds = performance.now() - start;
  clearInterval(look);
  await network.close();
  const done: Upload = { milliseconds, growth: highest - before };
  console.log(JSON.stringify(done));
  process.exit(0);
}

void main();
