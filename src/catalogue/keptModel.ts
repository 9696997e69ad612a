import type { Model } from './model';
import { readParameters } from './readParameters';

/** A model as it lies on disk: the parameters are read off the schema. */
export type KeptModel = Omit<Model, 'parameters'>;

export function withParameters(model: KeptModel): Model {
  return { ...model, parameters: readParameters(model.schema) };
}
