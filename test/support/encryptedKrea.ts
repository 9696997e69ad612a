import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { privateAuthority } from './privateAuthority';

/** Where the plain service listens. */
export interface PlainKrea {
  readonly apiBase: string;
  readonly fileBase: string;
}

/**
 * The simulator behind TLS, as Krea is: with a certificate of a private authority, as krea.test and files.krea.test to
 * a proxy that leads every name here, and as 127.0.0.2, which the editor does not count as this machine.
 */
export class EncryptedKrea {
  static async start(krea: PlainKrea): Promise<EncryptedKrea> {
    const servers: Server[] = [];
    let port = 0;
    for (const host of ['127.0.0.1', '127.0.0.2']) {
      const server = createServer(privateAuthority, (incoming, answer) => passOn(krea, incoming, answer));
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('The encrypted service is not listening on a port.');
      port = address.port;
      servers.push(server);
    }
    return new EncryptedKrea(port, servers);
  }

  private constructor(
    readonly port: number,
    private readonly servers: readonly Server[],
  ) {}

  /** For a window whose way goes past every proxy. */
  get nearBase(): string {
    return `https://127.0.0.2:${this.port}`;
  }

  async close(): Promise<void> {
    await Promise.all(
      this.servers.map((server) => {
        server.closeAllConnections();
        return new Promise((resolve) => server.close(resolve));
      }),
    );
  }
}

function passOn({ apiBase, fileBase }: PlainKrea, incoming: IncomingMessage, answer: ServerResponse): void {
  const { host = '' } = incoming.headers;
  const ofFiles = /^\/(videos|previews)\//.test(incoming.url ?? '');
  const shownFileBase = host === 'krea.test' ? 'https://files.krea.test' : `https://${host}`;
  const onward = request(new URL(incoming.url ?? '/', ofFiles ? fileBase : apiBase), {
    method: incoming.method,
    headers: incoming.headers,
  });
  onward.on('response', (response) => {
    const { 'content-length': _, ...headers } = response.headers;
    const pieces: Buffer[] = [];
    response.on('data', (piece: Buffer) => pieces.push(piece));
    response.on('error', () => incoming.socket.destroy());
    response.on('end', () => {
      const body = Buffer.concat(pieces);
      const shown = ofFiles ? body : Buffer.from(body.toString('utf8').replaceAll(fileBase, shownFileBase));
      answer.writeHead(response.statusCode ?? 502, { ...headers, 'content-length': shown.length });
      answer.end(shown);
    });
  });
  // what breaks behind us breaks in front of us
  onward.on('error', () => incoming.socket.destroy());
  incoming.pipe(onward);
}
