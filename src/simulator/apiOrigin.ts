import { answerApi, type Service } from './apiRoutes';
import { type FaultCounter, momentOf } from './faults';
import { type Handler, readAll, urlOf } from './origin';
import type { RequestLog } from './requestLog';
import { send, spoil } from './spoil';
import type { Strangers } from './strangers';

export interface ApiSurroundings extends Service {
  readonly log: RequestLog;
  readonly faults: FaultCounter;
  readonly strangers: Strangers;
}

export const isSubmit = (method: string, path: string): boolean => method === 'POST' && path.startsWith('/generate/');

/** Handles a request to the API, or lets a scripted fault spoil it. */
export function apiHandler(around: ApiSurroundings): Handler {
  return async (request, response) => {
    const { clock, log, switches, faults } = around;
    const method = request.method ?? 'GET';
    const url = urlOf(request);
    const entry = log.open({ method, url, rawHeaders: request.rawHeaders, httpVersion: request.httpVersion }, 'api', clock.now());
    response.on('close', () => log.answered(entry, response.writableFinished ? response.statusCode : 'clientLeft'));
    const act = faults.next({ method, path: url.pathname, origin: 'api' });

    const serverTime = () => clock.now() + switches().clockSkewMs;
    const exchange = { request, response, entry, log, clock, serverTime, fileBase: around.fileBase };

    const moment = act && momentOf(act);
    const atSubmit = isSubmit(method, url.pathname) ? switches().strangers.atSubmit : 0;
    around.strangers.make({ count: Math.ceil(atSubmit / 2), state: 'asOurs' });
    if (act && moment === 'beforeReading') {
      spoil(act, undefined, exchange);
      return;
    }
    const body = await readAll(request).catch(() => undefined);
    if (!body) return;
    log.read(entry, body);
    if (act && moment === 'afterReading') {
      spoil(act, undefined, exchange);
      return;
    }

    const header = (name: string) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    };
    const answer = await answerApi({ method, path: url.pathname, query: url.searchParams, header, body }, around, entry);
    around.strangers.make({ count: Math.floor(atSubmit / 2), state: 'asOurs' });
    if (act) spoil(act, answer, exchange);
    else send(answer, exchange);
  };
}
