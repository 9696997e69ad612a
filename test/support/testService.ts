import assert from 'node:assert/strict';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Server } from 'node:net';

/** A certificate and its key, as PEM texts. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

/** A server of 127.0.0.1 that remembers what it was asked and does with it what a test says. */
export class TestService {
  /** Encrypted when it has a certificate. */
  static async start(certificate?: ServerCertificate): Promise<TestService> {
    let service: TestService | undefined;
    const handle = (request: IncomingMessage, response: ServerResponse): void => {
      service?.requests.push(`${request.method} ${request.url}`);
      service?.versions.add(request.httpVersion);
      request.resume();
      request.once('end', () => service?.act(request, response));
    };
    const server = certificate ? createHttpsServer(certificate, handle) : createHttpServer(handle);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    service = new TestService(server, address.port);
    server.on('connection', () => service && service.connections++);
    return service;
  }

  readonly requests: string[] = [];
  readonly versions = new Set<string>();
  connections = 0;
  /** What it does with the next request; by default it answers `{}`. */
  act: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => void response.end('{}');

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  async close(): Promise<void> {
    if ('closeAllConnections' in this.server && typeof this.server.closeAllConnections === 'function') this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
