import type { Connection } from '../jobs/jobParts';
import { answerShape } from '../krea/answerShape';
import { openClip } from '../krea/fileHost';
import type { KreaClient } from '../krea/kreaClient';
import type { Reply } from '../krea/transport';

/** Jobs in the page that is looked at: enough to meet most words of state, and one small answer. */
const jobsLookedAt = 20;
/** Milliseconds for one answer. */
const answerWithin = 30_000;

/** Why and how the service answers, for a maintainer: English in every language, and nothing that it says of anyone. */
export async function noteJobs(client: KreaClient, signal: AbortSignal): Promise<readonly string[]> {
  return noteOf(client, `/jobs?limit=${jobsLookedAt}`, `/jobs?limit=${jobsLookedAt}`, signal);
}

export async function noteJob(client: KreaClient, jobId: string, signal: AbortSignal): Promise<readonly string[]> {
  return noteOf(client, `/jobs/${encodeURIComponent(jobId)}`, '/jobs/{id}', signal);
}

/** The head of the answer of the file host; nothing of the clip is read, and the token does not go there. */
export async function noteClip({ client, network }: Connection, jobId: string, signal: AbortSignal): Promise<readonly string[]> {
  const look = await client.job(jobId, within(signal));
  const url = look.kind === 'found' ? look.value.urls[0] : undefined;
  if (url === undefined) return [];
  const reply = await openClip(network, url, client.apiBase, within(signal));
  if (reply.kind !== 'open') return [`GET the clip  ${reply.kind}`];
  const { status, headers, body } = reply.file;
  try {
    for await (const _ of body) break;
  } catch {
    // it was being closed anyway
  }
  const [said = '', names = ''] = answerShape({ status, headers, text: '', whole: true }, client.apiBase);
  return ['GET the clip', `  ${said}`, `  ${names}`];
}

/** Of the description only the head is told: its body is public and long. */
export function openApiNotes(reply: Reply, client: KreaClient): readonly string[] {
  if (reply.kind === 'fault') return [`GET /openapi.json  ${reply.fault.kind}`];
  const [status = '', headers = ''] = answerShape(reply.answer, client.apiBase);
  return ['GET /openapi.json', `  ${status}, ${Math.round(reply.answer.text.length / 1000)} kB`, `  ${headers}`];
}

async function noteOf(client: KreaClient, path: string, shown: string, signal: AbortSignal): Promise<readonly string[]> {
  const reply = await client.answerTo(path, within(signal));
  if (reply.kind === 'fault') return [`GET ${shown}  ${reply.fault.kind}`];
  return [`GET ${shown}`, ...answerShape(reply.answer, client.apiBase).map((line) => `  ${line}`)];
}

function within(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(answerWithin)]);
}
