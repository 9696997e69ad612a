import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bundledCatalogue } from '../../src/catalogue/bundledCatalogue';
import type { Catalogue, Sunset } from '../../src/catalogue/model';
import { checkShot, isSendable } from '../../src/storyboard/checkShot';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import { requestHash } from '../../src/storyboard/requestHash';
import type { ResolvedShot } from '../../src/storyboard/resolvedShot';
import { type BoardSurroundings, resolveShot } from '../../src/storyboard/resolveShot';
import { type UsedReplacement, useReplacement } from '../../src/storyboard/useReplacement';

const from = 'kling/kling-2.5';
const to = 'kling/kling-2.6';
const sunset: Sunset = { date: '2026-12-01', replacement: to, seen: '2026-10-12', over: false };
const known = knownKeys();

let catalogue: Catalogue;
const around = (more: Partial<BoardSurroundings> = {}): BoardSurroundings => ({
  catalogue,
  modelId: '',
  parameters: {},
  otherBlocks: [],
  ...more,
});

const resolved = (text: string, surroundings = around()): readonly ResolvedShot[] => {
  const board = readStoryboard(text, known);
  return board.shots.map((shot) => resolveShot(board, shot, surroundings));
};

async function replaced(text: string, surroundings = around()): Promise<Extract<UsedReplacement, { readonly kind: 'replacement' }>> {
  const used = await useReplacement(text, known, surroundings, from);
  assert.ok(used.kind === 'replacement');
  return used;
}

before(async () => {
  const bundled = await bundledCatalogue.load(AbortSignal.timeout(10_000));
  catalogue = { ...bundled, models: bundled.models.map((model) => (model.id === from ? { ...model, sunset } : model)) };
});

describe('a model that Krea says will end', () => {
  const places: readonly (readonly [where: string, text: string, place: string])[] = [
    ['on the shot', `# SH1\n- model: ${from}\n\nA cat.`, from],
    ['above it', `# Act\n- model: ${from}\n\n## SH1\nA cat.`, from],
    ['in the front matter', `---\nmodel: ${from}\n---\n# SH1\nA cat.`, from],
    ['in the settings', '# SH1\nA cat.', 'SH1'],
  ];
  for (const [where, text, place] of places)
    it(`is warned of where it is written: ${where}`, async () => {
      const [shot] = resolved(text, around({ modelId: from }));
      assert.ok(shot);
      const findings = await checkShot(shot);
      assert.deepEqual(findings, [{ code: 'sunset', severity: 'warning', id: from, name: 'Kling 2.5', sunset, ...rangeOf(text, place) }]);
      assert.ok(isSendable(findings));
    });

  it('is not spoken of on shots with another', async () => {
    const [shot] = resolved(`---\nmodel: ${from}\n---\n# SH1\n- model: ${to}\n\nA cat.`);
    assert.deepEqual(shot && (await checkShot(shot)), []);
  });
});

describe('the replacement in all shots', () => {
  const cases: readonly (readonly [what: string, before: string, after: string, setting?: string])[] = [
    ['changes the front matter', '---\nmodel: OLD # mine\n---\n# SH1\nA.', '---\nmodel: NEW # mine\n---\n# SH1\nA.'],
    ['changes a quoted one', '---\nmodel: "OLD"\n---\n# SH1\nA.', '---\nmodel: "NEW"\n---\n# SH1\nA.'],
    ['changes a scene', '# Act\n- model: OLD\n## SH1\nA.', '# Act\n- model: NEW\n## SH1\nA.'],
    ['changes a shot', '# SH1\n- **Model:** `OLD` <!-- OLD -->\n\nOLD.', '# SH1\n- **Model:** `NEW` <!-- OLD -->\n\nOLD.'],
    ['changes a link and its words', '# SH1\n- model: [OLD](OLD)\n\nA.', '# SH1\n- model: [NEW](NEW)\n\nA.'],
    ['changes a value on the next line', '# SH1\n- model:\n  OLD\n\nA.', '# SH1\n- model:\n  NEW\n\nA.'],
    [
      'leaves other models',
      '# SH1\n- model: OLD\n\nA.\n# SH2\n- model: OLDER\n\nB.',
      '# SH1\n- model: NEW\n\nA.\n# SH2\n- model: OLDER\n\nB.',
    ],
    ['leaves what is not in use', '---\nmodel: OLD\n---\n# SH1\n- model: NEW\n\nA.', '---\nmodel: OLD\n---\n# SH1\n- model: NEW\n\nA.'],
    ['leaves a picked shot', '# SH1\n- model: OLD\n- pick: 2\n\nA.', '# SH1\n- model: OLD\n- pick: 2\n\nA.'],
    [
      'leaves a board whose shots are picked',
      '---\nmodel: OLD\n---\n# SH1\n- pick: 2\n\nA.',
      '---\nmodel: OLD\n---\n# SH1\n- pick: 2\n\nA.',
    ],
    [
      'gives a picked shot a line of its own where the place above changes',
      '---\nmodel: OLD\n---\n# SH1\n* pick: 2\n\nA.\n# SH2\nB.',
      '---\nmodel: NEW\n---\n# SH1\n* pick: 2\n* model: OLD\n\nA.\n# SH2\nB.',
    ],
    [
      'and only there',
      '---\nmodel: OLD\n---\n# A\n## SH1\n- pick: 2\n\nA.\n# B\n- model: OLD\n\n## SH2\nB.',
      '---\nmodel: OLD\n---\n# A\n## SH1\n- pick: 2\n\nA.\n# B\n- model: NEW\n\n## SH2\nB.',
    ],
    ['stands in a front matter of its own instead of the setting', '# SH1\nA.', '---\nmodel: NEW\n---\n\n# SH1\nA.', 'OLD'],
    [
      'stands in the front matter instead of the setting',
      '---\nstoryboard: 1\n---\n# SH1\nA.',
      '---\nmodel: NEW\nstoryboard: 1\n---\n# SH1\nA.',
      'OLD',
    ],
    ['stands in an empty front matter', '---\r\n---\r\n# SH1\r\nA.', '---\r\nmodel: NEW\r\n---\r\n# SH1\r\nA.', 'OLD'],
    ['stands in a front matter in braces', '---\n{duration: 5}\n---\n# SH1\nA.', '---\n{model: NEW, duration: 5}\n---\n# SH1\nA.', 'OLD'],
    ['stands where the setting is asked for', '# SH1\n- model: default\n\nA.', '# SH1\n- model: NEW\n\nA.', 'OLD'],
    ['stands before a comment', '# SH1\n- model: <!-- which? -->\n\nA.', '# SH1\n- model: NEW <!-- which? -->\n\nA.', 'OLD'],
    ['stands before a comment of YAML', '---\nmodel: # which?\n---\n# SH1\nA.', '---\nmodel: NEW # which?\n---\n# SH1\nA.', 'OLD'],
    ['stands where nothing does', '---\nmodel:\n---\n# SH1\nA.', '---\nmodel: NEW\n---\n# SH1\nA.', 'OLD'],
    [
      'keeps a picked shot from a new front matter',
      '# SH1\n- pick: 2\n\nA.\n# SH2\nB.',
      '---\nmodel: NEW\n---\n\n# SH1\n- pick: 2\n- model: OLD\n\nA.\n# SH2\nB.',
      'OLD',
    ],
    [
      'stands at the shots below a front matter that cannot be read',
      '---\nwords\n---\n# SH1\n\nA.',
      '---\nwords\n---\n# SH1\n\n- model: NEW\n\nA.',
      'OLD',
    ],
  ];
  const named = (text: string): string => text.replaceAll('OLD', from).replaceAll('NEW', to);
  for (const [what, before, after, setting] of cases)
    it(what, async () => {
      const used = await replaced(named(before), around({ modelId: named(setting ?? '') }));
      assert.equal(used.changedText, named(after));
    });

  it('tells of each shot what it cost and will cost, and what speaks against it', async () => {
    const text = `---\nmodel: ${from}\ngenerate_audio: true\n---\n# SH1\nA.\n# SH2\n- aspect_ratio: 1:1\n\nB.\n# SH3\n- pick: 1\n\nC.\n# SH4\n- model: ${to}\n\nD.`;
    const { shots, picked, model, changedText } = await replaced(text);
    assert.deepEqual([model.id, picked.map(({ shot }) => shot.id)], [to, ['SH3']]);
    assert.deepEqual(
      shots.map(({ before, after, priceBefore, priceAfter, findings }) => [
        before.shot.id,
        before.modelId,
        after.modelId,
        priceBefore.kind === 'unknown' ? 0 : priceBefore.microUsd,
        priceAfter.kind === 'unknown' ? 0 : priceAfter.microUsd,
        findings.map(({ code, start, end }) => [code, changedText.slice(start, end)]),
      ]),
      [
        ['SH1', from, to, 366_700, 735_234, []],
        ['SH2', from, to, 366_700, 735_234, [['request', '1:1']]],
      ],
    );
  });

  it('is Krea’s word: without one, or for a model that is not offered, nothing changes', async () => {
    const text = `# SH1\n- model: ${from}\n\nA.`;
    const saying = (replacement: string | undefined): Catalogue => ({
      ...catalogue,
      models: catalogue.models.map((model) =>
        model.id === from
          ? { ...model, sunset: { seen: '2026-10-12', over: false, ...(replacement !== undefined && { replacement }) } }
          : model,
      ),
    });
    for (const id of [undefined, 'kling/kling-99', 'runway/gen-3'])
      assert.deepEqual(await useReplacement(text, known, around({ catalogue: saying(id) }), from), { kind: 'noReplacement', id });
    assert.deepEqual(await useReplacement(text, known, around(), 'kling/kling-99'), { kind: 'noReplacement', id: undefined });
  });

  it('is there for a model that is gone too', async () => {
    const gone: Catalogue = {
      ...catalogue,
      models: catalogue.models.filter(({ id }) => id !== from),
      retired: [...catalogue.retired, { id: from, name: 'Kling 2.5', replacement: to }],
    };
    const used = await replaced(`# SH1\n- model: ${from}\n\nA.`, around({ catalogue: gone }));
    assert.deepEqual(
      used.shots.map(({ before, after, priceBefore }) => [before.model.kind, after.model.kind, priceBefore.kind]),
      [['retired', 'model', 'unknown']],
    );
  });

  const line = fc.constantFrom(
    ...[
      '# Film',
      '## Scene',
      '## SH010 Storm',
      '## カット3 夜',
      'Shot 4',
      '### Prompt',
      '### Notes',
      '# Style',
      '# Cast',
      '## @mika',
      '===',
    ],
    ...[`- model: ${from}`, `* **Model: ${from}**`, `- model: "${from}" <!-- ${from} -->`, `  - model: ${from}`, `1. model：${from}`],
    ...['- model: default', '- model:', `- model: ${to}`, `- model: ${from}.1`, '- model: [a, b]', '- model: none'],
    ...[
      '- pick: 2',
      '- pick: 1',
      '* pick: ３',
      '- pick:',
      '- duration: 10',
      '- refs:',
      '  - a.png',
      '- a cat',
      `${from} {{style}} {{@mika}}`,
    ],
    ...['A cat.', '  more of it', '> quoted', '<!-- aside -->', '![start](a.png)', '```prompt', '```', '---', '', '', ''],
  );
  const front = fc.constantFrom(
    ...[
      '',
      '\uFEFF',
      '---\n',
      '---\n---\n',
      '---\n# none\n---\n',
      '---\nwords\n---\n',
      '---\nmodel: [\n---\n',
      '---\n{storyboard: 1}\n---\n',
    ],
    ...[
      '---\n  storyboard: 1\n  duration: 5\n---\n',
      '---\nmodel:\n---\n',
      '---\nmodel: # none\nduration: 5\n---\n',
      '---\nmodel: default\n...\n',
    ],
    ...[`---\nmodel: ${from}\n---\n`, `---\nmodel: '${from}' # mine\n---\n`, `---\nmodel: &m ${from}\ntakes: *m\n---\n`],
    ...[
      `---\nmodel: >-\n  ${from}\n---\n`,
      `---\n? model\n: ${from}\n---\n`,
      `---\nmodel:\n  a: b\nduration: 5\n---\n`,
      `---\n"model": ${to}\n---\n`,
    ],
  );
  const boards = fc
    .tuple(front, fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), fc.constantFrom('', from, to))
    .map(([top, lines, ending, isEnded, modelId]) => ({
      text: (top + lines.join('\n') + (isEnded ? '\n' : '')).replaceAll('\n', ending),
      modelId,
    }));

  it('reaches every shot that is not picked, leaves every other request as it was, and changes no other byte', async () => {
    await fc.assert(
      fc.asyncProperty(boards, async ({ text, modelId }) => {
        const surroundings = around({ modelId });
        const was = resolved(text, surroundings);
        const { changes, changedText, shots, picked } = await replaced(text, surroundings);
        const is = resolved(changedText, surroundings);
        assert.equal(is.length, was.length, 'no shot more or less');
        for (const [index, before] of was.entries()) {
          const after = is[index];
          assert.ok(after);
          assert.deepEqual([after.shot.id, after.prompt?.text, after.pick], [before.shot.id, before.prompt?.text, before.pick]);
          if (before.modelId === from && before.pick === undefined) assert.equal(after.modelId, to, before.shot.id);
          else assert.deepEqual([after.modelId, hashOf(after), after.body], [before.modelId, hashOf(before), before.body], before.shot.id);
        }
        const ofModel = was.filter((shot) => shot.modelId === from);
        assert.deepEqual(
          [shots.length, picked.length],
          [ofModel.filter(({ pick }) => pick === undefined).length, ofModel.filter(({ pick }) => pick !== undefined).length],
        );
        for (const { start, end, text: put } of changes) {
          const taken = text.slice(start, end);
          const isValue = put.trim() === to && (taken === from || /^\s*(?:|default|none|\[.*|- .*|a: b\s*)$/s.test(taken));
          assert.ok(
            isValue || (taken === '' && /^(?:---\s+)?\s*\S*\s*model: (?:\S+?)(?:,? |\s+---)?\s*$/.test(put)),
            JSON.stringify([taken, put]),
          );
        }
      }),
      { numRuns: 1000 },
    );
  }).timeout(20_000);
});

const hashOf = ({ model, body }: ResolvedShot): string => (model.kind === 'model' ? requestHash(model.model, body) : model.kind);

function rangeOf(text: string, part: string): { readonly start: number; readonly end: number } {
  const start = text.indexOf(part);
  return { start, end: start + part.length };
}
