import * as http from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { readText } from './bodyText';
import { failPoint } from './failPoint';
import { networkFault, proxyRefusal } from './networkFault';
import { outgoing } from './outgoing';
import type { ProxySupport } from './proxySettings';
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

/** What the editor patches, as it stands at the moment of a call. */
export interface EditorCalls {
  readonly fetch: typeof globalThis.fetch;
  /** A request that leaves no connection open behind it. */
  readonly request: (url: URL, options: http.RequestOptions) => http.ClientRequest;
}

/**
 * With `http.proxySupport: on` the editor leads a request through its proxy only when that names no agent; with the
 * others it takes ours away and asks the proxy, or (off, fallback) leaves it be.
 */
export function editorCalls(support: ProxySupport = 'override'): EditorCalls {
  return {
    fetch: (input, init) => globalThis.fetch(input, init),
    request: (url, { headers, ...options }) => {
      const { request } = url.protocol === 'http:' ? http : https;
      return request(url, { ...options, headers: { ...headers, connection: 'close' }, ...(support !== 'on' && { agent: false }) });
    },
  };
}

/**
 * The editor's own way to the network: it patches `fetch`, `node:http` and `node:https` for PAC files, Kerberos and
 * the system's certificates. Nothing that changes something at the service goes through `fetch`, which may resend
 * and follows 307 and 308.
 */
export class EditorTransport implements Transport {
  readonly way = 'editor';

  constructor(
    private readonly deadlines: Deadlines = usualDeadlines,
    private readonly calls: EditorCalls = editorCalls(),
  ) {}

  async get(url: URL, headers: Headers, signal: AbortSignal): Promise<Reply> {
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(this.deadlines.get)]);
      const answer = await this.calls.fetch(url, { headers, signal: limit, redirect: 'manual' });
      return { kind: 'answer', answer: await readText(answer.status, Object.fromEntries(answer.headers), answer.body ?? empty()) };
    } catch (error) {
      return { kind: 'fault', fault: networkFault(error) };
    }
  }

  send(method: 'POST' | 'DELETE', url: URL, headers: Headers, { body, signal }: SendOptions = {}): Promise<SendReply> {
    const { deadlines, calls } = this;
    return new Promise((resolve) => {
      let call: http.ClientRequest;
      const sent = outgoing(body, deadlines.send);
      const signals = [signal, sent.tooSlow].filter((one) => one !== undefined);
      try {
        call = calls.request(url, {
          method,
          headers: { ...headers, ...sent.headers },
          ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
        });
      } catch (error) {
        sent.end();
        return resolve({ kind: 'notSent', fault: networkFault(error) }); // a header that cannot be sent
      }
      let left = false;
      let answered = false;
      const giveUp = (): void => void call.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }));
      let deadline = setTimeout(giveUp, deadlines.connect);
      let refusedByProxy = false;
      call.once('socket', (socket) => {
        refusedByProxy = leadsNowhere(socket, url);
        if (refusedByProxy) return;
        whenItMayLeave(socket, url, () => {
          left = true;
          failPoint(`${method}: leaves`);
          clearTimeout(deadline);
          if (!sent.tooSlow) deadline = setTimeout(giveUp, deadlines.send);
        });
      });
      const end = (reply: SendReply): void => {
        clearTimeout(deadline);
        sent.end();
        resolve(reply);
      };
      call.once('response', (response) => {
        answered = true;
        failPoint(`${method}: answered`);
        if (refusedByProxy) {
          call.destroy();
          return end({ kind: 'notSent', fault: proxyRefusal(response.statusCode ?? 0) });
        }
        void readText(response.statusCode ?? 0, plainHeaders(response.headers), response).then((answer) => end({ kind: 'answer', answer }));
      });
      // after the head of an answer the body says what came: half of one may hold the id of a job
      call.on(
        'error',
        (error) =>
          answered || end({ kind: left ? 'fault' : 'notSent', fault: networkFault(sent.tooSlow?.aborted ? sent.tooSlow.reason : error) }),
      );
      if (sent.body instanceof Readable) sent.body.once('error', (error) => call.destroy(error)).pipe(call);
      else call.end(sent.body ?? undefined);
    });
  }

  async open(url: URL, headers: Headers, signal: AbortSignal, _publicHostsOnly: boolean): Promise<OpenReply> {
    // Behind a PAC proxy the proxy looks the name up, not we: an address cannot be judged here.
    const stop = new AbortController();
    const patience = setTimeout(() => stop.abort(new DOMException('no answer', 'TimeoutError')), this.deadlines.fileHeaders);
    try {
      const answer = await this.calls.fetch(url, { headers, signal: AbortSignal.any([signal, stop.signal]), redirect: 'manual' });
      const body = untilSilent(answer.body ?? empty(), stop, this.deadlines.fileSilence);
      return { kind: 'open', file: { status: answer.status, headers: Object.fromEntries(answer.headers), body } };
    } catch (error) {
      return { kind: 'fault', fault: networkFault(error) };
    } finally {
      clearTimeout(patience);
    }
  }

  async close(): Promise<void> {}
}

async function* empty(): AsyncIterable<Uint8Array> {}

/**
 * A proxy's refusal to lead to the service is handed on by the editor's proxy agent as if the service had answered, on
 * a socket that was never connected to anything: nothing can have left on it.
 */
function leadsNowhere(socket: Socket, url: URL): boolean {
  return url.protocol === 'https:' && !('encrypted' in socket && socket.encrypted === true) && socket.pending && !socket.connecting;
}

/**
 * Node writes the head of a request as soon as its connection stands (for TLS: is trusted). A socket that is there
 * already, as one from the editor's proxy agent is, counts as left at once.
 */
function whenItMayLeave(socket: Socket, url: URL, left: () => void): void {
  const secures = 'secureConnecting' in socket && socket.secureConnecting === true;
  if (url.protocol === 'https:' && secures) socket.once('secureConnect', left);
  else if (url.protocol === 'http:' && socket.connecting) socket.once('connect', left);
  else left();
}

function plainHeaders(headers: http.IncomingHttpHeaders): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, (Array.isArray(value) ? value.at(-1) : value) ?? '']));
}

async function* untilSilent(body: AsyncIterable<Uint8Array>, stop: AbortController, deadline: number): AsyncIterable<Uint8Array> {
  const silence = setTimeout(() => stop.abort(new DOMException('the file stopped coming', 'TimeoutError')), deadline);
  try {
    for await (const chunk of body) {
      silence.refresh();
      yield chunk;
    }
  } finally {
    clearTimeout(silence);
  }
}
