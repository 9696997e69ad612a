import type { Asked } from './fetchClip';
import { type Job, jobIdOf, type Pause } from './job';
import { belongsTo, type Connection, type JobParts } from './jobParts';

/** Milliseconds until an account that did not know a job is asked for it once more. */
const askAgainAfter = 3_600_000;

/**
 * Says by which connection a job may be asked after. A job is asked after only with the pair of address and account it
 * was made with; the one exception is a single look with a new token, which adopts the job when it answers.
 */
export class Accounts {
  /** Monotonic time of the last look with a foreign account, by pair of accounts. */
  private readonly asked = new Map<string, number>();

  /** `undefined` when this job must wait; why is written to its row. */
  async connectionFor(job: Asked, parts: JobParts, signal: AbortSignal): Promise<Connection | undefined> {
    const connection = await parts.connect();
    const belongs = connection && belongsTo(connection, job);
    if (!('state' in job)) return belongs ? connection : undefined;
    if (belongs) {
      await this.mark(job, undefined, parts);
      return connection;
    }
    const why = pauseOf(connection, job);
    if (connection && why === 'otherAccount' && (await this.adopt(job, connection, parts, signal))) return connection;
    if (signal.aborted) return undefined;
    await this.mark(job, why, parts);
    return undefined;
  }

  private async mark(job: Job, why: Pause | undefined, parts: JobParts): Promise<void> {
    if (job.paused === why || !(await parts.ledger.pause(job, why))) return;
    parts.log(`${job.id}: ${why ? `paused (${why})` : 'goes on'}`);
    if (why === 'otherAccount' || why === 'otherAddress') parts.warn({ kind: 'paused', why });
  }

  /**
   * A token that sees a job of the former account belongs to the same workspace. A request without an id at Krea is
   * vouched for by any other job of its account.
   */
  private async adopt(job: Job, connection: Connection, parts: JobParts, signal: AbortSignal): Promise<boolean> {
    const { ledger, clock, rate, log } = parts;
    const jobId = job.state.name === 'perhaps' ? undefined : jobIdOf(job);
    const witness = jobId ?? (await ledger.witnessOf(job.account, job.apiBase));
    if (!witness) return false;
    const key = `${job.account} ${connection.account} ${witness}`;
    const last = this.asked.get(key);
    if (last !== undefined && clock.monotonic() - last < askAgainAfter) return false;
    await rate.turn(signal);
    if (signal.aborted) return false;
    const look = await connection.client.job(witness, signal);
    if (look.kind === 'notFound' || look.kind === 'noAccess') this.asked.set(key, clock.monotonic());
    if (look.kind !== 'found') return false;
    log(`${job.id}: the token was replaced by another of the same workspace`);
    await ledger.adoptAccount(job, connection.account);
    return true;
  }
}

function pauseOf(connection: Connection | undefined, job: Job): Pause {
  if (!connection) return 'noToken';
  return connection.client.apiBase.href === job.apiBase ? 'otherAccount' : 'otherAddress';
}
