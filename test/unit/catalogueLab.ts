import { join } from 'node:path';
import { bundledCatalogue } from '../../src/catalogue/bundledCatalogue';
import { type DescriptionAnswer, LiveCatalogue, type LiveCatalogueParts } from '../../src/catalogue/liveCatalogue';
import type { Catalogue } from '../../src/catalogue/model';
import { readOpenApi } from '../../src/catalogue/readOpenApi';
import { Network } from '../../src/krea/network';
import { askOpenApi, readOpenApiReply } from '../../src/krea/openApi';
import { type TurnableClock, turnableClock } from '../../src/simulator/clock';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import type { SwitchChange } from '../../src/simulator/switches';
import { emptyFolder } from '../support/emptyFolder';
import { textClip } from './simulatorCalls';

/** Windows that share one storage folder, one simulator and one clock. */
export class CatalogueLab {
  readonly folder = emptyFolder();
  readonly told: string[] = [];
  private readonly network = new Network('direct', { strictCertificates: true });
  private readonly windows: LiveCatalogue[] = [];

  private constructor(
    readonly simulator: Simulator,
    readonly clock: TurnableClock,
  ) {}

  static async open(switches: SwitchChange = {}): Promise<CatalogueLab> {
    const clock = turnableClock();
    return new CatalogueLab(await startSimulator({ clock, makeClip: textClip, switches }), clock);
  }

  async close(): Promise<void> {
    for (const window of this.windows) window.dispose();
    await this.network.close();
    await this.simulator.close();
  }

  window(change: Partial<LiveCatalogueParts> = {}): LiveCatalogue {
    const window = new LiveCatalogue({
      folder: join(this.folder, 'catalogue'),
      ask: (etag, signal) => this.ask(etag, signal),
      read: async (text, date) => readOpenApi(text, date),
      bundled: bundledCatalogue,
      mayAsk: () => true,
      wall: () => this.clock.now(),
      wait: (ms, signal) =>
        new Promise((resolve) => {
          const callOff = this.clock.at(this.clock.now() + ms, resolve);
          signal.addEventListener(
            'abort',
            () => {
              callOff();
              resolve();
            },
            { once: true },
          );
        }),
      log: (line) => this.told.push(line),
      ...change,
    });
    this.windows.push(window);
    return window;
  }

  async ask(etag: string | undefined, signal: AbortSignal): Promise<DescriptionAnswer> {
    const question = { network: this.network, apiBase: new URL(this.simulator.apiBase), product: 'krea-video/test' };
    return readOpenApiReply(await askOpenApi({ ...question, ...(etag !== undefined && { etag }) }, signal));
  }

  /** As a window does that has just opened. */
  load(window = this.window()): Promise<Catalogue> {
    return window.load(AbortSignal.timeout(20_000));
  }

  /** Answers to the question for the description so far. */
  get asked(): readonly (number | string | undefined)[] {
    return this.simulator.requests.filter(({ path }) => path === '/openapi.json').map(({ answer }) => answer);
  }

  hoursLater(hours: number): Promise<void> {
    return this.clock.advance(hours * 3_600_000);
  }
}
