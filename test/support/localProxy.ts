import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

export interface LocalProxy {
  readonly url: string;
  /** Method and target of every request it got, refused or not. */
  readonly seen: readonly string[];
  /** All that it could read of what passed, in both directions: heads, bodies, and the bytes inside its tunnels. */
  overheard(): string;
  close(): Promise<void>;
}

/**
 * A proxy of this machine that leads every name to the given port of 127.0.0.1, with a password if one is asked for.
 * With `refusal` it leads nowhere and answers that status instead.
 */
export async function startLocalProxy(port: number, password?: string, refusal?: number): Promise<LocalProxy> {
  const seen: string[] = [];
  const passed: Buffer[] = [];
  const hear = (chunk: unknown): void => void (Buffer.isBuffer(chunk) && passed.push(chunk));
  const open = new Set<Duplex>();
  const allowed = (authorization: string | undefined): boolean =>
    password === undefined || authorization === `Basic ${Buffer.from(`user:${password}`).toString('base64')}`;
  const server = createServer((incoming, answer) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    hear(Buffer.from(incoming.rawHeaders.join('\n')));
    incoming.on('data', hear);
    if (refusal) return void answer.writeHead(refusal).end();
    const { 'proxy-authorization': authorization, ...headers } = incoming.headers;
    if (!allowed(authorization)) return void answer.writeHead(407, { 'proxy-authenticate': 'Basic' }).end();
    const { pathname, search } = new URL(incoming.url ?? '');
    const onward = request({ host: '127.0.0.1', port, method: incoming.method, path: `${pathname}${search}`, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.on('data', hear);
      response.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  });
  server.on('connect', (incoming, socket) => {
    seen.push(`CONNECT ${incoming.url}`);
    hear(Buffer.from(incoming.rawHeaders.join('\n')));
    if (refusal) return void socket.end(`HTTP/1.1 ${refusal} No\r\nContent-Length: 0\r\n\r\n`);
    if (!allowed(incoming.headers['proxy-authorization']))
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n');
    const onward = connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('data', hear);
      one.pipe(other);
    }
  });
  server.on('connection', (socket) => open.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy is not listening on a port.');
  return {
    url: `http://${password === undefined ? '' : `user:${password}@`}127.0.0.1:${address.port}`,
    seen,
    overheard: () => Buffer.concat(passed).toString('latin1'),
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
