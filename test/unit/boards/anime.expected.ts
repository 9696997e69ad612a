import type { ExpectedBoard } from './expectedBoard';

export const anime: ExpectedBoard = {
  shots: [
    {
      id: 'カット1',
      title: '雨',
      prompt: '手描き風アニメ、柔らかい水彩の背景、夕方の青い光。夕立の校門。水たまりに街灯が映る。カメラはゆっくり下りる。',
      model: 'bytedance/seedance-2',
      body: { duration: 5, aspect_ratio: '16:9', resolution: '720p' },
    },
    {
      id: 'カット2',
      unsent: ['- dialogue: 「まだかな」', '> 演出メモ：表情は硬めに。'],
      title: 'ハルが待つ',
      prompt:
        '手描き風アニメ、柔らかい水彩の背景、夕方の青い光。 ハル、十六歳の少年。短い黒髪、白いシャツが校門の柱にもたれている。ハルは空を見上げる。',
      model: 'bytedance/seedance-2',
      body: { duration: 5, aspect_ratio: '16:9', resolution: '720p', reference_images: ['refs/haru.png'] },
    },
    {
      id: 'カット2-1',
      title: '',
      prompt: 'ハル、十六歳の少年。短い黒髪、白いシャツの手元。濡れた携帯電話。',
      model: 'bytedance/seedance-2',
      body: { aspect_ratio: '16:9', resolution: '720p' },
    },
    {
      id: 'カット3',
      title: '（欠番）',
      model: 'bytedance/seedance-2',
      body: { aspect_ratio: '16:9', resolution: '720p' },
      says: { omit: true },
    },
    {
      id: 'カット4',
      unsent: ['{{style}} {{@ミオ}}は坂を駆け下りる。\n傘が風で裏返る。', '髪の揺れに注意。'],
      title: 'ミオが走る',
      prompt:
        '手描き風アニメ、柔らかい水彩の背景、夕方の青い光。 ミオ、十六歳の少女。長い茶色の髪、赤い傘を持っている、坂を駆け下りる。傘が裏返り、ミオは笑う。',
      model: 'bytedance/seedance-2',
      body: {
        duration: 8,
        aspect_ratio: '16:9',
        resolution: '720p',
        start_image: 'last-frame(カット2)',
        reference_images: ['refs/mio-front.png', 'refs/mio-side.png'],
      },
    },
    {
      id: 'カット5',
      title: 'ふたり',
      prompt: 'ふたりは一つの傘で歩いていく。後ろ姿。',
      model: 'bytedance/seedance-2',
      body: {
        aspect_ratio: '16:9',
        resolution: '720p',
        reference_images: ['refs/haru.png', 'refs/mio-front.png', 'refs/mio-side.png'],
      },
    },
    {
      id: 'エピローグ',
      title: '1月のエピローグ',
      prompt: '雪の校門。誰もいない。',
      model: 'bytedance/seedance-2',
      body: { aspect_ratio: '16:9', resolution: '720p' },
    },
  ],
};
