import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import { projectRoot } from '../support/projectRoot';
import { known, made, type Said, shotsIn } from './madeShots';

interface Shape {
  readonly name: string;
  readonly text: string;
  readonly file?: string;
  readonly shots: readonly Said[];
}

/** Notes as people and language models write them, and the shots that a person would make of them. */
const shapes: readonly Shape[] = [
  {
    name: 'paragraphs, with line breaks and one in quotes',
    text: 'A white lighthouse in a storm, waves breaking\nover the gallery.\n\nThe keeper climbs the stairs.\n\n“The lamp goes out. Close-up.”\n',
    shots: [
      { id: 'SH010', prompt: 'A white lighthouse in a storm, waves breaking\nover the gallery.' },
      { id: 'SH020', prompt: 'The keeper climbs the stairs.' },
      { id: 'SH030', prompt: 'The lamp goes out. Close-up.' },
    ],
  },
  {
    name: 'a numbered list with parameters below its items, announced by a line',
    text: '# Prompts\n\nThe shots for the spot:\n\n1. Wide: a lighthouse in a storm.\n   - duration: 10\n   - dialogue: Hold on!\n2. **The stairs** – the keeper climbs.\n3. [ ] the lamp room at night\n\nThanks!\n',
    shots: [
      { id: 'SH010', scene: 'Prompts', list: ['duration: 10', 'dialogue: Hold on!'], prompt: 'Wide: a lighthouse in a storm.' },
      { id: 'SH020', scene: 'Prompts', title: 'The stairs', prompt: 'the keeper climbs.' },
      { id: 'SH030', scene: 'Prompts', prompt: 'the lamp room at night', notes: ['Thanks!'] },
    ],
  },
  {
    name: 'a table of shots with a line before and after it',
    text: '# The last light\n\nFor the sea museum.\n\n| # | Shot | Duration | Camera | Dialogue |\n|---|---|---|---|---|\n| 1 | A lighthouse on black rocks, waves over the gallery | 5s | slow drift | |\n| 2 | Mika climbs the stairs \\| lamp in hand | 0:05–0:15 | tilt up | "Not tonight." |\n| 3 | The lamp room<br>at dawn | 5-8s | | |\n\nMusic by the museum.\n',
    shots: [
      {
        id: 'Shot 1',
        scene: 'The last light',
        list: ['duration: 5'],
        prompt: 'A lighthouse on black rocks, waves over the gallery',
        notes: ['Camera: slow drift'],
      },
      {
        id: 'Shot 2',
        scene: 'The last light',
        list: ['duration: 10', 'dialogue: "Not tonight."'],
        prompt: 'Mika climbs the stairs | lamp in hand',
        notes: ['Duration: 0:05–0:15', 'Camera: tilt up'],
      },
      { id: 'Shot 3', scene: 'The last light', prompt: 'The lamp room\nat dawn', notes: ['Duration: 5-8s', 'Music by the museum.'] },
    ],
  },
  {
    name: 'a Japanese table of cuts, one with a number of its own',
    text: '| カット | 内容 | 秒 | セリフ | 備考 |\n|---|---|---|---|---|\n| 1 | 夕立の校門。水たまりに街灯が映る。 | 3 | | 雨は弱め |\n| ２ | 昇降口で傘を探す美加。 | ５秒 | 「あれ、ない」 | |\n| 3A | 欠番の予定 | 2 | | |\n',
    shots: [
      { id: 'カット1', list: ['duration: 3'], prompt: '夕立の校門。水たまりに街灯が映る。', notes: ['雨は弱め'] },
      { id: 'カット2', list: ['duration: 5', 'dialogue: 「あれ、ない」'], prompt: '昇降口で傘を探す美加。' },
      { id: '3A', list: ['duration: 2'], prompt: '欠番の予定' },
    ],
  },
  {
    name: 'what a chat wrote: headings with ids, bold keys, the prompt in a quote',
    text: '# Coffee\n\n## Scene 1: Dawn\n\n### Shot 1 – The beach (5s)\n**Visual:** An empty beach.\n**Camera:** Slow push in\n**Music:** none yet\n\n**Prompt:**\n> An empty beach before dawn, a boat far out.\n\n### Shot 2 – Hands\n- **Duration:** 4s\n- **Prompt:** Close on two hands around a tin cup.\n- **Notes:** retake if blurry\n\n---\n\n## Overview\n\nNine seconds.\n',
    shots: [
      {
        id: 'Shot 1',
        title: 'The beach',
        scene: 'Scene 1: Dawn',
        list: ['duration: 5', 'music: none yet'],
        prompt: 'An empty beach before dawn, a boat far out.',
        notes: ['Visual: An empty beach.', 'Camera: Slow push in'],
      },
      {
        id: 'Shot 2',
        title: 'Hands',
        scene: 'Scene 1: Dawn',
        list: ['duration: 4'],
        prompt: 'Close on two hands around a tin cup.',
        notes: ['retake if blurry'],
      },
    ],
  },
  {
    name: 'bare keys and values, a group for each shot',
    file: 'shots.txt',
    text: 'Shot: 1\nDuration: 5\nPrompt: A lighthouse in a storm\nAspect ratio: 9:16\n\nShot: 2\nDuration: 10\nPrompt: The keeper climbs\nand climbs.\n',
    shots: [
      { id: 'Shot 1', list: ['duration: 5', 'aspect_ratio: 9:16'], prompt: 'A lighthouse in a storm' },
      { id: 'Shot 2', list: ['duration: 10'], prompt: 'The keeper climbs\nand climbs.' },
    ],
  },
  {
    name: 'keys before their text, without ids',
    text: 'Duration: 5s | Resolution: 1080p\n\nA paper boat\nin the gutter.\n\nDuration: 10s | Resolution: 720p\n\nIt sinks.\n\nRain,\nmore rain.\nDuration: 4\n',
    shots: [
      { id: 'SH010', list: ['duration: 5', 'resolution: 1080p'], prompt: 'A paper boat\nin the gutter.' },
      { id: 'SH020', list: ['duration: 10', 'resolution: 720p'], prompt: 'It sinks.' },
      { id: 'SH030', list: ['duration: 4'], prompt: 'Rain,\nmore rain.' },
    ],
  },
  {
    name: 'bold lines with ids and times, sounds in between',
    text: '**Shot 1: The storm (0:00-0:05)**\nA lighthouse in a storm.\n\n**Shot 2: The stairs (0:05-0:12)**\nThe keeper climbs.\n\nSFX: steps\n\nShot 3: The lamp room. She lays her hand on the glass.\n',
    shots: [
      { id: 'Shot 1', title: 'The storm', list: ['duration: 5'], prompt: 'A lighthouse in a storm.', notes: ['Duration: 0:00-0:05'] },
      {
        id: 'Shot 2',
        title: 'The stairs',
        list: ['duration: 7', 'sfx: steps'],
        prompt: 'The keeper climbs.',
        notes: ['Duration: 0:05-0:12'],
      },
      { id: 'Shot 3', prompt: 'The lamp room. She lays her hand on the glass.' },
    ],
  },
  {
    name: 'Japanese lines with their numbers',
    file: 'カット.txt',
    text: 'カット1（5秒）　夜明け前の港。霧が流れる。\n\nカット2：船が出る。カメラは岸壁から見送る。\nセリフ：行ってきます\n',
    shots: [
      { id: 'カット1', list: ['duration: 5'], prompt: '夜明け前の港。霧が流れる。' },
      { id: 'カット2', list: ['dialogue: 行ってきます'], prompt: '船が出る。カメラは岸壁から見送る。' },
    ],
  },
  {
    name: 'scenes that are counted in the text, and times before it',
    text: 'Scene 1: A lighthouse in a storm.\n\n[00:05 - 00:10] The stairs.\n\n0:10–0:18 — The lamp room,\nat dawn.\n\nシーン4：灯台。\n',
    shots: [
      { id: 'SH010', title: 'Scene 1', prompt: 'A lighthouse in a storm.' },
      { id: 'SH020', list: ['duration: 5'], prompt: 'The stairs.', notes: ['Duration: 00:05 - 00:10'] },
      { id: 'SH030', list: ['duration: 8'], prompt: 'The lamp room,\nat dawn.', notes: ['Duration: 0:10–0:18'] },
      { id: 'SH040', title: 'シーン4', prompt: '灯台。' },
    ],
  },
  {
    name: 'numbered headings with fences',
    text: '### 1. Opening\n\nUse this with Kling:\n\n```\nA lighthouse in a storm.\nWaves.\n```\n\n### 2. Stairs\n\n```text\nThe keeper climbs.\n```\n',
    shots: [
      { id: 'SH010', title: '1. Opening', prompt: 'A lighthouse in a storm.\nWaves.', notes: ['Use this with Kling:'] },
      { id: 'SH020', title: '2. Stairs', prompt: 'The keeper climbs.' },
    ],
  },
  {
    name: 'a list of parameters with the prompt right below it, and what no model takes',
    text: '## SC01_SH010 Pier\n- camera: handheld\n- duration: 10 sec\n- aspect_ratio: 9:16\nA rope creaks.\n\nNegative prompt: people\n\n---\n\nFor the edit.\n',
    shots: [
      {
        id: 'SC01_SH010',
        title: 'Pier',
        list: ['duration: 10', 'aspect_ratio: 9:16'],
        prompt: 'A rope creaks.',
        notes: ['camera: handheld', 'Negative prompt: people', 'For the edit.'],
      },
    ],
  },
  {
    name: 'headings with a table of parameters each',
    text: '### Shot 1: Beach\n\n| Field | Value |\n|---|---|\n| Prompt | An empty beach |\n| Duration | 5s |\n| Mood | calm |\n\n### Shot 2\n\n| Field | Value |\n|---|---|\n| Prompt | Hands |\n',
    shots: [
      { id: 'Shot 1', title: 'Beach', list: ['duration: 5'], prompt: 'An empty beach', notes: ['Mood: calm'] },
      { id: 'Shot 2', prompt: 'Hands' },
    ],
  },
  {
    name: 'a board that lacks only its name: front matter, style and mentions stay',
    text: '---\ntitle: Light\naspect_ratio: 9:16\n---\n\n# Style\n\nFilm grain.\n\n# The storm\n\n## SH10 Tower\n\n- duration: 5\n\n{{style}} A lighthouse.\n\n> less rain\n\n### Notes\n\nNot before May.\n',
    shots: [
      {
        id: 'SH10',
        title: 'Tower',
        scene: 'The storm',
        list: ['duration: 5'],
        prompt: '{{style}} A lighthouse.',
        notes: ['less rain', 'Notes\nNot before May.'],
      },
    ],
  },
  {
    name: 'a CSV of a German Excel: its separator, a title above, a merged scene, a sum below',
    file: 'film.csv',
    text: '\ufeffsep=;\r\nFilm "Leuchtturm";;;;\r\n;;;;\r\nShot;Scene;Prompt;"Length (s)";Note\r\n1;Sturm;"Ein Leuchtturm; Wellen\nschlagen hoch";5;"er sagt ""Nein"""\r\n2;;Sie steigt die Treppe hinauf;10;\r\nTotal;;;15;\r\n',
    shots: [
      { id: 'Shot 1', scene: 'Sturm', list: ['duration: 5'], prompt: 'Ein Leuchtturm; Wellen\nschlagen hoch', notes: ['er sagt "Nein"'] },
      { id: 'Shot 2', scene: 'Sturm', list: ['duration: 10'], prompt: 'Sie steigt die Treppe hinauf', notes: ['Total 15'] },
    ],
  },
  {
    name: 'a CSV without a header',
    file: 'plain.csv',
    text: 'A lighthouse in a storm,5\n"The keeper climbs, lamp in hand",10\n',
    shots: [
      { id: 'SH010', list: ['duration: 5'], prompt: 'A lighthouse in a storm' },
      { id: 'SH020', list: ['duration: 10'], prompt: 'The keeper climbs, lamp in hand' },
    ],
  },
  {
    name: 'cells copied from a Japanese sheet, seconds with frames',
    text: 'シーン\tカット\t尺\t画面\tセリフ\n1\t1\t2+12\t港の朝。\t\n\t2\t3\t船が出る。\t行ってくる\n2\t3\t4\t灯台。\t\n',
    shots: [
      { id: 'カット1', scene: 'シーン1', prompt: '港の朝。', notes: ['尺: 2+12'] },
      { id: 'カット2', scene: 'シーン1', list: ['duration: 3', 'dialogue: 行ってくる'], prompt: '船が出る。' },
      { id: 'カット3', scene: 'シーン2', list: ['duration: 4'], prompt: '灯台。' },
    ],
  },
  {
    name: 'a sheet whose cuts begin anew in each scene',
    file: 'cuts.csv',
    text: 'Scene,Cut,Description,Time\nHarbour,,,\n,1,Boats at dawn,3\n,2,A rope falls,2\nOpen sea,,,\n,1,Waves,4\n',
    shots: [
      { id: 'Cut 1', scene: 'Harbour', list: ['duration: 3'], prompt: 'Boats at dawn' },
      { id: 'Cut 2', scene: 'Harbour', list: ['duration: 2'], prompt: 'A rope falls' },
      { id: 'SH010', scene: 'Open sea', list: ['duration: 4'], prompt: 'Waves', notes: ['1'] },
    ],
  },
  {
    name: 'text that Markdown and storyboards would take for something else',
    text: '- duration is what he asks for\n- then a heading: # no\n\n<!-- for me --> A dog runs.\n\nA cat ![start](cat.png) sits.\n\n`````\n```\ncode in a prompt\n```\n`````\n',
    shots: [
      { id: 'SH010', prompt: 'duration is what he asks for' },
      { id: 'SH020', prompt: 'then a heading: # no', notes: ['for me'] },
      { id: 'SH030', prompt: 'A dog runs.' },
      { id: 'SH040', prompt: 'A cat sits.' },
      { id: 'SH050', prompt: '```\ncode in a prompt\n```' },
    ],
  },
];

describe('a storyboard made of what people have', () => {
  for (const { name, text, file, shots } of shapes)
    it(`of ${name}`, () => {
      assert.deepEqual(shotsIn(made(text, file)), shots);
    });

  const boards = [
    'test/unit/boards/anime',
    'test/unit/boards/commercial',
    'test/unit/boards/documentary',
    'test/unit/boards/goldSeam',
    'media/sample/lighthouse',
  ];
  for (const name of boards)
    it(`of the storyboard ${path.basename(name)} has the same shots`, () => {
      const text = readFileSync(path.join(projectRoot, `${name}.storyboard.md`), 'utf8');
      // a shot of nothing but a quote gets it as its prompt, as the fix would offer
      const shots = readStoryboard(text, known).shots.filter(({ prompt }) => prompt);
      const again = readStoryboard(made(text).text, known).shots;
      for (const { id, title, prompt } of shots) {
        const same = again.find((shot) => shot.id === id);
        assert.deepEqual([same?.title, same?.prompt?.text], [title, prompt?.text], id);
      }
      assert.equal(again.length, readStoryboard(text, known).shots.length);
    });

  it('has its ids in steps of ten, and none that the source has', () => {
    const { shots } = made('SH020: the second.\n\nSH010: the first.\n');
    assert.deepEqual(
      shots.map(({ id }) => id),
      ['SH020', 'SH010'],
    );
    const rows = Array.from({ length: 1200 }, (_, index) => `Picture number ${index},5`).join('\n');
    const ids = made(`Prompt,Seconds\n${rows}`, 'many.csv').shots.map(({ id }) => id);
    assert.equal(new Set(ids).size, 1200);
    assert.deepEqual([ids[0], ids.at(-1)], ['SH001', 'SH1200']);
  });

  it('keeps an id that is no id by its form as a line of its list', () => {
    const board = made('| ID | Prompt |\n|---|---|\n| Intro | A door opens |\n');
    assert.deepEqual(shotsIn(board), [{ id: 'Intro', title: 'Intro', list: ['id: Intro'], prompt: 'A door opens' }]);
  });

  it('says so in its front matter, and keeps what stood there', () => {
    assert.match(made('---\nmodel: kling/kling-2.5\n---\n\nA door.\n').text, /^---\nstoryboard: 1\nmodel: kling\/kling-2\.5\n---\n/);
    assert.match(made('---\nstoryboard: 1\n---\n\nA door.\n').text, /^---\nstoryboard: 1\n---\n\n## SH010/);
  });

  it('does with the columns what it is told', () => {
    const text = '| A | B | C |\n|---|---|---|\n| x1 | red boat | by the shore |\n';
    const board = made(text);
    assert.equal(board.tables.length, 1);
    assert.deepEqual(shotsIn(board), [{ id: 'SH010', prompt: 'by the shore', notes: ['A: x1', 'B: red boat'] }]);
  });
});
