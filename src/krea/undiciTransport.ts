import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Dispatcher } from 'undici';
import { readText } from './bodyText';
import { failPoint } from './failPoint';
import { networkFault } from './networkFault';
import { isPublicAddress, privateAddress } from './publicAddress';
import {
  type Deadlines,
  type Headers,
  type OpenReply,
  type Reply,
  type SendOptions,
  type SendReply,
  type Transport,
  usualDeadlines,
} from './transport';

export interface ProxySettings {
  /** The editor's `http.proxy`; without it the usual environment variables hold. */
  readonly proxy?: string;
  /** The editor's `http.noProxy`: hosts reached directly. */
  readonly noProxy?: readonly string[];
  /** The editor's `http.proxyStrictSSL`. */
  readonly strictCertificates: boolean;
}

/** Our own connections through undici, HTTP/1.1 only: over HTTP/2 undici repeats a POST after GOAWAY. */
export class UndiciTransport implements Transport {
  readonly way = 'direct';
  private shared: Promise<Dispatcher> | undefined;

  constructor(
    private readonly proxy: ProxySettings,
    private readonly deadlines: Deadlines = usualDeadlines,
  ) {}

  async get(url: URL, headers: Headers, signal: AbortSignal): Promise<Reply> {
    try {
      const { request } = await import('undici');
      const limit = AbortSignal.any([signal, AbortSignal.timeout(this.deadlines.get)]);
      this.shared ??= this.newAgent();
      const answer = await request(url, { method: 'GET', headers, signal: limit, dispatcher: await this.shared });
      return { kind: 'answer', answer: await readText(answer.statusCode, plainHeaders(answer.headers), answer.body) };
    } catch (error) {
      return { kind: 'fault', fault: networkFault(error) };
    }
  }

  async send(method: 'POST' | 'DELETE', url: URL, headers: Headers, { body, signal }: SendOptions = {}): Promise<SendReply> {
    let left = false;
    let agent: Dispatcher | undefined;
    try {
      const { request } = await import('undici');
      // A connection of its own: on a kept one the service may be closing just now, and the POST is unclear for nothing.
      agent = await this.newAgent();
      const dispatcher = agent.compose(
        (dispatch) => (options, handler) =>
          dispatch(
            options,
            noteStart(handler, () => {
              left = true;
              failPoint(`${method}: leaves`);
            }),
          ),
      );
      const answer = await request(url, {
        method,
        headers,
        dispatcher,
        body: body ?? null,
        ...(signal && { signal }),
        headersTimeout: this.deadlines.send,
        bodyTimeout: this.deadlines.get,
      });
      failPoint(`${method}: answered`);
      return { kind: 'answer', answer: await readText(answer.statusCode, plainHeaders(answer.headers), answer.body) };
    } catch (error) {
      return { kind: left ? 'fault' : 'notSent', fault: networkFault(error) };
    } finally {
      await agent?.destroy();
    }
  }

  async open(url: URL, headers: Headers, signal: AbortSignal, publicHostsOnly: boolean): Promise<OpenReply> {
    let agent: Dispatcher | undefined;
    try {
      const { request } = await import('undici');
      agent = await this.newAgent(publicHostsOnly ? publicLookup : undefined);
      const answer = await request(url, {
        method: 'GET',
        headers,
        signal,
        dispatcher: agent,
        headersTimeout: this.deadlines.fileHeaders,
        bodyTimeout: this.deadlines.fileSilence,
      });
      return {
        kind: 'open',
        file: { status: answer.statusCode, headers: plainHeaders(answer.headers), body: closing(answer.body, agent) },
      };
    } catch (error) {
      await agent?.destroy();
      return { kind: 'fault', fault: networkFault(error) };
    }
  }

  async close(): Promise<void> {
    const agent = await this.shared?.catch(() => undefined); // settings that make no agent
    this.shared = undefined;
    await agent?.destroy();
  }

  private async newAgent(lookupAddress?: LookupFunction): Promise<Dispatcher> {
    const { EnvHttpProxyAgent } = await import('undici');
    const tls = { rejectUnauthorized: this.proxy.strictCertificates };
    return new EnvHttpProxyAgent({
      allowH2: false,
      pipelining: 1,
      connectTimeout: this.deadlines.connect,
      connect: { timeout: this.deadlines.connect, ...tls, ...(lookupAddress && { lookup: lookupAddress }) },
      requestTls: tls,
      proxyTls: tls,
      ...(this.proxy.proxy && { httpProxy: this.proxy.proxy, httpsProxy: this.proxy.proxy }),
      noProxy: [...this.direct(), 'localhost', '127.0.0.1', '::1'].join(','), // this machine is reached by no proxy
    });
  }

  private direct(): readonly string[] {
    if (this.proxy.noProxy && this.proxy.noProxy.length > 0) return this.proxy.noProxy;
    return [process.env.no_proxy ?? process.env.NO_PROXY ?? ''].filter((hosts) => hosts !== '');
  }
}

/** undici calls `onRequestStart` just before the first byte goes to the socket, never for a connection that failed. */
function noteStart(handler: Dispatcher.DispatchHandler, onStart: () => void): Dispatcher.DispatchHandler {
  return {
    onRequestStart: (controller, context) => {
      onStart();
      handler.onRequestStart?.(controller, context);
    },
    onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
    onResponseStart: (...args) => handler.onResponseStart?.(...args),
    onResponseData: (...args) => handler.onResponseData?.(...args),
    onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
    onResponseError: (...args) => handler.onResponseError?.(...args),
  };
}

async function* closing(body: AsyncIterable<Uint8Array>, agent: Dispatcher): AsyncIterable<Uint8Array> {
  try {
    yield* body;
  } finally {
    await agent.destroy();
  }
}

function plainHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? (value.at(-1) ?? '') : (value ?? '')]),
  );
}

/** A name that leads to a private address is refused after the look-up, so that no DNS answer can point us inside. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    const addresses = error ? [] : found.filter(({ address }) => isPublicAddress(address));
    const first = addresses[0];
    if (error || !first) callback(error ?? Object.assign(new Error(privateAddress), { code: privateAddress }), '', 4);
    else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
