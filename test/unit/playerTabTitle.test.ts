import assert from 'node:assert/strict';
import { tabTitle } from '../../src/player/tabTitle';

describe('the title of the tab of the player', () => {
  const cases: readonly (readonly [name: string, title: string, shown: string])[] = [
    ['is the title of the clip', 'A lighthouse at dusk', 'A lighthouse at dusk'],
    ['is the name of the product when there is none', ' \n', 'Krea Video'],
    ['keeps right-to-left text to itself', 'שקיעה על הים', '\u2068שקיעה על הים\u2069'],
    ['keeps marks of direction to itself', 'evil\u202egpj.exe', '\u2068evil\u202egpj.exe\u2069'],
    ['is one line', 'first\r\n\tsecond', 'first second'],
    ['is no longer than 60 characters', 'é'.repeat(80), `${'é'.repeat(59)}…`],
    ['closes what it isolates also where it is cut', 'ש'.repeat(80), `\u2068${'ש'.repeat(59)}…\u2069`],
  ];
  for (const [name, title, shown] of cases) it(name, () => assert.equal(tabTitle(title), shown));
});
