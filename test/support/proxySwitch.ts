import { connect, createServer, type Server, type Socket } from 'node:net';

/** One address that is now this server of the machine, now that one, now none, as settings of an editor cannot change so fast. */
export class ProxySwitch {
  static async open(to: number): Promise<ProxySwitch> {
    const made = new ProxySwitch();
    await made.lead(to);
    return made;
  }

  private server: Server | undefined;
  private port = 0;
  private readonly sockets = new Set<Socket>();

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** From now on every new connection leads to that port; old ones break. */
  async lead(to: number): Promise<void> {
    await this.close();
    const server = createServer((socket) => {
      const onward = connect(to, '127.0.0.1');
      socket.pipe(onward).pipe(socket);
      for (const [one, other] of [
        [socket, onward],
        [onward, socket],
      ] as const) {
        this.sockets.add(one);
        one.on('error', () => other.destroy());
        one.on('close', () => this.sockets.delete(one));
      }
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(this.port, '127.0.0.1', resolve));
    const address = server.address();
    if (address !== null && typeof address === 'object') this.port = address.port;
  }

  /** Nobody listens here any more. */
  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}
