import path from 'node:path';

export interface NpmCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** npm as a program to start: by the given Node where we were started by npm, else the npm on the PATH. */
export function npmCommand(args: readonly string[], node: string = process.execPath): NpmCommand {
  const env = { ...process.env };
  env.PATH = `${path.dirname(node)}${path.delimiter}${env.PATH ?? ''}`;
  // what `npm run` says about the outer project would send an install there
  for (const name of Object.keys(env))
    if (/^(npm_package_|npm_lifecycle_|npm_config_local_prefix$|npm_command$|INIT_CWD$)/i.test(name)) delete env[name];
  const npm = process.env.npm_execpath;
  return npm && /^npm-cli\.c?js$/.test(path.basename(npm))
    ? { command: node, args: [npm, ...args], env }
    : { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args, env };
}
