import { mochaSuite } from './mochaSuite';

/*
 * mocha in the Node for tests, with the same output and counts as in the extension host.
 *   node runMocha.js <milliseconds per test> <file>...
 */
const [timeout, ...files] = process.argv.slice(2);

mochaSuite({ files, timeoutMs: Number(timeout), print: console.log, grep: process.env.KREA_TEST_GREP }).then(
  // what a test left open must not keep the run alive
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    process.exit(1);
  },
);
