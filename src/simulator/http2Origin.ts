import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { type ApiSurroundings, isSubmit } from './apiOrigin';
import { answerApi } from './apiRoutes';

export type Http2Handler = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => Promise<void>;

/**
 * The API over HTTP/2, and its trap: GOAWAY and REFUSED_STREAM tell a client that the service has not seen its request,
 * so that a library sends it again, even when there is a job of it already.
 */
export function http2Handler(around: ApiSurroundings): Http2Handler {
  let accepted = 0;
  return async (stream, headers) => {
    const { clock, log, switches } = around;
    const method = headers[':method'] ?? 'GET';
    const url = new URL(`https://simulator.invalid${headers[':path'] ?? '/'}`);
    const text = (name: string): string | undefined => {
      const value = headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    };
    const rawHeaders = Object.keys(headers).flatMap((name) => [name, text(name) ?? '']);
    const entry = log.open({ method, url, rawHeaders, httpVersion: '2.0' }, 'api', clock.now());
    const pieces: Buffer[] = [];
    for await (const piece of stream) pieces.push(Buffer.from(piece));
    const body = Buffer.concat(pieces);
    log.read(entry, body);

    const answer = await answerApi({ method, path: url.pathname, query: url.searchParams, header: text, body }, around, entry);
    const { afterAccepting, times } = switches().http2;
    if (isSubmit(method, url.pathname) && afterAccepting !== 'answer' && accepted < times) {
      accepted += 1;
      log.answered(entry, 'reset');
      if (afterAccepting === 'goaway') stream.session?.goaway(constants.NGHTTP2_NO_ERROR, Math.max(0, (stream.id ?? 0) - 2));
      else stream.close(constants.NGHTTP2_REFUSED_STREAM);
      return;
    }
    log.answered(entry, answer.status);
    if (stream.destroyed) return;
    const date = new Date(clock.now() + switches().clockSkewMs).toUTCString();
    stream.respond({ ':status': answer.status, date, ...answer.headers });
    stream.end(answer.body);
  };
}
