import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { emptyFolder } from '../support/emptyFolder';
import { testNode } from '../support/testNode';
import type { Report } from '../support/timedSteps';
import { clipFile } from '../support/tinyClip';
import type { Download } from './downloadOnce';
import { type Figure, median } from './figure';

const run = promisify(execFile);
const bytes = 500_000_000;
const rounds = 7;

/** The same 500 MB from a server of its own process, by turns by us and by curl, onto the same disk. */
export async function downloadFigures(report: Report): Promise<readonly Figure[]> {
  const folder = emptyFolder();
  const server = spawn(testNode(), [path.join(__dirname, 'bigClipServer.js'), await clipFile(), String(bytes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [address]: readonly unknown[] = await once(createInterface(server.stdout), 'line');
    if (typeof address !== 'string') throw new Error('The file server did not start.');
    const ours: Download[] = [];
    const curls: number[] = [];
    await curl(address, folder);
    for (let round = 0; round < rounds; round++) {
      curls.push(await curl(address, folder));
      ours.push(await download(address, folder));
      report(`download ${round + 1} of ${rounds}`);
    }
    const perSecond = (milliseconds: number): number => bytes / 1e6 / (milliseconds / 1000);
    const curlMs = median(curls);
    const oursMs = median(ours.map(({ milliseconds }) => milliseconds));
    const firstMs = median(ours.map(({ firstMilliseconds }) => firstMilliseconds));
    const savedMs = median(ours.map(({ savedMilliseconds }) => savedMilliseconds));
    const peers = { 'curl MB/s': perSecond(curlMs), 'ours MB/s': perSecond(oursMs) };
    return [
      {
        name: 'download_vs_curl',
        value: curlMs / oursMs,
        unit: 'of curl',
        peers,
        target: { atLeast: 0.9 },
        how: '500 MB from this machine into a file, in a process that has done it before',
      },
      {
        name: 'first_download_vs_curl',
        value: curlMs / firstMs,
        unit: 'of curl',
        how: 'the same in a process that has just started, whose code is still compiled as it runs',
      },
      {
        name: 'saved_vs_curl',
        value: curlMs / savedMs,
        unit: 'of curl',
        how: 'the same, hashed, probed and flushed to disk; curl does none of it',
      },
      {
        name: 'download_growth_mb',
        value: median(ours.map(({ growth }) => growth)) / 1e6,
        unit: 'MB',
        target: { atMost: 40 },
        how: 'memory above the beginning while it is fetched and saved, at the highest',
      },
    ];
  } finally {
    server.kill();
  }
}

async function curl(address: string, folder: string): Promise<number> {
  const file = path.join(folder, 'curl.mp4');
  const { stdout } = await run('curl', ['--silent', '--fail', '--noproxy', '*', '--output', file, '--write-out', '%{time_total}', address]);
  rmSync(file);
  return Number(stdout) * 1000;
}

async function download(address: string, folder: string): Promise<Download> {
  const { stdout } = await run(testNode(), [path.join(__dirname, 'downloadOnce.js'), address, folder]);
  // what our own child has printed
  return JSON.parse(stdout) as Download;
}
