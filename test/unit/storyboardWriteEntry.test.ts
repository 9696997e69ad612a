import assert from 'node:assert/strict';
import fc from 'fast-check';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import type { Shot } from '../../src/storyboard/storyboard';
import { writeEntry } from '../../src/storyboard/writeEntry';
import { type ImageRole, writeImage } from '../../src/storyboard/writeImage';
import { boardText } from '../support/boardText';

const known = knownKeys();
const read = (text: string) => readStoryboard(text, known);

const applied = (text: string, change: { start: number; end: number; text: string }) =>
  text.slice(0, change.start) + change.text + text.slice(change.end);

/** All that is read of a shot but for one key, without places. */
const without =
  (key: string) =>
  ({ id, title, prompt, entries }: Shot) => ({
    id,
    title,
    prompt: prompt?.text,
    entries: entries.flatMap(({ name, value }) =>
      name === key ? [] : [[name, value.kind === 'list' ? value.items.map(({ text }) => text) : value]],
    ),
  });

describe('an entry that is written at a shot', () => {
  const cases: readonly (readonly [what: string, key: string, value: string, before: string, after: string])[] = [
    [
      'goes behind the last one',
      'start',
      'a.png',
      '## SH1\n\n- duration: 5\n\nA cat.\n',
      '## SH1\n\n- duration: 5\n- start: a.png\n\nA cat.\n',
    ],
    ['stands above a prompt', 'seed', '7', '## SH1\n\nA cat.\n', '## SH1\n\n- seed: 7\n\nA cat.\n'],
    ['replaces a value with blanks', 'start', 'a.png', '## SH1\n- start: old one.png\nA cat.', '## SH1\n- start: a.png\nA cat.'],
    ['leaves a comment behind it', 'start', 'a.png', '## SH1\n- start: b.png <!-- best -->\n', '## SH1\n- start: a.png <!-- best -->\n'],
    ['replaces a link as a whole', 'end', 'a b.png', '## SH1\n- end: [still](x.png)\n\nA', '## SH1\n- end: a b.png\n\nA'],
    [
      'replaces a value that goes on below',
      'start',
      'a.png',
      '## SH1\n- start: b\n  c.png\n- seed: 1\n',
      '## SH1\n- start: a.png\n- seed: 1\n',
    ],
    ['replaces a list of values', 'refs', 'a.png', '## SH1\n- refs:\n  - b.png\n  - c.png\n\nA', '## SH1\n- refs: a.png\n\nA'],
    ['stays inside marks', 'duration', '10', '## SH1\n- **duration: 5**\n\nA', '## SH1\n- **duration: 10**\n\nA'],
  ];
  for (const [what, key, value, before, after] of cases)
    it(what, () => {
      const board = read(before);
      const [shot] = board.shots;
      assert.ok(shot);
      assert.equal(applied(before, writeEntry(before, board, shot, key, value)), after);
    });

  it('changes its own place and nothing else that is read, whatever its key', () => {
    const keys = fc.constantFrom('start', 'end', 'refs', 'duration', 'model', 'seed', 'aspect_ratio', 'dialogue');
    const values = fc.constantFrom('stills/a b.png', '7', '16:9', 'kling/kling-2.5', '「おつかれさま」');
    fc.assert(
      fc.property(boardText, fc.nat(), keys, values, (text, which, key, value) => {
        const before = read(text);
        fc.pre(before.shots.length > 0);
        const index = which % before.shots.length;
        const shot = before.shots[index] as Shot;
        const change = writeEntry(text, before, shot, key, value);
        const after = read(applied(text, change));
        assert.deepEqual(after.shots.map(without(key)), before.shots.map(without(key)));
        const others = (shots: readonly Shot[]) => shots.filter((_, at) => at !== index).map(without(''));
        assert.deepEqual(others(after.shots), others(before.shots));
        const old = shot.entries.find(({ name }) => name === key);
        if (old) assert.ok(old.range.start <= change.start && change.end <= old.range.end, 'inside the entry');
        else assert.equal(text.slice(change.start, change.end), '', 'nothing is taken away');
        const written = after.shots[index]?.entries.find(({ name }) => name === key)?.value;
        const firstNumber = old && /^\d+$/.test(value);
        assert.ok(
          written?.kind === 'text' && (firstNumber ? written.text.startsWith(value) : written.text === value),
          JSON.stringify(written),
        );
      }),
      { numRuns: 300 },
    );
  }).timeout(20_000);
});

describe('an image that is written at a shot', () => {
  const cases: readonly (readonly [what: string, role: ImageRole, path: string, before: string, line: string])[] = [
    ['is one line', 'start', 'stills/x.png', '## SH1\n\nA cat.\n', '- start: stills/x.png'],
    ['keeps the blanks of its name', 'end', 'my stills/a b.png', '## SH1\n\nA cat.\n', '- end: my stills/a b.png'],
    ['takes the place of the former one', 'start', 'x.png', '## SH1\n- start: y.png\n\nA cat.\n', '- start: x.png'],
    ["is written where Krea's own name stands", 'start', 'x.png', '## SH1\n- start_image: y.png\n\nA', '- start_image: x.png'],
    ['is the first reference', 'refs', 'x.png', '## SH1\n\nA cat.\n', '- refs: x.png'],
    ['replaces none', 'refs', 'x.png', '## SH1\n- refs: none\n\nA cat.\n', '- refs: x.png'],
    ['joins one reference', 'refs', 'x.png', '## SH1\n- refs: @mika\n\nA cat.\n', '- refs: [@mika, x.png]'],
    ['joins a list of references', 'refs', 'x.png', '## SH1\n- refs:\n  - a.png\n  - b c.png\n\nA', '- refs: [a.png, b c.png, x.png]'],
    ['is a reference once', 'refs', 'x.png', '## SH1\n- refs: [a.png, x.png]\n\nA', '- refs: [a.png, x.png]'],
    ['reads as a path with signs of a list', 'start', '[a]', '## SH1\n\nA cat.\n', '- start: [image]([a])'],
    ['reads as a path with a comma', 'refs', 'a, b.png', '## SH1\n- refs: c.png\n\nA', '- refs: [[image](<c.png>), [image](<a, b.png>)]'],
  ];
  for (const [what, role, path, before, line] of cases)
    it(what, () => {
      const board = read(before);
      const change = writeImage(before, board, board.shots[0] as Shot, role, [path], known);
      assert.ok(change);
      const after = applied(before, change);
      assert.ok(after.split('\n').includes(line), after);
    });

  it('is a reference beside the others that came with it', () => {
    const text = '## SH1\n- refs: a.png\n\nA cat.\n';
    const board = read(text);
    const change = writeImage(text, board, board.shots[0] as Shot, 'refs', ['b.png', 'c.png'], known);
    assert.ok(change && applied(text, change).includes('- refs: [a.png, b.png, c.png]\n'));
  });

  it('is not written where no line would say it', () => {
    const text = '## SH1\n\nA cat.\n';
    const board = read(text);
    assert.equal(writeImage(text, board, board.shots[0] as Shot, 'start', ['a\nb.png'], known), undefined);
  });

  it('is what the board then reads, or is not written at all', () => {
    const paths = fc.stringMatching(/^[\w .,()[\]{}<>*_`'"!#&%$@~+=é夜-]{1,20}\.png$/);
    fc.assert(
      fc.property(boardText, fc.nat(), fc.constantFrom<ImageRole>('start', 'end', 'refs'), paths, (text, which, role, path) => {
        const before = read(text);
        fc.pre(before.shots.length > 0);
        const index = which % before.shots.length;
        const change = writeImage(text, before, before.shots[index] as Shot, role, [path], known);
        if (!change) return;
        const value = read(applied(text, change)).shots[index]?.entries.find(({ name }) => name === role)?.value;
        assert.ok(value?.kind === 'text' ? value.text === path : value?.kind === 'list' && value.items.some((item) => item.text === path));
      }),
      { numRuns: 300 },
    );
  }).timeout(20_000);
});
