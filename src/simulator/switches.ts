import type { Fault } from './faults';
import type { Ending, Failure, JobScript } from './jobScript';

/** Which variant of each uncertain behaviour the simulator shows. Plain data, so that it can be sent to the control origin. */
export interface Switches {
  /** The body of a 401. */
  readonly unauthorizedShape: 'message' | 'error';
  /** Whether `Authorization: Key …` passes too. */
  readonly keyScheme: boolean;
  readonly openapi: 'good' | 'brokenJson' | 'missing' | 'veryLarge' | 'notOpenApi' | 'unheardOfModel';
  /**
   * `october`: prices as an extension; `may`: as a table of compute units in the text, constants in place of lists, and
   * nothing said of unknown fields inside a field; `references`: much of it named under components.
   */
  readonly openapiShape: 'october' | 'may' | 'references';
  /** Whether `/openapi.json` sends an ETag and answers 304. */
  readonly openapiEtag: boolean;

  /** How a refused body is told: 400 `{error}`, 422 `{detail:[…]}`, 422 `{error:{message},details}`, 422 `{error,issues}`. */
  readonly validationShape: 'error' | 'detail' | 'nested' | 'issues';
  /** Krea's own files only, or any address, in uri fields. */
  readonly inputHosts: 'own' | 'any';
  readonly dataUris: boolean;
  /** Whether the 1024 characters that the schema allows a uri are enforced. */
  readonly uriLength: boolean;
  /** Unknown fields inside a field: whether they are refused, of which nothing is known. */
  readonly nestedFields: 'refused' | 'ignored';
  /** Whether what `x-krea-visible-when` and `x-krea-dependent-enum` say is enforced. */
  readonly dependentFields: 'ignored' | 'refused';
  /** What a model costs now, in terms of its usual price. */
  readonly priceFactor: Readonly<Record<string, number>>;
  /** Ids of models that answer 410, beside those that are retired anyway. */
  readonly retired: readonly string[];
  /** The same, and the description no longer names them. */
  readonly withdrawn: readonly string[];
  /** Models that still work but announce their end in headers; the date as in `2026-12-01`. */
  readonly sunset: Readonly<Record<string, { readonly date: string; readonly replacement?: string }>>;
  /** Ids of models that this workspace may not use (403). */
  readonly forbidden: readonly string[];
  /** Which words the 402 uses. */
  readonly balanceText: 'live' | 'code' | 'credits' | 'plan';

  /** The status in the answer to a submit, and the first of the ordinary walk. */
  readonly firstStatus: 'queued' | 'scheduled' | 'processing' | 'backlogged';
  readonly submitResult: 'null' | 'empty';
  /** Whether jobs carry `type: "videoV2"`. */
  readonly jobType: boolean;
  /** Whether the answer to a submit carries `estimated_time`. */
  readonly estimatedTime: boolean;
  readonly webhook: 'once' | 'never' | 'twice';

  /** The first n polls of a new job answer 404. */
  readonly earlyNotFound: number;
  /** A new job shows in the list only after so many ms. */
  readonly listLagMs: number;
  /** Jobs made within a millisecond share their `created_at`, and paging skips some; else each has one of its own. */
  readonly sameTimes: boolean;
  /** Whether another token of the same workspace sees a job. */
  readonly jobsVisibleTo: 'token' | 'workspace';
  readonly cursorName: 'next_cursor' | 'nextCursor';
  /** Read when a job is submitted. */
  readonly jobScript: 'typical' | JobScript;
  /** How the ordinary walk ends. */
  readonly ending: Ending;
  readonly failure: Failure;
  readonly progress: 'absent' | 'percent' | 'fraction' | 'nonMonotonic' | 'above100' | 'string';
  readonly urlsShape: UrlsShape;
  /** The service gives a job up after so long (ms): 2 hours at Krea. */
  readonly serverTimeoutMs: number;
  /** The server's clock less the simulator's. */
  readonly clockSkewMs: number;

  /** Which statuses a DELETE can still stop. */
  readonly deletable: readonly string[];
  readonly afterDelete: 'cancelled' | 'notFound';
  /** A DELETE that comes too late. */
  readonly lateDelete: 400 | 404 | 409 | 'accepted but completes';
  /** Every DELETE answers 200, and the job runs on all the same. */
  readonly deleteLosesRace: boolean;

  readonly concurrency: Concurrency;
  readonly assets: AssetSwitches;
  readonly strangers: StrangerSwitches;
  /** What becomes of the first `times` POSTs over HTTP/2 after their job was made: the answer is lost in a way that invites to send again. */
  readonly http2: { readonly afterAccepting: 'answer' | 'goaway' | 'refusedStream'; readonly times: number };
  /** Requests a minute and workspace; above it every call answers 429. */
  readonly requestsPerMinute: number;
  readonly files: FileSwitches;
  readonly faults: readonly Fault[];
}

/**
 * The shapes of a completed job's result. `objects`: `{type,url}` with a preview first; `http`: an unencrypted address of
 * another host; `fragment`: with `#…`; `noResult` and after: completed without anything to download.
 */
export const urlsShapes = [
  'strings',
  'objects',
  'map',
  'topLevel',
  'videoUrl',
  'http',
  'fragment',
  'noExtension',
  'noResult',
  'nullResult',
  'nullUrls',
  'emptyList',
  'emptyMap',
  'listOfNull',
] as const;

export type UrlsShape = (typeof urlsShapes)[number];

export interface Concurrency {
  /** Jobs that may run at a time in a workspace. */
  readonly running: number;
  /** Jobs that may wait above that. */
  readonly backlog: number;
  readonly overflow: 'backlog' | 429;
  readonly text: 'CONCURRENCY_LIMIT_REACHED' | 'Too many requests' | 'You have reached the maximum number of concurrent jobs';
  readonly retryAfter: 'none' | { readonly seconds: number; readonly as: 'seconds' | 'date' };
  /** Slots that jobs of other people of the workspace hold. */
  readonly heldByOthers: number;
}

export interface AssetSwitches {
  /** The status of an upload that is too large. */
  readonly tooLarge: 413 | 400;
  /** Bytes: 75 MB at Krea. */
  readonly mostBytes: number;
  /** Whether answers tell size and type of an upload, or null. */
  readonly details: boolean;
}

/** Other people's finished jobs in the workspace, by the same token. */
export interface StrangerSwitches {
  /** Jobs of theirs that come to be in the moment of a POST of ours, whatever becomes of that; half of them just after it. */
  readonly atSubmit: number;
  readonly perMinute: number;
}

export interface FileSwitches {
  readonly contentType: 'video/mp4' | 'application/octet-stream' | 'text/plain' | 'none';
  /** `none`: ends with the connection; `short` and `long`: Content-Length names the wrong number. */
  readonly length: 'exact' | 'none' | 'chunked' | 'short' | 'long';
  readonly ranges: boolean;
  readonly etag: boolean;
  /** The connection breaks after this share of what is left to send, in the first `times` downloads of each file. */
  readonly cut: 'no' | { readonly share: number; readonly times: number };
  /** Refuses a file after so many whole downloads or so long after the job's end. */
  readonly expiry: 'no' | { readonly status: 403 | 404; readonly afterDownloads?: number; readonly afterMs?: number };
  /** `loopback` leads to the API origin. */
  readonly redirect: 'no' | 'otherHost' | 'loopback' | 'loop';
  readonly body: 'clip' | 'html' | 'empty';
  /** Pause between two 64 KB pieces, on the simulator's clock. */
  readonly pauseMs: number;
}

export type SwitchChange = Partial<Omit<Switches, 'concurrency' | 'files' | 'assets' | 'strangers'>> & {
  readonly concurrency?: Partial<Concurrency>;
  readonly files?: Partial<FileSwitches>;
  readonly assets?: Partial<AssetSwitches>;
  readonly strangers?: Partial<StrangerSwitches>;
};

export const plainSwitches: Switches = {
  unauthorizedShape: 'message',
  keyScheme: false,
  openapi: 'good',
  openapiShape: 'october',
  openapiEtag: false,
  validationShape: 'error',
  inputHosts: 'own',
  dataUris: false,
  uriLength: true,
  nestedFields: 'refused',
  dependentFields: 'ignored',
  priceFactor: {},
  retired: [],
  withdrawn: [],
  sunset: {},
  forbidden: [],
  balanceText: 'live',
  firstStatus: 'queued',
  submitResult: 'null',
  jobType: true,
  estimatedTime: false,
  webhook: 'once',
  earlyNotFound: 0,
  listLagMs: 0,
  sameTimes: false,
  jobsVisibleTo: 'token',
  cursorName: 'next_cursor',
  jobScript: 'typical',
  ending: 'completed',
  failure: { form: 'codeAndMessage', code: 'internal' },
  progress: 'absent',
  urlsShape: 'strings',
  serverTimeoutMs: 2 * 3600_000,
  clockSkewMs: 0,
  deletable: ['backlogged', 'queued', 'scheduled', 'processing'],
  afterDelete: 'cancelled',
  lateDelete: 409,
  deleteLosesRace: false,
  concurrency: {
    running: 12,
    backlog: 50,
    overflow: 'backlog',
    text: 'CONCURRENCY_LIMIT_REACHED',
    retryAfter: 'none',
    heldByOthers: 0,
  },
  assets: { tooLarge: 413, mostBytes: 75 * 1024 * 1024, details: true },
  strangers: { atSubmit: 0, perMinute: 0 },
  http2: { afterAccepting: 'answer', times: 1 },
  requestsPerMinute: Number.POSITIVE_INFINITY,
  files: {
    contentType: 'video/mp4',
    length: 'exact',
    ranges: true,
    etag: true,
    cut: 'no',
    expiry: 'no',
    redirect: 'no',
    body: 'clip',
    pauseMs: 0,
  },
  faults: [],
};

export const changedSwitches = (from: Switches, change: SwitchChange): Switches => ({
  ...from,
  ...change,
  concurrency: { ...from.concurrency, ...change.concurrency },
  files: { ...from.files, ...change.files },
  assets: { ...from.assets, ...change.assets },
  strangers: { ...from.strangers, ...change.strangers },
});
