import { CatalogueFiles, type KeptCatalogue, type Sunsets } from './catalogueFiles';
import { withParameters } from './keptModel';
import type { Catalogue, CatalogueSource, CatalogueTrouble, Model, Sunset } from './model';
import type { ReadOpenApi } from './readOpenApi';
import { renewModels } from './renewModels';

/** Milliseconds for which nobody asks again, over all windows; the second where no answer came. */
const askAgainAfter = 3_600_000;
const tryAgainAfter = 60_000;

/** Milliseconds for which a gesture waits for the service; the answer is kept even when it comes later. */
const patience = 4000;

/** What came when the service was asked for its description. */
export type DescriptionAnswer =
  | { readonly kind: 'description'; readonly text: string; readonly etag?: string }
  /** 304 */
  | { readonly kind: 'unchanged' }
  /** `answered`: something did answer, though nothing of use. */
  | { readonly kind: 'trouble'; readonly trouble: CatalogueTrouble; readonly answered: boolean };

export interface LiveCatalogueParts {
  /** What all windows share of this address. */
  readonly folder: string;
  /** Asks for the description; `etag` is that of the copy at hand. Has a deadline of its own and never rejects. */
  readonly ask: (etag: string | undefined, signal: AbortSignal) => Promise<DescriptionAnswer>;
  /** Reads a description, elsewhere than in the thread that people wait for. `date`: ISO day. */
  readonly read: (text: string, date: string) => Promise<ReadOpenApi>;
  readonly bundled: CatalogueSource;
  /** False where nothing may be sent. */
  readonly mayAsk: () => boolean;
  /** Wall time, ms. */
  readonly wall: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: (line: string) => void;
}

/**
 * The models as the service at one address offers them: asked for when first needed, at most once an hour over all
 * windows, and kept. Without an answer the older copy serves, and without one what came with the extension.
 */
export class LiveCatalogue implements CatalogueSource {
  private readonly files: CatalogueFiles;
  private readonly closed = new AbortController();
  private kept: KeptCatalogue | undefined;
  private catalogue: Catalogue | undefined;
  private asking: Promise<void> | undefined;

  constructor(private readonly parts: LiveCatalogueParts) {
    this.files = new CatalogueFiles(parts.folder);
  }

  async load(signal: AbortSignal): Promise<Catalogue> {
    signal.throwIfAborted();
    if (this.catalogue && this.isFresh(this.kept)) return this.catalogue;
    await this.lookAtDisk();
    if (this.isFresh(this.kept) || !this.parts.mayAsk()) return this.made();
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    const enough = new AbortController();
    const either = AbortSignal.any([signal, this.closed.signal, enough.signal]);
    await Promise.race([this.asking, this.parts.wait(patience, either).catch(() => undefined)]).finally(() => enough.abort());
    signal.throwIfAborted();
    return this.made();
  }

  /** What is at hand, without asking anybody. */
  async held(): Promise<Catalogue> {
    if (!this.isFresh(this.kept)) await this.lookAtDisk();
    return this.made();
  }

  /** Keeps an answer, or says why it is of no use. */
  async take(answer: DescriptionAnswer): Promise<CatalogueTrouble | undefined> {
    const at = this.parts.wall();
    const trouble = await this.settle(answer, at);
    const answered = answer.kind !== 'trouble' || answer.answered;
    await this.files.noteAsked({ at, answered, ...(trouble && { trouble }) });
    this.catalogue = undefined;
    if (trouble) this.parts.log(`models: ${trouble.kind} ${trouble.detail ?? ''}`);
    return trouble;
  }

  /** What an answer of the service has said of the end of a model. */
  async noteSunset(id: string, said: Omit<Sunset, 'seen'>): Promise<void> {
    const known = await this.files.sunsets();
    const before = known[id];
    const sunset: Sunset = { ...before, ...said, seen: dayOf(this.parts.wall()) };
    if (before && JSON.stringify({ ...before, seen: '' }) === JSON.stringify({ ...sunset, seen: '' })) return;
    await this.files.keepSunsets({ ...known, [id]: sunset });
    this.catalogue = undefined;
  }

  dispose(): void {
    this.closed.abort();
  }

  private async ask(): Promise<void> {
    const { ask, wall, log } = this.parts;
    try {
      const asked = await this.files.asked();
      const pause = asked?.answered === false ? tryAgainAfter : askAgainAfter;
      if (asked && Math.abs(wall() - asked.at) < pause) return;
      // another window that asks just now answers for this one too
      if (!(await this.files.claim(wall()))) return;
      try {
        const answer = await ask(this.kept?.etag, this.closed.signal);
        if (!this.closed.signal.aborted) await this.take(answer);
      } finally {
        await this.files.release();
      }
    } catch (error) {
      // a storage that cannot be written costs a newer list, no more
      log(`models: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Why the answer is of no use; the older copy stays then. */
  private async settle(answer: DescriptionAnswer, at: number): Promise<CatalogueTrouble | undefined> {
    switch (answer.kind) {
      case 'trouble':
        return answer.trouble;
      case 'unchanged':
        if (this.kept) await this.keep({ ...this.kept, confirmedAt: at });
        return undefined;
      case 'description': {
        const read = await this.parts.read(answer.text, dayOf(at));
        if (read.kind === 'trouble') return read.trouble;
        if (read.unreadable.length > 0) this.parts.log(`models: not understood: ${read.unreadable.join(' ')}`);
        const last = this.kept ?? (await this.parts.bundled.load(this.closed.signal));
        const { models, retired } = renewModels(read, last, dayOf(at));
        await this.keep({ models, retired, confirmedAt: at, ...(answer.etag !== undefined && { etag: answer.etag }) });
        return undefined;
      }
      default:
        return answer satisfies never;
    }
  }

  private async keep(kept: KeptCatalogue): Promise<void> {
    this.kept = kept;
    this.catalogue = undefined;
    await this.files.keep(kept);
  }

  /** Another window may have a newer one. */
  private async lookAtDisk(): Promise<void> {
    const found = await this.files.newlyKept();
    if (!found || (this.kept && found.confirmedAt <= this.kept.confirmedAt)) return;
    this.kept = found;
    this.catalogue = undefined;
  }

  private isFresh(kept: KeptCatalogue | undefined): boolean {
    return kept !== undefined && Math.abs(this.parts.wall() - kept.confirmedAt) < askAgainAfter;
  }

  private async made(): Promise<Catalogue> {
    const { kept } = this;
    const origin = !kept ? 'bundled' : this.isFresh(kept) ? 'live' : 'stored';
    if (this.catalogue?.origin === origin) return this.catalogue;
    const [asked, sunsets] = await Promise.all([this.files.asked(), this.files.sunsets()]);
    const base = kept
      ? { date: dayOf(kept.confirmedAt), models: kept.models.map(withParameters), retired: kept.retired }
      : await this.parts.bundled.load(this.closed.signal);
    const trouble = origin === 'live' ? undefined : asked?.trouble;
    const catalogue = withSunsets({ ...base, origin, ...(trouble && { trouble }) }, sunsets);
    this.catalogue = catalogue;
    return catalogue;
  }
}

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** A model that was refused as gone is offered again only by a list that is newer than this answer. */
function withSunsets(catalogue: Catalogue, sunsets: Sunsets): Catalogue {
  const of = (id: string): Sunset | undefined => (Object.hasOwn(sunsets, id) ? sunsets[id] : undefined);
  const isOver = ({ id }: Model): boolean => {
    const sunset = of(id);
    return sunset?.over === true && sunset.seen >= catalogue.date && catalogue.origin !== 'live';
  };
  const models = catalogue.models.filter((model) => !isOver(model));
  const retired = [...catalogue.retired, ...catalogue.models.filter(isOver).map(({ id, name }) => ({ id, name }))];
  return {
    ...catalogue,
    models: models.map((model) => {
      const sunset = of(model.id);
      return sunset ? { ...model, sunset } : model;
    }),
    retired: retired.map((model) => {
      const replacement = of(model.id)?.replacement;
      return replacement === undefined ? model : { ...model, replacement };
    }),
  };
}
