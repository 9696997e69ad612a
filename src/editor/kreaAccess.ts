import type { Connection } from '../jobs/jobParts';
import { KreaClient } from '../krea/kreaClient';
import { Network } from '../krea/network';
import { setContextKey } from './contextKeys';
import { noteTokenSource } from './noteTokenSource';
import { settings } from './settings';
import type { TokenStore } from './tokenStore';

/** The way to Krea as the settings have it, and the account that goes it. */
export class KreaAccess {
  private way = new Network(settings.network(), settings.proxy());
  private readonly noteTokenSource: ReturnType<typeof noteTokenSource>;

  constructor(
    private readonly tokens: TokenStore,
    /** Name and version, as the service is told them. */
    private readonly product: string,
    log: (line: string) => void,
  ) {
    this.noteTokenSource = noteTokenSource(log);
  }

  get network(): Network {
    return this.way;
  }

  /** `undefined` without a token, or where the address of the settings is none. */
  async connect(): Promise<Connection | undefined> {
    const apiBase = settings.apiBase();
    const held = apiBase && (await this.tokens.get(apiBase));
    setContextKey('hasToken', held !== undefined);
    if (!apiBase || !held) return undefined;
    this.noteTokenSource(held.source);
    return { client: new KreaClient(this.way, apiBase, held.token, this.product), network: this.way, account: held.account };
  }

  /** By the settings of now. What is under way on the old one ends. */
  async renewNetwork(): Promise<void> {
    const old = this.way;
    this.way = new Network(settings.network(), settings.proxy());
    await old.close();
  }

  async dispose(): Promise<void> {
    await this.way.close();
  }
}
