import { Network, type NetworkWay } from '../../src/krea/network';
import type { Deadlines, OpenReply, Reply, SendReply } from '../../src/krea/transport';

/** Tells the lab what is under way, so that it does not turn the clock meanwhile. */
export class CountedNetwork extends Network {
  constructor(
    private readonly lab: { inFlight: number },
    way: NetworkWay,
    deadlines: Deadlines,
  ) {
    super(way, { strictCertificates: true }, deadlines);
  }

  override get(...args: Parameters<Network['get']>): Promise<Reply> {
    return this.counted(super.get(...args));
  }

  override send(...args: Parameters<Network['send']>): Promise<SendReply> {
    return this.counted(super.send(...args));
  }

  override open(...args: Parameters<Network['open']>): Promise<OpenReply> {
    return this.counted(super.open(...args));
  }

  private async counted<T>(call: Promise<T>): Promise<T> {
    this.lab.inFlight += 1;
    try {
      return await call;
    } finally {
      this.lab.inFlight -= 1;
    }
  }
}
