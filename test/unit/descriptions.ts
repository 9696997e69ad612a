import assert from 'node:assert/strict';
import { withParameters } from '../../src/catalogue/keptModel';
import type { JsonObject, Model } from '../../src/catalogue/model';
import { type ReadModels, readOpenApi } from '../../src/catalogue/readOpenApi';

export const day = '2026-10-09';

/** A description with one operation for each of these paths below /generate/video/. */
export function description(operations: Readonly<Record<string, JsonObject>>, components: JsonObject = {}): string {
  const paths = Object.entries(operations).map(([id, post]) => [`/generate/video/${id}`, { post }]);
  return JSON.stringify({ openapi: '3.1.0', paths: { '/jobs': { get: {} }, ...Object.fromEntries(paths) }, components });
}

export const operation = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  summary: 'Heron 1',
  requestBody: { content: { 'application/json': { schema: { type: 'object', properties, additionalProperties: false } } } },
  ...more,
});

export function read(text: string): ReadModels {
  const found = readOpenApi(text, day);
  if (found.kind !== 'models') throw new Error(JSON.stringify(found));
  return found;
}

export function only(post: JsonObject, components?: JsonObject): Model {
  const [model] = read(description({ 'birds/heron-1': post }, components)).models;
  assert.ok(model);
  return withParameters(model);
}

export const parameter = (schema: JsonObject, components?: JsonObject) => only(operation({ field: schema }), components).parameters[0];
