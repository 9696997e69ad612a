import assert from 'node:assert/strict';
import { bundledCatalogue } from '../../src/catalogue/bundledCatalogue';
import type { Catalogue } from '../../src/catalogue/model';
import type { Candidate, Completion } from '../../src/storyboard/completion';
import { type CompletionSurroundings, completionAt } from '../../src/storyboard/completionAt';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';

/** Where the cursor stands. */
const cursor = '‸';
const front = '---\nstoryboard: 1\nmodel: kling/kling-2.5\nduration: 5\n---\n';
const cast = '# Style\n\nSoft grain.\n\n# Cast\n\n## @mika\n\n- name: Mika\n\nMika, seventy.\n\n';

describe('what could be written', () => {
  let catalogue: Catalogue;
  before(async () => {
    catalogue = await bundledCatalogue.load(AbortSignal.timeout(10_000));
  });

  const at = (marked: string, around: Partial<CompletionSurroundings> = {}): Completion | undefined => {
    const offset = marked.indexOf(cursor);
    assert.ok(offset >= 0);
    const text = marked.replace(cursor, '');
    const board = readStoryboard(text, knownKeys(catalogue.models.flatMap(({ parameters }) => parameters.map(({ name }) => name))));
    return completionAt(text, board, offset, {
      ...{ catalogue, modelId: '', parameters: {}, otherBlocks: [], takesOf: () => [], language: 'en', trigger: undefined },
      ...around,
    });
  };
  const inserts = (completion: Completion | undefined): readonly string[] => completion?.candidates.map(({ insert }) => insert) ?? [];
  /** The text after the candidate that begins so was taken, snippets without their stops. */
  const taken = (marked: string, insert: RegExp, around: Partial<CompletionSurroundings> = {}): string => {
    const completion = at(marked, around);
    const found = completion?.candidates.find((candidate) => insert.test(candidate.insert));
    assert.ok(completion && found, `${String(insert)} of ${inserts(completion).join(' | ')}`);
    const text = marked.replace(cursor, '');
    const plain = found.isSnippet ? found.insert.replace(/\$\{\d(?::([^}]*))?\}/g, '$1') : found.insert;
    return text.slice(0, completion.range.start) + plain + text.slice(completion.range.end);
  };

  const found: readonly {
    readonly name: string;
    readonly text: string;
    readonly has?: readonly string[];
    readonly lacks?: readonly string[];
  }[] = [
    {
      name: 'keys of the model and of the board',
      text: `${front}## SH1\n\n- ‸\n\nA cat.`,
      has: ['duration: ', 'aspect_ratio: ', 'start: ', 'end: ', 'pick: ', 'dialogue: '],
      lacks: ['prompt: ', 'start_image: ', 'resolution: ', 'takes: ', 'name: '],
    },
    { name: 'a key that has been begun', text: `${front}## SH1\n\n- dur‸`, has: ['duration: '] },
    {
      name: 'no key twice',
      text: `${front}## SH1\n\n- duration: 5\n- start: a.png\n- ‸`,
      has: ['aspect_ratio: '],
      lacks: ['duration: ', 'start: '],
    },
    { name: 'the key itself while it is changed', text: `${front}## SH1\n\n- durat‸ion: 5`, has: ['duration'] },
    { name: 'a blank after the bare bullet', text: `${front}## SH1\n\n-‸`, has: [' duration: '] },
    {
      name: 'keys behind quotes, comments and pictures',
      text: `${front}## SH1\n\n> a note\n\n<!-- x -->\n\n![x](y.png)\n\n- ‸`,
      has: ['duration: '],
    },
    {
      name: 'keys in a heading of shots, none that count on shots alone',
      text: `${front}# Act\n\n- ‸\n\n## SH1\n\nA cat.`,
      has: ['duration: ', 'model: '],
      lacks: ['pick: ', 'start: ', 'dialogue: '],
    },
    {
      name: 'keys of a member of the cast',
      text: '# Cast\n\n## @mika\n\n- ‸\n',
      has: ['name: ', 'ref: '],
      lacks: ['duration: ', 'model: '],
    },
    {
      name: 'keys of a front matter',
      text: '---\nstoryboard: 1\nmodel: kling/kling-2.5\n‸\n---\n# SH1\nA cat.',
      has: ['duration: ', 'takes: ', 'budget: '],
      lacks: ['model: ', 'storyboard: ', 'pick: '],
    },
    {
      name: 'a begun key of a front matter',
      text: '---\nstoryboard: 1\nbud‸\nduration: 5\n---\n# SH1\nA cat.',
      has: ['budget: '],
      lacks: ['duration: '],
    },
    { name: 'keys under a Japanese heading', text: `${front}## カット3 夜\n\n- ‸`, has: ['duration: '] },
    { name: 'values of a list', text: `${front}## SH1\n\n- duration: ‸\n\nA cat.`, has: ['5', '10', 'default', 'none'] },
    { name: 'a blank before the value right behind the colon', text: `${front}## SH1\n\n- duration:‸`, has: [' 5', ' 10'] },
    { name: 'values behind a full-width colon', text: `${front}## SH1\n\n- duration：‸`, has: [' 5', ' 10'] },
    { name: 'values of a key in other signs', text: `${front}## SH1\n\n- **Aspect ratio:** ‸`, has: ['16:9', '9:16'] },
    { name: 'a switch', text: `${front}## SH1\n\n- model: google/veo-3.1\n- generate_audio: ‸`, has: ['true', 'false'] },
    {
      name: 'values in a front matter',
      text: '---\nmodel: kling/kling-2.5\naspect_ratio: ‸\n---\n# SH1\nA cat.',
      has: ['16:9', '9:16'],
      lacks: ['none'],
    },
    { name: 'models', text: `${front}## SH1\n\n- model: ‸`, has: ['kling/kling-2.5', 'google/veo-3.1'] },
    { name: 'models in a front matter without shots', text: '---\nmodel: ‸\n---\n', has: ['kling/kling-2.5'] },
    {
      name: 'the nearest shot as a source of a frame',
      text: `${front}## SH1\nA.\n## SH2\nB.\n## SH3\n- start: ‸`,
      has: ['last-frame(SH2)', `first-frame(\${1})`],
    },
    {
      name: 'shots in a frame reference, but not this one',
      text: `${front}## SH1\nA.\n## SH2\n- start: last-frame(‸\n\nB.\n## SH3\nC.`,
      has: ['SH1)', 'SH3)'],
      lacks: ['SH2)'],
    },
    { name: 'shots inside closed brackets', text: `${front}## カット1\nA.\n## カット2\n- start: frame(‸)`, has: ['カット1'] },
    { name: 'the shot that this one varies', text: `${front}## SH1\nA.\n## SH2\n- alt: ‸`, has: ['SH1'] },
    { name: 'members of the cast as references', text: `${front}${cast}# SH1\n\n- refs: @‸`, has: ['@mika'] },
    { name: 'members of the cast in a list', text: `${front}${cast}# SH1\n\n- refs: [a.png, ‸]`, has: ['@mika'], lacks: ['none'] },
    { name: 'members of the cast in nested items', text: `${front}${cast}# SH1\n\n- refs:\n  - ‸`, has: ['@mika'] },
    { name: 'blocks', text: `${front}${cast}# Act\n\nRain.\n\n## SH1\n\n{{‸`, has: ['style}}', 'scene}}', '@mika}}'] },
    {
      name: 'blocks within what the editor has closed',
      text: `${front}${cast}# SH1\n\nWith {{@‸}} here.`,
      has: ['@mika}}'],
      lacks: ['style}}'],
    },
    { name: 'a member of the cast by the sign alone', text: `${front}${cast}# SH1\n\nOn the roof @‸`, has: ['{{@mika}}'] },
    { name: 'the next shot', text: `${front}## SH040\nA.\n## SH050\nB.\n\n## ‸`, has: [`SH060 \${1}\n\n\${0}`] },
    {
      name: 'the next shot of a board that counts by one',
      text: `${front}## カット3\nA.\n## カット4\nB.\n\n## ‸`,
      has: [`カット5 \${1}\n\n\${0}`],
    },
    {
      name: 'a member of the cast under its heading',
      text: `${front}# Cast\n\n## ‸`,
      has: [`@\${1:name}\n\n- name: \${2}\n- ref: \${3}\n\n\${0}`],
    },
    {
      name: 'advice in a prompt',
      text: `${front}## SH1 Roof\n\nA cat on a roof. ‸`,
      has: ['Slow tilt up.'],
      lacks: ['スローモーションで。'],
    },
    {
      name: 'advice in the language of the prompt',
      text: `${front}## SH1\n\n屋根の上のネコ。‸`,
      has: ['スローモーションで。'],
      lacks: ['Slow tilt up.'],
    },
  ];
  for (const { name, text, has = [], lacks = [] } of found)
    it(name, () => {
      const all = inserts(at(text));
      assert.deepEqual(
        has.filter((insert) => !all.includes(insert)),
        [],
        `in ${all.join(' | ')}`,
      );
      assert.deepEqual(
        lacks.filter((insert) => all.includes(insert)),
        [],
      );
    });

  const nothing: readonly { readonly name: string; readonly text: string; readonly trigger?: string }[] = [
    { name: 'a blank in a sentence', text: `${front}## SH1\n\nA cat ‸`, trigger: ' ' },
    { name: 'a dash in a sentence', text: `${front}## SH1\n\nA cat -‸`, trigger: '-' },
    { name: 'a list in a prompt', text: `${front}## SH1\n\nA cat.\n\n- ‸`, trigger: ' ' },
    { name: 'a second list', text: `${front}## SH1\n\n- duration: 5\n\n> note\n\n- ‸`, trigger: ' ' },
    { name: 'a list that is a prompt', text: `${front}## SH1\n\n- a cat walks\n- ‸`, trigger: ' ' },
    { name: 'a word behind a word of a list', text: `${front}## SH1\n\n- a cat ‸`, trigger: ' ' },
    { name: 'a list in notes', text: `${front}## SH1\nA cat.\n### Notes\n- ‸`, trigger: ' ' },
    { name: 'a list of a heading without shots', text: `${front}# Ideas\n\n- ‸`, trigger: ' ' },
    { name: 'a quote', text: `${front}## SH1\n\n> {{‸`, trigger: '{' },
    { name: 'a colon in a sentence', text: `${front}## SH1\n\nShe says:‸`, trigger: ':' },
    { name: 'a slash in a sentence', text: `${front}## SH1\n\nday/‸`, trigger: '/' },
    { name: 'the title of a shot', text: `${front}## SH1 The ‸`, trigger: ' ' },
    { name: 'braces that are meant as such', text: `${front}${cast}## SH1\n\nA \\{{‸`, trigger: '{' },
    { name: 'words of the trade', text: `${front}## SH1\n\n- duration: 5\n- dialogue: ‸`, trigger: ' ' },
    { name: 'an address with an at sign', text: `${front}${cast}# SH1\n\nmika@‸`, trigger: '@' },
    { name: 'a picture, whose path Markdown completes', text: `${front}## SH1\n\n![start](stills/a‸.png)` },
    { name: 'the mark of a front matter', text: '---‸\nmodel: x\n---\n', trigger: '-' },
  ];
  for (const { name, text, trigger } of nothing)
    it(`nothing for ${name}`, () => {
      const completion = at(text, { trigger });
      assert.deepEqual(inserts(completion), []);
      assert.equal(completion?.files, undefined);
    });

  const files: readonly { readonly text: string; readonly files: Completion['files']; readonly range: string }[] = [
    { text: '- start: ‸', files: { folder: '', media: 'image', lead: '' }, range: '' },
    { text: '- start:‸', files: { folder: '', media: 'image', lead: ' ' }, range: '' },
    { text: '- end: stills/sh‸', files: { folder: 'stills/', media: 'image', lead: '' }, range: 'sh' },
    { text: '- refs: [a.png, refs/‸]', files: { folder: 'refs/', media: 'image', lead: '' }, range: '' },
    { text: '- refs:\n  - ../refs/m‸', files: { folder: '../refs/', media: 'image', lead: '' }, range: 'm' },
    { text: '- clip: cut/‸', files: { folder: 'cut/', media: 'video', lead: '' }, range: '' },
    { text: '- model: bytedance/seedance-2\n- reference_audios: a/‸', files: { folder: 'a/', media: 'audio', lead: '' }, range: '' },
  ];
  for (const { text, ...expected } of files)
    it(`files for ${text.replace(/\n/g, ' ⏎ ')}`, () => {
      const marked = `${front}## SH1\n\n${text}`;
      const completion = at(marked);
      assert.deepEqual(completion?.files, expected.files);
      assert.equal(marked.replace(cursor, '').slice(completion?.range.start, completion?.range.end), expected.range);
    });

  const accepted: readonly { readonly text: string; readonly insert: RegExp; readonly after: string }[] = [
    { text: '- dur‸', insert: /^duration/, after: '- duration: ' },
    { text: '- dur‸ation: 5', insert: /^duration/, after: '- duration: 5' },
    { text: '- duration: 5‸', insert: /^10/, after: '- duration: 10' },
    { text: '- **Aspect ratio：** ‸', insert: /^9:16/, after: '- **Aspect ratio：** 9:16' },
    { text: 'She {{st‸}} runs.', insert: /^style/, after: 'She {{style}} runs.' },
    { text: 'She {{st‸', insert: /^style/, after: 'She {{style}}' },
    { text: 'She {{@m‸}', insert: /^@mika/, after: 'She {{@mika}}' },
    { text: 'She @mi‸ runs.', insert: /mika/, after: 'She {{@mika}} runs.' },
    { text: '- start: last-frame(S‸)', insert: /^SH0/, after: '- start: last-frame(SH0)' },
    { text: '- start: last-frame（S‸', insert: /^SH0/, after: '- start: last-frame（SH0)' },
  ];
  for (const { text, insert, after } of accepted)
    it(`${text} becomes ${after}`, () => {
      const start = `${front}${cast}# SH0\n\nA.\n\n# SH1\n\n`;
      assert.equal(taken(start + text, insert), start + after);
    });

  it('says what each value costs against the present one', () => {
    const cost = (text: string, insert: string) => {
      const candidate = at(text)?.candidates.find((one: Candidate) => one.insert === insert);
      assert.ok(candidate && 'cost' in candidate && candidate.cost);
      const { before, after } = candidate.cost;
      assert.ok(before.kind !== 'unknown' && after.kind !== 'unknown');
      return after.microUsd - before.microUsd;
    };
    const inherited = `${front}## SH1\n\n- duration: ‸\n\nA cat.`;
    assert.equal(cost(inherited, '5'), 0);
    const more = cost(inherited, '10');
    assert.ok(more > 0);
    assert.equal(cost(`${front}## SH1\n\n- duration: ‸10\n\nA cat.`, '5'), -more);
    assert.equal(cost('---\nmodel: kling/kling-2.5\nduration: ‸5\n---\n## SH1\n\nA cat.', '10'), more);
    assert.equal(cost('---\nmodel: kling/kling-2.5\n---\n# Act\n- duration: ‸\n\n## SH1\n\nA cat.', '10'), more);
    assert.equal(cost(`${front}## SH1\n\n- model: ‸\n\nA cat.`, 'kling/kling-2.5'), 0);
  });

  it('offers the takes of the shot, the newest first', () => {
    const completion = at(`${front}## SH1\n\n- pick: ‸\n\nA cat.`, { takesOf: ({ id }) => (id === 'SH1' ? [1, 3, 2] : [9]) });
    assert.deepEqual(inserts(completion), ['3', '2', '1']);
  });

  it('answers in less than 10 ms on a board of 200 shots', () => {
    const shots = Array.from(
      { length: 200 },
      (_, index) => `## SH${String(index + 1).padStart(4, '0')} T\n\n- duration: 5\n\n{{style}} {{@mika}} runs.\n\n`,
    );
    for (const end of ['## SH0201 X\n\n- model: ‸', '## SH0201 X\n\n- ‸', '## SH0201\n\n- start: last-frame(‸']) {
      const marked = front + cast + shots.join('') + end;
      const text = marked.replace(cursor, '');
      const board = readStoryboard(text, knownKeys());
      const around = {
        catalogue,
        modelId: '',
        parameters: {},
        otherBlocks: [],
        takesOf: () => [],
        language: 'en',
        trigger: undefined,
      } as const;
      const times = Array.from({ length: 9 }, () => {
        const start = performance.now();
        completionAt(text, board, marked.indexOf(cursor), around);
        return performance.now() - start;
      }).sort((one, other) => one - other);
      assert.ok((times[4] ?? Number.POSITIVE_INFINITY) < 10, `${end}: ${times.join(' ')}`);
    }
  });
});
