/**
 * A scripted disturbance of some requests. Plain data. At the file host a handled request has no JSON: there
 * `truncatedJson` does nothing, and `halfAnswer` and `stalledAnswer` stop in the middle of the file.
 */
export interface Fault {
  readonly method?: string;
  /** The whole path; `*` stands for anything. */
  readonly path?: string;
  readonly origin?: 'api' | 'files';
  /** The first matching request that is disturbed, from 1 (the default). */
  readonly nth?: number;
  /** How many are disturbed from there; 1 by default. */
  readonly count?: number;
  readonly act: FaultAct;
}

/**
 * How far the service got before the fault: it never saw the request, it saw it and did nothing, or it did everything
 * (a job exists and is paid) and only the answer is lost.
 */
export type FaultMoment = 'beforeReading' | 'afterReading' | 'afterHandling';

export type FaultAct =
  /** An answer of its own; `{id}` in a text stands for the id of the job that was made, if any. */
  | {
      readonly kind: 'answer';
      readonly moment?: Exclude<FaultMoment, 'beforeReading'>;
      readonly status: number;
      readonly body: 'json' | 'html' | 'empty' | { readonly text: string; readonly contentType: string };
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'reset'; readonly moment: FaultMoment }
  /** Never answers; the connection stays open. */
  | { readonly kind: 'hang'; readonly moment: FaultMoment }
  /** The right answer, so much later (on the simulator's clock). */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** A complete answer whose JSON ends in the middle. */
  | { readonly kind: 'truncatedJson' }
  /** The connection breaks in the middle of the answer, just after the job id if there is one. */
  | { readonly kind: 'halfAnswer' }
  /** Head and first bytes arrive, then nothing more. */
  | { readonly kind: 'stalledAnswer' }
  /** 200 with a log-in page. */
  | { readonly kind: 'captivePortal' }
  /** `files` and `self` name the simulator's own origins (same path). */
  | { readonly kind: 'redirect'; readonly status: 301 | 302 | 303 | 307 | 308; readonly to: 'files' | 'self' | { readonly url: string } };

/** Counts the matching requests of each fault and tells which one acts. */
export class FaultCounter {
  #faults: readonly { readonly fault: Fault; readonly path: RegExp; seen: number }[] = [];

  load(faults: readonly Fault[]): void {
    this.#faults = faults.map((fault) => ({ fault, path: pathPattern(fault.path ?? '*'), seen: 0 }));
  }

  next(request: { readonly method: string; readonly path: string; readonly origin: 'api' | 'files' }): FaultAct | undefined {
    let act: FaultAct | undefined;
    for (const counted of this.#faults) {
      const { fault, path } = counted;
      if (fault.method !== undefined && fault.method !== request.method) continue;
      if ((fault.origin ?? 'api') !== request.origin || !path.test(request.path)) continue;
      counted.seen += 1;
      const first = fault.nth ?? 1;
      if (!act && counted.seen >= first && counted.seen < first + (fault.count ?? 1)) act = fault.act;
    }
    return act;
  }
}

const pathPattern = (path: string) => new RegExp(`^${path.split('*').map(escapeForPattern).join('.*')}$`);
const escapeForPattern = (text: string) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

/** When the act falls. */
export function momentOf(act: FaultAct): FaultMoment {
  switch (act.kind) {
    case 'reset':
    case 'hang':
      return act.moment;
    case 'answer':
      return act.moment ?? 'afterReading';
    case 'captivePortal':
    case 'redirect':
      return 'afterReading';
    case 'slow':
    case 'truncatedJson':
    case 'halfAnswer':
    case 'stalledAnswer':
      return 'afterHandling';
    default:
      return act satisfies never;
  }
}
