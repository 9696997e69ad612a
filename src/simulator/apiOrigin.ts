import { answerApi, type Service } from './apiRoutes';
import { type FaultCounter, momentOf } from './faults';
import { type Handler, readAll, urlOf } from './origin';
import type { RequestLog } from './requestLog';
import { send, spoil } from './spoil';

export interface ApiSurroundings extends Service {
  readonly log: RequestLog;
  readonly faults: FaultCounter;
}

/** Handles a request to the API, or lets a scripted fault spoil it. */
export function apiHandler(around: ApiSurroundings): Handler {
  return async (request, response) => {
    const { clock, log, switches, faults } = around;
    const method = request.method ?? 'GET';
    const url = urlOf(request);
    const entry = log.open({ method, url, rawHeaders: request.rawHeaders }, 'api', clock.now());
    response.on('close', () => log.answered(entry, response.writableFinished ? response.statusCode : 'clientLeft'));
    const act = faults.next({ method, path: url.pathname, origin: 'api' });

    const serverTime = () => clock.now() + switches().clockSkewMs;
    const exchange = { request, response, entry, log, clock, serverTime, fileBase: around.fileBase };

    const moment = act && momentOf(act);
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
    const answer = answerApi({ method, path: url.pathname, query: url.searchParams, header, body }, around, entry);
    if (act) spoil(act, answer, exchange);
    else send(answer, exchange);
  };
}
