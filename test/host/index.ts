import { mochaSuite } from '../support/mochaSuite';
import { testFiles } from '../support/testFiles';

/** VS Code mixes the host's console with its own log; only lines with the runner's mark are shown. */
const mark = process.env.KREA_TEST_MARK ?? '';

/** Runs the named test files of the built host folder. The runner of window scenarios calls this with one phase. */
export async function runFiles(files: readonly string[]): Promise<void> {
  await mochaSuite({ files, timeoutMs: 30_000, print: (line) => console.log(mark + line), grep: process.env.KREA_TEST_GREP });
}

/** What VS Code calls in the extension host: all tests but those of window scenarios. */
export async function run(): Promise<void> {
  await runFiles(testFiles('host'));
}
