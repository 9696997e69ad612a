import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, empty, html, json } from './answer';
import { answerApi, type Service } from './apiRoutes';
import type { FaultAct, FaultCounter, FaultMoment } from './faults';
import { type Handler, readAll } from './origin';
import type { OpenRequest, RequestLog } from './requestLog';

export interface ApiSurroundings extends Service {
  readonly log: RequestLog;
  readonly faults: FaultCounter;
}

/** Handles a request to the API, or lets a scripted fault spoil it. */
export function apiHandler(around: ApiSurroundings): Handler {
  return async (request, response) => {
    const { clock, log, switches, faults } = around;
    const method = request.method ?? 'GET';
    const url = new URL(request.url ?? '/', 'http://simulator.invalid');
    const entry = log.open({ method, url, rawHeaders: request.rawHeaders }, 'api', clock.now());
    response.on('close', () => log.answered(entry, response.writableFinished ? response.statusCode : 'clientLeft'));
    const act = faults.next({ method, path: url.pathname, origin: 'api' });

    if (act && momentOf(act) === 'beforeReading') return breakOff(act, request, entry, log);
    const body = await readAll(request).catch(() => undefined);
    if (!body) return;
    log.read(entry, body);
    if (act && momentOf(act) === 'afterReading') return spoil(act, undefined, { request, response, entry, around });

    const header = (name: string) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    };
    const answer = answerApi({ method, path: url.pathname, query: url.searchParams, header, body }, around, entry);
    const dated = { ...answer, headers: { Date: new Date(clock.now() + switches().clockSkewMs).toUTCString(), ...answer.headers } };
    if (act) return spoil(act, dated, { request, response, entry, around });
    send(response, dated);
  };
}

function momentOf(act: FaultAct): FaultMoment {
  switch (act.kind) {
    case 'reset':
    case 'hang':
      return act.moment;
    case 'answer':
      return act.moment ?? 'afterReading';
    case 'captivePortal':
    case 'redirect':
      return 'afterReading';
    case 'slow':
    case 'truncatedJson':
    case 'halfAnswer':
    case 'stalledAnswer':
      return 'afterHandling';
    default:
      return act satisfies never;
  }
}

function breakOff(act: FaultAct, request: IncomingMessage, entry: OpenRequest, log: RequestLog): void {
  log.answered(entry, act.kind === 'hang' ? 'hanging' : 'reset');
  if (act.kind === 'reset') request.socket.resetAndDestroy();
}

interface Spoiled {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly entry: OpenRequest;
  readonly around: ApiSurroundings;
}

/** `answer` is what the service would have said, if it got so far. */
function spoil(act: FaultAct, answer: Answer | undefined, { request, response, entry, around }: Spoiled): void {
  switch (act.kind) {
    case 'reset':
    case 'hang':
      breakOff(act, request, entry, around.log);
      break;
    case 'answer':
      send(response, scriptedAnswer(act, entry.jobId ?? ''));
      break;
    case 'captivePortal':
      send(response, html(200, 'Welcome to Hotel Wi-Fi. Please log in'));
      break;
    case 'redirect':
      send(response, empty(act.status, { Location: target(act.to, request, around) }));
      break;
    case 'slow':
      if (answer) around.clock.at(around.clock.now() + act.delayMs, () => send(response, answer));
      break;
    case 'truncatedJson':
      if (answer) send(response, { ...answer, body: answer.body.slice(0, Math.ceil(answer.body.length * 0.6)) });
      break;
    case 'halfAnswer':
      if (answer) sendPart(response, answer, () => request.socket.destroySoon());
      around.log.answered(entry, 'reset');
      break;
    case 'stalledAnswer':
      if (answer) sendPart(response, answer, () => undefined);
      around.log.answered(entry, 'hanging');
      break;
    default:
      act satisfies never;
  }
}

function target(to: Extract<FaultAct, { kind: 'redirect' }>['to'], request: IncomingMessage, { fileBase }: ApiSurroundings): string {
  if (to === 'files') return `${fileBase()}${request.url}`;
  return to === 'self' ? (request.url ?? '/') : to.url;
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

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const bodiless = status === 204 || status === 304;
  response.writeHead(status, { ...headers, ...(bodiless ? {} : { 'Content-Length': Buffer.byteLength(body) }) });
  response.end(body);
}

function sendPart(response: ServerResponse, { status, headers, body }: Answer, then: () => void): void {
  const bytes = Buffer.from(body);
  const id = /"job_id":"[^"]*",/.exec(body);
  const part = id ? id.index + id[0].length : Math.ceil(bytes.length / 2);
  response.writeHead(status, { ...headers, 'Content-Length': bytes.length });
  response.write(bytes.subarray(0, part), then);
}
