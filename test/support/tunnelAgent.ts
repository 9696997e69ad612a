import { request as httpRequest } from 'node:http';
import { Agent, type AgentOptions, type RequestOptions } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';

/**
 * Leads every call through a proxy, as the agent does that VS Code puts under `node:https` where a proxy script says so.
 * As there, a refusal of the proxy comes back as if the service had given it, on a socket that leads nowhere.
 */
export class TunnelAgent extends Agent {
  constructor(
    private readonly proxy: URL,
    private readonly trust: AgentOptions = {},
  ) {
    super({ keepAlive: false });
  }

  override createConnection(options: RequestOptions, ready: (error: Error | null, socket: Duplex) => void): undefined {
    const { username, password, hostname, port } = this.proxy;
    const target = `${options.host}:${options.port ?? 443}`;
    const basic = Buffer.from(`${username}:${password}`).toString('base64');
    const headers = username ? { 'proxy-authorization': `Basic ${basic}` } : {};
    const call = httpRequest({ method: 'CONNECT', host: hostname, port, path: target, headers, agent: false });
    call.once('error', (error) => ready(error, new Socket()));
    call.once('connect', (answer, socket) => {
      if (answer.statusCode === 200) return ready(null, connectTls({ ...this.trust, socket, servername: options.host ?? '' }));
      socket.destroy();
      const deadEnd = new Socket({ writable: false });
      ready(null, deadEnd);
      setImmediate(() => {
        deadEnd.push(`HTTP/1.1 ${answer.statusCode} No\r\ncontent-length: 0\r\n\r\n`);
        deadEnd.push(null);
      });
    });
    call.end();
    return undefined;
  }
}
