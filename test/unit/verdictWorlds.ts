import assert from 'node:assert/strict';
import { withParameters } from '../../src/catalogue/keptModel';
import type { Catalogue } from '../../src/catalogue/model';
import { readOpenApi } from '../../src/catalogue/readOpenApi';
import { judgeBody } from '../../src/simulator/judgeBody';
import { models, modelsWith, type SimulatedModel } from '../../src/simulator/models';
import { openApiText } from '../../src/simulator/openApi';
import { changedSwitches, plainSwitches, type SwitchChange } from '../../src/simulator/switches';
import { loadCatalogue } from '../support/models';
import type { Body } from './requestBodies';

/** Every doubt one way, and the other: what is really so is somewhere between. */
export const strictest: SwitchChange = {
  uriLength: true,
  inputHosts: 'own',
  dataUris: false,
  nestedFields: 'refused',
  dependentFields: 'refused',
  siblingsExclude: true,
};
export const mildest: SwitchChange = {
  uriLength: false,
  inputHosts: 'any',
  dataUris: true,
  nestedFields: 'ignored',
  dependentFields: 'ignored',
  siblingsExclude: false,
};

export interface World {
  readonly what: string;
  /** How the service describes itself; the bundled list where there is none. */
  readonly description?: SwitchChange;
  readonly models: readonly SimulatedModel[];
  /** Random bodies for each model. */
  readonly runs: number;
}

const active = models.filter(({ retired }) => !retired);
const described = modelsWith(true).filter(({ retired }) => !retired);
export const worlds: readonly World[] = [
  { what: 'the list that came with the extension', models: active, runs: 60 },
  { what: 'a description of October', description: { nestedFields: 'refused' }, models: described, runs: 60 },
  {
    what: 'a description of October that is silent on nested fields',
    description: { nestedFields: 'ignored' },
    models: described,
    runs: 20,
  },
  { what: 'a description of May', description: { openapiShape: 'may' }, models: described, runs: 20 },
  {
    what: 'a description by references',
    description: { openapiShape: 'references', nestedFields: 'ignored' },
    models: described,
    runs: 20,
  },
];

/** The models as that world has them. */
export async function catalogueOf({ description }: World): Promise<Pick<Catalogue, 'models' | 'retired'>> {
  if (!description) return loadCatalogue();
  const read = readOpenApi(openApiText({ ...changedSwitches(plainSwitches, description), openapi: 'unheardOfModel' }), '2026-10-12');
  assert.ok(read.kind === 'models');
  return { models: read.models.map(withParameters), retired: read.retired };
}

export const refuses = (model: SimulatedModel, body: Body, change: SwitchChange): boolean =>
  judgeBody(model, body, { switches: changedSwitches(plainSwitches, change), fileBase: 'http://127.0.0.1:1', faultOf: () => undefined }) !==
  undefined;

/** In every way in which the service may be; a description that says so is kept to. */
export const surelyRefuses = (world: World, model: SimulatedModel, body: Body): boolean =>
  refuses(model, body, { ...mildest, ...(world.description?.nestedFields === 'refused' && { nestedFields: 'refused' as const }) });
