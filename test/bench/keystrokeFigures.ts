import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { browserUnderTest } from '../support/browserUnderTest';
import { emptyFolder } from '../support/emptyFolder';
import { projectRoot } from '../support/projectRoot';
import type { Report } from '../support/timedSteps';
import { vscodeUnderTest } from '../support/vscodeUnderTest';
import { Workbench } from '../support/workbench';
import { type Figure, median } from './figure';

const shots = 200;

/** What a keystroke in a large storyboard costs until everything is said of it, in the extension host of a real VS Code. */
export async function keystrokeFigures(report: Report): Promise<readonly Figure[]> {
  const folder = emptyFolder();
  const file = path.join(folder, 'film.storyboard.md');
  const out = path.join(emptyFolder(), 'times');
  writeFileSync(file, boardOfMany());
  const workbench = await Workbench.start({
    vscode: await vscodeUnderTest('current', report),
    browser: await browserUnderTest(report),
    smokeTestDriver: true,
    // nobody is asked what is on offer
    settings: { 'kreaVideo.apiBase': 'http://127.0.0.1:9' },
    env: { BENCH_EXTENSION: projectRoot, BENCH_OUT: out, BENCH_FILE: file },
  });
  try {
    const page = await workbench.openWindow();
    let ended: (code: number) => void = () => undefined;
    // the names under which VS Code looks for them
    await page.exposeFunction('codeAutomationLog', () => undefined);
    await page.exposeFunction('codeAutomationExit', (code: number) => ended(code));
    const end = new Promise<number>((resolve) => {
      ended = resolve;
    });
    await workbench.show(page, { folder, development: { extension: projectRoot, tests: path.join(__dirname, 'keystrokeRun.js') } });
    if ((await end) !== 0) throw new Error(`The storyboard was not typed in.\n${workbench.endOfServerLog()}`);
  } finally {
    await workbench.stop();
  }
  const times = readFileSync(out, 'utf8').trim().split('\n').map(Number);
  report(`keystrokes: ${times.map((time) => time.toFixed(1)).join(', ')} ms`);
  return [
    {
      name: 'keystroke_200_ms',
      value: median(times),
      unit: 'ms',
      peers: { slowest: Math.max(...times) },
      target: { atMost: 15 },
      how: `from the event of a change to the diagnostics, in the extension host, a storyboard of ${shots} shots, ${times.length} keystrokes`,
    },
  ];
}

/** With what boards have: blocks, cast, notes, frames of other shots, two models. */
function boardOfMany(): string {
  const head =
    '---\nstoryboard: 1\nmodel: kling/kling-2.5\naspect_ratio: 16:9\nbudget: 20\n---\n\n# Style\n\n35 mm film, cold blue night, slow camera.\n\n' +
    '# Cast\n\n## @mika\n\n- name: Mika\n\nMika, a woman of seventy, grey braid, navy wool coat.\n\n# The storm\n\n';
  const bodies = Array.from({ length: shots }, (_, index) => {
    const id = `SH${String(index + 1).padStart(4, '0')}`;
    const isOther = index % 5 === 4;
    const lines = isOther ? '- model: google/veo-3.1\n- duration: 8\n- dialogue: おつかれさま\n' : '- duration: 5\n- mood: calm\n';
    return `## ${id} The lamp room\n\n${lines}\n{{style}} {{@mika}} lays her hand on the glass of the great lamp, ${index} times.\nIt dims. She smiles, quietly.\n\n> Take 2 was close.\n`;
  });
  return `${head}${bodies.join('\n')}`;
}
