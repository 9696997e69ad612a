import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020';
import { type CheckSurroundings, doubtsOf } from './doubts';
import type { Finding, Path } from './finding';
import type { JsonObject, Model, Parameter } from './model';
import { parameterAt } from './parameterAt';
import { unknownField } from './unknownField';

export { type Finding, isError } from './finding';

/** No finding that is an error means: nothing known speaks against sending it. */
export async function checkRequest(model: Model, body: unknown, around: CheckSurroundings = {}): Promise<readonly Finding[]> {
  const validate = await validatorOf(model.schema);
  // a schema that no validator can be made of leaves the judgement to the service
  if (!validate) return [{ code: 'other', path: [], severity: 'warning', params: { keyword: 'schema' } }, ...doubtsOf(model, body, around)];
  validate(body);
  const errors = withoutBranches(validate.errors ?? []).map((error) => findingOf(model, error));
  const findings = [...errors, ...doubtsOf(model, body, around)];
  // what is wrong in itself needs no second word
  return findings.filter(
    (finding) => finding.severity === 'error' || !findings.some((other) => other.severity === 'error' && isSame(other.path, finding.path)),
  );
}

const isSame = (one: Path, other: Path) => one.length === other.length && one.every((part, index) => part === other[index]);

const validators = new WeakMap<JsonObject, Promise<ValidateFunction | undefined>>();

function validatorOf(schema: JsonObject): Promise<ValidateFunction | undefined> {
  const known = validators.get(schema);
  if (known) return known;
  const made = compile(schema);
  validators.set(schema, made);
  return made;
}

async function compile(schema: JsonObject): Promise<ValidateFunction | undefined> {
  // ajv is large and few sessions check anything: it is a bundle of its own, read at the first check
  const { Ajv2020 } = await import('./ajv');
  // not strict: Krea's own schemas carry keywords of Krea's own
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    logger: false,
    discriminator: true,
    formats: { uri: isAddress, uuid: isUuid },
  });
  try {
    return ajv.compile(schema);
  } catch {
    return undefined;
  }
}

// the service's own validator asks no more of an address
const isAddress = (text: string) => URL.canParse(text);
const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** Where none of several forms fits, what each of them misses helps nobody. */
function withoutBranches(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf').map(({ schemaPath }) => `${schemaPath}/`);
  return errors.filter(({ schemaPath, keyword }) => keyword !== 'if' && !unions.some((union) => schemaPath.startsWith(union)));
}

function findingOf(model: Model, error: ErrorObject): Finding {
  const path = pathOf(error.instancePath);
  const params: Readonly<Record<string, unknown>> = error.params;
  const limit = Number(params.limit);
  const severity = 'error';
  switch (error.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = String(params.additionalProperty ?? params.unevaluatedProperty);
      return unknownField(model, path, name, severity);
    }
    case 'required':
    case 'dependentRequired': {
      const name = String(params.missingProperty);
      return { code: 'missing', path: [...path, name], severity, params: { name } };
    }
    case 'type':
      return { code: 'wrongType', path, severity, params: { expected: [params.type].flat().map(String) } };
    case 'enum':
    case 'const':
      return { code: 'notInList', path, severity, params: { allowed: plainValues(params.allowedValues ?? [params.allowedValue]) } };
    case 'discriminator': {
      const tag = String(params.tag);
      return { code: 'notInList', path: [...path, tag], severity, params: { allowed: tagsOf(model, path, tag) } };
    }
    case 'minimum':
      return { code: 'outOfRange', path, severity, params: { min: limit } };
    case 'maximum':
      return { code: 'outOfRange', path, severity, params: { max: limit } };
    case 'exclusiveMinimum':
      return { code: 'outOfRange', path, severity, params: { above: limit } };
    case 'exclusiveMaximum':
      return { code: 'outOfRange', path, severity, params: { below: limit } };
    case 'maxLength':
      // whether the limit on addresses is kept is told both ways
      return { code: 'tooLong', path, severity: isUri(parameterAt(model, path)) ? 'warning' : severity, params: { limit } };
    case 'minLength':
      return { code: 'tooShort', path, severity, params: { limit } };
    case 'maxItems':
      return { code: 'tooMany', path, severity, params: { limit } };
    case 'minItems':
      return { code: 'tooFew', path, severity, params: { limit } };
    case 'format':
      return { code: 'wrongFormat', path, severity, params: { format: String(params.format) } };
    case 'pattern':
      return { code: 'wrongFormat', path, severity, params: { format: String(params.pattern) } };
    default:
      return { code: 'other', path, severity, params: { keyword: error.keyword } };
  }
}

function tagsOf(model: Model, path: Path, tag: string): readonly (string | number)[] {
  const forms = path.length === 0 ? [] : (parameterAt(model, path)?.variants ?? []);
  return forms.flatMap(({ fields = [] }) => fields.find(({ name }) => name === tag)?.values ?? []);
}

const isUri = (parameter: Parameter | undefined): boolean => parameter?.kind === 'uri';

const pathOf = (pointer: string): Path =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

const plainValues = (values: unknown): readonly (string | number)[] =>
  Array.isArray(values) ? values.filter((value) => typeof value === 'string' || typeof value === 'number') : [];
