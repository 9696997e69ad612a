/** A request as it arrived. The token is never in it: `token` says whose it was. */
export interface LoggedRequest {
  /** From 0, in order of arrival. */
  readonly index: number;
  readonly origin: OriginName;
  readonly method: string;
  readonly path: string;
  /** `1.1` or `2.0`. */
  readonly httpVersion: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** The name of a known token, or that there was none or an unknown one. */
  readonly token: string;
  /** Parsed if it was JSON, else the text; undefined if there was none or it was not read. */
  readonly body: unknown;
  /** ms since 1970 on the simulator's clock. */
  readonly at: number;
  /** The job that the request made or asked for. */
  readonly jobId: string | undefined;
  readonly answer: RequestAnswer;
  /** Bytes of a result file that went out. */
  readonly fileBytes: number;
}

export type OriginName = 'api' | 'files' | 'otherFiles';

/** The status sent, or why none was. */
export type RequestAnswer = number | 'pending' | 'reset' | 'hanging' | 'clientLeft';

/** The same, while the simulator still writes it. */
export type OpenRequest = { -readonly [K in keyof LoggedRequest]: LoggedRequest[K] };

export interface KnownToken {
  readonly name: string;
  readonly token: string;
  readonly workspace: string;
}

/** Keeps every request, tells listeners of changes, and watches that no token goes where it should not. */
export class RequestLog {
  readonly requests: OpenRequest[] = [];
  readonly violations: string[] = [];
  readonly #tokens: readonly KnownToken[];
  readonly #changed: () => void;

  readonly #onAnswered: (request: LoggedRequest) => void;

  constructor(tokens: readonly KnownToken[], changed: () => void, onAnswered: (request: LoggedRequest) => void = () => undefined) {
    this.#tokens = tokens;
    this.#changed = changed;
    this.#onAnswered = onAnswered;
  }

  open(
    request: { readonly method: string; readonly url: URL; readonly rawHeaders: readonly string[]; readonly httpVersion: string },
    origin: OriginName,
    at: number,
  ): OpenRequest {
    const { authorization, ...headers } = headersOf(request.rawHeaders);
    const known = this.#tokenIn(authorization);
    const token = authorization === undefined ? 'none' : (known?.name ?? 'unknown');
    const entry: OpenRequest = {
      index: this.requests.length,
      origin,
      method: request.method,
      httpVersion: request.httpVersion,
      path: this.#withoutTokens(request.url.pathname, 'path'),
      query: Object.fromEntries([...request.url.searchParams].map(([name, value]) => [name, this.#withoutTokens(value, 'query')])),
      headers: Object.fromEntries([
        ...Object.entries(headers).map(([name, value]) => [name, this.#withoutTokens(value, `header ${name}`)]),
        ...(authorization === undefined ? [] : [['authorization', `(${token})`]]),
      ]),
      token,
      body: undefined,
      at,
      jobId: undefined,
      answer: 'pending',
      fileBytes: 0,
    };
    if (origin !== 'api' && authorization !== undefined)
      this.violations.push(`request ${entry.index}: Authorization was sent to the file host (${entry.method} ${entry.path})`);
    this.requests.push(entry);
    this.#changed();
    return entry;
  }

  read(entry: OpenRequest, body: Buffer): void {
    if (body.length > 0) entry.body = readBody(this.#withoutTokens(body.toString('utf8'), `body of ${entry.method} ${entry.path}`));
    this.#changed();
  }

  answered(entry: OpenRequest, answer: RequestAnswer): void {
    // a client that leaves a hanging or broken connection does not change how it was answered
    if (entry.answer !== 'pending') return;
    entry.answer = answer;
    this.#onAnswered(entry);
    this.#changed();
  }

  #tokenIn(authorization: string | undefined): KnownToken | undefined {
    return this.#tokens.find(({ token }) => authorization?.split(' ').at(-1) === token);
  }

  #withoutTokens(text: string, where: string): string {
    return this.#tokens.reduce((clean, { name, token }) => {
      if (!clean.includes(token)) return clean;
      this.violations.push(`the token of ${name} was sent in the ${where}`);
      return clean.replaceAll(token, `(${name})`);
    }, text);
  }
}

function headersOf(rawHeaders: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]?.toLowerCase() ?? '';
    if (name.startsWith(':')) continue; // HTTP/2 tells method and path this way
    const value = rawHeaders[i + 1] ?? '';
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return headers;
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
