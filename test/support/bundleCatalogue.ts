// Writes src/catalogue/bundled.json from a file of facts about Krea's video models:
//   node esbuild.js --test && node dist/test/support/bundleCatalogue.js <facts.json>
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BundledFile } from '../../src/catalogue/bundledCatalogue';
import type { KeptModel } from '../../src/catalogue/keptModel';
import type { Json, JsonObject, PriceConditions, PricePoint, Prices, Sound } from '../../src/catalogue/model';
import { microUsdPerComputeUnit } from '../../src/catalogue/readPrices';

interface FactParam {
  readonly required?: boolean;
  readonly type: string;
  readonly nullable?: boolean;
  readonly enum?: readonly Json[];
  readonly default?: Json;
  readonly min?: number;
  readonly max?: number;
  readonly exclusiveMin?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly format?: string;
  readonly pattern?: string;
  readonly deprecated?: boolean;
  readonly items?: FactParam;
  readonly properties?: Readonly<Record<string, FactParam>>;
  readonly requiredProperties?: readonly string[];
}

interface FactRow {
  readonly usd?: number;
  readonly computeUnits?: number;
  readonly resolution?: string;
  readonly mode?: string;
  readonly audio?: boolean;
  readonly videoReference?: boolean;
  readonly lora?: boolean;
  readonly duration_s?: number;
}

interface FactModel {
  readonly id: string;
  readonly endpoint: string;
  readonly displayName: string;
  readonly status: string;
  readonly params: Readonly<Record<string, FactParam>>;
  readonly audio: string;
  readonly retiredCamelCaseAliases?: Readonly<Record<string, string>>;
  readonly computeUnits_2026_05?: readonly FactRow[];
  readonly typicalCompletionSeconds?: { readonly value: number };
  readonly priceUsd?: {
    readonly unit: 'second' | 'request';
    readonly rows: readonly FactRow[];
    readonly approximate?: boolean;
    readonly src: string;
  };
}

const date = '2026-10-09';

const schemaOf = (param: FactParam): JsonObject =>
  defined({
    type: param.nullable ? [param.type, 'null'] : param.type,
    enum: param.nullable && param.enum ? [...param.enum, null] : param.enum,
    minimum: param.min,
    maximum: param.max,
    exclusiveMinimum: param.exclusiveMin,
    minLength: param.minLength,
    maxLength: param.maxLength,
    minItems: param.minItems,
    maxItems: param.maxItems,
    format: param.format,
    pattern: param.pattern,
    deprecated: param.deprecated,
    default: param.default,
    items: param.items && schemaOf(param.items),
    ...(param.properties && objectSchema(param.properties, param.requiredProperties ?? [])),
  });

const objectSchema = (params: Readonly<Record<string, FactParam>>, required: readonly string[]): JsonObject => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(params).map(([name, param]) => [name, schemaOf(param)])),
  required,
});

const defined = (object: Readonly<Record<string, Json | undefined>>): JsonObject =>
  Object.fromEntries(Object.entries(object).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));

function pricesOf(model: FactModel): Prices {
  const { priceUsd, computeUnits_2026_05: units = [], params } = model;
  const stated = (priceUsd?.rows ?? []).map(
    (row): PricePoint => ({
      microUsd: Math.round((row.usd ?? 0) * 1e6),
      per: priceUsd?.unit ?? 'request',
      kind: priceUsd?.approximate ? 'about' : 'exact',
      date: /\d{4}-\d\d-\d\d/.exec(priceUsd?.src ?? '')?.[0] ?? date,
      when: conditionsOf(row, params),
    }),
  );
  const converted = units.map(
    (row): PricePoint => ({
      microUsd: Math.round((row.computeUnits ?? 0) * microUsdPerComputeUnit),
      per: 'request',
      kind: 'about',
      date: '2026-05',
      when: conditionsOf(row, params),
    }),
  );
  const exact = stated.filter(({ kind }) => kind === 'exact');
  const table = converted.filter(({ when }) => isOffered(when, params) && !exact.some((point) => covers(point.when, when)));
  // a label such as "from 0.07" is a floor; where there is a table it would only promise too little
  return { points: table.length > 0 ? [...exact, ...table] : stated, unpriced: stated.length + table.length > 0 ? unpricedOf(model) : [] };
}

/** The length of a model without the field is fixed: a row's seconds are then no condition. */
const conditionsOf = (row: FactRow, params: FactModel['params']): PriceConditions => ({
  ...(row.resolution !== undefined && { resolution: row.resolution.split('|') }),
  ...(row.mode !== undefined && { mode: [row.mode] }),
  ...(row.duration_s !== undefined && params.duration && { duration: [row.duration_s] }),
  ...(row.audio !== undefined && { generateAudio: [row.audio] }),
  ...(row.videoReference !== undefined && { hasVideoReference: [row.videoReference] }),
  ...(row.lora !== undefined && { hasLora: [row.lora] }),
});

const isOffered = (when: PriceConditions, { duration }: FactModel['params']) =>
  !when.duration?.some((seconds) => duration?.enum && !duration.enum.includes(seconds));

/** Every request that meets `narrow` meets `wide`. */
const covers = (wide: PriceConditions, narrow: PriceConditions): boolean =>
  Object.entries(wide).every(([dimension, values]) => narrow[dimension]?.every((value) => values.includes(value)) ?? false);

/** Stated surcharges, and fields that change the length or the work without a stated price. */
function unpricedOf({ id, params }: FactModel): Prices['unpriced'] {
  const beyond: Readonly<Record<string, number>> = {
    num_frames: 0,
    start_video: 0,
    edit_video: 0,
    upscale: 0,
    draft: 0,
    effects: 0,
    // 0.042 USD per reference image beyond 5
    ...(id === 'minimax/hailuo-3' && { reference_images: 5, reference_videos: 0, reference_audios: 0 }),
    // "surcharge when references are sent"
    ...(id === 'minimax/h3-max' && { reference_images: 0, reference_videos: 0, reference_audios: 0 }),
  };
  return Object.entries(beyond).flatMap(([parameter, most]) => (params[parameter] ? [{ parameter, beyond: most }] : []));
}

function soundOf(audio: string): Sound {
  if (audio.startsWith('always')) return 'always';
  if (audio.startsWith('switch')) return 'switch';
  return audio.startsWith('none') ? 'never' : 'unknown';
}

/** One entry is named by a code word; its id reads better. Asterisks belong to footnotes of another page. */
const nameOf = ({ id, displayName }: FactModel) =>
  displayName.includes('_')
    ? (id.split('/')[1] ?? id)
        .split('-')
        .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
        .join(' ')
    : displayName.replace(/\*+$/, '');

const bundledModel = (model: FactModel): KeptModel => ({
  id: model.id,
  name: nameOf(model),
  endpoint: model.endpoint,
  sound: soundOf(model.audio),
  ...(model.typicalCompletionSeconds && { typicalSeconds: model.typicalCompletionSeconds.value }),
  retiredAliases: model.retiredCamelCaseAliases ?? {},
  prices: pricesOf(model),
  schema: {
    ...objectSchema(
      model.params,
      Object.entries(model.params).flatMap(([name, { required }]) => (required ? [name] : [])),
    ),
    // known of the body, not of the objects in it
    additionalProperties: false,
  },
});

const [, , facts] = process.argv;
if (facts === undefined) throw new Error('Say which file holds the facts.');
const { models } = JSON.parse(readFileSync(facts, 'utf8')) as { readonly models: readonly FactModel[] };
const active = models.filter(({ status }) => status.startsWith('active'));
const file: BundledFile = {
  date,
  models: active.map(bundledModel),
  retired: models.filter((model) => !active.includes(model)).map((model) => ({ id: model.id, name: nameOf(model) })),
};
// one model a line: short in a diff
const lines = (list: readonly unknown[]) => list.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
const text = `{\n  "date": ${JSON.stringify(file.date)},\n  "models": [\n${lines(file.models)}\n  ],\n  "retired": [\n${lines(file.retired)}\n  ]\n}\n`;
writeFileSync(path.join(__dirname, '../../../src/catalogue/bundled.json'), text);
console.log(`${file.models.length} models, ${file.retired.length} retired`);
