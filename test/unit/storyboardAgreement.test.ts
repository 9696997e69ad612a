import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stringify } from 'yaml';
import type { Catalogue } from '../../src/catalogue/model';
import type { SimulatedModel } from '../../src/simulator/models';
import { errorsOf } from '../../src/storyboard/boardSeverity';
import { withStandIns } from '../../src/storyboard/inputs';
import { readBoard } from '../../src/storyboard/readBoard';
import { anyBody, type Body, edgeBodies } from './requestBodies';
import { catalogueOf, surelyRefuses, type World, worlds } from './verdictWorlds';

/** Where a person may write what a shot is made with. */
const places = ['shot', 'scene', 'frontMatter'] as const;
type Place = (typeof places)[number];

/** A board of one shot, with each field at one of those places. */
function boardOf(modelId: string, { prompt, ...fields }: Body, placeOf: (field: string) => Place): string {
  const at = (place: Place): readonly (readonly [string, unknown])[] => Object.entries(fields).filter(([name]) => placeOf(name) === place);
  const front = stringify(Object.fromEntries([['storyboard', 1], ['model', modelId], ...at('frontMatter')]));
  const lists = { scene: at('scene').map(line).join(''), shot: at('shot').map(line).join('') };
  const words = typeof prompt === 'string' ? prompt : '';
  return `---\n${front}---\n\n# Scene\n\n${lists.scene}\n## SH010 Title\n\n${lists.shot}\n${words}\n`;
}

function line([name, value]: readonly [string, unknown]): string {
  const item = (one: unknown): string => (typeof one === 'string' ? one : JSON.stringify(one));
  if (!Array.isArray(value)) return `- ${name}: ${item(value)}\n`;
  return value.length === 0 ? `- ${name}: []\n` : `- ${name}:\n${value.map((one) => `  - ${item(one)}\n`).join('')}`;
}

const worldsOfBoards: readonly World[] = worlds.filter(({ description }) => description?.openapiShape === undefined);

for (const world of worldsOfBoards)
  describe(`a request written as a shot, by ${world.what}`, function () {
    this.timeout(120_000);
    let catalogue: Catalogue;
    before(async () => {
      catalogue = { origin: 'live', date: '', ...(await catalogueOf(world)) };
    });

    const read = async (text: string) => {
      const board = await readBoard(text, { catalogue, modelId: '', parameters: {}, otherBlocks: [] });
      const [shot, ...others] = board.shots;
      assert.ok(shot && others.length === 0, text);
      // that a key stands there twice is a mistake of the text (rule 6), of which the service never hears
      const errors = errorsOf(board, shot).filter(({ code }) => code !== 'keyTwice');
      return { resolved: shot.resolved, errors };
    };

    /** No shot is sent that is called wrong, and none is called wrong that the service takes. */
    const agrees = async (simulated: SimulatedModel, body: Body, placeOf: (field: string) => Place): Promise<void> => {
      const text = boardOf(simulated.id, body, placeOf);
      const { resolved, errors } = await read(text);
      assert.ok(resolved.model.kind === 'model', simulated.id);
      const sent = withStandIns(resolved.model.model, resolved.body);
      const told = () => `${text}\n${JSON.stringify(sent)}\n${JSON.stringify(errors)}`;
      // a shot without a prompt is empty: it is never sent, and not wrong
      if (resolved.prompt === undefined) assert.deepEqual(errors, [], told());
      else assert.equal(errors.length > 0, surelyRefuses(world, simulated, sent), told());
    };

    for (const simulated of world.models)
      it(`of ${simulated.id} is sent or called wrong as the service would have it`, async () => {
        for (const [index, body] of edgeBodies(simulated).entries())
          await agrees(simulated, body, () => places[index % places.length] ?? 'shot');
        await fc.assert(
          fc.asyncProperty(anyBody(simulated), fc.array(fc.constantFrom(...places), { minLength: 1 }), (body, chosen) => {
            const fields = Object.keys(body);
            return agrees(simulated, body, (field) => chosen[fields.indexOf(field) % chosen.length] ?? 'shot');
          }),
          { numRuns: world.runs / 2, seed: 20261012 },
        );
      });

    it('comes back as it was, wherever its fields stand', async () => {
      let compared = 0;
      // null and an empty prompt are said by leaving them out
      for (const simulated of world.models)
        for (const [index, body] of edgeBodies(simulated).entries()) {
          if (surelyRefuses(world, simulated, body) || body.prompt === '' || Object.values(body).includes(null)) continue;
          const { resolved } = await read(boardOf(simulated.id, body, () => places[index % places.length] ?? 'shot'));
          assert.deepEqual(resolved.body, body, simulated.id);
          compared++;
        }
      assert.ok(compared > 300, String(compared));
    });
  });
