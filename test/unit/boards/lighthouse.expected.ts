import type { ExpectedBoard } from './expectedBoard';

const style = '35 mm, deep blue night, amber lamp, unhurried camera, fine grain.';

export const lighthouse: ExpectedBoard = {
  budget: 8_000_000,
  shots: [
    {
      id: 'SH010',
      title: 'The tower from the sea',
      prompt: `${style} A white tower on black rocks, the sea climbs up to its windows.\nThe camera comes in low over the water.`,
      model: 'kling/kling-2.5',
      body: { aspect_ratio: '16:9', duration: 5, start_image: 'stills/sh010.png' },
      unsent: ['> The client wants the lens drier. Take 2 nearly had it.'],
    },
    {
      id: 'SH020',
      title: 'The stairs',
      prompt: `${style} Mika, seventy, a long grey braid, a navy coat with brass buttons carries an oil lamp up a spiral of iron stairs. The camera follows, tilting up.`,
      model: 'kling/kling-2.5',
      body: { aspect_ratio: '16:9', duration: 10 },
      says: { pick: 2 },
      leftOut: ['refs'],
    },
    {
      id: 'SH030',
      title: 'Under the great lamp',
      prompt: `${style} Mika, seventy, a long grey braid, a navy coat with brass buttons puts her palm against the glass. The light fades.\nIn Japanese she whispers: 「おやすみ」.`,
      model: 'google/veo-3.1',
      body: {
        aspect_ratio: '16:9',
        duration: 8,
        generate_audio: true,
        start_image: 'last-frame(SH020)',
        reference_images: ['refs/mika-front.png'],
      },
      unsent: ['- dialogue: おやすみ'],
    },
  ],
};
