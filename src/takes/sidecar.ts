export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export const sidecarSchema = 'krea-video/take/1';

/**
 * The file beside each clip, as it is written. Paths are relative, times are ISO with a zone, hashes are SHA-256 in hex;
 * null where there is nothing to say.
 */
export interface Sidecar {
  readonly schema: typeof sidecarSchema;
  readonly shot: string | null;
  readonly take: number;
  /** The service's last word on the job, or ours for one that is only perhaps this request's. */
  readonly state: string;
  readonly job_id: string;
  readonly endpoint: string;
  /** The body as sent, less what must not lie around (see writeSidecar). */
  readonly request: { readonly [field: string]: Json };
  readonly request_hash: string;
  readonly source: SidecarSource | null;
  readonly inputs: readonly SidecarInput[];
  readonly price: SidecarPrice;
  readonly times: SidecarTimes;
  readonly output: SidecarOutput;
  readonly submit: { readonly attempts: number; readonly ambiguous: boolean };
}

export interface SidecarSource {
  /** Relative to its workspace folder. */
  readonly file: string | null;
  readonly shot_hash: string | null;
  readonly commit: string | null;
  readonly dirty: boolean | null;
}

export interface SidecarInput {
  readonly role: string;
  readonly path: string | null;
  readonly sha256: string | null;
}

export interface SidecarPrice {
  /** In whole currency units; null: unknown. */
  readonly estimate: number | null;
  readonly currency: 'USD';
  readonly catalogue_date: string | null;
}

export interface SidecarTimes {
  readonly intended: string;
  readonly submitted: string | null;
  readonly completed: string | null;
  readonly saved: string;
}

export interface SidecarOutput {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly seconds: number | null;
  readonly video_codec: string | null;
  readonly audio_codec: string | null;
}

/** Undefined for anything that is no sidecar of this version. Fields that a later version adds are dropped. */
export function readSidecar(value: unknown): Sidecar | undefined {
  try {
    return sidecarIn(fieldsOf(value));
  } catch (error) {
    if (error instanceof NoSidecar) return undefined;
    throw error;
  }
}

class NoSidecar extends Error {}

type Fields = ReadonlyMap<string, unknown>;

function sidecarIn(fields: Fields): Sidecar {
  if (fields.get('schema') !== sidecarSchema) throw new NoSidecar();
  return {
    schema: sidecarSchema,
    shot: orNull(fields.get('shot'), text),
    take: count(fields.get('take')),
    state: text(fields.get('state')),
    job_id: text(fields.get('job_id')),
    endpoint: text(fields.get('endpoint')),
    request: jsonObject(fields.get('request')),
    request_hash: text(fields.get('request_hash')),
    source: orNull(fields.get('source'), (value) => sourceIn(fieldsOf(value))),
    inputs: list(fields.get('inputs')).map((value) => inputIn(fieldsOf(value))),
    price: priceIn(fieldsOf(fields.get('price'))),
    times: timesIn(fieldsOf(fields.get('times'))),
    output: outputIn(fieldsOf(fields.get('output'))),
    submit: submitIn(fieldsOf(fields.get('submit'))),
  };
}

const sourceIn = (fields: Fields): SidecarSource => ({
  file: orNull(fields.get('file'), text),
  shot_hash: orNull(fields.get('shot_hash'), text),
  commit: orNull(fields.get('commit'), text),
  dirty: orNull(fields.get('dirty'), truth),
});

const inputIn = (fields: Fields): SidecarInput => ({
  role: text(fields.get('role')),
  path: orNull(fields.get('path'), text),
  sha256: orNull(fields.get('sha256'), text),
});

function priceIn(fields: Fields): SidecarPrice {
  if (fields.get('currency') !== 'USD') throw new NoSidecar();
  return {
    estimate: orNull(fields.get('estimate'), number),
    currency: 'USD',
    catalogue_date: orNull(fields.get('catalogue_date'), text),
  };
}

const timesIn = (fields: Fields): SidecarTimes => ({
  intended: text(fields.get('intended')),
  submitted: orNull(fields.get('submitted'), text),
  completed: orNull(fields.get('completed'), text),
  saved: text(fields.get('saved')),
});

const outputIn = (fields: Fields): SidecarOutput => ({
  file: fileName(fields.get('file')),
  sha256: text(fields.get('sha256')),
  bytes: count(fields.get('bytes')),
  width: orNull(fields.get('width'), number),
  height: orNull(fields.get('height'), number),
  seconds: orNull(fields.get('seconds'), number),
  video_codec: orNull(fields.get('video_codec'), text),
  audio_codec: orNull(fields.get('audio_codec'), text),
});

const submitIn = (fields: Fields) => ({ attempts: count(fields.get('attempts')), ambiguous: truth(fields.get('ambiguous')) });

function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new NoSidecar();
  return new Map(Object.entries(value));
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new NoSidecar();
  return value;
}

/** The clip lies beside its sidecar: a name that leads elsewhere is somebody's trick. */
function fileName(value: unknown): string {
  const name = text(value);
  if (name === '' || name === '.' || name === '..' || /[/\\\0]/.test(name)) throw new NoSidecar();
  return name;
}

function number(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new NoSidecar();
  return value;
}

function count(value: unknown): number {
  if (!Number.isSafeInteger(value) || number(value) < 0) throw new NoSidecar();
  return number(value);
}

function truth(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new NoSidecar();
  return value;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new NoSidecar();
  return value;
}

/** A missing field reads as null: it says no more. */
const orNull = <T>(value: unknown, read: (value: unknown) => T): T | null => (value === null || value === undefined ? null : read(value));

function jsonObject(value: unknown): { readonly [field: string]: Json } {
  return Object.fromEntries([...fieldsOf(value)].map(([field, inner]) => [field, json(inner)]));
}

function json(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return number(value);
  return Array.isArray(value) ? value.map(json) : jsonObject(value);
}
