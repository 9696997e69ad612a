import { Worker } from 'node:worker_threads';

/** Certificates as PEM texts; empty where there are none to be had. Never rejects. */
export type ReadCertificates = () => Promise<readonly string[]>;

/** Milliseconds. Keychains and domain controllers have been seen to take many seconds. */
const deadline = 60_000;

// Node 22.15 and later; an older one answers with nothing. One unreadable certificate would spoil all the others.
const source = `
const { X509Certificate } = require('node:crypto');
const { getCACertificates } = require('node:tls');
const { parentPort } = require('node:worker_threads');
const readable = (pem) => {
  try {
    return new X509Certificate(pem) !== undefined;
  } catch {
    return false;
  }
};
const all = getCACertificates ? ['default', 'system', 'extra'].flatMap((kind) => getCACertificates(kind)) : [];
parentPort.postMessage([...new Set(all)].filter(readable));
`;

let session: Promise<readonly string[]> | undefined;

/**
 * What Node trusts anyway, what the system trusts, and NODE_EXTRA_CA_CERTS. Read once a session and in a thread of its
 * own: the system's store can block for seconds, and the extension host is shared.
 */
export const systemCertificates: ReadCertificates = () => {
  session ??= readInWorker();
  return session;
};

function readInWorker(): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const worker = new Worker(source, { eval: true, execArgv: [], name: 'system certificates' });
    worker.unref();
    const end = (certificates: readonly string[]): void => {
      clearTimeout(late);
      resolve(certificates);
    };
    const late = setTimeout(end, deadline, []);
    worker.once('message', (certificates: unknown) =>
      end(Array.isArray(certificates) ? certificates.filter((pem) => typeof pem === 'string') : []),
    );
    worker.once('error', () => end([]));
    worker.once('exit', () => end([]));
  });
}
