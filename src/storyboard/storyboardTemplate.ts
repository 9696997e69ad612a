import { limitsOf } from '../catalogue/limits';
import { type Catalogue, findModel, type Model } from '../catalogue/model';

export interface StoryboardTemplate {
  readonly text: string;
  /** Where one writes on, in UTF-16 units: the prompt of the first shot that is still empty. */
  readonly cursor: number;
}

interface Words {
  readonly film: string;
  readonly about: string;
  readonly style: string;
  readonly styleText: string;
  readonly cast: string;
  readonly castText: string;
  readonly scene: string;
  readonly shots: readonly (readonly [heading: string, prompt: string])[];
  readonly notes: readonly [wet: string, frame: string, dialogue: string];
  readonly secondScene: string;
  readonly dialogue: string;
  readonly empty: string;
}

const english: Words = {
  film: 'The Night Ferry',
  about: 'A ferryman makes his last crossing. A text like this one is for people; it is never sent.',
  style: 'Style',
  styleText: '35 mm film, blue hour, one warm light in every picture, slow camera.',
  cast: 'Cast',
  castText: 'Tomas, a man of sixty, short white beard, dark green oilskin coat.',
  scene: 'The crossing',
  shots: [
    [
      'The river at dusk',
      '{{style}} A small wooden ferry lies at a jetty in the reeds, fog over the water.\nThe camera drifts in low above the surface.',
    ],
    ['Tomas casts off', '{{style}} {{@tomas}} loosens the rope and lays it down, coil by coil. Close on his hands.'],
    ['The lit window', '{{style}} Out of the fog comes the other bank, with a single lit window. {{@tomas}} takes off his cap.'],
  ],
  notes: [
    'A quote is a note for people: the rope should look wet.',
    'It begins with the last frame of SH020. ',
    'The dialogue goes into the shot list, not to the model.',
  ],
  secondScene: 'The far bank',
  dialogue: 'There you are.',
  empty: 'Your shot',
};

const japanese: Words = {
  film: '最後の渡し舟',
  about: '渡し守の、最後の夜。このような文は人のためのもので、送信されません。',
  style: 'スタイル',
  styleText: '35mmフィルム、日没後の青い光、どの画にも暖かい灯りをひとつ、ゆっくりとしたカメラ。',
  cast: 'キャスト',
  castText: '渡し守の源さん。六十歳、短い白髭、深緑の合羽。',
  scene: '川を渡る',
  shots: [
    ['夕暮れの川', '{{style}}葦の間の桟橋に小さな木の渡し舟。水面に霧が流れる。\nカメラは水面すれすれを静かに近づく。'],
    ['舟を出す', '{{style}}{{@gen}}が綱をほどき、ひと巻きずつ置いていく。手元のアップ。'],
    ['窓明かり', '{{style}}霧の中から、窓明かりがひとつ灯る対岸が現れる。{{@gen}}が帽子を取る。'],
  ],
  notes: [
    '引用は人のためのメモです。綱は濡れて見えるように。',
    'SH020 の最後のフレームから始まります。',
    'セリフはカット表に載り、モデルには送られません。',
  ],
  secondScene: '向こう岸',
  dialogue: 'ただいま。',
  empty: '次のカット',
};

/** A board to write over: every part of the format once, with a model that is offered and values that it takes. */
export function storyboardTemplate(language: string, model: Model | undefined): StoryboardTemplate {
  const isJapanese = /^ja\b/i.test(language);
  const words = isJapanese ? japanese : english;
  const cast = isJapanese ? 'gen' : 'tomas';
  const [first, second, third] = words.shots.map(([heading, prompt], index) => ({ heading: `## SH0${index + 1}0 ${heading}`, prompt }));
  const limits = model && limitsOf(model);
  const [, longer] = listedSeconds(model);
  const beginsWithFrame = limits?.startImage === 'optional';
  const before = [
    frontMatter(model),
    `# ${words.film}`,
    words.about,
    `# ${words.style}`,
    words.styleText,
    `# ${words.cast}`,
    `## @${cast}`,
    words.castText,
    `# ${words.scene}`,
    first?.heading,
    first?.prompt,
    second?.heading,
    longer === undefined ? undefined : `- duration: ${longer}`,
    second?.prompt,
    `> ${words.notes[0]}`,
    `# ${words.secondScene}`,
    third?.heading,
    [...(beginsWithFrame ? ['- start: last-frame(SH020)'] : []), `- dialogue: ${words.dialogue}`].join('\n'),
    third?.prompt,
    `> ${beginsWithFrame ? words.notes[1] : ''}${words.notes[2]}`,
    `## SH040 ${words.empty}`,
  ];
  const text = `${before.filter((part) => part !== undefined).join('\n\n')}\n\n`;
  return { text, cursor: text.length };
}

/** Where the user has named none: begins with words or with an image, and costs little. */
export const usualModel = 'kling/kling-2.5';

/** The first of these that is offered and needs no more than a prompt, else any such model. */
export function modelForTemplate(catalogue: Catalogue, ids: readonly string[]): Model | undefined {
  const suits = (model: Model) => limitsOf(model).needs.length === 0;
  for (const id of ids) {
    const found = findModel(catalogue, id);
    if (found.kind === 'model' && suits(found.model)) return found.model;
  }
  return catalogue.models.find(suits);
}

function listedSeconds(model: Model | undefined): readonly number[] {
  const seconds = model && limitsOf(model).seconds;
  return seconds?.kind === 'list' ? seconds.values : [];
}

function frontMatter(model: Model | undefined): string {
  const ratio = model && limitsOf(model).ratios.find((value) => value === '16:9');
  const [seconds] = listedSeconds(model);
  return [
    '---',
    'storyboard: 1',
    ...(model ? [`model: ${model.id}`] : []),
    ...(ratio === undefined ? [] : [`aspect_ratio: ${ratio}`]),
    ...(seconds === undefined ? [] : [`duration: ${seconds}`]),
    '---',
  ].join('\n');
}
