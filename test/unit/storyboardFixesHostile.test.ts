import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Catalogue } from '../../src/catalogue/model';
import { applied } from '../../src/storyboard/fix';
import { fixesOf } from '../../src/storyboard/fixesOf';
import { boardOf, codeOf, findingsIn } from '../support/boardOf';
import { boardText } from '../support/boardText';
import { loadCatalogue } from '../support/models';

/** Lines in which something is wrong, beside those of any board. */
const wrong = fc.constantFrom(
  '- duration: 7s',
  '- duration: ７秒',
  '- **Duration**: `12`',
  '- resolution: 1080p',
  '- aspect_ratio: 21:9 <!-- wide -->',
  '- aspect ration: 9:16',
  '- negative_prompt: fog, rain.',
  '- model: kling 2.5',
  '- end: last-frame(SH01)',
  '- generate_audio: loud',
  '- seed: -1',
  '{{stile}} {{mika}} walks.',
  '## SH010 again',
  '## 3. The door',
  '＃＃　SH020 夜',
  '<!-- open',
);

describe('what settles a finding, in any text', () => {
  let catalogue: Catalogue;
  before(async () => {
    catalogue = await loadCatalogue();
  });

  it('leaves less to be said, and changes no byte but its own', async () => {
    const text = fc
      .tuple(boardText, fc.array(fc.tuple(wrong, fc.nat(30)), { minLength: 1, maxLength: 6 }))
      .map(([board, more]) => more.reduce((whole, [line, at]) => withLine(whole, line, at), board));
    await fc.assert(
      fc.asyncProperty(text, async (written) => {
        const board = await boardOf(written, { catalogue, modelId: 'kling/kling-2.5' });
        const findings = findingsIn(board);
        for (const found of findings) {
          const fixes = fixesOf(found, { board, catalogue, shot: board.shots[found.index] });
          assert.ok(fixes.filter(({ preferred }) => preferred).length <= 1, 'one is preferred');
          for (const { act, changes } of fixes) {
            assert.ok(changes.length > 0, `${act.kind} changes nothing`);
            for (const [index, { start, end }] of changes.entries())
              assert.ok((changes[index - 1]?.end ?? 0) <= start && start <= end && end <= written.length, `${act.kind} is out of place`);
            const after = applied(written, changes);
            const left = findingsIn(await boardOf(after, { catalogue, modelId: 'kling/kling-2.5' }));
            const count = (all: typeof findings) => all.filter((one) => codeOf(one) === codeOf(found)).length;
            // where a whole list goes, the next one may be read as parameters, with findings of its own
            const mayShowMore = act.kind === 'remove' && after.length < written.length;
            // a key that stands there twice is told of once more
            const fewer = count(left) < count(findings) || left.length < findings.length;
            assert.ok(fewer || mayShowMore, `${codeOf(found)} stays with ${act.kind}:\n${after}`);
          }
        }
      }),
      { numRuns: 500 },
    );
  }).timeout(60_000);
});

function withLine(text: string, line: string, at: number): string {
  const ending = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const lines = text.split(ending);
  lines.splice(Math.min(at, lines.length), 0, line);
  return lines.join(ending);
}
