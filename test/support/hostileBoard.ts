import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { boardText } from './boardText';
import { commonMarkExamples } from './commonMark';
import { projectRoot } from './projectRoot';

const folder = path.join(projectRoot, 'test/unit/boards');

/** The boards that people might have written. */
export const wholeBoards: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => readFileSync(path.join(folder, name), 'utf8'));

const place = fc.double({ min: 0, max: 1, noNaN: true });

/** Some bytes are missing, and what is left need be no character any more. */
const cutBoard = fc.tuple(fc.constantFrom(...wholeBoards), place, fc.nat(40)).map(([text, where, length]) => {
  const bytes = Buffer.from(text);
  const at = Math.floor(where * bytes.length);
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]).toString();
});

/** Lines of a board, some twice, some elsewhere, some further in. */
const shuffledBoard = fc
  .tuple(
    fc.constantFrom(...wholeBoards),
    fc.array(fc.tuple(place, place, fc.constantFrom('', '  ', '    ', '> ', '- ', '\t')), { maxLength: 12 }),
  )
  .map(([text, moves]) => {
    const lines = text.split('\n');
    for (const [from, to, lead] of moves) {
      const line = lines[Math.floor(from * (lines.length - 1))] ?? '';
      lines.splice(Math.floor(to * lines.length), from > 0.5 ? 1 : 0, lead + line);
    }
    return lines.join('\n');
  });

/** Every construct of Markdown, one or two below a shot. */
const constructs = fc
  .tuple(
    fc.constantFrom(...commonMarkExamples()),
    fc.constantFrom(...commonMarkExamples()),
    fc.constantFrom('', '- duration: 5\n', '\n- pick: 1\n\n'),
  )
  .map(([one, other, list]) => `# SH1\n${list}${one.markdown}\n${other.markdown}\n\n# SH2\n\nA cat.\n`);

/** Texts that are boards, were boards, or look like some, with every end of a line. */
export const hostileBoard: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(boardText, cutBoard, shuffledBoard, constructs),
    fc.constantFrom('\n', '\n', '\r\n', '\r'),
    fc.constantFrom('', '', '\uFEFF'),
  )
  .map(([text, ending, mark]) => mark + text.replace(/^\uFEFF/, '').replace(/\r\n?|\n/g, ending));
