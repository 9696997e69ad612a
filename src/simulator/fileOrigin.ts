import type { ServerResponse } from 'node:http';
import type { Assets } from './assets';
import type { MakeClip } from './clipSpec';
import type { Clock } from './clock';
import { type FaultCounter, momentOf } from './faults';
import { fileAnswer } from './fileAnswer';
import { type Handler, urlOf } from './origin';
import type { OriginName, RequestLog } from './requestLog';
import type { OpenJob } from './simulatedJob';
import type { SimulatedJobs } from './simulatedJobs';
import { spoil } from './spoil';
import type { FileSwitches } from './switches';

export interface FileSurroundings {
  readonly clock: Clock;
  readonly log: RequestLog;
  readonly jobs: SimulatedJobs;
  readonly assets: Assets;
  readonly faults: FaultCounter;
  readonly switches: () => FileSwitches;
  readonly makeClip: MakeClip;
  readonly bases: () => { readonly api: string; readonly files: string; readonly otherFiles: string };
}

/** The smallest PNG: one transparent pixel. */
const preview = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** Serves result files: to anyone, without a token, in whatever way the switches say. */
export function fileHandler(around: FileSurroundings, origin: Exclude<OriginName, 'api'>): Handler {
  const cuts = new Map<string, number>();
  return async (request, response) => {
    const { clock, log, jobs, bases } = around;
    const files = around.switches();
    const method = request.method ?? 'GET';
    const url = urlOf(request);
    const entry = log.open({ method, url, rawHeaders: request.rawHeaders, httpVersion: request.httpVersion }, origin, clock.now());
    response.on('close', () => log.answered(entry, response.writableFinished ? response.statusCode : 'clientLeft'));
    request.resume();

    const act = around.faults.next({ method, path: url.pathname, origin: 'files' });
    if (act && momentOf(act) !== 'afterHandling') {
      spoil(act, undefined, { request, response, entry, log, clock, serverTime: () => clock.now(), fileBase: () => bases().files });
      return;
    }
    if (act?.kind === 'slow') await new Promise<void>((resolve) => void clock.at(clock.now() + act.delayMs, resolve));

    const asset = around.assets.atPath(url.pathname);
    if (asset && (method === 'GET' || method === 'HEAD')) return sendWhole(response, asset.bytes, asset.mimeType);
    const [, folder, id] = /^\/(videos|previews)\/([0-9a-f-]+)(?:\.\w+)?$/.exec(url.pathname) ?? [];
    const job = id === undefined ? undefined : jobs.find(id);
    if ((method !== 'GET' && method !== 'HEAD') || !job) return refuse(response, 404);
    entry.jobId = job.id;
    if (folder === 'previews') return sendWhole(response, preview, 'image/png');
    if (job.state.kind !== 'ended' || job.state.ending !== 'completed') return refuse(response, 404);

    if (files.redirect !== 'no' && origin === 'files') {
      const to = { otherHost: bases().otherFiles, loopback: bases().api, loop: '' }[files.redirect];
      response.writeHead(302, { Location: `${to}${url.pathname}` }).end();
      return;
    }
    const refusal = expired(job, files, clock.now());
    if (refusal !== undefined) return refuse(response, refusal);

    const bytes = await bodyOf(job, files, around.makeClip);
    const file = { name: job.id, bytes, madeAt: job.state.at, wasCut: cuts.has(job.id) };
    const answer = fileAnswer(file, request.headers, files, clock.now());
    const headers: Record<string, string> = { ...answer.headers };
    if (answer.status === 416) {
      response.writeHead(416, headers).end();
      return;
    }
    const part = answer.bytes;
    Object.assign(headers, lengthHeaders(files.length, part.length));

    const half = act?.kind === 'halfAnswer' || act?.kind === 'stalledAnswer';
    const cut = half ? Math.floor(part.length / 2) : cutAfter(files.cut, cuts, job.id, part.length);
    if (files.length === 'none') response.useChunkedEncodingByDefault = false;
    response.writeHead(answer.status, headers);
    if (method === 'HEAD') {
      response.end();
      return;
    }
    const sent = await sendPieces(response, part.subarray(0, cut ?? part.length), files, clock);
    entry.fileBytes = sent;
    if (cut !== undefined) await pause(response, files.pauseMs, clock);
    if (act?.kind === 'stalledAnswer') {
      log.answered(entry, 'hanging');
    } else if (cut !== undefined) {
      log.answered(entry, 'reset');
      response.socket?.destroySoon();
    } else if (files.length === 'long') {
      // the promised bytes never come
      response.socket?.destroySoon();
    } else {
      if (answer.toTheEnd) job.downloads += 1;
      response.end();
    }
  };
}

function refuse(response: ServerResponse, status: 403 | 404): void {
  response.writeHead(status, { 'Content-Type': 'application/xml' });
  response.end(`<?xml version="1.0"?><Error><Code>${status === 403 ? 'AccessDenied' : 'NoSuchKey'}</Code></Error>`);
}

function sendWhole(response: ServerResponse, bytes: Uint8Array, contentType: string): void {
  response.writeHead(200, { 'Content-Type': contentType, 'Content-Length': bytes.length });
  response.end(bytes);
}

function expired(job: OpenJob, { expiry }: FileSwitches, now: number): 403 | 404 | undefined {
  if (expiry === 'no' || job.state.kind !== 'ended') return undefined;
  const { status, afterDownloads = Number.POSITIVE_INFINITY, afterMs = Number.POSITIVE_INFINITY } = expiry;
  return job.downloads >= afterDownloads || now - job.state.at >= afterMs ? status : undefined;
}

async function bodyOf(job: OpenJob, { body }: FileSwitches, makeClip: MakeClip): Promise<Uint8Array> {
  switch (body) {
    case 'clip':
      return makeClip(job.clip);
    case 'html':
      return Buffer.from('<!DOCTYPE html><html><body><h1>Sign in to continue</h1></body></html>');
    case 'empty':
      return new Uint8Array();
    default:
      return body satisfies never;
  }
}

function lengthHeaders(variant: FileSwitches['length'], length: number): Record<string, string> {
  switch (variant) {
    case 'exact':
      return { 'Content-Length': String(length) };
    case 'none':
      return { Connection: 'close' };
    case 'chunked':
      return { 'Transfer-Encoding': 'chunked' };
    case 'short':
      return { 'Content-Length': String(Math.floor(length / 2)), Connection: 'close' };
    case 'long':
      return { 'Content-Length': String(length + 1000) };
    default:
      return variant satisfies never;
  }
}

function cutAfter(cut: FileSwitches['cut'], cuts: Map<string, number>, id: string, length: number): number | undefined {
  const before = cuts.get(id) ?? 0;
  if (cut === 'no' || before >= cut.times) return undefined;
  cuts.set(id, before + 1);
  return 'share' in cut ? Math.floor(length * cut.share) : Math.min(cut.bytes, length);
}

/** Bytes that went out. */
async function sendPieces(
  response: ServerResponse,
  bytes: Uint8Array,
  { pauseMs, pieceBytes }: FileSwitches,
  clock: Clock,
): Promise<number> {
  let sent = 0;
  while (sent < bytes.length && !response.destroyed) {
    if (sent > 0) await pause(response, pauseMs, clock);
    const piece = bytes.subarray(sent, sent + pieceBytes);
    await new Promise<void>((resolve) => {
      response.write(piece, () => resolve());
    });
    sent += piece.length;
  }
  return sent;
}

async function pause(response: ServerResponse, ms: number, clock: Clock): Promise<void> {
  if (ms <= 0 || response.destroyed) return;
  await new Promise<void>((resolve) => {
    const passed = (): void => {
      callOff();
      response.off('close', passed);
      resolve();
    };
    const callOff = clock.at(clock.now() + ms, passed);
    response.once('close', passed);
  });
}
