import type { Job, JobState, Pause, StateName } from './job';

/** What each state must hold to be believed when it is read back from disk. */
const needs: Readonly<Record<StateName, Readonly<Record<string, 'string' | 'number' | 'object' | 'boolean'>>>> = {
  intended: {},
  submitting: { since: 'number', attempts: 'number' },
  queued: { jobId: 'string', status: 'string', submittedAt: 'number', acceptedAt: 'number', attempts: 'number' },
  running: { jobId: 'string', status: 'string', submittedAt: 'number', acceptedAt: 'number', attempts: 'number' },
  downloading: { jobId: 'string', status: 'string', submittedAt: 'number', acceptedAt: 'number', attempts: 'number', endedAt: 'number' },
  done: { jobId: 'string', acceptedAt: 'number', endedAt: 'number', savedAt: 'number', saved: 'object' },
  failed: { jobId: 'string', acceptedAt: 'number', endedAt: 'number', failure: 'object', withoutVideo: 'boolean' },
  notFetched: { jobId: 'string', acceptedAt: 'number', endedAt: 'number', why: 'string' },
  overdue: { jobId: 'string', acceptedAt: 'number', since: 'number' },
  cancelled: { endedAt: 'number', by: 'string' },
  refused: { endedAt: 'number', status: 'number', message: 'string', evidence: 'object' },
  notSent: { endedAt: 'number', why: 'string' },
  unknown: { sentAt: 'number', endedAt: 'number' },
  perhaps: { sentAt: 'number', endedAt: 'number', jobId: 'string', status: 'string', phase: 'string', madeAt: 'number', others: 'number' },
  closed: { sentAt: 'number', endedAt: 'number', closedAt: 'number' },
};

/** A row of the ledger as a job; `undefined` when it is not one of ours (a newer version may have written it). */
export function readJob(row: Readonly<Record<string, unknown>>): Job | undefined {
  const {
    id,
    account,
    api_base: apiBase,
    created_at: createdAt,
    job_order: order,
    owner,
    epoch,
    cancel_asked_at: cancelAskedAt,
    state,
  } = row;
  if (typeof id !== 'string' || typeof account !== 'string' || typeof apiBase !== 'string' || typeof createdAt !== 'number')
    return undefined;
  if (typeof owner !== 'string' || typeof epoch !== 'number' || typeof order !== 'string' || typeof state !== 'string') return undefined;
  const parsedOrder = readOrder(parsed(order));
  const parsedState = typeof row.detail === 'string' ? readState(parsed(row.detail)) : undefined;
  if (!parsedOrder || parsedState?.name !== state) return undefined;
  return {
    id,
    account,
    apiBase,
    createdAt,
    order: parsedOrder,
    owner,
    epoch,
    state: parsedState,
    ...(typeof cancelAskedAt === 'number' && { cancelAskedAt }),
    ...(isPause(row.paused) && { paused: row.paused }),
  };
}

function isPause(value: unknown): value is Pause {
  return value === 'otherAccount' || value === 'otherAddress' || value === 'noToken';
}

function readOrder(value: unknown): Job['order'] | undefined {
  return isOrder(value) ? value : undefined;
}

function isOrder(value: unknown): value is Job['order'] {
  if (
    !isRecord(value) ||
    !isRecord(value.model) ||
    !isRecord(value.body) ||
    !isRecord(value.parameters) ||
    !isRecord(value.estimate) ||
    !isRecord(value.destination)
  )
    return false;
  const { model, destination } = value;
  const texts = [
    value.endpoint,
    value.prompt,
    value.requestHash,
    model.id,
    model.name,
    destination.folder,
    destination.root,
    destination.stem,
  ];
  if (value.inputs !== undefined && !(Array.isArray(value.inputs) && value.inputs.every(isInput))) return false;
  if (destination.written !== undefined && !isWritten(destination.written)) return false;
  return texts.every((text) => typeof text === 'string') && typeof value.estimate.kind === 'string';
}

function isWritten(value: unknown): boolean {
  if (!isRecord(value) || typeof value.shotHash !== 'string') return false;
  const { commit, dirty } = value;
  return (commit === null || typeof commit === 'string') && (dirty === null || typeof dirty === 'boolean');
}

function isInput(value: unknown): boolean {
  if (!isRecord(value) || typeof value.bytes !== 'number') return false;
  return [value.role, value.file, value.shown, value.sha256, value.type, value.ending].every((text) => typeof text === 'string');
}

export function readState(value: unknown): JobState | undefined {
  return isState(value) ? value : undefined;
}

function isState(value: unknown): value is JobState {
  if (!isRecord(value) || typeof value.name !== 'string' || !isStateName(value.name)) return false;
  return Object.entries(needs[value.name]).every(([field, type]) => typeof value[field] === type && value[field] !== null);
}

function isStateName(name: string): name is StateName {
  return Object.hasOwn(needs, name);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
