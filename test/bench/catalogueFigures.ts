import { execFile } from 'node:child_process';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { bundledCatalogue } from '../../src/catalogue/bundledCatalogue';
import { LiveCatalogue } from '../../src/catalogue/liveCatalogue';
import { readInWorker } from '../../src/catalogue/readInWorker';
import { readOpenApi } from '../../src/catalogue/readOpenApi';
import { systemClock } from '../../src/jobs/clock';
import { openApiText } from '../../src/simulator/openApi';
import { plainSwitches } from '../../src/simulator/switches';
import { emptyFolder } from '../support/emptyFolder';
import { projectRoot } from '../support/projectRoot';
import { testNode } from '../support/testNode';
import type { Report } from '../support/timedSteps';
import type { FirstPick } from './catalogueOnce';
import { type Figure, median } from './figure';

const run = promisify(execFile);
const rounds = 9;
const worker = path.join(projectRoot, 'dist/lib/openApiWorker.js');

/** The models of October 2026 with a description as long as Krea's, kept by one window and opened by new processes. */
export async function catalogueFigures(report: Report): Promise<readonly Figure[]> {
  const text = asLongAsKrea(openApiText(plainSwitches));
  const folder = emptyFolder();
  const live = new LiveCatalogue({
    folder,
    ask: async () => ({ kind: 'description', text }),
    read: (description, date) => readInWorker(worker, description, date),
    bundled: bundledCatalogue,
    mayAsk: () => true,
    wall: systemClock.wall,
    wait: systemClock.wait,
    log: console.error,
  });
  const { origin } = await live.load(AbortSignal.timeout(30_000));
  if (origin !== 'live') throw new Error(`The models are ${origin}.`);
  await open(folder);
  const picks: FirstPick[] = [];
  for (let round = 0; round < rounds; round++) picks.push(await open(folder));
  report(`catalogue: ${picks.map(({ cold }) => cold.toFixed(0)).join(', ')} ms`);
  const of = (what: Exclude<keyof FirstPick, 'origin'>): number => median(picks.map((pick) => pick[what]));
  const models = `${of('models')} models`;
  return [
    {
      name: 'catalogue_cold_ms',
      value: of('cold'),
      unit: 'ms',
      peers: { 'held up by a new list': await longestHold(text), 'by reading it here': here(text) },
      target: { atMost: 150 },
      how: `from an empty memory to limits and price of ${models}, from the copy in storage; not in it: our code's loading, VS Code's drawing`,
    },
    {
      name: 'catalogue_warm_ms',
      value: of('warm'),
      unit: 'ms',
      target: { atMost: 5 },
      how: `the same once more: limits and price of ${models}`,
    },
    {
      name: 'check_one_request_ms',
      value: of('check'),
      unit: 'ms',
      peers: { 'first of a session': of('firstCheck'), 'first of a model': of('checkOfNewModel') },
      how: 'one request against its model, ajv loaded and the schema compiled',
    },
  ];
}

/** 1.7 MB: the simulator says less of what is no video. */
function asLongAsKrea(text: string): string {
  const missing = 1_700_000 - text.length;
  const page = JSON.stringify({ get: { description: 'x'.repeat(900), responses: { 200: { description: 'Good.' } } } });
  const paths = Array.from({ length: Math.ceil(missing / (page.length + 20)) }, (_, index) => `"/other/path-${index}":${page}`);
  return text.replace('"paths":{', `"paths":{${paths.join(',')},`);
}

/** Milliseconds for which this thread stood still at most while another read the description. */
async function longestHold(text: string): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const holds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    delay.reset();
    delay.enable();
    const read = await readInWorker(worker, text, '2026-10-12');
    delay.disable();
    if (read.kind !== 'models') throw new Error('The description could not be read.');
    holds.push(delay.max / 1e6);
  }
  return median(holds);
}

function here(text: string): number {
  return median(
    Array.from({ length: rounds }, () => {
      const start = performance.now();
      readOpenApi(text, '2026-10-12');
      return performance.now() - start;
    }),
  );
}

async function open(folder: string): Promise<FirstPick> {
  const { stdout } = await run(testNode(), [path.join(__dirname, 'catalogueOnce.js'), folder]);
  // what our own child has printed
  const pick = JSON.parse(stdout) as FirstPick;
  if (pick.origin !== 'live') throw new Error(`The models are ${pick.origin}.`);
  return pick;
}
