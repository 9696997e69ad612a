import { parentPort } from 'node:worker_threads';
import { isObject } from './json';
import { readOpenApi } from './readOpenApi';

/** A bundle of its own (see esbuild.js): the thread that `readInWorker` starts. Reads one description and ends. */
parentPort?.once('message', (message: unknown) => {
  if (isObject(message) && typeof message.text === 'string' && typeof message.date === 'string')
    parentPort?.postMessage(readOpenApi(message.text, message.date));
});
