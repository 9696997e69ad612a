import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bundledCatalogue } from '../../src/catalogue/bundledCatalogue';
import type { Catalogue, JsonObject } from '../../src/catalogue/model';
import { checkShot } from '../../src/storyboard/checkShot';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import { resolveShot } from '../../src/storyboard/resolveShot';
import { projectRoot } from '../support/projectRoot';

interface Expected {
  readonly id: string;
  readonly title: string;
  /** As it would be sent; undefined of a shot that is empty. */
  readonly prompt: string | undefined;
  readonly body: JsonObject;
  readonly says?: { readonly omit?: true; readonly clip?: string; readonly alt?: string };
}

/** What a person reads in these boards, written down before they were read by the program. */
const boards: Readonly<Record<string, { readonly shots: readonly Expected[]; readonly findings: readonly (readonly [string, string])[] }>> =
  {
    commercial: {
      findings: [],
      shots: [
        {
          id: 'Shot 1',
          title: 'Wide, the beach',
          prompt:
            'Natural light, 50 mm, shallow depth of field, muted teal and amber. An empty beach before dawn. A fishing boat far out, its lamp lit.\nThe camera is locked.',
          body: { duration: 10, aspect_ratio: '16:9' },
        },
        {
          id: 'Shot 2',
          title: 'Hands',
          prompt:
            'Natural light, 50 mm, shallow depth of field, muted teal and amber. Close on two hands around a tin cup.\nSteam drifts to the left.',
          body: { duration: 5, aspect_ratio: '16:9', start_image: 'stills/hands.png' },
        },
        {
          id: 'Shot 2B',
          title: '',
          prompt: 'Macro of the surface of black coffee,\na ripple runs outwards.',
          body: { aspect_ratio: '16:9' },
          says: { alt: 'Shot 2' },
        },
        {
          id: '3A',
          title: 'Window',
          prompt:
            'A kitchen window, condensation, first orange light.\n\nSomeone wipes the glass with a sleeve:\n\n- left to right\n- once, slowly',
          body: { duration: 5, aspect_ratio: '9:16', end_image: 'last-frame(3B)' },
        },
        {
          id: '3B',
          title: 'Kettle',
          prompt: 'A kettle begins to sing. The camera tilts up with the steam.',
          body: { duration: 10, aspect_ratio: '9:16' },
        },
        {
          id: 'PACK',
          title: 'Pack shot',
          prompt: undefined,
          body: { duration: 5, aspect_ratio: '16:9' },
          says: { clip: 'footage/pack.mov' },
        },
      ],
    },
    anime: {
      findings: [],
      shots: [
        {
          id: 'カット1',
          title: '雨',
          prompt: '手描き風アニメ、柔らかい水彩の背景、夕方の青い光。夕立の校門。水たまりに街灯が映る。カメラはゆっくり下りる。',
          body: { duration: 5, aspect_ratio: '16:9', resolution: '720p' },
        },
        {
          id: 'カット2',
          title: 'ハルが待つ',
          prompt:
            '手描き風アニメ、柔らかい水彩の背景、夕方の青い光。 ハル、十六歳の少年。短い黒髪、白いシャツが校門の柱にもたれている。ハルは空を見上げる。',
          body: { duration: 5, aspect_ratio: '16:9', resolution: '720p', reference_images: ['refs/haru.png'] },
        },
        {
          id: 'カット2-1',
          title: '',
          prompt: 'ハル、十六歳の少年。短い黒髪、白いシャツの手元。濡れた携帯電話。',
          body: { aspect_ratio: '16:9', resolution: '720p' },
        },
        { id: 'カット3', title: '（欠番）', prompt: undefined, body: { aspect_ratio: '16:9', resolution: '720p' }, says: { omit: true } },
        {
          id: 'カット4',
          title: 'ミオが走る',
          prompt:
            '手描き風アニメ、柔らかい水彩の背景、夕方の青い光。 ミオ、十六歳の少女。長い茶色の髪、赤い傘を持っている、坂を駆け下りる。傘が裏返り、ミオは笑う。',
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
          body: { aspect_ratio: '16:9', resolution: '720p' },
        },
      ],
    },
    documentary: {
      findings: [
        ['numberedHeading', 'Interview 1: the ferryman'],
        ['numberedHeading', '3. Credits'],
        ['onlyQuotes', '> Empty bank, drone view.'],
      ],
      shots: [
        { id: 'SC01', title: 'INT Ferryman, two-shot', prompt: undefined, body: { duration: 8 }, says: { clip: 'rushes/A004_C012.mov' } },
        {
          id: 'SC02_SH010',
          title: 'The old landing',
          prompt:
            '16 mm archive footage, gate weave, faded colours, 1970s. A wide grey river under low cloud. A wooden landing, men in caps wait with bicycles.\n\nNobody looks into the camera.',
          body: { duration: 8, generate_audio: false, resolution: '1080p' },
        },
        {
          id: 'SC02_SH020',
          title: "The storm of '74",
          prompt:
            '16 mm archive footage, gate weave, faded colours, 1970s, at night. A wide grey river under low cloud; the ferry pulls hard at its cable.\n\nA lamp goes out.',
          body: { duration: 8, generate_audio: false, start_image: 'frame(SC02_SH010@3.5)' },
        },
        { id: 'SC03_SH010', title: '', prompt: undefined, body: { duration: 4, generate_audio: false, aspect_ratio: '9:16' } },
        {
          id: 'SC03_SH025',
          title: 'Bridge',
          prompt: 'A wide grey river under low cloud. A new concrete bridge, cars in both directions. Static wide shot.',
          body: { duration: 8, generate_audio: false },
        },
      ],
    },
  };

describe('a board as a person reads it', () => {
  let catalogue: Catalogue;
  before(async () => {
    catalogue = await bundledCatalogue.load(AbortSignal.timeout(10_000));
  });

  for (const [name, { shots, findings }] of Object.entries(boards)) {
    const text = readFileSync(path.join(projectRoot, 'test/unit/boards', `${name}.storyboard.md`), 'utf8');
    const board = readStoryboard(text, knownKeys());
    const resolve = (index: number) => {
      const shot = board.shots[index];
      return shot && resolveShot(board, shot, { catalogue, modelId: '', parameters: {}, otherBlocks: [] });
    };

    it(`${name}: all its shots and no other`, () =>
      assert.deepEqual(
        board.shots.map(({ id }) => id),
        shots.map(({ id }) => id),
      ));
    it(`${name}: what is doubtful in it`, () =>
      assert.deepEqual(
        board.findings.map(({ code, start, end }) => [code, text.slice(start, end)]).toSorted(),
        findings.map((one) => [...one]).toSorted(),
      ));
    for (const [index, { id, title, prompt, body, says }] of shots.entries())
      it(`${name}: ${id}`, async () => {
        const found = resolve(index);
        const { prompt: _, ...values } = found?.body ?? {};
        assert.deepEqual([found?.shot.title, found?.prompt?.text], [title, prompt]);
        assert.deepEqual(values, body);
        assert.deepEqual([found?.omit, found?.clip, found?.alt], [says?.omit ?? false, says?.clip, says?.alt]);
        assert.deepEqual(found && (await checkShot(found)).filter(({ severity }) => severity === 'error'), []);
      });
  }
});
