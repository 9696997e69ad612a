import fc from 'fast-check';

const line = fc.constantFrom(
  '# Film',
  '## SH010 Storm',
  '## **カット3** 夜',
  '### Prompt',
  '### Notes',
  '# Style',
  '# Cast',
  '## @mika',
  '## Scene 2',
  'Shot 4',
  '===',
  '---',
  '- duration: 5',
  '- **Aspect ratio:** 16:9',
  '- pick: 1',
  '- pick:',
  '* start: [still](stills/a b.png)',
  '  - refs/a.png',
  '- refs:',
  '- dialogue: 「おつかれさま」',
  '1. a cat',
  '- a cat',
  '・duration：5',
  'A cat walks. {{style}} {{@mika}}',
  '  indented words',
  '    more indented words',
  '> a quote',
  '<!-- a comment -->',
  'words <!-- and a comment',
  'its end --> words',
  '![start](stills/x.png)',
  '| a | b |',
  '|---|---|',
  '```prompt',
  '```',
  '~~~',
  '<div>',
  '[foo]: http://x',
  '',
  '',
);

/** Texts that look like boards, in every order of their lines and with every end of a line. */
export const boardText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '\uFEFF', '---\nstoryboard: 1\nduration: 5\n---\n', '---\n'),
    fc.array(line, { maxLength: 30 }),
    fc.constantFrom('\n', '\r\n', '\r'),
    fc.boolean(),
  )
  .map(([front, lines, ending, isEnded]) => (front + lines.join('\n') + (isEnded ? '\n' : '')).replaceAll('\n', ending));
