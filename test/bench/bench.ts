import { statSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { packedExtension } from '../support/packedExtension';
import { projectRoot } from '../support/projectRoot';
import { runChild } from '../support/runChild';
import { testNode } from '../support/testNode';
import { type Report, timedSteps } from '../support/timedSteps';
import { activationFigures } from './activationFigures';
import { catalogueFigures } from './catalogueFigures';
import { downloadFigures } from './downloadFigures';
import { type Figure, meets, rounded } from './figure';
import { jobsViewFigures } from './jobsViewFigures';
import { keystrokeFigures } from './keystrokeFigures';
import { readerFigures } from './readerFigures';
import { takeoverFigures } from './takeoverFigures';
import { uploadFigures } from './uploadFigures';
import { watchFigures } from './watchFigures';
import { windowFigures } from './windowFigures';
import { writeFigures } from './writeFigures';

/*
 * npm run bench: the product's figures, from the packed extension in a real VS Code, the simulator and a local file
 * server. Prints a table and writes test/bench/out/figures.json. Nothing is paid and nothing leaves the machine.
 */
async function bench(): Promise<void> {
  const report = timedSteps();
  const vsix = await packedExtension();
  const size: Figure = {
    name: 'vsix_mb',
    value: statSync(vsix).size / 1e6,
    unit: 'MB',
    target: { atMost: 2 },
    how: 'the packed extension',
  };
  report('packed');
  const parts = {
    activation: activationFigures,
    catalogue: catalogueFigures,
    download: downloadFigures,
    jobsView: jobsViewFigures,
    keystroke: keystrokeFigures,
    reader: readerFigures,
    takeover: takeoverFigures,
    upload: uploadFigures,
    watch: watchFigures,
    window: (told: Report) => windowFigures(vsix, told),
  };
  const wanted = Object.entries(parts).filter(([name]) => name.includes(process.env.KREA_BENCH_ONLY ?? ''));
  const figures: Figure[] = [size];
  for (const [, measure] of wanted) figures.push(...(await measure(report)));
  writeFigures(figures);
  print(figures);
}

function print(figures: readonly Figure[]): void {
  const machine = `${cpus()[0]?.model.trim() ?? process.arch}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}`;
  console.log(`\n${machine}; medians of one run\n`);
  const rows = figures.map((figure) => [
    figure.name,
    `${rounded(figure.value)} ${figure.unit}`,
    targetWords(figure),
    Object.entries(figure.peers ?? {})
      .map(([peer, value]) => `${peer} ${rounded(value)}`)
      .join(', '),
    figure.how,
  ]);
  const table = [['figure', 'value', 'target', 'peers', 'what'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

function targetWords(figure: Figure): string {
  if (!figure.target) return '';
  const words = 'atMost' in figure.target ? `<= ${figure.target.atMost}` : `>= ${figure.target.atLeast}`;
  return `${words} ${meets(figure) ? 'met' : 'MISSED'}`;
}

// the Node of the tests: the product's own, and it can speak to the inspector
if (process.argv.includes('--here')) {
  bench().then(() => process.exit(0), fail);
} else {
  runChild(testNode(), ['--enable-source-maps', __filename, '--here'], { cwd: projectRoot, deadlineMs: 20 * 60_000, output: 'show' }).catch(
    fail,
  );
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
