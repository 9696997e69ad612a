import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { buildConnector, Dispatcher } from 'undici';
import { readText } from './bodyText';
import { failPoint } from './failPoint';
import { hasUnknownSigner, networkFault, ProxyUnreachable } from './networkFault';
import { outgoing } from './outgoing';
import { type ProxySettings, proxiesOf } from './proxySettings';
import { isPublicAddress, privateAddress } from './publicAddress';
import { type ReadCertificates, systemCertificates } from './systemCertificates';
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
import { Trust } from './trust';

/** An agent for many calls, and whom it trusts. */
interface SharedAgent {
  readonly trusted: SecureContext | undefined;
  readonly agent: Promise<Dispatcher>;
}

/** Our own connections through undici, HTTP/1.1 only: over HTTP/2 undici repeats a POST after GOAWAY. */
export class UndiciTransport implements Transport {
  readonly way = 'direct';
  private readonly trust: Trust;
  private shared: SharedAgent | undefined;

  constructor(
    private readonly proxy: ProxySettings,
    private readonly deadlines: Deadlines = usualDeadlines,
    certificates: ReadCertificates = systemCertificates,
  ) {
    this.trust = new Trust(proxy.systemCertificates === false ? undefined : certificates);
  }

  async get(url: URL, headers: Headers, signal: AbortSignal): Promise<Reply> {
    return this.trusting(signal, () => this.getOnce(url, headers, signal));
  }

  private async getOnce(url: URL, headers: Headers, signal: AbortSignal): Promise<Reply> {
    try {
      const { request } = await import('undici');
      const limit = AbortSignal.any([signal, AbortSignal.timeout(this.deadlines.get)]);
      const answer = await request(url, { method: 'GET', headers, signal: limit, dispatcher: await this.sharedAgent() });
      return { kind: 'answer', answer: await readText(answer.statusCode, plainHeaders(answer.headers), answer.body) };
    } catch (error) {
      return { kind: 'fault', fault: networkFault(error) };
    }
  }

  async send(method: 'POST' | 'DELETE', url: URL, headers: Headers, { body, signal }: SendOptions = {}): Promise<SendReply> {
    let left = false;
    let agent: Dispatcher | undefined;
    const sent = outgoing(body, this.deadlines.send);
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
      const signals = [signal, sent.tooSlow].filter((one) => one !== undefined);
      const answer = await request(url, {
        method,
        headers: { ...headers, ...sent.headers },
        dispatcher,
        body: sent.body,
        ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
        // its own clock for headers runs while a long body still goes out
        headersTimeout: sent.tooSlow ? 0 : this.deadlines.send,
        bodyTimeout: this.deadlines.get,
      });
      failPoint(`${method}: answered`);
      return { kind: 'answer', answer: await readText(answer.statusCode, plainHeaders(answer.headers), answer.body) };
    } catch (error) {
      return { kind: left ? 'fault' : 'notSent', fault: networkFault(error) };
    } finally {
      sent.end();
      await agent?.destroy();
    }
  }

  async open(url: URL, headers: Headers, signal: AbortSignal, publicHostsOnly: boolean): Promise<OpenReply> {
    return this.trusting(signal, () => this.openOnce(url, headers, signal, publicHostsOnly));
  }

  private async openOnce(url: URL, headers: Headers, signal: AbortSignal, publicHostsOnly: boolean): Promise<OpenReply> {
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
    const agent = await this.shared?.agent.catch(() => undefined); // settings that make no agent
    this.shared = undefined;
    await agent?.destroy();
  }

  /**
   * A call that changes nothing is made once more with the system's certificates when nobody known has signed the
   * server's: then nothing of it was sent. A POST never is; it finds the trust that the GET before it has won.
   */
  private async trusting<T extends Reply | OpenReply>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
    const before = this.trust.context;
    const reply = await call();
    if (reply.kind !== 'fault' || !hasUnknownSigner(reply.fault)) return reply;
    return (await this.trust.widen(before, signal)) ? call() : reply;
  }

  private sharedAgent(): Promise<Dispatcher> {
    const trusted = this.trust.context;
    if (this.shared && this.shared.trusted === trusted) return this.shared.agent;
    // others may still be at their answers on the old one
    void this.shared?.agent.then((old) => old.close()).catch(() => undefined);
    this.shared = { trusted, agent: this.newAgent() };
    return this.shared.agent;
  }

  private async newAgent(lookupAddress?: LookupFunction): Promise<Dispatcher> {
    const { buildConnector, EnvHttpProxyAgent, Pool } = await import('undici');
    const timeout = this.deadlines.connect;
    const secureContext = this.trust.context;
    const tls = { allowH2: false, rejectUnauthorized: this.proxy.strictCertificates, ...(secureContext && { secureContext }) };
    const toProxy = namingTheProxy(buildConnector({ ...tls, timeout }));
    const { authorization } = this.proxy;
    return new EnvHttpProxyAgent({
      allowH2: false,
      pipelining: 1,
      connectTimeout: timeout,
      connect: { timeout, ...tls, ...(lookupAddress && { lookup: lookupAddress }) },
      requestTls: tls,
      proxyTls: tls,
      // a proxy that takes the connection and then says nothing is given no longer than the connection itself
      clientFactory: (origin) => new Pool(origin, { allowH2: false, connect: toProxy, headersTimeout: timeout }),
      ...(authorization && { token: authorization }),
      ...proxiesOf(this.proxy),
    });
  }
}

/** So that a proxy out of reach is not taken for a service out of reach. */
function namingTheProxy(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    connect(options, (...[error, socket]) => (error ? callback(new ProxyUnreachable(error), null) : callback(null, socket)));
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
