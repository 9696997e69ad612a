import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bundledCatalogue } from '../../src/catalogue/bundledCatalogue';
import type { Catalogue } from '../../src/catalogue/model';
import { batchPlan, type PlannableShot, sumOfPlan } from '../../src/production/batchPlan';
import { frameOrder } from '../../src/production/frameOrder';
import { shotState } from '../../src/production/shotState';
import { readBoard } from '../../src/storyboard/readBoard';
import type { Take } from '../../src/takes/take';
import { sidecarFor } from '../support/sidecars';

describe('the plan of a board', () => {
  let catalogue: Catalogue;
  before(async () => {
    catalogue = await bundledCatalogue.load(AbortSignal.timeout(10_000));
  });

  const take = (number: number): Take => ({
    number,
    sidecar: sidecarFor({ take: number, request_hash: `take ${number}` }),
    sidecarPath: `${number}.json`,
    clip: `${number}.mp4`,
  });
  /** `made`: the takes of shots by id; `current`: shots whose text is that of their newest take. */
  const shotsOf = async (text: string, made: Readonly<Record<string, number>> = {}, current: readonly string[] = []) => {
    const board = await readBoard(`---\nmodel: kling/kling-2.5\nduration: 5\n---\n${text}`, {
      ...{ catalogue, modelId: '', parameters: {}, otherBlocks: [] },
    });
    return board.shots.map((shot): PlannableShot => {
      const { id } = shot.resolved.shot;
      const takes = Array.from({ length: made[id] ?? 0 }, (_, index) => take(index + 1));
      const state = shotState({
        hasPrompt: shot.resolved.prompt !== undefined,
        isFootage: shot.resolved.clip !== undefined,
        isOmitted: shot.resolved.omit,
        hash: current.includes(id) ? `take ${takes.length}` : 'new',
        pick: shot.resolved.pick,
        ...{ takes, running: [], unclear: [], waitsFor: undefined },
      });
      return { ...shot, takes, state };
    });
  };
  const said = (shots: readonly PlannableShot[]) =>
    batchPlan(shots).map(({ shot, why, ticked, after, link }) =>
      [shot.resolved.shot.id, why, ticked ? 'ticked' : 'unticked', ...after.map((id) => `after ${id}`), ...(link > 1 ? [link] : [])].join(
        ' ',
      ),
    );

  const rows: readonly {
    readonly name: string;
    readonly text: string;
    readonly made?: Readonly<Record<string, number>>;
    readonly current?: readonly string[];
    readonly plan: readonly string[];
  }[] = [
    { name: 'what has no take is ticked', text: '# SH1\nA.\n\n# SH2\nB.', plan: ['SH1 noTake ticked', 'SH2 noTake ticked'] },
    {
      name: 'what is current is not in it',
      text: '# SH1\nA.\n\n# SH2\nB.',
      made: { SH1: 1 },
      current: ['SH1'],
      plan: ['SH2 noTake ticked'],
    },
    { name: 'what was changed is ticked', text: '# SH1\nA.', made: { SH1: 1 }, plan: ['SH1 changed ticked'] },
    { name: 'what was picked and changed is not', text: '# SH1\n- pick: 1\n\nA.', made: { SH1: 2 }, plan: ['SH1 changedPick unticked'] },
    {
      name: 'empty, omitted and own footage are not in it',
      text: '# SH1\n\n# SH2\n- omit: true\n\nB.\n\n# SH3\n- clip: a.mp4\n\nC.',
      plan: [],
    },
    { name: 'an unknown price is unticked', text: '# SH1\n- model: none/such\n\nA.', plan: ['SH1 noTake unticked'] },
    { name: 'an error is unticked', text: '# SH1\n- duration: 7\n\nA.', plan: ['SH1 noTake unticked'] },
    {
      name: 'a shot comes after the one whose frame it needs',
      text: '# SH1\n- start: last-frame(SH2)\n\nA.\n\n# SH2\nB.',
      plan: ['SH2 noTake ticked', 'SH1 noTake ticked after SH2 2'],
    },
    {
      name: 'it waits for no shot with a pick, even where that one is made again',
      text: '# SH1\n- start: last-frame(SH2)\n\nA.\n\n# SH2\n- pick: 1\n\nB.',
      made: { SH2: 1 },
      plan: ['SH1 noTake ticked', 'SH2 changedPick unticked'],
    },
    {
      name: 'shots in a circle are in no plan, nor is what waits for them',
      text: '# SH1\n- start: last-frame(SH2)\n\nA.\n\n# SH2\n- start: last-frame(SH1)\n\nB.\n\n# SH3\n- start: last-frame(SH2)\n\nC.\n\n# SH4\nD.',
      plan: ['SH4 noTake ticked'],
    },
  ];
  for (const { name, text, made, current, plan } of rows)
    it(name, async () => assert.deepEqual(said(await shotsOf(text, made, current)), plan));

  it('one word changed in Style ticks no picked shot', async () => {
    const board = '# Style\nWarm light.\n\n# SH1\n- pick: 1\n\n{{style}} A.\n\n# SH2\n- pick: 1\n\n{{style}} B.';
    const shots = await shotsOf(board, { SH1: 1, SH2: 1 });
    assert.deepEqual(
      batchPlan(shots).filter(({ ticked }) => ticked),
      [],
    );
  });

  it('sums what is known and counts what is not', async () => {
    const plan = batchPlan(await shotsOf('# SH1\nA.\n\n# SH2\n- duration: 10\n\nB.\n\n# SH3\n- model: none/such\n\nC.'));
    const [five, ten] = plan.map(({ price }) => (price.kind === 'unknown' ? 0 : price.microUsd));
    assert.ok(five && ten && ten > five);
    assert.deepEqual(sumOfPlan(plan), { microUsd: five + ten, unknown: 1 });
  });

  it('puts any shots in an order in which nothing comes before what it needs', async () => {
    const [one] = await shotsOf('# SH1\n- start: last-frame(SH2)\n\nA.');
    assert.ok(one);
    const { shot, frames } = one.resolved;
    const [frame] = frames;
    assert.ok(frame);
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(11), { maxLength: 3 }), { maxLength: 12 }), (needs) => {
        const shots = needs.map((others, index) => ({
          shot: { ...shot, id: `SH${index}` },
          frames: others.map((other) => ({ ...frame, frame: { which: 'last' as const, shot: `SH${other}` } })),
        }));
        const order = frameOrder(shots);
        for (const [place, { after, link }] of order.entries()) {
          const before = order.slice(0, place);
          assert.ok(after.every((other) => before.some(({ index, link: earlier }) => index === other && earlier < link)));
        }
        // what was left out waits, by whatever way, for itself
        const placed = new Set(order.map(({ index }) => index));
        for (const [index, others] of needs.entries())
          if (!placed.has(index)) assert.ok(others.some((other) => other < needs.length && !placed.has(other)));
      }),
    );
  });
});
