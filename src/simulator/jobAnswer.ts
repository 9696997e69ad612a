import type { Failure } from './jobScript';
import { type SimulatedJob, statusOf } from './simulatedJob';
import type { Switches, UrlsShape } from './switches';

type Fields = Readonly<Record<string, unknown>>;

export interface Served {
  readonly switches: Switches;
  readonly fileBase: string;
  readonly now: number;
}

/** The answer to a submit. */
export function submitAnswer(job: SimulatedJob, { switches }: Served): Fields {
  return {
    job_id: job.id,
    status: statusOf(job),
    created_at: serverTime(job.createdAt, switches),
    completed_at: null,
    result: switches.submitResult === 'null' ? null : {},
    ...(switches.jobType ? { type: 'videoV2' } : {}),
    ...(switches.estimatedTime ? { estimated_time: '60-120 seconds' } : {}),
  };
}

/** A job as GET /jobs/{id}, the list and the webhook show it: no prompt, no model, no price. */
export function jobAnswer(job: SimulatedJob, served: Served): Fields {
  const { switches } = served;
  const progress = progressOf(job, served);
  return {
    job_id: job.id,
    status: statusOf(job),
    created_at: serverTime(job.createdAt, switches),
    completed_at: job.state.kind === 'ended' ? serverTime(job.state.at, switches) : null,
    ...(switches.jobType ? { type: 'videoV2' } : {}),
    ...(progress === undefined ? {} : { progress }),
    ...resultOf(job, served),
  };
}

export const serverTime = (ms: number, { clockSkewMs }: Switches) => new Date(ms + clockSkewMs).toISOString();

function resultOf(job: SimulatedJob, { switches, fileBase }: Served): Fields {
  switch (job.state.kind) {
    case 'backlogged':
      return { result: null };
    case 'running':
      return { result: statusOf(job) === 'intermediate-complete' ? { urls: [`${fileBase}/previews/${job.id}.png`] } : null };
    case 'ended':
      switch (job.state.ending) {
        case 'completed':
          return completedResult(switches.urlsShape, job, fileBase);
        case 'failed':
          return failedResult(job.state.failure ?? switches.failure);
        case 'cancelled':
          return { result: null };
        default:
          return job.state.ending satisfies never;
      }
    default:
      return job.state satisfies never;
  }
}

function completedResult(shape: UrlsShape, job: SimulatedJob, fileBase: string): Fields {
  const url = `${fileBase}/videos/${job.id}.mp4`;
  const preview = `${fileBase}/previews/${job.id}.png`;
  switch (shape) {
    case 'strings':
      return { result: { urls: [url] } };
    case 'objects':
      return {
        result: {
          urls: [
            { type: 'preview', url: preview },
            { type: 'model', url },
          ],
        },
      };
    case 'map':
      return { result: { urls: { video: url } } };
    case 'topLevel':
      return { result: {}, urls: [url] };
    case 'videoUrl':
      return { result: { video_url: url, duration: job.clip.seconds, width: job.clip.width, height: job.clip.height } };
    case 'http':
      return { result: { urls: [`http://gen.krea.invalid/videos/${job.id}.mp4`] } };
    case 'fragment':
      return { result: { urls: [`${url}#t=0.1`] } };
    case 'noExtension':
      return { result: { urls: [`${fileBase}/videos/${job.id}`] } };
    case 'noResult':
      return { result: {} };
    case 'nullResult':
      return { result: null };
    case 'nullUrls':
      return { result: { urls: null } };
    case 'emptyMap':
      return { result: { urls: {} } };
    case 'emptyList':
      return { result: { urls: [] } };
    case 'listOfNull':
      return { result: { urls: [null] } };
    default:
      return shape satisfies never;
  }
}

const failureTexts: Readonly<Record<string, string>> = {
  internal: 'An internal error occurred.',
  nsfw: 'The output was flagged by the content filter.',
  ip_detected: 'The request may contain protected material.',
  violence: 'The request was flagged for violence.',
  personal_info: 'The request may contain personal information.',
};

function failedResult({ form, code, message = failureTexts[code] ?? 'Generation failed.' }: Failure): Fields {
  switch (form) {
    case 'codeAndMessage':
      return { result: null, error: { code, message } };
    case 'code':
      return { result: null, error: { code } };
    case 'resultError':
      return { result: { error: message } };
    case 'nothing':
      return { result: {} };
    default:
      return form satisfies never;
  }
}

function progressOf(job: SimulatedJob, { switches, now }: Served): unknown {
  if (job.state.kind === 'backlogged' || job.startedAt === undefined) return undefined;
  const totalMs = job.script.reduce((sum, { forMs = 0 }) => sum + forMs, 0);
  const share = job.state.kind === 'ended' || totalMs === 0 ? 1 : Math.min(1, (now - job.startedAt) / totalMs);
  switch (switches.progress) {
    case 'absent':
      return undefined;
    case 'percent':
      return Math.round(share * 100);
    case 'fraction':
      return Math.round(share * 100) / 100;
    case 'nonMonotonic':
      return Math.round(job.polls % 2 === 0 ? share * 50 : share * 100);
    case 'above100':
      return Math.round(share * 250);
    case 'string':
      return `${Math.round(share * 100)}%`;
    default:
      return switches.progress satisfies never;
  }
}
