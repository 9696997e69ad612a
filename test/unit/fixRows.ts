/** A text with something wrong in it, and what may be done. */
export interface FixRow {
  readonly name: string;
  readonly text: string;
  readonly code: string;
  /** Those that are offered, the preferred one with a star. */
  readonly offers: readonly string[];
  /** What each of them makes of the text. */
  readonly after: readonly string[];
}

const kling = '---\nstoryboard: 1\nmodel: kling/kling-2.5\n---\n';

export const fixRows: readonly FixRow[] = [
  {
    name: 'a length that the model has not: the nearest two, the nearer first',
    text: `${kling}# SH1\n- duration: 7 s\n\nA cat.\n`,
    code: 'notInList',
    offers: ['*set duration 5', 'set duration 10'],
    after: [`${kling}# SH1\n- duration: 5 s\n\nA cat.\n`, `${kling}# SH1\n- duration: 10 s\n\nA cat.\n`],
  },
  {
    name: 'a length in Japanese keeps its unit and its width of signs',
    text: `${kling}## カット3 夜\n- duration：７秒\n\n猫が歩く。\n`,
    code: 'notInList',
    offers: ['*set duration 5', 'set duration 10'],
    after: [`${kling}## カット3 夜\n- duration： 5秒\n\n猫が歩く。\n`, `${kling}## カット3 夜\n- duration： 10秒\n\n猫が歩く。\n`],
  },
  {
    name: 'a length that is inherited: a line more at the shot',
    text: '---\nduration: 5\nmodel: google/veo-3.1\n---\n# SH1\nA cat.\n',
    code: 'notInList',
    offers: ['*set duration 4 onShot', 'set duration 6 onShot'],
    after: [
      '---\nduration: 5\nmodel: google/veo-3.1\n---\n# SH1\n- duration: 4\n\nA cat.\n',
      '---\nduration: 5\nmodel: google/veo-3.1\n---\n# SH1\n- duration: 6\n\nA cat.\n',
    ],
  },
  {
    name: 'a ratio that the model has not: the one of the nearest shape',
    text: `${kling}# SH1\n- aspect_ratio: 21:9\n\nA cat.\n`,
    code: 'notInList',
    offers: ['*set aspect_ratio 16:9'],
    after: [`${kling}# SH1\n- aspect_ratio: 16:9\n\nA cat.\n`],
  },
  {
    name: 'a field of another model: away, or a comment where it was the only line',
    text: `${kling}# SH1\n- resolution: 1080p\n\nA cat.\n`,
    code: 'unknownField',
    offers: ['*remove resolution', 'keepAsNote resolution'],
    after: [`${kling}# SH1\n\nA cat.\n`, `${kling}# SH1\n<!-- resolution: 1080p -->\n\nA cat.\n`],
  },
  {
    name: 'a field of another model among others: a note',
    text: `${kling}# SH1\r\n- duration: 5\r\n- **Resolution:** 1080p\r\n\r\nA cat.\r\n`,
    code: 'unknownField',
    offers: ['*remove resolution', 'keepAsNote resolution'],
    after: [
      `${kling}# SH1\r\n- duration: 5\r\n\r\nA cat.\r\n`,
      `${kling}# SH1\r\n- duration: 5\r\n- **note: Resolution:** 1080p\r\n\r\nA cat.\r\n`,
    ],
  },
  {
    name: 'the only parameter beside notes: nothing that would make the notes a prompt',
    text: `${kling}# SH1\n- resolution: 1080p\n- mood: calm\n\nA cat.\n`,
    code: 'unknownField',
    offers: [],
    after: [],
  },
  {
    name: 'a slip in a key: the field that was meant',
    text: `${kling}# SH1\n- duration: 5\n- aspect ration: 9:16\n\nA cat.\n`,
    code: 'nearKey',
    offers: ['*rename aspect_ratio', 'remove aspectration'],
    after: [`${kling}# SH1\n- duration: 5\n- aspect_ratio: 9:16\n\nA cat.\n`, `${kling}# SH1\n- duration: 5\n\nA cat.\n`],
  },
  {
    name: 'a name that Krea has given up',
    text: `${kling}# SH1\n- duration: 5\n- image_url: a.png\n\nA cat.\n`,
    code: 'nearKey',
    offers: ['*rename start_image', 'remove imageurl'],
    after: [`${kling}# SH1\n- duration: 5\n- start_image: a.png\n\nA cat.\n`, `${kling}# SH1\n- duration: 5\n\nA cat.\n`],
  },
  {
    name: 'a key of a front matter in another spelling',
    text: '---\nmodel: kling/kling-2.5\naspectRatio: 9:16\n---\n# SH1\nA cat.\n',
    code: 'unusableKey',
    offers: ['*rename aspect_ratio', 'remove aspectRatio'],
    after: ['---\nmodel: kling/kling-2.5\naspect_ratio: 9:16\n---\n# SH1\nA cat.\n', '---\nmodel: kling/kling-2.5\n---\n# SH1\nA cat.\n'],
  },
  {
    name: 'a key of a front matter that no shot can use',
    text: '---\nmodel: kling/kling-2.5\nnegative_prompt: fog\n---\n# SH1\nA cat.\n',
    code: 'unusableKey',
    offers: ['*remove negative_prompt'],
    after: ['---\nmodel: kling/kling-2.5\n---\n# SH1\nA cat.\n'],
  },
  {
    name: 'a negative prompt: said in the prompt, or kept as a note',
    text: `${kling}# SH1\n- duration: 5\n- negative_prompt: fog, rain.\n\nA cat.\nIt walks.\n`,
    code: 'negativePrompt',
    offers: ['*appendAvoid', 'keepAsNote negative_prompt'],
    after: [
      `${kling}# SH1\n- duration: 5\n\nA cat.\nIt walks. Avoid: fog, rain.\n`,
      `${kling}# SH1\n- duration: 5\n- note: negative_prompt: fog, rain.\n\nA cat.\nIt walks.\n`,
    ],
  },
  {
    name: 'an id twice between two of a series: the middle of the room',
    text: `${kling}## SH010 A\nA.\n## SH010 B\nB.\n## SH020 C\nC.\n`,
    code: 'duplicateId',
    offers: ['*giveId SH015'],
    after: [`${kling}## SH010 A\nA.\n## SH015 B\nB.\n## SH020 C\nC.\n`],
  },
  {
    name: 'an id twice at the end: the next of the series',
    text: `${kling}## SH010 A\nA.\n## SH020 B\nB.\n## SH020 C\nC.\n`,
    code: 'duplicateId',
    offers: ['*giveId SH030'],
    after: [`${kling}## SH010 A\nA.\n## SH020 B\nB.\n## SH030 C\nC.\n`],
  },
  {
    name: 'an id twice where no number is free: a letter more',
    text: `${kling}## カット3 夜\n夜。\n## カット3 朝\n朝。\n## カット4 昼\n昼。\n`,
    code: 'duplicateId',
    offers: ['*giveId カット3A'],
    after: [`${kling}## カット3 夜\n夜。\n## カット3A 朝\n朝。\n## カット4 昼\n昼。\n`],
  },
  {
    name: 'an id of its own twice',
    text: `${kling}## The door\n- id: door\n\nA.\n## The hall\n- id: door\n\nB.\n`,
    code: 'duplicateId',
    offers: ['*giveId door-2'],
    after: [`${kling}## The door\n- id: door\n\nA.\n## The hall\n- id: door-2\n\nB.\n`],
  },
  {
    name: 'a block with a slip in its name',
    text: `${kling}# Cast\n## @mika\nMika\n# SH1\n{{@mkia}} walks.\n`,
    code: 'unknownBlock',
    offers: ['*insertBlock @mika'],
    after: [`${kling}# Cast\n## @mika\nMika\n# SH1\n{{@mika}} walks.\n`],
  },
  {
    name: 'full-width signs of a heading',
    text: `${kling}＃＃　SH1 夜\n\n猫。\n`,
    code: 'fullWidthHeading',
    offers: ['*headingSign'],
    after: [`${kling}## SH1 夜\n\n猫。\n`],
  },
  {
    name: 'the bullet of a Japanese keyboard',
    text: `${kling}## SH1 夜\n\n・duration：5\n\n猫。\n`,
    code: 'fullWidthBullet',
    offers: ['*bulletSign'],
    after: [`${kling}## SH1 夜\n\n- duration：5\n\n猫。\n`],
  },
  {
    name: 'a shot with quotes alone',
    text: `${kling}# SH1\n- duration: 5\n\n> A cat\n> walks.\n`,
    code: 'onlyQuotes',
    offers: ['*useQuote'],
    after: [`${kling}# SH1\n- duration: 5\n\nA cat\nwalks.\n`],
  },
  {
    name: 'a heading with a number and a prompt',
    text: `${kling}## 3. The door\n\nA cat.\n`,
    code: 'numberedHeading',
    offers: ['*makeShot Shot 3'],
    after: [`${kling}## Shot 3. The door\n\nA cat.\n`],
  },
  {
    name: 'the same in Japanese',
    text: `${kling}## 3 扉\n\n猫。\n`,
    code: 'numberedHeading',
    offers: ['*makeShot カット3'],
    after: [`${kling}## カット3 扉\n\n猫。\n`],
  },
  {
    name: 'a heading with a word and a number',
    text: `${kling}## Scene 2 The hill\n\nA cat.\n`,
    code: 'numberedHeading',
    offers: ['*makeShot Scene 2'],
    after: [`${kling}## Scene 2 The hill\n\n- id: Scene 2\n\nA cat.\n`],
  },
  {
    name: 'a key twice: the later goes',
    text: `${kling}# SH1\n- duration: 5\n- Duration: 10\n\nA cat.\n`,
    code: 'keyTwice',
    offers: ['*remove duration'],
    after: [`${kling}# SH1\n- duration: 5\n\nA cat.\n`],
  },
  {
    name: 'a word of a shot at a scene',
    text: `${kling}# Night\n- duration: 5\n- pick: 2\n\n## SH1\nA cat.\n`,
    code: 'onlyOnShot',
    offers: ['*remove pick'],
    after: [`${kling}# Night\n- duration: 5\n\n## SH1\nA cat.\n`],
  },
  {
    name: 'a line of dashes right under text',
    text: `${kling}# SH1\nA cat.\n---\nNotes.\n`,
    code: 'ruleUnderText',
    offers: ['*blankLine'],
    after: [`${kling}# SH1\nA cat.\n\n---\nNotes.\n`],
  },
  {
    name: 'a comment without an end',
    text: `${kling}# SH1\n\n<!-- cut this\n\nA cat.\n`,
    code: 'commentNotClosed',
    offers: ['*closeComment'],
    after: [`${kling}# SH1\n\n<!-- cut this -->\n\nA cat.\n`],
  },
  {
    name: 'a model without its maker',
    text: '---\nmodel: kling 2.5\n---\n# SH1\nA cat.\n# SH2\nA dog.\n',
    code: 'unknownModel',
    offers: ['*useModel kling/kling-2.5'],
    after: ['---\nmodel: kling/kling-2.5\n---\n# SH1\nA cat.\n# SH2\nA dog.\n'],
  },
  {
    name: 'a model with a slip, at the shot',
    text: `${kling}# SH1\n- model: google/voe-3.1\n\nA cat.\n`,
    code: 'unknownModel',
    offers: ['*useModel google/veo-3.1'],
    after: [`${kling}# SH1\n- model: google/veo-3.1\n\nA cat.\n`],
  },
  {
    name: 'a model that is gone: the one that Krea names, also for the shots below; a picked shot keeps its own',
    text: '---\nmodel: kling/kling-2.1\n---\n# SH1\nA cat.\n# SH2\n- pick: 1\n\nA dog.\n# SH3\nA hen.\n',
    code: 'retiredModel',
    offers: ['*useModel kling/kling-2.5'],
    after: ['---\nmodel: kling/kling-2.5\n---\n# SH1\nA cat.\n# SH2\n- pick: 1\n- model: kling/kling-2.1\n\nA dog.\n# SH3\nA hen.\n'],
  },
  {
    name: 'a model that is about to go',
    text: '---\nmodel: kling/kling-2.6\n---\n# SH1\nA cat.\n',
    code: 'sunset',
    offers: ['*useModel kling/kling-3.0'],
    after: ['---\nmodel: kling/kling-3.0\n---\n# SH1\nA cat.\n'],
  },
  {
    name: 'two fields of which only one may be: either goes',
    text: '---\nmodel: bytedance/seedance-2\n---\n# SH1\n- end: a.png\n- reference_images: [b.png]\n- duration: 5\n\nA cat.\n',
    code: 'excludes',
    offers: ['remove end', 'remove reference_images'],
    after: [
      '---\nmodel: bytedance/seedance-2\n---\n# SH1\n- reference_images: [b.png]\n- duration: 5\n\nA cat.\n',
      '---\nmodel: bytedance/seedance-2\n---\n# SH1\n- end: a.png\n- duration: 5\n\nA cat.\n',
    ],
  },
  {
    name: 'a frame of a shot that is not there',
    text: `${kling}# SH010\nA cat.\n# SH020\n- start: last-frame(SH011)\n\nA dog.\n`,
    code: 'unknownShot',
    offers: ['*nameShot SH010'],
    after: [`${kling}# SH010\nA cat.\n# SH020\n- start: last-frame(SH010)\n\nA dog.\n`],
  },
  {
    name: 'shots that wait for each other',
    text: `${kling}# SH010\n- start: last-frame(SH020)\n\nA cat.\n# SH020\n- start: last-frame(SH010)\n\nA dog.\n`,
    code: 'circularFrames',
    offers: ['remove start'],
    after: [`${kling}# SH010\n\nA cat.\n# SH020\n- start: last-frame(SH010)\n\nA dog.\n`],
  },
  {
    name: 'a number below what the model takes',
    text: '---\nmodel: bytedance/seedance-2\n---\n# SH1\n- duration: 2\n\nA cat.\n',
    code: 'outOfRange',
    offers: ['*set duration 4'],
    after: ['---\nmodel: bytedance/seedance-2\n---\n# SH1\n- duration: 4\n\nA cat.\n'],
  },
  {
    name: 'a switch that says neither yes nor no',
    text: '---\nmodel: google/veo-3.1\n---\n# SH1\n- generate_audio: loud\n\nA cat.\n',
    code: 'wrongType',
    offers: ['*set generate_audio true', 'set generate_audio false'],
    after: [
      '---\nmodel: google/veo-3.1\n---\n# SH1\n- generate_audio: true\n\nA cat.\n',
      '---\nmodel: google/veo-3.1\n---\n# SH1\n- generate_audio: false\n\nA cat.\n',
    ],
  },
];
