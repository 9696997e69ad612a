import assert from 'node:assert/strict';
import fc from 'fast-check';
import { makeStoryboard } from '../../src/storyboard/make/makeStoryboard';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import { boardText } from '../support/boardText';
import { known, made } from './madeShots';

const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Every prompt reads back to what was taken, and its words stand in the source in this order. */
function readsBack(text: string, form: 'text' | 'records'): void {
  const board = makeStoryboard({ text, form }, { known });
  const read = readStoryboard(board.text, known);
  assert.deepEqual(
    read.shots.map(({ id, prompt }) => [id, prompt?.text ?? '']),
    board.shots.map(({ id, prompt }) => [id, prompt]),
    board.text,
  );
}

const word = fc.stringMatching(/^[a-z]{2,7}[0-9]{5}$/);
const words = fc.array(word, { minLength: 1, maxLength: 8 }).map((list) => list.join(' '));
const marks = fc.constantFrom(
  '',
  '> ',
  '- ',
  '1. ',
  '# ',
  '```\n',
  '| ',
  '<!-- ',
  '---\n',
  '**',
  '{{',
  '![a](b) ',
  'Prompt: ',
  'SH010 ',
  '    ',
);
const hostile = fc
  .array(
    fc.tuple(marks, words).map(([mark, text]) => mark + text),
    { maxLength: 5 },
  )
  .map((lines) => lines.join('\n'));
const cell = fc.oneof(words, hostile, fc.string({ unit: 'binary', maxLength: 40 }));
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const csv = fc
  .array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 })
  .map((rows) => ['Title,Prompt,Camera', ...rows.map((row) => row.map(quoted).join(','))].join('\n'));

/** Pieces of which each word stands once in a text. */
const piece = fc.oneof(
  words,
  words.map((text) => `- ${text}`),
  words.map((text) => `> ${text}`),
  words.map((text) => `## ${text}`),
  words.map((text) => `# Style\n\n${text}`),
  words.map((text) => `\`\`\`\n${text}\n\`\`\``),
  words.map((text) => `\`\`\`js\n${text}\n\`\`\``),
  words.map((text) => `<!-- ${text} -->`),
  words.map((text) => `"${text}"`),
  fc.tuple(words, words).map(([a, b]) => `Duration: 5\nMood: ${a}\nPrompt: ${b}`),
  fc.tuple(words, words).map(([a, b]) => `**Shot 3: ${a}**\n${b}`),
  fc.tuple(words, words).map(([a, b]) => `- ${a}\n  - dialogue: ${b}\n  - seconds: long`),
  fc.tuple(words, words, words).map(([a, b, c]) => `| Prompt | Seconds | Camera |\n|---|---|---|\n| ${a} | ${b} | ${c} |`),
  fc.tuple(words, words).map(([a, b]) => `| x | y |\n|---|---|\n| ${a} | ${b} |`),
  fc.tuple(words, words).map(([a, b]) => `### SH7 ${a}\n\n${b}\n\n#### Camera\n\n${b}`),
  fc.constant('---'),
);

describe('whatever a storyboard is made of', () => {
  it('every prompt of the result reads back as it was taken', () => {
    fc.assert(
      fc.property(boardText, (text) => readsBack(text, 'text')),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('text', 'records'), readsBack), { numRuns: 500 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => readsBack(pieces.join('\n\n'), 'text')),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(csv, (text) => readsBack(text, 'records')),
      { numRuns: 300 },
    );
  }).timeout(30_000);

  it('a cell of a prompt comes back as it stood, whatever signs are in it', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (cells) => {
        const { shots } = made(['Prompt,Mood', ...cells.map((text) => `${quoted(text)},calm`)].join('\n'), 'a.csv');
        const plain = (text: string) => folded(text.replace(/<!--.*?-->/gs, '').replaceAll('![a](b)', ''));
        const whole = cells.map(plain).filter((text) => text !== '');
        assert.deepEqual(
          shots.map(({ prompt }) => folded(prompt)).filter((text) => text !== ''),
          whole,
        );
      }),
      { numRuns: 300 },
    );
  }).timeout(30_000);

  it('no word of the source is lost', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('\n\n');
        const result = made(text).text;
        const said = (one: string): string[] => [...(one.match(/[a-z]{2,7}\d{5}/g) ?? [])];
        const left = said(result);
        const lost = said(text).filter((one) => {
          const at = left.indexOf(one);
          if (at >= 0) left.splice(at, 1);
          return at < 0;
        });
        assert.deepEqual(lost, [], `${text}\n=====\n${result}`);
      }),
      { numRuns: 800 },
    );
  }).timeout(30_000);
});
