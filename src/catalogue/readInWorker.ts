import { Worker } from 'node:worker_threads';
import type { ReadOpenApi } from './readOpenApi';

/** Milliseconds. The description of October 2026 takes less than 100. */
const deadline = 20_000;

/**
 * Reads a description in a thread of its own, so that the one which all extensions share does not wait for 2 MB of
 * JSON. `file`: the built openApiWorker. Never rejects.
 */
export function readInWorker(file: string, text: string, date: string): Promise<ReadOpenApi> {
  return new Promise((resolve) => {
    const worker = new Worker(file, { execArgv: [], name: 'models' });
    worker.unref();
    const end = (read: ReadOpenApi): void => {
      clearTimeout(late);
      resolve(read);
      void worker.terminate();
    };
    const fail = (detail: string) => () => end({ kind: 'trouble', trouble: { kind: 'notOpenApi', detail } });
    const late = setTimeout(fail('late'), deadline);
    late.unref();
    // our own thread has made it of one type
    worker.once('message', (read: ReadOpenApi) => end(read));
    worker.once('error', fail('thread'));
    worker.once('exit', fail('thread'));
    worker.postMessage({ text, date });
  });
}
