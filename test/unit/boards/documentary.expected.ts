import type { ExpectedBoard } from './expectedBoard';

export const documentary: ExpectedBoard = {
  findings: [
    ['numberedHeading', 'Interview 1: the ferryman'],
    ['numberedHeading', '3. Credits'],
    ['onlyQuotes', '> Empty bank, drone view.'],
  ],
  shots: [
    { id: 'SC01', title: 'INT Ferryman, two-shot', model: 'google/veo-3.1', body: { duration: 8 }, says: { clip: 'rushes/A004_C012.mov' } },
    {
      id: 'SC02_SH010',
      unsent: ['* sfx: wind in the ropes'],
      title: 'The old landing',
      prompt:
        '16 mm archive footage, gate weave, faded colours, 1970s. A wide grey river under low cloud. A wooden landing, men in caps wait with bicycles.\n\nNobody looks into the camera.',
      model: 'google/veo-3.1',
      body: { duration: 8, generate_audio: false, resolution: '1080p' },
    },
    {
      id: 'SC02_SH020',
      unsent: [
        '| beat | second |\n|------|--------|\n| thunder | 2 |\n| cable snaps | 6 |',
        '- Regional paper, 4 November 1974\n- Logbook, page 88',
      ],
      title: "The storm of '74",
      prompt:
        '16 mm archive footage, gate weave, faded colours, 1970s, at night. A wide grey river under low cloud; the ferry pulls hard at its cable.\n\nA lamp goes out.',
      model: 'google/veo-3.1',
      body: { duration: 8, generate_audio: false, start_image: 'frame(SC02_SH010@3.5)' },
    },
    {
      id: 'SC03_SH010',
      unsent: ['- negative_prompt: people\n\n> Empty bank, drone view.'],
      title: '',
      model: 'google/veo-3.1',
      body: { duration: 4, generate_audio: false, aspect_ratio: '9:16' },
    },
    {
      id: 'SC03_SH025',
      unsent: ['<!-- waiting for the permit\n## SC03_SH030 Not yet\n-->'],
      title: 'Bridge',
      prompt: 'A wide grey river under low cloud. A new concrete bridge, cars in both directions. Static wide shot.',
      model: 'google/veo-3.1',
      body: { duration: 8, generate_audio: false },
    },
  ],
};
