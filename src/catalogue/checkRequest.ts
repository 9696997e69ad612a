import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020';
import type { JsonObject, Model } from './model';

type Path = readonly (string | number)[];

/** What Krea would refuse, as data; the editor has the sentences. `path` starts with the field's name. */
export type Finding = { readonly path: Path } & (
  | { readonly code: 'unknownField'; readonly params: { readonly name: string; readonly near?: string } }
  | { readonly code: 'retiredName'; readonly params: { readonly name: string; readonly replacement: string } }
  | { readonly code: 'missing'; readonly params: { readonly name: string } }
  | { readonly code: 'wrongType'; readonly params: { readonly expected: readonly string[] } }
  | { readonly code: 'notInList'; readonly params: { readonly allowed: readonly (string | number)[] } }
  | { readonly code: 'outOfRange'; readonly params: { readonly min?: number; readonly max?: number; readonly above?: number } }
  | { readonly code: 'tooLong' | 'tooShort' | 'tooMany' | 'tooFew'; readonly params: { readonly limit: number } }
  | { readonly code: 'wrongFormat'; readonly params: { readonly format: string } }
  | { readonly code: 'excludes'; readonly params: { readonly names: readonly [string, string] } }
  | { readonly code: 'other'; readonly params: { readonly keyword: string } }
);

/** An empty list means: nothing known speaks against sending it. */
export async function checkRequest(model: Model, body: unknown): Promise<readonly Finding[]> {
  const validate = await validatorOf(model.schema);
  validate(body);
  const findings = (validate.errors ?? []).map((error) => findingOf(model, error));
  return [...findings, ...excludesOf(model, body)];
}

const validators = new WeakMap<JsonObject, Promise<ValidateFunction>>();

function validatorOf(schema: JsonObject): Promise<ValidateFunction> {
  const known = validators.get(schema);
  if (known) return known;
  const made = compile(schema);
  validators.set(schema, made);
  return made;
}

async function compile(schema: JsonObject): Promise<ValidateFunction> {
  // ajv is large and few sessions check anything: it is a bundle of its own, read at the first check
  const { Ajv2020 } = await import('./ajv');
  // not strict: Krea's own schemas carry keywords of Krea's own
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, formats: { uri: isAddress, uuid: isUuid } });
  return ajv.compile(schema);
}

const isAddress = (text: string) => /^[a-z][a-z0-9+.-]*:[^\s]+$/i.test(text) && URL.canParse(text);
const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

function findingOf(model: Model, error: ErrorObject): Finding {
  const path = pathOf(error.instancePath);
  const params: Readonly<Record<string, unknown>> = error.params;
  const limit = Number(params.limit);
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(params.additionalProperty);
      return path.length === 0 ? unknownName(model, name) : { code: 'unknownField', path: [...path, name], params: { name } };
    }
    case 'required': {
      const name = String(params.missingProperty);
      return { code: 'missing', path: [...path, name], params: { name } };
    }
    case 'type':
      return { code: 'wrongType', path, params: { expected: [params.type].flat().map(String) } };
    case 'enum':
    case 'const':
      return { code: 'notInList', path, params: { allowed: plainValues(params.allowedValues ?? [params.allowedValue]) } };
    case 'minimum':
      return { code: 'outOfRange', path, params: { min: limit } };
    case 'maximum':
      return { code: 'outOfRange', path, params: { max: limit } };
    case 'exclusiveMinimum':
      return { code: 'outOfRange', path, params: { above: limit } };
    case 'maxLength':
      return { code: 'tooLong', path, params: { limit } };
    case 'minLength':
      return { code: 'tooShort', path, params: { limit } };
    case 'maxItems':
      return { code: 'tooMany', path, params: { limit } };
    case 'minItems':
      return { code: 'tooFew', path, params: { limit } };
    case 'format':
      return { code: 'wrongFormat', path, params: { format: String(params.format) } };
    case 'pattern':
      return { code: 'wrongFormat', path, params: { format: String(params.pattern) } };
    default:
      return { code: 'other', path, params: { keyword: error.keyword } };
  }
}

function unknownName(model: Model, name: string): Finding {
  const names = model.parameters.map((parameter) => parameter.name);
  const replacement = Object.hasOwn(model.retiredAliases, name) ? model.retiredAliases[name] : undefined;
  // the alias may have outlived the field it stood for
  if (replacement !== undefined && names.includes(replacement)) return { code: 'retiredName', path: [name], params: { name, replacement } };
  const near = names.find((candidate) => plain(candidate) === plain(name));
  return { code: 'unknownField', path: [name], params: { name, ...(near !== undefined && { near }) } };
}

/** `aspectRatio`, `Aspect-Ratio` and `aspect_ratio` are one name to a reader. */
const plain = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '');

const pathOf = (pointer: string): Path =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

const plainValues = (values: unknown): readonly (string | number)[] =>
  Array.isArray(values) ? values.filter((value) => typeof value === 'string' || typeof value === 'number') : [];

/** Rules between fields which the schema does not state. */
function excludesOf(model: Model, body: unknown): readonly Finding[] {
  // known of this one model only; what may hold for its siblings is not refused on a guess
  if (model.id !== 'bytedance/seedance-2' || typeof body !== 'object' || body === null) return [];
  const fields = new Map<string, unknown>(Object.entries(body));
  const references = fields.get('reference_images');
  const both = typeof fields.get('end_image') === 'string' && Array.isArray(references) && references.length > 0;
  return both ? [{ code: 'excludes', path: ['end_image'], params: { names: ['end_image', 'reference_images'] } }] : [];
}
