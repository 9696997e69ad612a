import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type ExtensionContext, workspace } from 'vscode';
import { bundledCatalogue } from '../catalogue/bundledCatalogue';
import { LiveCatalogue } from '../catalogue/liveCatalogue';
import type { Catalogue, CatalogueTrouble } from '../catalogue/model';
import { readInWorker } from '../catalogue/readInWorker';
import { sunsetOf } from '../catalogue/sunsetOf';
import type { Clock } from '../jobs/clock';
import type { Job } from '../jobs/job';
import type { Network } from '../krea/network';
import { askOpenApi, readOpenApiReply } from '../krea/openApi';
import type { Reply } from '../krea/transport';
import { settings } from './settings';

export interface ModelsHereParts {
  readonly context: Pick<ExtensionContext, 'extensionPath' | 'globalStorageUri'>;
  /** Name and version, as the service is told them. */
  readonly product: string;
  readonly clock: Pick<Clock, 'wall' | 'wait'>;
  readonly network: () => Network;
  /** The demo asks nobody. */
  readonly offline: () => boolean;
  readonly log: (line: string) => void;
}

/** What became of asking: without trouble the list in use is the one that came. */
export interface Renewal {
  readonly reply: Reply;
  readonly trouble?: CatalogueTrouble;
}

/** The models on offer at the address in use; of each address apart, since a simulator's prices are not Krea's. */
export class ModelsHere {
  private readonly addresses = new Map<string, LiveCatalogue>();

  constructor(private readonly parts: ModelsHereParts) {}

  /** Asks Krea when the list at hand is older than an hour. */
  async offered(): Promise<Catalogue> {
    return (this.here() ?? bundledCatalogue).load(AbortSignal.timeout(10_000));
  }

  /** What is at hand, without asking anybody. */
  async held(): Promise<Catalogue> {
    return this.here()?.held() ?? bundledCatalogue.load(AbortSignal.timeout(10_000));
  }

  /** Asks Krea now. The answer is kept. */
  async renew(signal: AbortSignal): Promise<Renewal | undefined> {
    const apiBase = settings.apiBase();
    const live = this.here();
    if (!apiBase || !live || !workspace.isTrusted) return undefined;
    const reply = await askOpenApi({ network: this.parts.network(), apiBase, product: this.parts.product }, signal);
    signal.throwIfAborted();
    const trouble = await live.take(readOpenApiReply(reply));
    return { reply, ...(trouble && { trouble }) };
  }

  /** Keeps what the answer to a job of ours said of the end of its model; whether it said anything. */
  async noteEnd({ apiBase, order, state }: Pick<Job, 'apiBase' | 'order' | 'state'>): Promise<boolean> {
    const live = this.here();
    if (!live || apiBase !== settings.apiBase()?.href) return false;
    const isOver = state.name === 'refused' && state.status === 410;
    if (isOver) await live.noteSunset(order.model.id, sunsetOf(state, true));
    else if ('sunset' in state && state.sunset) await live.noteSunset(order.model.id, sunsetOf(state.sunset, false));
    else return false;
    return true;
  }

  dispose(): void {
    for (const live of this.addresses.values()) live.dispose();
  }

  private here(): LiveCatalogue | undefined {
    const apiBase = this.parts.offline() ? undefined : settings.apiBase();
    if (!apiBase) return undefined;
    const known = this.addresses.get(apiBase.href);
    if (known) return known;
    const made = this.at(apiBase);
    this.addresses.set(apiBase.href, made);
    return made;
  }

  private at(apiBase: URL): LiveCatalogue {
    const { context, network, product, clock, log } = this.parts;
    return new LiveCatalogue({
      folder: join(context.globalStorageUri.fsPath, 'catalogue', createHash('sha256').update(apiBase.href).digest('hex').slice(0, 16)),
      ask: async (etag, signal) =>
        readOpenApiReply(await askOpenApi({ network: network(), apiBase, product, ...(etag !== undefined && { etag }) }, signal)),
      read: (text, date) => readInWorker(join(context.extensionPath, 'dist', 'lib', 'openApiWorker.js'), text, date),
      bundled: bundledCatalogue,
      // in Restricted Mode nothing is sent
      mayAsk: () => workspace.isTrusted,
      wall: () => clock.wall(),
      wait: (ms, signal) => clock.wait(ms, signal),
      log,
    });
  }
}
