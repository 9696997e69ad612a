import type { ExpectedBoard } from './expectedBoard';

const style = 'Shot on 35 mm, window light only, shallow focus, dust in the air, quiet colours.';
const japaneseStyle = '三十五ミリフィルム、障子越しの光、静かな色。';
const hana = 'Hana, a woman of twenty-four with a short black bob and a mustard cardigan';
const okoye = 'Mr Okoye, a postman of fifty in a red rain jacket, grey at the temples';
const fumi = '白い髪を低く結び、藍色の割烹着を着た七十八歳の漆職人フミ';
const cup = 'a small white tea cup with one blue line under the rim';
const gold = `${cup}, its cracks filled with fine gold`;

const kling = 'kling/kling-2.5';
const hailuo = 'minimax/hailuo-2.3';
const seedance = 'bytedance/seedance-2';
const veo = 'google/veo-3.1';

const usual = { aspect_ratio: '16:9', duration: 5 };
const kanazawa = { ...usual, resolution: '720p' };
const plain = { model: kling, body: usual };
const inLondon = { ...plain, leftOut: ['resolution'] };
const inKanazawa = { model: seedance, body: kanazawa };
const station = { aspect_ratio: '16:9', duration: 8, generate_audio: true };
const fumiPictures = ['refs/fumi-face.png', 'refs/fumi-hands.png'];

export const goldSeam: ExpectedBoard = {
  budget: 45_000_000,
  findings: [['onlyQuotes', '> まだ書いていない。雪を見るフミ？']],
  shots: [
    {
      id: 'LON010',
      title: 'Rain',
      prompt: `${style} A narrow kitchen, grey morning, rain on the window. Nobody is there yet. The camera creeps towards the window.`,
      model: kling,
      body: { ...usual, duration: 10 },
      leftOut: ['resolution'],
    },
    {
      id: 'LON020',
      title: 'The shelf',
      prompt: `${style} ${cup} stands alone on a shelf between cheap mugs.`,
      ...inLondon,
    },
    {
      id: 'LON030',
      title: 'Hana reaches up',
      prompt: `${style} ${hana} reaches for the shelf without looking, a phone at her ear.`,
      model: kling,
      body: { ...usual, start_image: 'stills/lon030-start.png' },
      leftOut: ['resolution', 'refs'],
    },
    {
      id: 'LON031',
      title: '',
      prompt: 'Close on her fingers. They miss the handle by a centimetre.',
      model: kling,
      body: { aspect_ratio: '16:9' },
      says: { alt: 'LON030' },
      leftOut: ['resolution'],
    },
    {
      id: 'LON040',
      title: 'It falls',
      prompt: `${cup} falls in slow motion, turning once.`,
      model: kling,
      body: { ...usual, end_image: 'stills/lon040-end.png' },
      unsent: ['> Director: slow motion only if it comes for free.', '<!-- not twice: take 1 was a juggler -->'],
      leftOut: ['resolution'],
    },
    {
      id: 'LON050',
      title: 'It breaks',
      prompt: "The cup bursts on black tiles. Seen from a mouse's height.",
      ...plain,
      says: { omit: true },
      unsent: ['- sfx: one dry crack'],
      leftOut: ['resolution'],
    },
    {
      id: 'LON060',
      title: 'Pieces',
      prompt: `${style} Five white pieces on black tiles, one still rocking.\nSeen from straight above.`,
      ...plain,
      unsent: ['![what we mean](stills/tiles-reference.jpg)'],
      leftOut: ['resolution'],
    },
    {
      id: 'LON070',
      title: 'Hana kneels',
      prompt: `${style} ${hana} kneels. Hana gathers the pieces into a tea towel:\n\n1. the handle\n2. the rim with the blue line\n3. the rest`,
      model: kling,
      body: { ...usual, start_image: 'last-frame(LON060)' },
      says: { pick: 2 },
      leftOut: ['resolution', 'refs'],
    },
    {
      id: 'LON080',
      title: 'The call',
      prompt: `${style} ${hana} sits on the kitchen floor, the phone in both hands.\n\nShe says, very quietly: "I broke it, Grandma. I broke your cup."`,
      model: veo,
      body: { aspect_ratio: '16:9', duration: 8, generate_audio: true, resolution: '1080p', reference_images: ['refs/hana-front.png'] },
      unsent: ['- dialogue: I broke it, Grandma. I broke your cup.', 'Room tone of a fridge. No music before TRV010.'],
    },
    {
      id: 'LON090',
      title: 'Wrapping',
      prompt:
        'Top view of a table. Two hands wrap five pieces of white china,\neach in a page of newspaper.\n\nThe piece with the blue line comes last.',
      ...plain,
      unsent: ['- lens: 50 mm', 'For the edit: hold eight frames on the blue line.'],
      leftOut: ['resolution'],
    },
    {
      id: 'LON100',
      title: 'The post office',
      prompt: `${style} ${okoye} weighs a small parcel and looks over his glasses. ${hana} nods.`,
      model: seedance,
      body: { ...usual, resolution: '1080p', reference_images: ['refs/post-office.jpg', 'refs/hana-front.png'] },
    },
    {
      id: 'LON110',
      title: 'The red van',
      prompt: `${style} A red post van turns the corner. Her window stays lit behind it.`,
      ...inLondon,
    },
    {
      id: 'TRV010',
      title: 'The belt',
      prompt: 'A parcel on a conveyor among hundreds, a red sticker on its side. Locked camera.',
      model: hailuo,
      body: { duration: 6 },
    },
    {
      id: 'TRV020',
      title: 'Night flight',
      prompt: 'The wing of an airliner at night, lightning far below.\nSeen through a scratched window.',
      model: hailuo,
      body: { duration: 6, expand_prompt: false },
    },
    {
      id: 'TRV030',
      title: 'Map',
      model: hailuo,
      body: { duration: 6 },
      says: { clip: 'footage/map.mov' },
      unsent: ['- vo: Nine thousand kilometres.'],
    },
    {
      id: 'TRV040',
      title: 'Snow in the headlights',
      prompt: 'A delivery van on a mountain road at dusk, snow in the headlights.',
      model: hailuo,
      body: { duration: 10, end_image: 'first-frame(カット1)' },
      unsent: [
        '| second | what |\n|---|---|\n| 0 | a dark road |\n| 6 | the first roofs |',
        '---\n\nThe engine of the plane becomes that of the van.',
      ],
    },
    {
      id: 'カット1',
      title: '雪の屋根',
      prompt: `${japaneseStyle}金沢の瓦屋根に雪が積もっていく。煙突から細い煙。`,
      ...inKanazawa,
    },
    {
      id: 'カット2',
      title: '小包',
      prompt: `${japaneseStyle} ${fumi}が玄関で小包を受け取る。フミは差出人の名を指でなぞる。`,
      model: seedance,
      body: { ...kanazawa, start_image: 'stills/cut02.png', reference_images: fumiPictures },
      unsent: ['- dialogue: 「花から？」', '> 高木：笑わせすぎないこと。'],
    },
    { id: 'カット3', title: '（欠番）', ...inKanazawa, says: { omit: true } },
    {
      id: 'カット4',
      title: '包みをほどく',
      prompt: '冬の朝。北向きの障子、低い作業台、漆の瓶が並ぶ棚。新聞紙の包みが五つ、作業台に並ぶ。英語の見出しが見える。',
      model: seedance,
      body: { ...kanazawa, duration: 8 },
    },
    { id: 'カット5', title: '破片', prompt: `${fumi}の指が、青い線のある破片を光にかざす。`, ...inKanazawa },
    {
      id: 'カット6',
      title: '漆を練る',
      prompt: `${japaneseStyle}ガラス板の上で、赤い漆がへらで練られる。真上から。`,
      model: seedance,
      body: { ...kanazawa, duration: 6, seed: 4021, start_image: 'stills/cut06.png' },
    },
    {
      id: 'カット7',
      title: '接ぐ',
      prompt: '破片と破片が合わさり、細い漆の線がにじむ。\n手は止まらない。',
      model: seedance,
      body: { ...kanazawa, start_image: 'last-frame(カット6)', reference_images: fumiPictures },
    },
    {
      id: 'カット8',
      title: '待つ',
      prompt: '室（むろ）の木戸が閉まる。\n棚の上の時計だけが動く。',
      ...inKanazawa,
      unsent: ['<!--\nここに一か月の経過を入れる案は保留。\n## カット8-1 暦\n-->'],
    },
    {
      id: 'カット9-1',
      title: '金粉',
      prompt: `${japaneseStyle}筆先から金粉が落ち、漆の線が光りはじめる。`,
      model: seedance,
      body: { ...kanazawa, duration: 4, end_image: 'stills/cut09-gold.png' },
      unsent: ['前回のテイクは光りすぎた。'],
    },
    {
      id: 'カット9-2',
      title: '金粉、寄り',
      prompt: '金の線だけが暗がりに浮かぶ。',
      model: seedance,
      body: { ...kanazawa, start_image: 'frame(カット9-1@1.5)' },
      says: { alt: 'カット9-1' },
    },
    {
      id: 'カット10',
      title: '磨く',
      prompt: `${fumi}が鯛の牙で金の線を磨く。音はほとんどない。`,
      model: seedance,
      body: { ...kanazawa, reference_images: fumiPictures },
      unsent: ['- 絵: 鯛の牙で磨く'],
    },
    { id: 'カット11', title: '', ...inKanazawa, unsent: ['> まだ書いていない。雪を見るフミ？'] },
    {
      id: 'カット12',
      title: '庭の雪',
      prompt: `${japaneseStyle}庭の松から雪が落ちる。障子に影が走る。`,
      ...inKanazawa,
    },
    {
      id: 'LON200',
      title: 'Mr Okoye rings',
      prompt: `${style} London again, the first warm morning. ${okoye} stands at a blue door with a parcel under his arm.`,
      model: seedance,
      body: { aspect_ratio: '16:9', duration: 6, resolution: '1080p' },
    },
    {
      id: 'LON210',
      title: 'She cuts the string',
      prompt: 'A parcel is opened on a kitchen table.',
      model: 'kling/kling-3.0',
      body: {
        aspect_ratio: '16:9',
        duration: 9,
        mode: 'pro',
        multi_prompt: [
          { prompt: 'Scissors cut a red string, very close.', duration: 4 },
          { prompt: 'Rice paper opens like a flower.', duration: 5 },
        ],
      },
      leftOut: ['resolution'],
    },
    {
      id: 'LON220',
      title: 'The cup',
      prompt: `${style} ${gold}, stands in her palm. She does not breathe.`,
      model: kling,
      body: { ...usual, start_image: 'last-frame(LON210)' },
      leftOut: ['resolution'],
    },
    {
      id: 'LON230',
      title: 'The letter',
      prompt: `${style} A letter in Japanese brush writing, one line of it. Her thumb moves along:\n「割れたところが、いちばん強い。」`,
      model: veo,
      body: { aspect_ratio: '16:9', duration: 6, generate_audio: false, resolution: '1080p' },
    },
    {
      id: 'LON240',
      title: 'Tea',
      prompt: 'Steam rises from the mended cup. {{steam}} is not a block here.',
      ...plain,
      leftOut: ['resolution', 'refs'],
    },
    {
      id: '4A',
      title: 'Platform',
      prompt: `${style} Kanazawa station under snow, one bullet train waits with its doors open.`,
      model: veo,
      body: station,
    },
    {
      id: '4B',
      title: 'Doors',
      prompt: `${hana} steps onto the platform, a cloth bundle held to her chest.`,
      model: veo,
      body: { ...station, start_image: 'last-frame(4A)', reference_images: ['refs/hana-front.png'] },
    },
    {
      id: '4C',
      title: '祖母',
      prompt: `改札の向こうに、${fumi}が立っている。\n${hana} does not run.`,
      model: veo,
      body: { aspect_ratio: '16:9', duration: 8, reference_images: [...fumiPictures, 'refs/hana-front.png'] },
    },
    {
      id: '4D',
      title: 'Hands',
      prompt: `Four hands, young and old, unwrap ${gold}.`,
      model: kling,
      body: { aspect_ratio: '16:9', duration: 10, end_image: 'stills/4d-end.png' },
      leftOut: ['generate_audio'],
    },
    {
      id: '4E',
      title: '二人',
      prompt: `${fumi}と${hana}が湯気の立つ茶碗をはさんで座る。\n花が日本語で、小さく言う：「ただいま」。`,
      model: veo,
      body: { ...station, reference_images: [...fumiPictures, 'refs/hana-front.png'] },
      unsent: ['- dialogue: ただいま / おかえり'],
    },
    {
      id: 'CARD',
      title: 'End card',
      model: veo,
      body: station,
      says: { clip: 'footage/end-card.mp4' },
      unsent: ['- music: the piano of LON010, one octave down'],
    },
  ],
};
