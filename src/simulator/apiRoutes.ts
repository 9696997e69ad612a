import { createHash } from 'node:crypto';
import { type Answer, empty, html, json, unknownPath } from './answer';
import type { Assets } from './assets';
import type { Clock } from './clock';
import { jobAnswer, type Served, submitAnswer } from './jobAnswer';
import { jobStatuses } from './jobScript';
import { judgeBody } from './judgeBody';
import { modelsWith, type SimulatedModel } from './models';
import { isRetired, openApiText } from './openApi';
import { invalidBody, noBalance, retiredModel, tooMany, unauthorized } from './refusal';
import type { KnownToken, OpenRequest } from './requestLog';
import { type OpenJob, type SimulatedJob, statusOf } from './simulatedJob';
import type { SimulatedJobs } from './simulatedJobs';
import type { Switches } from './switches';

export interface Service {
  readonly jobs: SimulatedJobs;
  readonly assets: Assets;
  readonly clock: Clock;
  readonly tokens: readonly KnownToken[];
  readonly switches: () => Switches;
  readonly fileBase: () => string;
  /** Calls of a workspace in the last minute, this one included. */
  readonly callsInLastMinute: (workspace: string) => number;
}

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly header: (name: string) => string | undefined;
  readonly body: Buffer;
}

/** Does what the request asks and says what the service answers. `entry` learns which job it was about. */
export async function answerApi(request: ApiRequest, service: Service, entry: OpenRequest): Promise<Answer> {
  const { method, path } = request;
  const switches = service.switches();
  if (method === 'OPTIONS') return empty(204);
  if (method === 'GET' && path === '/openapi.json') return openApi(request, switches);

  const model = method === 'POST' ? modelAt(path, switches) : undefined;
  const jobId = /^\/jobs\/([^/]+)$/.exec(path)?.[1];
  const asset = path === '/assets' ? '' : /^\/assets\/([^/]+)$/.exec(path)?.[1];
  const known =
    model ||
    (jobId && (method === 'GET' || method === 'DELETE')) ||
    (asset !== undefined && (method === 'GET' || method === (asset === '' ? 'POST' : 'DELETE'))) ||
    (method === 'GET' && (path === '/jobs' || path === '/usage'));
  if (!known) return unknownPath();

  const caller = callerOf(request, service);
  if (!caller) return unauthorized(switches);
  if (service.callsInLastMinute(caller.workspace) > switches.requestsPerMinute)
    return tooMany({ ...switches.concurrency, text: 'Too many requests' }, service.clock.now() + switches.clockSkewMs);

  if (model) return submit(model, request, caller, service, entry);
  if (asset !== undefined) return answerAssets(asset, request, caller, service);
  if (path === '/usage') return json(403, { error: 'This endpoint needs a workspace service API key.' });
  if (!jobId) return list(request.query, caller, service);
  entry.jobId = service.jobs.find(jobId)?.id;
  return method === 'GET' ? poll(jobId, caller, service) : remove(jobId, caller, service);
}

function answerAssets(
  id: string,
  { method, query, header, body }: ApiRequest,
  caller: KnownToken,
  { assets }: Service,
): Answer | Promise<Answer> {
  if (id === '') return method === 'POST' ? assets.upload(header('content-type') ?? '', body, caller) : assets.list(query, caller);
  return method === 'GET' ? assets.show(id, caller) : assets.remove(id, caller);
}

function modelAt(path: string, { openapi }: Switches): SimulatedModel | undefined {
  return modelsWith(openapi === 'unheardOfModel').find(({ endpoint }) => endpoint === path);
}

function callerOf({ header }: ApiRequest, { tokens, switches }: Service): KnownToken | undefined {
  const [, scheme, held] = /^(\S+) (\S+)$/.exec(header('authorization') ?? '') ?? [];
  const accepted = scheme?.toLowerCase() === 'bearer' || (scheme === 'Key' && switches().keyScheme);
  return accepted ? tokens.find(({ token }) => token === held) : undefined;
}

function openApi({ header }: ApiRequest, switches: Switches): Answer {
  if (switches.openapi === 'missing') return html(404, '404: This page could not be found');
  const body = openApiText(switches);
  const headers = { 'Content-Type': 'application/json; charset=utf-8' };
  if (!switches.openapiEtag) return { status: 200, headers, body };
  const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
  return header('if-none-match') === etag ? empty(304, { ETag: etag }) : { status: 200, headers: { ...headers, ETag: etag }, body };
}

function submit(model: SimulatedModel, request: ApiRequest, caller: KnownToken, service: Service, entry: OpenRequest): Answer {
  const switches = service.switches();
  if (isRetired(model, switches)) return retiredModel(model.name, switches.sunset[model.id]?.replacement ?? null);
  if (switches.forbidden.includes(model.id)) return json(403, { error: `Your plan does not include ${model.name}.` });

  const body = readFields(request);
  if (!body) return invalidBody([{ path: [], kind: 'type', message: 'The request body must be a JSON object' }], switches);
  const surroundings = {
    switches,
    fileBase: service.fileBase(),
    isUploaded: (address: string) => service.assets.has(address, caller.workspace),
  };
  const refused = judgeBody(model, body, surroundings);
  if (refused) return refused;

  if (service.jobs.balance(caller.workspace) <= 0) return noBalance(switches);
  const job = service.jobs.submit({
    model,
    body,
    token: caller.name,
    workspace: caller.workspace,
    webhookUrl: request.header('x-webhook-url'),
  });
  if (job === 'noSlot') return tooMany(switches.concurrency, service.clock.now() + switches.clockSkewMs);
  entry.jobId = job.id;
  return json(200, submitAnswer(job, served(service)), sunsetHeaders(model, switches));
}

function readFields({ header, body }: ApiRequest): Record<string, unknown> | undefined {
  if (!/^application\/json\b/i.test(header('content-type') ?? '')) return undefined;
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function sunsetHeaders({ id }: SimulatedModel, { sunset }: Switches): Record<string, string> {
  const end = sunset[id];
  if (!end) return {};
  return {
    Deprecation: 'true',
    Sunset: new Date(end.date).toUTCString(),
    Link: [
      '<https://docs.krea.ai/developers/deprecations>; rel="deprecation"; type="text/html"',
      ...(end.replacement === undefined ? [] : [`</generate/video/${end.replacement}>; rel="successor-version"`]),
    ].join(', '),
  };
}

const notFound = () => json(404, { error: 'Job not found' });

function visibleJob(id: string, caller: KnownToken, { jobs, switches }: Service): OpenJob | undefined {
  const job = jobs.find(id);
  return job && mayBeSeen(job, caller, switches()) ? job : undefined;
}

const mayBeSeen = (job: SimulatedJob, caller: KnownToken, { jobsVisibleTo, afterDelete }: Switches) =>
  (jobsVisibleTo === 'token' ? job.token === caller.name : job.workspace === caller.workspace) &&
  !(job.deleted && afterDelete === 'notFound' && job.state.kind === 'ended' && job.state.ending === 'cancelled');

function poll(id: string, caller: KnownToken, service: Service): Answer {
  const job = visibleJob(id, caller, service);
  if (!job) return notFound();
  job.polls += 1;
  if (job.polls <= service.switches().earlyNotFound) return notFound();
  const answer = json(200, jobAnswer(job, served(service)));
  if (job.state.kind === 'ended') {
    if (job.endTold) job.pollsAfterEnd += 1;
    job.endTold = true;
  }
  return answer;
}

function remove(id: string, caller: KnownToken, service: Service): Answer {
  const { deletable, lateDelete, deleteLosesRace } = service.switches();
  const job = visibleJob(id, caller, service);
  if (!job || (job.deleted && job.state.kind === 'ended')) return notFound();
  const inTime = job.state.kind !== 'ended' && deletable.includes(statusOf(job));
  if (!inTime && lateDelete !== 'accepted but completes')
    return lateDelete === 404 ? notFound() : json(lateDelete, { error: `A job that is ${statusOf(job)} cannot be deleted.` });
  job.deleted = true;
  if (inTime && !deleteLosesRace) service.jobs.end(job, 'cancelled', 'client');
  return empty(200);
}

// a burst of jobs gets times of creation a little ahead of the clock, so no lag is not the same as a lag of 0 ms
const isListed = (job: SimulatedJob, { listLagMs }: Switches, now: number) => listLagMs === 0 || now - job.createdAt >= listLagMs;

function list(query: URLSearchParams, caller: KnownToken, service: Service): Answer {
  const { clock, jobs } = service;
  const switches = service.switches();
  const limit = query.has('limit') ? Number(query.get('limit') || Number.NaN) : 100;
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) return json(400, { error: 'limit must be an integer from 1 to 1000' });
  const cursor = query.get('cursor');
  const before = cursor === null ? Number.POSITIVE_INFINITY : Date.parse(cursor) - switches.clockSkewMs;
  if (Number.isNaN(before)) return json(400, { error: 'cursor must be an ISO 8601 time' });
  const status = query.get('status');
  if (status !== null && !jobStatuses.some((known) => known === status))
    return json(400, { error: `status must be one of ${jobStatuses.join(', ')}` });
  const types = query.get('types')?.split(',');

  const matching = jobs.all
    .filter((job) => mayBeSeen(job, caller, switches) && job.createdAt < before && isListed(job, switches, clock.now()))
    .filter((job) => (status === null || statusOf(job) === status) && (types?.includes('videoV2') ?? true))
    .sort((a, b) => b.createdAt - a.createdAt);
  const items = matching.slice(0, limit).map((job) => jobAnswer(job, served(service)));
  return json(200, { items, [switches.cursorName]: matching.length > limit ? items.at(-1)?.created_at : null });
}

const served = ({ switches, fileBase, clock }: Service): Served => ({ switches: switches(), fileBase: fileBase(), now: clock.now() });
