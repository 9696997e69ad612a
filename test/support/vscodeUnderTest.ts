import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { debianPackages } from './debianPackages';
import { npmCommand } from './npmCommand';
import { installedFolder } from './projectRoot';
import { runChild } from './runChild';
import { binaryIn, nodePackage, testNode, versionOf } from './testNode';
import type { Report } from './timedSteps';

export type HostName = 'current' | 'floor';

/** A VS Code that needs no desktop: code-server's server and web workbench, and the Node it wants. */
export interface VscodeUnderTest {
  readonly name: HostName;
  /** of VS Code itself */
  readonly version: string;
  readonly node: string;
  /** folder of the code-server package */
  readonly codeServer: string;
}

/** code-server 4.N carries VS Code 1.N; each wants the Node major of the desktop of that time. */
const recipes = {
  current: { codeServer: '4.139.1', vscode: '1.139.1', nodeMajor: 24, node: undefined },
  floor: { codeServer: '4.110.0', vscode: '1.110.0', nodeMajor: 22, node: '22.23.3' },
} as const;

/** The version that desktop VS Code is asked for under the same names. */
export const desktopVersion: Record<HostName, string> = { current: 'stable', floor: recipes.floor.vscode };

const stampFile = 'installed.json';

/** The installed VS Code of that name; installs it first when it is not there. */
export async function vscodeUnderTest(name: HostName, report: Report): Promise<VscodeUnderTest> {
  const recipe = recipes[name];
  const folder = path.join(installedFolder, name);
  const stamp = JSON.stringify({ ...recipe, system: `${process.platform}-${process.arch}`, recipe: 1 });
  if (!isStamped(folder, stamp)) {
    // installed beside its place and moved there when complete: an interrupted install is never taken for a whole one
    const partial = `${folder}.partial`;
    for (const old of [partial, folder]) rmSync(old, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    await install(name, partial, report);
    writeFileSync(path.join(partial, stampFile), stamp);
    renameSync(partial, folder);
  }
  const codeServer = path.join(folder, 'node_modules/code-server');
  return { name, version: recipe.vscode, node: hostNode(name, folder), codeServer };
}

function isStamped(folder: string, stamp: string): boolean {
  const file = path.join(folder, stampFile);
  return existsSync(file) && readFileSync(file, 'utf8') === stamp;
}

function hostNode(name: HostName, folder: string): string {
  const recipe = recipes[name];
  const node = recipe.node === undefined ? testNode() : binaryIn(path.join(folder, 'node_modules', nodePackage() ?? ''));
  if (versionOf(node)?.[0] !== recipe.nodeMajor)
    throw new Error(`VS Code ${recipe.vscode} for tests runs on Node ${recipe.nodeMajor}, which npm does not carry for this system.`);
  return node;
}

async function install(name: HostName, folder: string, report: Report): Promise<void> {
  const recipe = recipes[name];
  await debianPackages(
    ['python3', 'make', 'g++', ...(name === 'floor' ? ['ripgrep'] : [])],
    'tools to build the VS Code for tests',
    report,
  );
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true }));
  if (recipe.node !== undefined) {
    await npm(process.execPath, folder, ['install', ...quiet, `${nodePackage()}@${recipe.node}`]);
    report(`Node ${recipe.node} for VS Code ${recipe.vscode} installed`);
  }
  const node = hostNode(name, folder);
  await npm(node, folder, ['install', ...quiet, `code-server@${recipe.codeServer}`]);
  report(`code-server ${recipe.codeServer} (VS Code ${recipe.vscode}) installed`);
  const vscode = path.join(folder, 'node_modules/code-server/lib/vscode');
  await npm(node, vscode, ['install', '--omit=dev', ...quiet]);
  report('its libraries installed');
  // of nine native modules only these matter: without spdlog every output channel stays empty, without the
  // watchdog the host complains; kerberos would want system headers
  const native = ['@vscode/spdlog', '@vscode/native-watchdog'];
  await npm(node, vscode, ['rebuild', ...native]);
  for (const module of native)
    if (!existsSync(path.join(vscode, 'node_modules', module, 'build/Release'))) throw new Error(`${module} was not built in ${vscode}`);
  report('its native modules built');
  if (name === 'floor') linkRipgrep(vscode);
}

const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

async function npm(node: string, cwd: string, args: readonly string[]): Promise<void> {
  const { command, args: all, env } = npmCommand(args, node);
  const headers = path.resolve(path.dirname(node), '..');
  const withHeaders = existsSync(path.join(headers, 'include/node/node.h')) ? { ...env, npm_config_nodedir: headers } : env;
  await runChild(command, all, { cwd, env: withHeaders, deadlineMs: 10 * 60_000, output: 'quiet' });
}

/** 1.110 downloads its ripgrep in an install script; the system's takes its place, or files cannot be searched. */
function linkRipgrep(vscode: string): void {
  const place = path.join(vscode, 'node_modules/@vscode/ripgrep/bin/rg');
  const ripgrep = (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, 'rg'))
    .find((file) => existsSync(file));
  if (!ripgrep || existsSync(place)) return;
  mkdirSync(path.dirname(place), { recursive: true });
  symlinkSync(ripgrep, place);
}
