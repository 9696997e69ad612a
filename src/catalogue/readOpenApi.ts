import { isObject, listOf, objectOf, textOf } from './json';
import type { KeptModel } from './keptModel';
import type { CatalogueTrouble, Json, JsonObject, RetiredModel, Sound } from './model';
import { readParameters } from './readParameters';
import { readPrices, readUnitTable } from './readPrices';
import { lookUp, simplifySchema, UnreadableSchema } from './simplifySchema';

/** What Krea's own description says of its video models. */
export interface ReadModels {
  readonly kind: 'models';
  readonly models: readonly KeptModel[];
  /** Operations that are marked as deprecated: expected to be refused. */
  readonly retired: readonly RetiredModel[];
  /** Paths whose description could not be read; they are not offered. */
  readonly unreadable: readonly string[];
}

export type ReadOpenApi = ReadModels | { readonly kind: 'trouble'; readonly trouble: CatalogueTrouble };

const videoPath = /^\/generate\/video\/((?:[\w-][\w.-]{0,60}\/){1,3}[\w-][\w.-]{0,60})$/;
const mostModels = 1000;

/** Reads the text of `/openapi.json`, of May 2026 as well as of October. `date`: ISO day on which Krea stated it. */
export function readOpenApi(text: string, date: string): ReadOpenApi {
  const document = parsed(text);
  if (document === undefined) return { kind: 'trouble', trouble: { kind: 'notJson' } };
  if (!isObject(document) || !textOf(document.openapi)?.startsWith('3.') || !isObject(document.paths))
    return { kind: 'trouble', trouble: { kind: 'notOpenApi' } };
  const models: KeptModel[] = [];
  const retired: RetiredModel[] = [];
  const unreadable: string[] = [];
  for (const [path, item] of Object.entries(document.paths).slice(0, 10 * mostModels)) {
    const id = videoPath.exec(path)?.[1];
    const operation = objectOf(objectOf(followed(item, document)).post);
    if (id === undefined || Object.keys(operation).length === 0 || models.length >= mostModels) continue;
    if (operation.deprecated === true) {
      retired.push({ id, name: nameOf(id, operation) });
      continue;
    }
    const model = readModel(id, path, operation, document, date);
    if (model) models.push(model);
    else unreadable.push(path);
  }
  if (models.length === 0) return { kind: 'trouble', trouble: { kind: 'noVideo' } };
  return { kind: 'models', models, retired, unreadable };
}

function readModel(id: string, endpoint: string, operation: JsonObject, document: JsonObject, date: string): KeptModel | undefined {
  const schema = schemaOf(operation, document);
  if (!schema || !isObject(schema.properties)) return undefined;
  const parameters = readParameters(schema);
  const seconds = readUnitTable(operation.description).flatMap(({ typicalSeconds }) => typicalSeconds ?? []);
  return {
    id,
    name: nameOf(id, operation),
    endpoint,
    schema,
    sound: soundOf(schema),
    prices: readPrices(operation, parameters, date),
    ...(seconds.length > 0 && { typicalSeconds: Math.round(seconds.reduce((sum, value) => sum + value, 0) / seconds.length) }),
    retiredAliases: aliasesOf(operation['x-krea-deprecated-field-aliases']),
  };
}

function schemaOf(operation: JsonObject, document: JsonObject): JsonObject | undefined {
  const content = objectOf(objectOf(followed(operation.requestBody, document)).content);
  const type = Object.keys(content).find((name) => /^application\/(json|.*\+json)\b/i.test(name));
  if (type === undefined) return undefined;
  try {
    return simplifySchema(objectOf(content[type]).schema, document);
  } catch (error) {
    if (error instanceof UnreadableSchema) return undefined;
    throw error;
  }
}

/** Path items and bodies may be named elsewhere; one step is enough for those. */
function followed(stated: Json | undefined, document: JsonObject): Json | undefined {
  const reference = isObject(stated) ? textOf(stated.$ref) : undefined;
  return reference === undefined ? stated : lookUp(reference, document);
}

/** Display names carry asterisks of footnotes elsewhere; a code word for a name reads worse than the id. */
function nameOf(id: string, { summary }: JsonObject): string {
  const name = textOf(summary)?.replace(/\*+$/, '').trim().slice(0, 80);
  if (name !== undefined && name !== '' && !/[_\p{Cc}]/u.test(name)) return name;
  return (id.split('/').at(-1) ?? id)
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}

function soundOf(schema: JsonObject): Sound {
  const field = objectOf(schema.properties).generate_audio;
  if (!isObject(field)) return 'unknown';
  // a switch that does nothing any more belongs to a model that always has sound
  return field.deprecated === true ? 'always' : 'switch';
}

/** A list of `{from, to}`, or a table. */
function aliasesOf(stated: Json | undefined): Readonly<Record<string, string>> {
  const pairs: readonly (readonly [unknown, unknown])[] = isObject(stated)
    ? Object.entries(stated).map(([from, to]) => [from, isObject(to) ? to.to : to])
    : listOf(stated).map((entry) => [objectOf(entry).from, objectOf(entry).to]);
  return Object.fromEntries(pairs.flatMap(([from, to]) => (typeof from === 'string' && typeof to === 'string' ? [[from, to]] : [])));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
