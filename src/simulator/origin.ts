import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** An HTTP server on a port of its own of 127.0.0.1. */
export interface Origin {
  /** As in `http://127.0.0.1:4571`. */
  readonly base: string;
  /** Stops listening and breaks every open connection. */
  close(): Promise<void>;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Port 0 takes any free one. A handler that throws is a defect of the simulator: it is told to `onDefect` and answered 500. */
export async function openOrigin(port: number, handler: Handler, onDefect: (defect: unknown) => void): Promise<Origin> {
  const server = createServer((request, response) => {
    response.sendDate = false;
    // broken connections are part of the play
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    handler(request, response).catch((defect) => {
      onDefect(defect);
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain' });
      response.end('The simulator failed.');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The simulator is not listening on a port.');
  return {
    base: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Only its path and query are meant; a client that sends two slashes asks for a path that does not exist. */
export const urlOf = ({ url = '/' }: IncomingMessage) => new URL(`http://simulator.invalid${url.startsWith('/') ? url : '/'}`);

/** Rejects when the client leaves before the end. */
export async function readAll(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}
