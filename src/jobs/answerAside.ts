import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Evidence } from '../krea/submitAnswer';
import { readState } from './readJob';
import type { AcceptedState } from './recordAccepted';

/** An accepted job whose row could not be written: should the window end before it can be, the next one finds it here. */
export interface AnswerAside {
  readonly state: AcceptedState;
  readonly answer?: Evidence;
}

/** Throws when not even a small file can be written. */
export async function putAnswerAside(store: string, id: string, aside: AnswerAside): Promise<void> {
  await mkdir(store, { recursive: true });
  const file = fileOf(store, id);
  try {
    await writeFile(`${file}.new`, JSON.stringify(aside), { flush: true });
    await rename(`${file}.new`, file);
  } catch (error) {
    await rm(`${file}.new`, { force: true }).catch(() => undefined); // half of it, on a full disk
    throw error;
  }
}

/** A window that ended between writing the file and naming it has left it under its first name. */
export async function readAnswerAside(store: string, id: string): Promise<AnswerAside | undefined> {
  const file = fileOf(store, id);
  return (await readOne(file)) ?? (await readOne(`${file}.new`));
}

export async function forgetAnswerAside(store: string, id: string): Promise<void> {
  const file = fileOf(store, id);
  for (const name of [file, `${file}.new`]) await rm(name, { force: true }).catch(() => undefined);
}

async function readOne(file: string): Promise<AnswerAside | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof value !== 'object' || value === null || !('state' in value)) return undefined;
    const state = readState(value.state);
    if (state?.name !== 'queued' && state?.name !== 'running') return undefined;
    const answer = 'answer' in value ? readEvidence(value.answer) : undefined;
    return { state, ...(answer && { answer }) };
  } catch {
    return undefined;
  }
}

function readEvidence(value: unknown): Evidence | undefined {
  if (typeof value !== 'object' || value === null || !('status' in value) || !('body' in value)) return undefined;
  const { status, body } = value;
  return typeof status === 'number' && typeof body === 'string' ? { status, body } : undefined;
}

function fileOf(store: string, id: string): string {
  return join(store, `accepted-${id}.json`);
}
