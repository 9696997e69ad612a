import type { ExpectedBoard } from './expectedBoard';

export const commercial: ExpectedBoard = {
  budget: 12_500_000,

  shots: [
    {
      id: 'Shot 1',
      unsent: ['> Client: "colder, please"', '- lens: 50 mm\n- music: one piano note'],
      title: 'Wide, the beach',
      prompt:
        'Natural light, 50 mm, shallow depth of field, muted teal and amber. An empty beach before dawn. A fishing boat far out, its lamp lit.\nThe camera is locked.',
      model: 'kling/kling-2.5',
      body: { duration: 10, aspect_ratio: '16:9' },
    },
    {
      id: 'Shot 2',
      unsent: [
        '<!-- less steam than in take 1 -->',
        '![hands, reference](stills/ref-hands.jpg)',
        'Take 2 was too fast. Ask for a slower drift.',
      ],
      title: 'Hands',
      prompt:
        'Natural light, 50 mm, shallow depth of field, muted teal and amber. Close on two hands around a tin cup.\nSteam drifts to the left.',
      model: 'kling/kling-2.5',
      body: { duration: 5, aspect_ratio: '16:9', start_image: 'stills/hands.png' },
    },
    {
      id: 'Shot 2B',
      unsent: ['For the sound mix only: the ripple hits on the beat.'],
      title: '',
      prompt: 'Macro of the surface of black coffee,\na ripple runs outwards.',
      model: 'kling/kling-2.5',
      body: { aspect_ratio: '16:9' },
      says: { alt: 'Shot 2' },
    },
    {
      id: '3A',
      unsent: ['- vo: It starts before the light does.\n- super: TIDE', '---\n\nEverything below this line is for the edit.'],
      title: 'Window',
      prompt:
        'A kitchen window, condensation, first orange light.\n\nSomeone wipes the glass with a sleeve:\n\n- left to right\n- once, slowly',
      model: 'kling/kling-2.5',
      body: { duration: 5, aspect_ratio: '9:16', end_image: 'last-frame(3B)' },
    },
    {
      id: '3B',
      unsent: ['- camera: handheld'],
      title: 'Kettle',
      prompt: 'A kettle begins to sing. The camera tilts up with the steam.',
      model: 'kling/kling-2.5',
      body: { duration: 10, aspect_ratio: '9:16' },
    },
    {
      id: 'PACK',
      title: 'Pack shot',

      model: 'kling/kling-2.5',
      body: { duration: 5, aspect_ratio: '16:9' },
      says: { clip: 'footage/pack.mov' },
    },
  ],
};
