import { createServer } from 'node:http';
import { performServerHandshake, type ServerHttp2Session } from 'node:http2';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import type { Http2Handler } from './http2Origin';
import type { Handler, Origin } from './origin';

/** TLS on any port of 127.0.0.1; the client chooses HTTP/2 or HTTP/1.1, as at Cloudflare. */
export async function openSecureOrigin(
  certificate: { readonly cert: string; readonly key: string },
  handler: Handler,
  http2Handler: Http2Handler,
  onDefect: (defect: unknown) => void,
): Promise<Origin> {
  const sockets = new Set<TLSSocket>();
  const plain = createServer((request, response) => {
    response.sendDate = false;
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    handler(request, response).catch(onDefect);
  });
  const server = createTlsServer({ ...certificate, ALPNProtocols: ['h2', 'http/1.1'] }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    if (socket.alpnProtocol === 'h2') listen(performServerHandshake(socket));
    else plain.emit('connection', socket);
  });
  const listen = (session: ServerHttp2Session) => {
    session.on('error', () => undefined);
    session.on('stream', (stream, headers) => {
      stream.on('error', () => undefined);
      http2Handler(stream, headers).catch(onDefect);
    });
  };
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The simulator is not listening on a port.');
  return {
    base: `https://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
