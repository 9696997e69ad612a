import type { Simulator } from '../../src/simulator/simulator';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What the JSON body holds at a path; undefined where there is nothing. */
  readonly at: (...path: readonly (string | number)[]) => unknown;
}

/** Talks to a simulator over real HTTP as a client without any caution would. */
export function callsTo(simulator: Simulator, token: string | undefined = simulator.token) {
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> => {
    const authorization: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    const content: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const response = await fetch(`${simulator.apiBase}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...authorization, ...content, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, at: (...keys) => lookUp(readJson(text), keys) };
  };
  const submit = (body: unknown = { prompt: 'a heron at dawn' }, model = 'kling/kling-2.5', headers = {}) =>
    call('POST', `/generate/video/${model}`, body, headers);
  return {
    call,
    submit,
    /** Submits and answers the job's id. */
    submitted: async (body?: unknown, model?: string) => String((await submit(body, model)).at('job_id')),
    poll: (id: string) => call('GET', `/jobs/${id}`),
    status: async (id: string) => (await call('GET', `/jobs/${id}`)).at('status'),
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const lookUp = (value: unknown, path: readonly (string | number)[]) =>
  path.reduce<unknown>((held, key) => (typeof held === 'object' && held !== null ? Reflect.get(held, key) : undefined), value);

/** A clip maker for tests that do not look at the picture. */
export const textClip = async ({ prompt }: { readonly prompt: string }) => Buffer.from(`clip of ${prompt}`);
