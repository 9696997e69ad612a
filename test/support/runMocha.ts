import { mochaSuite, WaitRanOut } from './mochaSuite';
import { waitRanOutExitCode } from './testFiles';

/*
 * mocha in the Node for tests, with the same output and counts as in the extension host.
 *   node runMocha.js <milliseconds per test> <file>...
 */
const [timeout, ...files] = process.argv.slice(2);
const mayRepeat = process.env.KREA_TEST_MAY_REPEAT === '1';

mochaSuite({ files, timeoutMs: Number(timeout), print: console.log, grep: process.env.KREA_TEST_GREP, mayRepeat }).then(
  // what a test left open must not keep the run alive
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    process.exit(error instanceof WaitRanOut ? waitRanOutExitCode : 1);
  },
);
