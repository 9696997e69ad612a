import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from './clock';
import { failPoint } from './failPoint';
import type { Ledger } from './ledger';
import { transaction, versionOf } from './ledgerFile';
import { LedgerTrouble } from './ledgerTrouble';
import type { WindowLock } from './windowLock';

/** The right of one window to look at the jobs of one account for all windows. What it writes names this right. */
export interface WatchLease {
  readonly account: string;
  readonly apiBase: string;
  readonly owner: string;
  readonly epoch: number;
  /** Grows each time that a window asks for a look at once. */
  readonly looksAsked: number;
}

export interface Observed {
  /** Owners whose window has ended. */
  readonly gone: ReadonlySet<string>;
  /** Owners whose window lives, as far as can be told, but has finished no work for some time: it is stopped. */
  readonly still: ReadonlySet<string>;
  /** The machine slept, or its clock jumped, since the last check. */
  readonly woke: boolean;
}

/** Milliseconds between two checks of a beat, and how many must find the same one. */
export const checkEvery = 5000;
const checksUntilStill = 4;
/** Milliseconds after which a check comes too late to say anything of others: this window itself may have stood still. */
const lateAfter = 2 * checkEvery;
/** Milliseconds between the wall clock and the monotonic one from which on one of them jumped. */
const driftAtMost = 5000;
/** Stands in place of an owner once it has given up a watch. */
const nobody = '';

/** What windows know of each other: who lives, who works, who watches. No moment of expiry is stored: clocks jump. */
export class Leases {
  private checked: { readonly wall: number; readonly monotonic: number } | undefined;
  private seen = new Map<string, { readonly beat: number; readonly checks: number }>();

  constructor(
    private readonly ledger: Pick<Ledger, 'file' | 'windows'>,
    private readonly lock: WindowLock,
    private readonly clock: Clock,
  ) {}

  /** Says that this window has finished a piece of work. Never called by a timer of its own: that would outlive the work. */
  async beat(): Promise<void> {
    await this.ledger.windows.use((database) =>
      transaction(database, () =>
        database
          .prepare('INSERT INTO beats (owner, beat) VALUES (?, 1) ON CONFLICT (owner) DO UPDATE SET beat = beat + 1')
          .run(this.lock.owner),
      ),
    );
    failPoint('beat: written');
  }

  /** Checks the windows that others' rows and watches belong to. Counts only checks that are neither early nor late. */
  async observe(owners: Iterable<string>): Promise<Observed> {
    const now = { wall: this.clock.wall(), monotonic: this.clock.monotonic() };
    const passed = this.checked && { wall: now.wall - this.checked.wall, monotonic: now.monotonic - this.checked.monotonic };
    const woke = passed !== undefined && Math.abs(passed.wall - passed.monotonic) >= driftAtMost;
    const late = passed === undefined || woke || passed.monotonic > lateAfter;
    const counts = late || passed.monotonic >= checkEvery;
    if (counts) this.checked = now;
    if (late) this.seen.clear();

    const others = [...new Set(owners)].filter((owner) => owner !== this.lock.owner && owner !== nobody);
    const gone = new Set<string>();
    for (const owner of others) if (await this.lock.isFree(owner)) gone.add(owner);
    const alive = others.filter((owner) => !gone.has(owner));
    if (counts) await this.count(alive);
    const still = new Set(alive.filter((owner) => (this.seen.get(owner)?.checks ?? 0) >= checksUntilStill));
    return { gone, still, woke };
  }

  /** The watch of an account, if it is this window's or may become so. `free` are owners that have lost their rights. */
  async claimWatch(account: string, apiBase: string, free: ReadonlySet<string>): Promise<WatchLease | undefined> {
    return this.ledger.file.use((database) => {
      if (versionOf(database) > this.ledger.file.version) throw new LedgerTrouble('newer'); // whoever wrote it watches on
      const held = readWatch(database, account, apiBase);
      if (held?.owner === this.lock.owner) return held;
      if (held && held.owner !== nobody && !free.has(held.owner)) return undefined;
      return transaction(database, () => {
        const now = readWatch(database, account, apiBase);
        if (now && (now.owner !== held?.owner || now.epoch !== held.epoch)) return undefined; // another was first
        const lease = { account, apiBase, owner: this.lock.owner, epoch: (now?.epoch ?? 0) + 1, looksAsked: now?.looksAsked ?? 0 };
        database
          .prepare('INSERT OR REPLACE INTO watches (account, api_base, owner, epoch, looks_asked) VALUES (?, ?, ?, ?, ?)')
          .run(account, apiBase, lease.owner, lease.epoch, lease.looksAsked);
        failPoint('lease: claimed');
        return lease;
      });
    });
  }

  async watchers(): Promise<readonly WatchLease[]> {
    return this.ledger.file.use((database) => database.prepare('SELECT * FROM watches').all().flatMap(leaseOf));
  }

  /** Asks whoever watches to look at once. */
  async askForLook(): Promise<void> {
    await this.ledger.file.use((database) =>
      transaction(database, () => database.exec('UPDATE watches SET looks_asked = looks_asked + 1')),
    );
  }

  /** Gives up every watch, and one's place among those who are observed. */
  async rest(): Promise<void> {
    this.checked = undefined;
    this.seen.clear();
    const { owner } = this.lock;
    const { file } = this.ledger;
    if (!file.exists) return;
    await this.forget(new Set([owner]));
    await file.use((database) => {
      if (!database.prepare('SELECT 1 FROM watches WHERE owner = ?').get(owner)) return;
      transaction(database, () => database.prepare('UPDATE watches SET owner = ?, epoch = epoch + 1 WHERE owner = ?').run(nobody, owner));
    });
  }

  /** Forgets windows that are no more. */
  async forget(gone: ReadonlySet<string>): Promise<void> {
    if (gone.size === 0) return;
    await this.ledger.windows.use((database) =>
      transaction(database, () => {
        for (const owner of gone) database.prepare('DELETE FROM beats WHERE owner = ?').run(owner);
      }),
    );
  }

  private async count(owners: readonly string[]): Promise<void> {
    if (owners.length === 0) return void this.seen.clear();
    const beats = await this.ledger.windows.use((database) => database.prepare('SELECT owner, beat FROM beats').all());
    const known = new Map(beats.map(({ owner, beat }) => [String(owner), Number(beat)]));
    this.seen = new Map(
      owners.map((owner) => {
        const beat = known.get(owner) ?? 0;
        const before = this.seen.get(owner);
        return [owner, { beat, checks: before?.beat === beat ? before.checks + 1 : 1 }];
      }),
    );
  }
}

function readWatch(database: DatabaseSync, account: string, apiBase: string): WatchLease | undefined {
  return database.prepare('SELECT * FROM watches WHERE account = ? AND api_base = ?').all(account, apiBase).flatMap(leaseOf)[0];
}

function leaseOf(row: Readonly<Record<string, unknown>>): readonly WatchLease[] {
  const { account, api_base: apiBase, owner, epoch, looks_asked: looksAsked } = row;
  if (typeof account !== 'string' || typeof apiBase !== 'string' || typeof owner !== 'string') return [];
  return typeof epoch === 'number' && typeof looksAsked === 'number' ? [{ account, apiBase, owner, epoch, looksAsked }] : [];
}
