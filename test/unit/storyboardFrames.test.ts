import assert from 'node:assert/strict';
import { bundledCatalogue } from '../../src/catalogue/bundledCatalogue';
import type { Catalogue } from '../../src/catalogue/model';
import { readBoard } from '../../src/storyboard/readBoard';

describe('frames of other shots', () => {
  let catalogue: Catalogue;
  before(async () => {
    catalogue = await bundledCatalogue.load(AbortSignal.timeout(10_000));
  });

  const front = '---\nmodel: kling/kling-2.5\n---\n';
  const found = async (text: string): Promise<readonly string[]> => {
    const { shots } = await readBoard(front + text, { catalogue, modelId: '', parameters: {}, otherBlocks: [] });
    return shots.flatMap(({ findings }) =>
      findings.map((one) => {
        const what = one.code === 'circularFrames' ? one.ids.join(' < ') : one.code === 'unknownShot' ? one.id : '';
        return `${one.severity} ${one.code} ${what} at ${(front + text).slice(one.start, one.end)}`;
      }),
    );
  };
  const shot = (id: string, ...lines: readonly string[]) => `# ${id}\n${lines.map((line) => `- ${line}\n`).join('')}\nA cat.\n\n`;

  const cases: readonly (readonly [what: string, text: string, expected: readonly string[]])[] = [
    ['nothing of a chain', shot('SH1') + shot('SH2', 'start: last-frame(SH1)') + shot('SH3', 'start: last-frame(sh2)'), []],
    ['nothing of a frame of a later shot', shot('SH1', 'end: first-frame(SH2)') + shot('SH2'), []],
    ['nothing where two take the frame of one', shot('SH1') + shot('SH2', 'start: last-frame(SH1)', 'end: frame(SH1@2)'), []],
    ['a shot that there is not', shot('SH1', 'start: last-frame(SH9)'), ['error unknownShot SH9 at last-frame(SH9)']],
    ['a shot that waits for itself', shot('SH1', 'start: last-frame(SH1)'), ['error circularFrames SH1 < SH1 at last-frame(SH1)']],
    [
      'two that wait for each other',
      shot('SH1', 'end: first-frame(SH2)') + shot('SH2', 'start: last-frame(SH1)'),
      ['error circularFrames SH1 < SH2 < SH1 at first-frame(SH2)', 'error circularFrames SH2 < SH1 < SH2 at last-frame(SH1)'],
    ],
    [
      'three in a ring, and not the one that only waits for them',
      shot('SH1', 'start: last-frame(SH3)') +
        shot('SH2', 'start: last-frame(SH1)') +
        shot('SH3', 'start: last-frame(SH2)') +
        shot('SH4', 'start: last-frame(SH3)'),
      [
        'error circularFrames SH1 < SH3 < SH2 < SH1 at last-frame(SH3)',
        'error circularFrames SH2 < SH1 < SH3 < SH2 at last-frame(SH1)',
        'error circularFrames SH3 < SH2 < SH1 < SH3 at last-frame(SH2)',
      ],
    ],
    [
      'no ring through own footage: nothing has to be made for it',
      shot('SH1', 'clip: own.mov', 'start: last-frame(SH2)') + shot('SH2', 'start: last-frame(SH1)'),
      [],
    ],
    [
      'one that is between two rings',
      shot('SH1', 'start: last-frame(SH1)') +
        shot('SH2', 'start: last-frame(SH1)', 'end: first-frame(SH3)') +
        shot('SH3', 'start: last-frame(SH3)'),
      ['error circularFrames SH1 < SH1 at last-frame(SH1)', 'error circularFrames SH3 < SH3 at last-frame(SH3)'],
    ],
  ];
  for (const [what, text, expected] of cases) it(`tell of ${what}`, async () => assert.deepEqual(await found(text), expected));

  it('are looked through at once in a long chain', async () => {
    const chain = Array.from({ length: 2000 }, (_, index) => shot(`A${index + 1}`, ...(index > 0 ? [`start: last-frame(A${index})`] : [])));
    assert.deepEqual(await found(chain.join('')), []);
  }).timeout(10_000);
});
