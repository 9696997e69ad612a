import * as http from 'node:http';
import * as https from 'node:https';
import { readText } from './bodyText';
import { networkFault } from './networkFault';
import { deadlines, type Headers, type OpenReply, type Reply, type SendReply, type Transport } from './transport';

/**
 * The editor's own way to the network: it patches `fetch`, `node:http` and `node:https` for PAC files, Kerberos and
 * the system's certificates. Nothing that changes something at the service goes through `fetch`, which may resend
 * and follows 307 and 308.
 */
export class EditorTransport implements Transport {
  readonly way = 'editor';

  async get(url: URL, headers: Headers, signal: AbortSignal): Promise<Reply> {
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(deadlines.get)]);
      const answer = await fetch(url, { headers, signal: limit, redirect: 'manual' });
      return { kind: 'answer', answer: await readText(answer.status, Object.fromEntries(answer.headers), answer.body ?? empty()) };
    } catch (error) {
      return { kind: 'fault', fault: networkFault(error) };
    }
  }

  send(method: 'POST' | 'DELETE', url: URL, headers: Headers, body?: string): Promise<SendReply> {
    return new Promise((resolve) => {
      let left = false;
      const request = (url.protocol === 'http:' ? http : https).request(url, { method, headers, agent: false, timeout: deadlines.send });
      request.once('socket', (socket) => {
        // node writes the head as soon as the connection stands (for TLS: is trusted), so from there on it may have left
        const event = url.protocol === 'http:' ? 'connect' : 'secureConnect';
        if (socket.connecting || url.protocol === 'https:') socket.once(event, () => (left = true));
        else left = true;
        socket.setTimeout(
          deadlines.connect,
          () => left || request.destroy(Object.assign(new Error('no connection'), { code: 'ETIMEDOUT' })),
        );
      });
      const deadline = setTimeout(() => request.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })), deadlines.send);
      const end = (reply: SendReply): void => {
        clearTimeout(deadline);
        resolve(reply);
      };
      request.once('error', (error) => end({ kind: left ? 'fault' : 'notSent', fault: networkFault(error) }));
      request.once('response', (response) => {
        const headersSeen = Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? (value.at(-1) ?? '') : (value ?? '')]),
        );
        void readText(response.statusCode ?? 0, headersSeen, response).then((answer) => end({ kind: 'answer', answer }));
      });
      request.end(body);
    });
  }

  async open(url: URL, headers: Headers, signal: AbortSignal, _publicHostsOnly: boolean): Promise<OpenReply> {
    // Behind a PAC proxy the proxy looks the name up, not we: an address cannot be judged here.
    const stop = new AbortController();
    const patience = setTimeout(() => stop.abort(new DOMException('no answer', 'TimeoutError')), deadlines.fileHeaders);
    try {
      const answer = await fetch(url, { headers, signal: AbortSignal.any([signal, stop.signal]), redirect: 'manual' });
      const body = untilSilent(answer.body ?? empty(), stop);
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

async function* untilSilent(body: AsyncIterable<Uint8Array>, stop: AbortController): AsyncIterable<Uint8Array> {
  const silence = setTimeout(() => stop.abort(new DOMException('the file stopped coming', 'TimeoutError')), deadlines.fileSilence);
  try {
    for await (const chunk of body) {
      silence.refresh();
      yield chunk;
    }
  } finally {
    clearTimeout(silence);
  }
}
