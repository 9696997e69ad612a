import { type Sidecar, type SidecarSource, sidecarSchema } from '../takes/sidecar';
import type { Accepted, Destination, Job, Verified } from './job';

/** What is written beside the clip: everything to make it again, nothing that is private. */
export function sidecarOf(
  job: Job,
  state: Accepted & { readonly endedAt: number },
  verified: Verified,
  take: number,
  file: string,
  savedAt: number,
): Sidecar {
  const { order } = job;
  const { estimate } = order;
  return {
    schema: sidecarSchema,
    shot: order.destination.shot ?? null,
    take,
    state: state.status,
    job_id: state.jobId,
    endpoint: order.endpoint,
    request: order.body,
    request_hash: order.requestHash,
    source: sourceIn(order.destination),
    inputs: (order.inputs ?? []).map(({ role, shown, sha256 }) => ({ role, path: shown, sha256 })),
    price: {
      estimate: estimate.kind === 'unknown' ? null : estimate.microUsd / 1_000_000,
      currency: 'USD',
      catalogue_date: estimate.kind === 'unknown' ? null : estimate.date,
    },
    times: {
      intended: iso(job.createdAt),
      submitted: iso(state.submittedAt),
      completed: iso(state.endedAt),
      saved: iso(savedAt),
    },
    output: {
      file,
      sha256: verified.sha256,
      bytes: verified.bytes,
      width: verified.width,
      height: verified.height,
      seconds: verified.seconds,
      video_codec: verified.videoCodec,
      audio_codec: verified.audioCodec,
    },
    submit: { attempts: state.attempts, ambiguous: state.recognised === true },
  };
}

function sourceIn({ source, written }: Destination): SidecarSource | null {
  if (source === undefined) return null;
  return { file: source, shot_hash: written?.shotHash ?? null, commit: written?.commit ?? null, dirty: written?.dirty ?? null };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
