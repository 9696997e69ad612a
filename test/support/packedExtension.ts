import { npmCommand } from './npmCommand';
import { projectRoot, vsixFile } from './projectRoot';
import { runChild } from './runChild';

/** Packs the extension as it is published, and gives the file. */
export async function packedExtension(): Promise<string> {
  const { command, args, env } = npmCommand(['run', '--silent', 'package']);
  await runChild(command, args, { cwd: projectRoot, env, deadlineMs: 3 * 60_000, output: 'quiet' });
  return vsixFile;
}
