import { type EditorCalls, EditorTransport, editorCalls } from './editorTransport';
import { failPoint } from './failPoint';
import type { ProxySettings } from './proxySettings';
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
import { UndiciTransport } from './undiciTransport';

export type NetworkWay = 'auto' | 'direct' | 'editor';

/** What the network takes from its surroundings. */
export interface NetworkParts {
  readonly certificates?: ReadCertificates;
  readonly editor?: EditorCalls;
}

/**
 * Chooses between our own connections and the editor's. With `auto`, a GET that fails before an answer is tried once
 * more the other way; what worked is kept for the session, and a POST goes the way of the GET that just worked.
 */
export class Network {
  private readonly ways: readonly [Transport, ...Transport[]];
  private chosen: Transport;

  constructor(
    way: NetworkWay,
    proxy: ProxySettings,
    deadlines: Deadlines = usualDeadlines,
    { certificates = systemCertificates, editor: calls = editorCalls(proxy.support) }: NetworkParts = {},
  ) {
    const direct = new UndiciTransport(proxy, deadlines, certificates);
    const editor = new EditorTransport(deadlines, calls);
    this.ways = way === 'direct' ? [direct] : way === 'editor' ? [editor] : [direct, editor];
    this.chosen = this.ways[0];
  }

  get way(): Transport['way'] {
    return this.chosen.way;
  }

  async get(url: URL, headers: Headers, signal: AbortSignal): Promise<Reply> {
    failPoint('GET: begins');
    const reply = await this.getEitherWay(url, headers, signal);
    failPoint('GET: read');
    return reply;
  }

  private async getEitherWay(url: URL, headers: Headers, signal: AbortSignal): Promise<Reply> {
    const first = await this.chosen.get(url, headers, signal);
    const other = this.ways.find((way) => way !== this.chosen);
    if (first.kind === 'answer' || signal.aborted) return first;
    if (!other) return this.way === 'editor' ? editorTried(first) : first;
    const second = await other.get(url, headers, signal);
    if (second.kind === 'answer') this.chosen = other;
    return second.kind === 'answer' ? second : editorTried(first);
  }

  async send(method: 'POST' | 'DELETE', url: URL, headers: Headers, options?: SendOptions): Promise<SendReply> {
    failPoint(`${method}: begins`);
    const reply = await this.chosen.send(method, url, headers, options);
    failPoint(`${method}: read`);
    return reply;
  }

  async open(url: URL, headers: Headers, signal: AbortSignal, publicHostsOnly: boolean): Promise<OpenReply> {
    failPoint('file: begins');
    const reply = await this.chosen.open(url, headers, signal, publicHostsOnly);
    failPoint('file: opened');
    return reply;
  }

  async close(): Promise<void> {
    await Promise.all(this.ways.map((way) => way.close()));
  }
}

function editorTried(reply: Reply): Reply {
  if (reply.kind !== 'fault' || reply.fault.kind !== 'certificate') return reply;
  return { kind: 'fault', fault: { ...reply.fault, editorTried: true } };
}
