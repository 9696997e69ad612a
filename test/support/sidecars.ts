import type { Sidecar } from '../../src/takes/sidecar';

/** Of a take that Krea made; what a test is about stands in `own`. */
export function sidecarFor(own: Partial<Sidecar> = {}): Sidecar {
  const take = own.take ?? 1;
  return {
    schema: 'krea-video/take/1',
    shot: 'SH010',
    take,
    state: 'completed',
    job_id: '550e8400-e29b-41d4-a716-446655440000',
    endpoint: '/generate/video/kling/kling-2.5',
    request: { prompt: 'A lighthouse.' },
    request_hash: 'a'.repeat(64),
    source: null,
    inputs: [],
    price: { estimate: 0.35, currency: 'USD', catalogue_date: '2026-10-09' },
    times: {
      intended: '2026-11-22T14:03:07.000Z',
      submitted: '2026-11-22T14:03:08.000Z',
      completed: null,
      saved: '2026-11-22T14:05:00.000Z',
    },
    output: {
      file: `SH010_take-${String(take).padStart(3, '0')}.mp4`,
      sha256: 'c'.repeat(64),
      bytes: 1233,
      width: 64,
      height: 36,
      seconds: 1,
      video_codec: 'h264',
      audio_codec: null,
    },
    submit: { attempts: 1, ambiguous: false },
    ...own,
  };
}
