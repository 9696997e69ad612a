import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { browserUnderTest } from '../support/browserUnderTest';
import { emptyFolder } from '../support/emptyFolder';
import { projectRoot } from '../support/projectRoot';
import type { Report } from '../support/timedSteps';
import { vscodeUnderTest } from '../support/vscodeUnderTest';
import { Workbench } from '../support/workbench';
import { type Figure, median } from './figure';

const loads = 7;

/**
 * What our activation takes of the extension host, over window loads. VS Code's own figure (*Show Running Extensions*)
 * counts from the moment it wants an extension to the moment it has it, and so holds the loading of every other
 * extension that starts then: with a Markdown file it is that of VS Code's Markdown features to the millisecond.
 */
export async function activationFigures(report: Report): Promise<readonly Figure[]> {
  const plain = await activations(undefined, report);
  const folder = emptyFolder();
  const markdown = path.join(folder, 'plain.md');
  writeFileSync(markdown, Array.from({ length: 500 }, (_, i) => `# Heading ${i}\n\nText of a file that is no storyboard.\n\n`).join(''));
  const withMarkdown = await activations(markdown, report);
  return [
    {
      name: 'activation_ms',
      value: median(plain),
      unit: 'ms',
      target: { atMost: 15 },
      how: `loading and activating in the extension host, ${loads} window loads`,
    },
    {
      name: 'activation_markdown_ms',
      value: median(withMarkdown),
      unit: 'ms',
      target: { atMost: 5 },
      how: 'the same, with a plain Markdown file of 2,000 lines open',
    },
  ];
}

async function activations(file: string | undefined, report: Report): Promise<readonly number[]> {
  const extension = unloadedExtension();
  const out = path.join(extension, 'times');
  const workbench = await Workbench.start({
    vscode: await vscodeUnderTest('current', report),
    browser: await browserUnderTest(report),
    smokeTestDriver: true,
    env: { BENCH_EXTENSION: extension, BENCH_OUT: out, ...(file && { BENCH_FILE: file }) },
  });
  try {
    const page = await workbench.openWindow();
    let ended: (code: number) => void = () => undefined;
    // the names under which VS Code looks for them
    await page.exposeFunction('codeAutomationLog', () => undefined);
    await page.exposeFunction('codeAutomationExit', (code: number) => ended(code));
    for (let load = 0; load < loads; load++) {
      const end = new Promise<number>((resolve) => {
        ended = resolve;
      });
      await workbench.show(page, { folder: extension, development: { extension, tests: path.join(__dirname, 'activationRun.js') } });
      if ((await end) !== 0) throw new Error(`The extension did not activate.\n${workbench.endOfServerLog()}`);
    }
  } finally {
    await workbench.stop();
  }
  const times = readFileSync(out, 'utf8').trim().split('\n').map(Number);
  report(`activation${file ? ' with Markdown' : ''}: ${times.map((time) => time.toFixed(1)).join(', ')} ms`);
  return times;
}

/** The built extension with a manifest that names nothing to run, so that only we load it. */
function unloadedExtension(): string {
  const folder = emptyFolder();
  const { main: _main, activationEvents: _events, ...manifest } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  for (const name of ['package.nls.json', 'dist/extension.js', 'dist/studio.js', 'media/l10n'])
    cpSync(path.join(projectRoot, name), path.join(folder, name), { recursive: true });
  mkdirSync(path.join(folder, 'storage'));
  return folder;
}
