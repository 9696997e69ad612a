import { join } from 'node:path';
import { Accounts } from '../../src/jobs/accounts';
import type { Clock } from '../../src/jobs/clock';
import type { Connection, JobParts } from '../../src/jobs/jobParts';
import { Jobs } from '../../src/jobs/jobs';
import { Ledger } from '../../src/jobs/ledger';
import { RequestRate } from '../../src/jobs/requestRate';
import { WindowLock } from '../../src/jobs/windowLock';
import { KreaClient } from '../../src/krea/kreaClient';
import { Network } from '../../src/krea/network';
import { type ChildWindow, tokenVariable } from './childWindow';

/*
 * A window in a process of its own, for tests that kill it. Ends by itself when it has nothing more to do.
 *   node jobsChild.js '{"storage": …}'
 */
function fasterClock(speed: number): Clock {
  const start = Date.now();
  const now = (): number => (Date.now() - start) * speed;
  return {
    wall: () => start + now(),
    monotonic: now,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const timer = setTimeout(resolve, ms / speed);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}

async function main(): Promise<void> {
  const options = JSON.parse(process.argv[2] ?? '') as ChildWindow;
  const { storage, apiBase } = options;
  const network = new Network('direct', { strictCertificates: true });
  const client = new KreaClient(network, new URL(apiBase), process.env[tokenVariable] ?? '', 'krea-video/test');
  const connection: Connection = { client, network, account: 'account-1' };
  const clock = fasterClock(options.speed);
  const ledger = new Ledger(storage, clock, console.log);
  const parts: JobParts = {
    ledger,
    lock: new WindowLock(join(storage, 'windows'), options.windowId),
    clock,
    rate: new RequestRate(clock, ledger.windows),
    accounts: new Accounts(),
    clipStore: join(storage, 'clips'),
    connect: () => (options.withoutNetwork ? new Promise(() => setInterval(() => undefined, 1000)) : Promise.resolve(connection)),
    warn: (warning) => console.log(JSON.stringify(warning)),
    log: console.log,
  };
  const jobs = new Jobs(parts, storage, () => options.submit ?? 'none');
  jobs.events.on('step', ({ job }) => console.log(`step ${job.id} ${job.state.name}`));
  await jobs.start();
  if (options.submit === undefined) return;
  const order = {
    model: { id: 'kling/kling-2.5', name: 'Kling 2.5' },
    endpoint: '/generate/video/kling/kling-2.5',
    body: { prompt: 'a heron at dawn' },
    parameters: {},
    prompt: 'a heron at dawn',
    requestHash: 'hash-of-heron',
    estimate: { kind: 'unknown' },
    destination: { folder: options.takes, root: options.root, stem: 'a-heron' },
  } as const;
  await jobs.submit(order, connection.account, client.apiBase.href);
}

void main();
