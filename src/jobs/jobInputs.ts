import type { Asset, UploadAnswer } from '../krea/assetUpload';
import type { KreaClient } from '../krea/kreaClient';
import type { Refusal } from '../krea/refusal';
import { addressed, standIn } from './addressed';
import { failPoint } from './failPoint';
import { type ContentTrouble, contentOf, contentTrouble } from './inputFile';
import type { InputFailure, Job, JobState, JsonObject, OrderInput } from './job';
import type { JobParts } from './jobParts';
import { KnownAssets } from './knownAssets';
import { whileIntended } from './whileIntended';

/** Milliseconds for which a file that was seen at Krea is not asked after again. */
const trustedFor = 600_000;

/** Milliseconds before each new try of an upload that did not come through: it is free, and starts nothing. */
const pauses = [2000, 5000];

export type InputsReady =
  /** What to send. `uploaded`: something went out since the connection was last proven. */
  | { readonly kind: 'ready'; readonly body: JsonObject; readonly uploaded: boolean }
  | { readonly kind: 'busy'; readonly waitMs?: number }
  | { readonly kind: 'not'; readonly state: JobState }
  /** The row is *intended* no more, or this window is closing. */
  | { readonly kind: 'left' };

type NotReady = Exclude<InputsReady, { kind: 'ready' }>;

/**
 * The files of one job on their way to Krea: each content is uploaded once for an account and remembered. The job stays
 * *intended* meanwhile, so that whatever ends the upload, nothing was sent.
 */
export class JobInputs {
  private readonly known: KnownAssets;
  /** By content. `fresh`: uploaded for this very job. */
  private readonly assets = new Map<string, { readonly asset: Asset; readonly fresh: boolean }>();
  /** Ids at Krea that it did not take in a request. */
  private readonly lost = new Set<string>();
  private readonly inputs: readonly OrderInput[];
  private uploaded = false;

  constructor(
    private readonly job: Job,
    private readonly parts: JobParts,
  ) {
    this.known = new KnownAssets(parts.ledger.file);
    this.inputs = job.order.inputs ?? [];
  }

  async ready(client: KreaClient, signal: AbortSignal): Promise<InputsReady> {
    this.uploaded = false;
    for (const input of this.inputs) {
      if (this.assets.has(input.sha256)) continue;
      const trouble = await this.provide(input, client, signal);
      if (trouble) return trouble;
    }
    const addresses = new Map([...this.assets].map(([sha256, { asset }]) => [standIn(sha256), asset.address]));
    return { kind: 'ready', body: addressed(this.job.order.body, addresses), uploaded: this.uploaded };
  }

  /** The field that a refusal speaks of, if it is one with a file of this job; empty when it does not say which. */
  refused({ fields, message }: Refusal, status: number): string | undefined {
    if (this.inputs.length === 0 || (status !== 400 && status !== 422)) return undefined;
    const named = this.inputs.find(({ role }) => fields.some((field) => field === role || field.startsWith(`${role.split('.')[0]}`)));
    if (named) return named.role;
    if (!/\basset|input file|\b(image|video|audio)\b|\bfile\b|fetch/i.test(message)) return undefined;
    const [only, ...others] = this.inputs;
    return others.length === 0 ? (only?.role ?? '') : '';
  }

  /** Whether what Krea refused were files that it may have lost: they go up anew then. Once a job; a second no is one. */
  distrustStale(): boolean {
    const stale = [...this.assets].filter(([, { fresh }]) => !fresh);
    for (const [sha256, { asset }] of stale) {
      this.assets.delete(sha256);
      this.lost.add(asset.id);
    }
    return stale.length > 0;
  }

  /** `undefined` when the file is at Krea. */
  private async provide(input: OrderInput, client: KreaClient, signal: AbortSignal): Promise<NotReady | undefined> {
    const { job, known, parts } = this;
    const { clock, rate } = parts;
    const before = await known.find(job, input.sha256);
    if (!before || this.lost.has(before.id)) return this.upload(input, client, signal);
    if (Math.abs(clock.wall() - before.seenAt) < trustedFor) return this.use(input, before, false);
    await rate.turn(signal, 'act');
    const look = await client.asset(before.id, signal);
    if (signal.aborted) return { kind: 'left' };
    switch (look.kind) {
      case 'found':
        await known.keep(job, input.sha256, { ...look.value, seenAt: clock.wall() });
        return this.use(input, look.value, false);
      case 'noAccess':
        if (look.status === 401) return this.refusedAccess(look.status, look.refusal.message);
        break;
      case 'notFound':
        break;
      case 'trouble':
        if (look.status === 429) return { kind: 'busy', ...(look.waitMs !== undefined && { waitMs: look.waitMs }) };
        return this.use(input, before, false); // the request itself will tell
    }
    await known.forget(job, input.sha256, before.id);
    return this.upload(input, client, signal);
  }

  private use(input: OrderInput, asset: Asset, fresh: boolean): undefined {
    this.assets.set(input.sha256, { asset: { id: asset.id, address: asset.address }, fresh });
  }

  private async upload(input: OrderInput, client: KreaClient, signal: AbortSignal): Promise<NotReady | undefined> {
    const { job, parts } = this;
    const { clock, ledger, log } = parts;
    if (!(await ledger.move(job, ['intended'], { name: 'intended', uploading: input.role }))) return { kind: 'left' };
    failPoint('upload: begins');
    return whileIntended(job, parts, signal, async (limit) => {
      for (let tries = 0; ; tries++) {
        const { answer, trouble } = await this.uploadOnce(input, client, limit);
        failPoint('upload: answered');
        if (limit.aborted && answer.kind !== 'uploaded') return { kind: 'left' };
        log(`${job.id}: upload of ${input.role} (${input.bytes} bytes): ${trouble ?? answer.kind}`);
        if (trouble) return this.failed(input, { why: trouble });
        switch (answer.kind) {
          case 'uploaded':
            this.uploaded = true;
            await this.known.keep(job, input.sha256, { ...answer.asset, seenAt: clock.wall() });
            failPoint('upload: written');
            return this.use(input, answer.asset, true);
          case 'busy':
            return answer;
          case 'noAccess':
            return this.refusedAccess(answer.status, answer.refusal.message);
          case 'refused': {
            const { status, refusal } = answer;
            return this.failed(input, { why: status === 413 ? 'tooLarge' : 'refused', status, message: refusal.message });
          }
          case 'trouble': {
            const pause = pauses[tries];
            if (pause === undefined) return this.not({ name: 'notSent', endedAt: clock.wall(), why: 'network', fault: answer.fault });
            await clock.wait(pause, limit);
          }
        }
      }
    });
  }

  private async uploadOnce(
    input: OrderInput,
    client: KreaClient,
    signal: AbortSignal,
  ): Promise<{ readonly answer: UploadAnswer; readonly trouble?: ContentTrouble }> {
    const { job, parts } = this;
    let trouble: ContentTrouble | undefined;
    const told = (sent: number, ended = false): void => parts.onUpload?.({ id: job.id, role: input.role, sent, bytes: input.bytes, ended });
    const content = async function* (): AsyncIterable<Uint8Array> {
      try {
        for await (const piece of contentOf(input, told)) {
          failPoint('upload: sending');
          yield piece;
        }
      } catch (error) {
        trouble = contentTrouble(error);
        throw error;
      }
    };
    await parts.rate.turn(signal, 'act');
    told(0);
    try {
      const { sha256, bytes, type, ending } = input;
      const answer = await client.upload({ sha256, bytes, mime: type, ending, content }, signal);
      return { answer, ...(trouble && { trouble }) };
    } finally {
      told(input.bytes, true);
    }
  }

  private failed({ role, shown }: OrderInput, failure: Omit<InputFailure, 'role' | 'name'>): NotReady {
    return this.not({ name: 'notSent', endedAt: this.parts.clock.wall(), why: 'input', input: { role, name: shown, ...failure } });
  }

  private refusedAccess(status: number, message: string): NotReady {
    return this.not({ name: 'refused', endedAt: this.parts.clock.wall(), status, message, evidence: { status, body: '' } });
  }

  private not(state: JobState): NotReady {
    return { kind: 'not', state };
  }
}
