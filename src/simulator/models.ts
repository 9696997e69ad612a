import modelData from './models.json';

/** A parameter as the published schema states it; `min`/`max` are inclusive, `required` belongs to the top level. */
export interface Parameter {
  readonly type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  readonly required?: boolean;
  readonly nullable?: boolean;
  readonly deprecated?: boolean;
  readonly enum?: readonly (string | number)[];
  readonly default?: string | number | boolean;
  readonly min?: number;
  readonly max?: number;
  readonly exclusiveMin?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Parameter;
  readonly properties?: Parameters;
  readonly requiredProperties?: readonly string[];
  /** What a page shows for a value. */
  readonly labels?: Readonly<Record<string, string>>;
  /** The field means something only while another one has this value. */
  readonly visibleWhen?: { readonly field: string; readonly value: string | number | boolean };
  /** The values there are, by the value of another field. */
  readonly dependentEnum?: { readonly field: string; readonly values: Readonly<Record<string, readonly (string | number)[]>> };
}

export type Parameters = Readonly<Record<string, Parameter>>;

/** What one request (or one second of it) costs when its parameters are as `when` says. */
export interface PriceRow {
  readonly usd: number;
  /** By request field, and `video_reference`: whether a reference video is sent. */
  readonly when: Readonly<Record<string, string | number | boolean>>;
}

export interface SimulatedModel {
  readonly id: string;
  readonly endpoint: string;
  readonly name: string;
  readonly retired?: boolean;
  readonly audio: 'never' | 'always' | 'switch' | 'unknown';
  readonly typicalSeconds?: number;
  readonly params: Parameters;
  /** Field names of former times and the names they have now. */
  readonly aliases: Readonly<Record<string, string>>;
  readonly prices?: { readonly per: 'second' | 'request'; readonly rows: readonly PriceRow[] };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function isModelList(value: unknown): value is readonly SimulatedModel[] {
  return (
    Array.isArray(value) &&
    value.every(
      (model) =>
        isRecord(model) &&
        typeof model.id === 'string' &&
        model.endpoint === `/generate/video/${model.id}` &&
        typeof model.name === 'string' &&
        isRecord(model.params) &&
        isRecord(model.aliases),
    )
  );
}

function readModels(value: unknown): readonly SimulatedModel[] {
  if (!isModelList(value)) throw new TypeError('models.json does not hold a list of models');
  return value;
}

export const models: readonly SimulatedModel[] = readModels(modelData);

/** What is on offer while `isNewOffered`: those that are retired too. */
export const modelsWith = (isNewOffered: boolean): readonly SimulatedModel[] => (isNewOffered ? [...models, unheardOfModel] : models);

/** A model nobody has heard of: for clients that must cope with what Krea adds tomorrow. */
export const unheardOfModel: SimulatedModel = {
  id: 'lumiere/cinematograph-1',
  endpoint: '/generate/video/lumiere/cinematograph-1',
  name: 'Cinématographe 1',
  audio: 'never',
  typicalSeconds: 46,
  aliases: {},
  params: {
    prompt: { required: true, type: 'string', minLength: 1, maxLength: 600 },
    aspect_ratio: { type: 'string', enum: ['4:3', '16:9'], default: '4:3' },
    duration: { type: 'integer', min: 1, max: 50, default: 46 },
    crank_speed: {
      type: 'string',
      enum: ['slow', 'steady', 'fast'],
      default: 'steady',
      labels: { slow: '12 frames a second', steady: '16 frames a second', fast: '24 frames a second' },
      dependentEnum: { field: 'aspect_ratio', values: { '4:3': ['slow', 'steady', 'fast'], '16:9': ['slow', 'steady'] } },
    },
    hand_tint: { type: 'boolean', default: false },
    tint: { type: 'string', enum: ['sepia', 'cyan'], visibleWhen: { field: 'hand_tint', value: true } },
  },
  prices: { per: 'second', rows: [{ usd: 0.01, when: {} }] },
};
