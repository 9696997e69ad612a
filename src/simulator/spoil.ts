import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, empty, html, json } from './answer';
import type { Clock } from './clock';
import type { FaultAct } from './faults';
import type { OpenRequest, RequestLog } from './requestLog';

/** A request and what is needed to answer it, rightly or wrongly. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly entry: OpenRequest;
  readonly log: RequestLog;
  readonly clock: Clock;
  /** ms since 1970 as the service's own clock has it. */
  readonly serverTime: () => number;
  readonly fileBase: () => string;
}

/** Lets `act` happen. `answer` is what the service would have said, if it got so far. */
export function spoil(act: FaultAct, answer: Answer | undefined, exchange: Exchange): void {
  const { request, entry, log, clock } = exchange;
  switch (act.kind) {
    case 'reset':
      log.answered(entry, 'reset');
      request.socket.resetAndDestroy();
      break;
    case 'hang':
      log.answered(entry, 'hanging');
      break;
    case 'answer':
      send(scriptedAnswer(act, entry.jobId ?? ''), exchange);
      break;
    case 'captivePortal':
      send(html(200, 'Welcome to Hotel Wi-Fi. Please log in'), exchange);
      break;
    case 'redirect':
      send(empty(act.status, { Location: target(act.to, exchange) }), exchange);
      break;
    case 'slow':
      if (answer) clock.at(clock.now() + act.delayMs, () => send(answer, exchange));
      break;
    case 'truncatedJson':
      if (answer) send({ ...answer, body: answer.body.slice(0, Math.ceil(answer.body.length * 0.6)) }, exchange);
      break;
    case 'halfAnswer':
      log.answered(entry, 'reset');
      if (answer) sendPart(answer, exchange, () => request.socket.destroySoon());
      break;
    case 'stalledAnswer':
      log.answered(entry, 'hanging');
      if (answer) sendPart(answer, exchange, () => undefined);
      break;
    default:
      act satisfies never;
  }
}

export function send({ status, headers, body }: Answer, { response, serverTime }: Exchange): void {
  if (response.destroyed) return;
  const bodiless = status === 204 || status === 304;
  response.writeHead(status, {
    Date: new Date(serverTime()).toUTCString(),
    ...headers,
    ...(bodiless ? {} : { 'Content-Length': Buffer.byteLength(body) }),
  });
  response.end(body);
}

function sendPart({ status, headers, body }: Answer, { response, serverTime }: Exchange, then: () => void): void {
  const bytes = Buffer.from(body);
  const id = /"job_id":"[^"]*",/.exec(body);
  const part = id ? id.index + id[0].length : Math.ceil(bytes.length / 2);
  response.writeHead(status, { Date: new Date(serverTime()).toUTCString(), ...headers, 'Content-Length': bytes.length });
  response.write(bytes.subarray(0, part), then);
}

function target(to: Extract<FaultAct, { kind: 'redirect' }>['to'], { request, fileBase }: Exchange): string {
  const path = request.url ?? '/';
  if (to === 'files') return `${fileBase()}${path}`;
  return to === 'self' ? path : to.url;
}

const statusWords: Readonly<Record<number, string>> = {
  408: 'Request Timeout',
  425: 'Too Early',
  429: 'Too many requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  524: 'A timeout occurred',
};

function scriptedAnswer({ status, body, headers }: Extract<FaultAct, { kind: 'answer' }>, jobId: string): Answer {
  const words = statusWords[status] ?? `Status ${status}`;
  if (body === 'json') return json(status, { error: words }, headers);
  if (body === 'empty') return empty(status, headers);
  if (body === 'html') return { ...html(status, `${status}: ${words}`), headers: { ...html(status, words).headers, ...headers } };
  return { status, headers: { 'Content-Type': body.contentType, ...headers }, body: body.text.replaceAll('{id}', jobId) };
}
