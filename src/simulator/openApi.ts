import { jobStatuses } from './jobScript';
import { models, type Parameter, type Parameters, type SimulatedModel, unheardOfModel } from './models';
import { publishedPricing } from './price';
import type { Switches } from './switches';

type Schema = Readonly<Record<string, unknown>>;

/** The text of /openapi.json: every model's request schema and prices, and some of the other operations Krea publishes. */
export function openApiText(variant: Switches['openapi'], retired: readonly string[]): string {
  const offered = variant === 'unheardOfModel' ? [...models, unheardOfModel] : models;
  const text = JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Krea API', version: 'v1' },
    servers: [{ url: 'https://api.krea.ai', description: 'Krea API' }],
    security: [{ bearerAuth: [] }],
    paths: {
      ...Object.fromEntries(
        offered.map((model) => [model.endpoint, { post: operation(model, model.retired || retired.includes(model.id)) }]),
      ),
      ...otherPaths,
    },
    components: { securitySchemes: { bearerAuth: { type: 'http', scheme: 'bearer' } } },
    ...(variant === 'veryLarge' ? { 'x-padding': 'x'.repeat(24 * 1024 * 1024) } : {}),
  });
  return variant === 'brokenJson' ? text.slice(0, text.length / 2) : text;
}

function operation(model: SimulatedModel, retired: boolean): Schema {
  const pricing = publishedPricing(model);
  return {
    tags: ['Video'],
    summary: model.name,
    description: `Generate a video with ${model.name}.`,
    ...(retired ? { deprecated: true } : {}),
    ...(pricing ? { 'x-krea-pricing': pricing } : {}),
    'x-krea-deprecated-field-aliases': Object.entries(model.aliases).map(([from, to]) => ({ from, to, sunset_date: '2026-06-19' })),
    parameters: [{ name: 'X-Webhook-URL', in: 'header', required: false, schema: { type: 'string', format: 'uri' } }],
    requestBody: {
      content: {
        'application/json': {
          schema: objectSchema(
            model.params,
            Object.keys(model.params).filter((name) => model.params[name]?.required),
          ),
        },
      },
    },
    responses: {
      200: { description: 'The job.', content: { 'application/json': { schema: jobSchema } } },
      400: { description: 'The request body is invalid.' },
      401: { description: 'You are not authenticated.' },
      402: { description: 'You have run out of credits.' },
      429: { description: 'You have reached the maximum number of concurrent jobs.' },
    },
  };
}

const objectSchema = (fields: Parameters, required: readonly string[]): Schema => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(fields).map(([name, parameter]) => [name, schemaOf(parameter)])),
  ...(required.length > 0 ? { required } : {}),
  additionalProperties: false,
});

function schemaOf(parameter: Parameter): Schema {
  const { type, required, nullable, min, max, exclusiveMin, items, properties, requiredProperties, ...same } = parameter;
  if (type === undefined) return same;
  return {
    ...same,
    ...(properties ? objectSchema(properties, requiredProperties ?? []) : {}),
    type: nullable ? [type, 'null'] : type,
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
    ...(exclusiveMin === undefined ? {} : { exclusiveMinimum: exclusiveMin }),
    ...(items ? { items: schemaOf(items) } : {}),
  };
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
