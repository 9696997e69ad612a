import assert from 'node:assert/strict';
import { expandPrompt } from '../../src/storyboard/expandPrompt';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import { wordsInReach } from '../../src/storyboard/wordsInReach';

const known = knownKeys();

function expanded(text: string, id = 'SH1') {
  const board = readStoryboard(text, known);
  const shot = board.shots.find((one) => one.id === id);
  assert.ok(shot?.prompt, `a shot ${id} with a prompt`);
  return expandPrompt(shot.prompt.text, wordsInReach(board, shot));
}

describe('words that a prompt inserts', () => {
  const style = '# Style\n\n35 mm film,\ncold night.\n\n';
  const cast = '# Cast\n\n## @mika\n\n- name: Mika\n- ref: m.png\n\nMika, a woman of seventy.\n\n## @ren\n\nRen, a boy.\n\n';
  const cases: readonly (readonly [name: string, text: string, prompt: string])[] = [
    ['a style, its lines as one', `${style}# SH1\n\n{{style}} A cat.`, '35 mm film, cold night. A cat.'],
    ['a style by its Japanese name', '# スタイル\n\n夜の海、\n静か。\n\n# SH1\n\n{{スタイル}}猫。', '夜の海、静か。猫。'],
    ['nothing that is not written', `${style}# SH1\n\nA cat.`, 'A cat.'],
    ['a block by its name, whatever its case', '# Blocks\n\n## Night light\n\nMoon.\n\n# SH1\n\nA cat. {{night LIGHT}}', 'A cat. Moon.'],
    [
      'a member of the cast in full, then by name',
      `${cast}# SH1\n\n{{@mika}} climbs. {{@Mika}} rests.`,
      'Mika, a woman of seventy climbs. Mika rests.',
    ],
    ['by the name of its heading where it has no other', `${cast}# SH1\n\n{{@ren}} runs. {{@ren}} falls.`, 'Ren, a boy runs. ren falls.'],
    ['the full stop stays before a new sentence', `${cast}# SH1\n\n{{@ren}} He runs.`, 'Ren, a boy. He runs.'],
    ['the full stop goes before a comma', `${cast}# SH1\n\n{{@ren}}, running.`, 'Ren, a boy, running.'],
    ['the full stop goes before what is joined', `${cast}# SH1\n\n{{@ren}}. Rain.`, 'Ren, a boy. Rain.'],
    [
      'the full stop goes before a particle',
      '# Cast\n## @r\n- name: レン\n\nレン、少年。\n# SH1\n\n{{@r}}は走る。{{@レン}}は笑う。',
      'レン、少年は走る。レンは笑う。',
    ],
    ['the full stop stays at the end', `${cast}# SH1\n\nHere is {{@ren}}`, 'Here is Ren, a boy.'],
    ['three points stay', '# Blocks\n## a\nSilence...\n# SH1\n\n{{a}} and on', 'Silence... and on'],
    ['the text of the scene', '# Act\n\nRain over\nthe harbour.\n\n## SH1\n\n{{scene}} A cat.', 'Rain over the harbour. A cat.'],
    ['blocks inside blocks', '# Blocks\n## a\nX {{b}} Y\n## b\nZ\n# SH1\n\n{{a}}', 'X Z Y'],
    ['nothing for what is escaped', `${style}# SH1\n\nWrite \\{{style}}.`, 'Write {{style}}.'],
    ['what is unknown stays as it is', '# SH1\n\nA {{fog}} cat.', 'A {{fog}} cat.'],
    ['the style that stands nearest in the outline', '# Style\nFar.\n# A\n## Style\nNear.\n## SH1\n{{style}} Cat.', 'Near. Cat.'],
    [
      'no style of another scene while there is one for all',
      '# Style\nAll.\n# A\n## Style\nA only.\n## SH0\nx\n# B\n## SH1\n{{style}} Cat.',
      'All. Cat.',
    ],
    ['what stands in the cast is not sent with its list', `${cast}# SH1\n\n{{@mika}}`, 'Mika, a woman of seventy.'],
  ];
  for (const [name, text, prompt] of cases) it(name, () => assert.equal(expanded(text).text, prompt));

  it('tells of a block that is unknown, and of one that holds itself', () => {
    assert.deepEqual(expanded('# SH1\n\nA {{fog}} cat.').findings, [{ code: 'unknownBlock', name: 'fog', start: 2, end: 9 }]);
    const circle = expanded('# Blocks\n## a\n{{b}}\n## b\n{{a}}\n# SH1\n\n{{a}} cat');
    assert.deepEqual(
      circle.findings.map(({ code }) => code),
      ['circularBlock'],
    );
  });

  it('ends with blocks that double each other without end', () => {
    const blocks = Array.from({ length: 40 }, (_, i) => `## b${i}x\n\n{{b${i + 1}x}} {{b${i + 1}x}}`).join('\n');
    const { findings, text } = expanded(`# Blocks\n${blocks}\n## b40x\n\nwords\n# SH1\n\n{{b0x}}`);
    assert.deepEqual([...new Set(findings.map(({ code }) => code))], ['tooManyWords']);
    assert.ok(text.length < 1_000_000);
  });

  it('names the cast in the order of their first mention, inside blocks too', () => {
    const { cast: named } = expanded(`${cast}# Blocks\n## both\n{{@ren}} and {{@mika}}\n# SH1\n\n{{both}} {{@mika}}`);
    assert.deepEqual(
      named.map(({ name }) => name),
      ['ren', 'mika'],
    );
  });
});
