import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkRequest, type Finding, isError } from '../../src/catalogue/checkRequest';
import { type Catalogue, findModel, type Json, type JsonObject, type Model } from '../../src/catalogue/model';
import { standIn } from '../../src/jobs/addressed';
import { inspectInput } from '../../src/jobs/inputFile';
import type { Order, OrderInput } from '../../src/jobs/job';
import { inputsOf, mediaOfField, withInputs, withStandIns } from '../../src/storyboard/inputs';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import { buildRequest } from '../../src/storyboard/request';
import { requestHash } from '../../src/storyboard/requestHash';
import { resolveInputs } from '../../src/storyboard/resolveInputs';
import { resolveShot } from '../../src/storyboard/resolveShot';
import { sampleFiles } from '../support/inputFiles';
import { type Body, own } from './requestBodies';

const samples = {
  image: ['in.png', sampleFiles['image/png']],
  any: ['in.png', sampleFiles['image/png']],
  video: ['in.mp4', sampleFiles['video/mp4']],
  audio: ['in.wav', sampleFiles['audio/wav']],
} as const;

/** A model of the catalogue as a user meets it: from a prompt, parameters and files of a folder to an order. */
export class EveryValue {
  readonly model: Model;

  constructor(
    private readonly catalogue: Catalogue,
    readonly id: string,
    private readonly project: string,
  ) {
    const found = findModel(catalogue, id);
    assert.ok(found.kind === 'model', id);
    this.model = found.model;
    mkdirSync(project, { recursive: true });
    for (const [name, bytes] of Object.values(samples)) writeFileSync(join(project, name), bytes);
  }

  /** Of a body that is sent as it stands. */
  findings(body: Body): Promise<readonly Finding[]> {
    return checkRequest(this.model, body as JsonObject);
  }

  /** What a shot makes of it that says the same in the words of a storyboard. Of plain values only. */
  ofShot(body: Body): Body {
    const { prompt, ...fields } = body;
    const lines = Object.entries(fields).map(([name, value]) => `- ${name}: ${String(value)}`);
    const text = `# SH1\n- model: ${this.id}\n${lines.join('\n')}\n\n${String(prompt)}`;
    const board = readStoryboard(text, knownKeys(this.model.parameters.map(({ name }) => name)));
    const [shot] = board.shots;
    assert.ok(shot);
    return resolveShot(board, shot, { catalogue: this.catalogue, modelId: '', parameters: {}, otherBlocks: [] }).body;
  }

  /** What a gesture makes of it, with a local file wherever an address of Krea's own stands. Fails where the check does. */
  async order(body: Body): Promise<Partial<Order>> {
    const { model, catalogue, project, id } = this;
    const { prompt, ...parameters } = withFiles(body as JsonObject, []) as JsonObject;
    const built = buildRequest({ prompt: String(prompt), modelId: id, parameters }, catalogue);
    assert.ok(built.kind === 'request' && built.request.leftOut.length === 0, id);
    const { request } = built;
    assert.deepEqual(
      (await checkRequest(model, withStandIns(model, request.body))).filter(isError),
      [],
      JSON.stringify(request.body).slice(0, 300),
    );
    const resolved = await resolveInputs(inputsOf(model, request.body), { bases: [project], root: project, chosen: new Set() });
    assert.ok(resolved.kind === 'inputs', id);
    const inputs = await Promise.all(
      resolved.inputs.map(async ({ role, file, shown, media }): Promise<OrderInput> => {
        const found = await inspectInput(file, AbortSignal.timeout(10_000));
        assert.ok(found.kind === 'file' && (media === 'any' || found.input.type.media === media), `${id} ${role}`);
        const { sha256, bytes, type } = found.input;
        return { role, file, shown, sha256, bytes, type: type.mime, ending: type.ending };
      }),
    );
    const hashes = new Map(inputs.map(({ role, sha256 }) => [role, sha256]));
    const sent = withInputs(request.body, resolved.inputs, ({ role }) => standIn(hashes.get(role) ?? ''));
    return {
      model: { id, name: model.name },
      endpoint: model.endpoint,
      body: sent,
      prompt: request.prompt,
      estimate: request.price,
      requestHash: requestHash(model, sent),
      ...(inputs.length > 0 && { inputs }),
    };
  }
}

function withFiles(value: Json, at: readonly string[]): Json {
  if (value === own) return samples[mediaOfField(at.join(' '))][0];
  if (Array.isArray(value)) return value.map((item: Json) => withFiles(item, at));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withFiles(inner, [...at, name])]));
}
