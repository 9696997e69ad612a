import { fieldsSchema, type Schema } from './fieldsSchema';
import { jobStatuses } from './jobScript';
import { modelsWith, type SimulatedModel } from './models';
import { priceRows, publishedPricing } from './price';
import type { Switches } from './switches';

export type Description = Pick<Switches, 'openapi' | 'openapiShape' | 'nestedFields' | 'priceFactor' | 'retired' | 'withdrawn'>;

export const isRetired = (model: SimulatedModel, { retired, withdrawn }: Pick<Switches, 'retired' | 'withdrawn'>): boolean =>
  model.retired === true || retired.includes(model.id) || withdrawn.includes(model.id);

/** The text of /openapi.json: every model's request schema and prices, and some of the other operations Krea publishes. */
export function openApiText(description: Description): string {
  const { openapi, openapiShape, withdrawn } = description;
  if (openapi === 'notOpenApi') return JSON.stringify({ swagger: '2.0', paths: {} });
  const named = modelsWith(openapi === 'unheardOfModel').filter(({ id }) => !withdrawn.includes(id));
  const text = JSON.stringify({
    openapi: openapiShape === 'references' ? '3.0.3' : '3.1.0',
    info: { title: 'Krea API', version: 'v1' },
    servers: [{ url: 'https://api.krea.ai', description: 'Krea API' }],
    security: [{ bearerAuth: [] }],
    paths: { ...Object.fromEntries(named.map((model) => [model.endpoint, { post: operation(model, description) }])), ...otherPaths },
    components: {
      securitySchemes: { bearerAuth: { type: 'http', scheme: 'bearer' } },
      ...(openapiShape === 'references' && {
        schemas: { Address: { type: 'string', format: 'uri', maxLength: 1024 } },
        requestBodies: Object.fromEntries(named.map((model) => [model.id.replaceAll('/', '_'), requestBody(model, description)])),
      }),
    },
    ...(openapi === 'veryLarge' ? { 'x-padding': 'x'.repeat(24 * 1024 * 1024) } : {}),
  });
  return openapi === 'brokenJson' ? text.slice(0, text.length / 2) : text;
}

function operation(model: SimulatedModel, description: Description): Schema {
  const { openapiShape, priceFactor } = description;
  const factor = priceFactor[model.id] ?? 1;
  const pricing = openapiShape === 'may' ? undefined : publishedPricing(model, factor);
  const words = `Generate a video with ${model.name}.`;
  return {
    tags: ['Video'],
    summary: model.name,
    description: openapiShape === 'may' ? `${words}\n${unitTable(model, factor)}` : words,
    ...(isRetired(model, description) ? { deprecated: true } : {}),
    ...(pricing ? { 'x-krea-pricing': pricing } : {}),
    'x-krea-deprecated-field-aliases': Object.entries(model.aliases).map(([from, to]) => ({ from, to, sunset_date: '2026-06-19' })),
    parameters: [{ name: 'X-Webhook-URL', in: 'header', required: false, schema: { type: 'string', format: 'uri' } }],
    requestBody:
      openapiShape === 'references'
        ? { $ref: `#/components/requestBodies/${model.id.replaceAll('/', '_')}` }
        : requestBody(model, description),
    responses: {
      200: { description: 'The job.', content: { 'application/json': { schema: jobSchema } } },
      400: { description: 'The request body is invalid.' },
      401: { description: 'You are not authenticated.' },
      402: { description: 'You have run out of credits.' },
      429: { description: 'You have reached the maximum number of concurrent jobs.' },
    },
  };
}

function requestBody({ params }: SimulatedModel, { openapiShape, nestedFields }: Description): Schema {
  const required = Object.keys(params).filter((name) => params[name]?.required);
  const schema = fieldsSchema(params, required, { shape: openapiShape, nested: nestedFields === 'refused' && openapiShape !== 'may' });
  return { content: { 'application/json': { schema: { ...schema, additionalProperties: false } } } };
}

/** As the descriptions had it until the summer of 2026; 1 compute unit was about 0.0018335 USD. */
function unitTable(model: SimulatedModel, factor: number): string {
  const rows = priceRows(model, factor);
  if (rows.length === 0) return '';
  const heads: Readonly<Record<string, string>> = {
    mode: 'Mode',
    resolution: 'Resolution',
    generate_audio: 'Audio',
    video_reference: 'Video Reference',
    duration: 'Duration',
  };
  const columns = Object.keys(heads).filter((name) => rows.some(({ when }) => when[name] !== undefined));
  const cell = (value: string | number | boolean | undefined): string => {
    if (typeof value === 'boolean') return value ? 'Yes' : 'No';
    return typeof value === 'number' ? `${value}s` : (value ?? '-');
  };
  const lines = [
    [...columns.map((name) => heads[name] ?? name), 'Compute Units'],
    [...columns, ''].map(() => '---'),
    ...rows.map(({ usd, when }) => [...columns.map((name) => cell(when[name])), String(Math.round(usd / 0.0018335))]),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const jobSchema: Schema = {
  type: 'object',
  properties: {
    job_id: { type: 'string', format: 'uuid' },
    status: { type: 'string', enum: jobStatuses },
    created_at: { type: 'string', format: 'date-time' },
    completed_at: { type: ['string', 'null'], format: 'date-time' },
    result: { type: ['object', 'null'] },
  },
  required: ['job_id', 'status', 'created_at', 'completed_at', 'result'],
};

const jobResponse = { 200: { description: 'The job.', content: { 'application/json': { schema: jobSchema } } } };

/** Not for video: clients must pass them over. */
const otherPaths: Schema = {
  '/generate/image/bfl/flux-1-dev': {
    post: {
      tags: ['Image'],
      summary: 'Flux',
      requestBody: { content: { 'application/json': { schema: { type: 'object', properties: { prompt: { type: 'string' } } } } } },
      responses: jobResponse,
    },
  },
  '/generate/enhance/topaz/video-upscale': {
    post: {
      tags: ['Enhance'],
      summary: 'Topaz Video Upscale',
      requestBody: {
        content: { 'application/json': { schema: { type: 'object', properties: { video_url: { type: 'string', format: 'uri' } } } } },
      },
      responses: jobResponse,
    },
  },
  '/jobs': { get: { tags: ['General'], summary: 'List jobs', responses: { 200: { description: 'List of jobs' } } } },
  '/jobs/{id}': {
    get: { tags: ['General'], summary: 'Get a job by ID', responses: jobResponse },
    delete: { tags: ['General'], summary: 'Delete a job by ID', responses: { 200: { description: 'The job was deleted successfully' } } },
  },
};
