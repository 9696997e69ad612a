import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { mostAssetBytes } from '../../src/krea/assetType';
import { emptyFolder } from '../support/emptyFolder';
import { testNode } from '../support/testNode';
import type { Report } from '../support/timedSteps';
import { type Figure, median } from './figure';
import type { Upload } from './uploadOnce';

const run = promisify(execFile);
const rounds = 3;

/** The largest file that Krea takes, to a server of its own process. */
export async function uploadFigures(report: Report): Promise<readonly Figure[]> {
  const server = spawn(testNode(), [path.join(__dirname, 'uploadSink.js')], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [address]: readonly unknown[] = await once(createInterface(server.stdout), 'line');
    if (typeof address !== 'string') throw new Error('The server for uploads did not start.');
    const uploads: Upload[] = [];
    for (let round = 0; round < rounds; round++) {
      const { stdout } = await run(testNode(), [path.join(__dirname, 'uploadOnce.js'), address, emptyFolder(), String(mostAssetBytes)]);
      // what our own child has printed
      uploads.push(JSON.parse(stdout) as Upload);
      report(`upload ${round + 1} of ${rounds}`);
    }
    const megabytes = Math.round(mostAssetBytes / 1e6);
    return [
      {
        name: 'upload_rss_growth_mb',
        value: median(uploads.map(({ growth }) => growth)) / 1e6,
        unit: 'MB',
        target: { atMost: 40 },
        how: `memory above the beginning while a file of ${megabytes} MB is read, hashed and sent, at the highest`,
      },
      {
        name: 'upload_mb_per_s',
        value: mostAssetBytes / 1e6 / (median(uploads.map(({ milliseconds }) => milliseconds)) / 1000),
        unit: 'MB/s',
        how: 'the same, hashed twice, to this machine',
      },
    ];
  } finally {
    server.kill();
  }
}
