import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { browserUnderTest } from './browserUnderTest';
import { hostMark, hostRun } from './hostRun';
import { projectRoot } from './projectRoot';
import { vscodeUnderTest } from './vscodeUnderTest';
import { Workbench, type WorkbenchOptions } from './workbench';

export type WindowScenarioOptions = Pick<WorkbenchOptions, 'folder' | 'settings' | 'env' | 'locale' | 'workspaceTrust' | 'nodeArgs'>;

/**
 * A test that outlives windows. It is written as test/host/<name>.scenario.ts, runs in the runner's Node (and may hold
 * a simulator there), and sends phases into one VS Code: each phase is test/host/<name>.phase.ts, a mocha file that runs
 * in the extension host of a window. When a phase ends its extension host is shut down in good order, as when a window
 * is closed or reloaded; profile, storage and secrets stay for the next phase.
 */
export class WindowScenario {
  static async open(options: WindowScenarioOptions = {}): Promise<WindowScenario> {
    const report = () => undefined;
    const vscode = await vscodeUnderTest(process.env.KREA_TEST_HOST === 'floor' ? 'floor' : 'current', report);
    const env = { KREA_TEST_MARK: hostMark, KREA_TEST_VSCODE: vscode.version, ...options.env };
    const browser = await browserUnderTest(report);
    return new WindowScenario(await Workbench.start({ ...options, vscode, browser, env, smokeTestDriver: true, autoplay: 'always' }));
  }

  private page: Page | undefined;
  private phases = 0;

  private constructor(readonly workbench: Workbench) {}

  /**
   * Runs dist/test/host/<name>.phase.js in the window: the one of the phase before, reloaded, or a new one beside it.
   * `folder` is what the window opens (null: nothing). Rejects when a test of the phase fails or none ran.
   */
  async phase(
    name: string,
    { window = 'reloaded', ...where }: { readonly folder?: string | null; readonly window?: 'reloaded' | 'new' } = {},
  ): Promise<void> {
    this.page = this.page && window === 'reloaded' ? this.page : await this.workbench.context.newPage();
    const host = path.join(projectRoot, 'dist/test/host');
    // VS Code calls `run` of a module by path and passes nothing on, so each phase gets a module of its own
    const tests = path.join(this.workbench.profile, `phase-${++this.phases}.js`);
    const files = JSON.stringify([path.join(host, `${name}.phase.js`)]);
    writeFileSync(tests, `exports.run = () => require(${JSON.stringify(path.join(host, 'index.js'))}).runFiles(${files});\n`);
    await hostRun(this.workbench, this.page, { tests, ...where, deadlineMs: 2 * 60_000, print: (line) => console.log(`      | ${line}`) });
  }

  async stop(): Promise<void> {
    await this.workbench.stop();
  }
}
