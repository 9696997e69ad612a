import type { Finding, Path } from './finding';
import type { Model, Parameter } from './model';
import { parameterAt } from './parameterAt';

/** A field that is not there, by the name of one that is, if they are nearly the same. `path`: of the object it stands in. */
export function unknownField(model: Model, path: Path, name: string, severity: Finding['severity']): Finding {
  const names = namesAt(model, path);
  const at = { path: [...path, name], severity };
  const replacement = Object.hasOwn(model.retiredAliases, name) ? model.retiredAliases[name] : undefined;
  // the alias may have outlived the field it stood for
  if (replacement !== undefined && path.length === 0 && names.includes(replacement))
    return { ...at, code: 'retiredName', params: { name, replacement } };
  const near = names.find((candidate) => plain(candidate) === plain(name));
  return { ...at, code: 'unknownField', params: { name, ...(near !== undefined && { near }) } };
}

export function namesAt(model: Model, path: Path): readonly string[] {
  const object = path.length === 0 ? model.parameters : allFields(parameterAt(model, path));
  return object.map(({ name }) => name);
}

const allFields = (parameter: Parameter | undefined): readonly Parameter[] =>
  parameter ? [...(parameter.fields ?? []), ...(parameter.variants ?? []).flatMap(allFields)] : [];

/** `aspectRatio`, `Aspect-Ratio` and `aspect_ratio` are one name to a reader. */
const plain = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '');
