import { plainKey } from '../entry';
import { ofTheTrade } from '../parameterKeys';
import type { KnownKeys } from '../parameterList';

/** What the cells of a column, or the words behind a key, are to a shot. `field`: an entry of its list, by the storyboard's name. */
export type ColumnUse =
  | { readonly kind: 'prompt' | 'seconds' | 'title' | 'note' | 'id' | 'scene' | 'leaveOut' }
  | { readonly kind: 'field'; readonly name: string };

const note: ColumnUse = { kind: 'note' };
/** Says what is noted, and so is written before it. */
const namedNote: ColumnUse = { kind: 'note' };

/** As people and spreadsheets head their columns; compared without case, blanks and signs. */
const words: readonly (readonly [use: ColumnUse, words: string])[] = [
  [
    { kind: 'prompt' },
    'prompt prompts videoprompt description shotdescription visual visuals visualdescription action content contents image picture ' +
      'プロンプト 内容 カット内容 画面 画面内容 映像 映像内容 描写 説明 動作 アクション',
  ],
  [{ kind: 'seconds' }, 'duration durationsec durations seconds second sec secs length time 秒 秒数 尺 時間 長さ タイム'],
  [{ kind: 'title' }, 'title name shottitle shotname タイトル 題 題名 見出し カット名'],
  [
    { kind: 'id' },
    'id no number num shot shotid shotno shotnumber cut cutno cutnumber panel frame カット カット番号 カットno ショット コマ 番号',
  ],
  [{ kind: 'scene' }, 'scene sceneno scenenumber sequence シーン シーン番号 場面'],
  [note, 'note notes comment comments remark remarks memo 備考 メモ コメント 注 注意 ノート'],
  [namedNote, 'negativeprompt negative ネガティブプロンプト ネガティブ'],
  [{ kind: 'field', name: 'dialogue' }, 'dialogue dialog speech spokenlines セリフ せりふ 台詞 科白 会話'],
  [{ kind: 'field', name: 'vo' }, 'vo voiceover narration ナレーション ナレ'],
  [{ kind: 'field', name: 'super' }, 'super supers onscreentext textonscreen titlecard caption テロップ 字幕 スーパー'],
  [{ kind: 'field', name: 'sfx' }, 'sfx sound sounds soundeffect soundeffects se 効果音 音 音響'],
  [{ kind: 'field', name: 'music' }, 'music bgm score 音楽 曲'],
  [{ kind: 'field', name: 'aspect_ratio' }, 'ratio aspect アスペクト比 アスペクト 画角比'],
  [{ kind: 'field', name: 'model' }, 'モデル'],
  [{ kind: 'field', name: 'resolution' }, '解像度'],
];

const uses: ReadonlyMap<string, ColumnUse> = new Map(words.flatMap(([use, list]) => list.split(' ').map((word) => [word, use] as const)));

/** The word of a heading or a key without the signs around it: `**Shot #**`, `Duration (sec)`, `[内容]`. */
export const plainWord = (word: string): string => plainKey(word).replace(/[#№.:：()[\]（）「」【】/／]/g, '');

/** What a word says by itself; undefined where it says nothing. */
export function useOfWord(word: string, known: KnownKeys): ColumnUse | undefined {
  const plain = plainWord(word);
  // a lone number sign heads the numbers of the shots
  if (plain === '') return /[#№＃]/.test(word) ? { kind: 'id' } : undefined;
  const use = uses.get(plain) ?? uses.get(plain.replace(/(?:in)?(?:seconds|secs?|s)$|秒$/, ''));
  if (use) return use;
  const name = known.get(plain);
  return name === undefined || name === 'name' || name === 'id' ? undefined : { kind: 'field', name };
}

/** Words for people, which may be joined when a shot has them twice; of a field of a model only one value can hold. */
export const isOfTheTrade = (name: string): boolean => ofTheTrade.includes(name);

/** The word says no more than that something was noted. */
export const isPlainNote = (word: string): boolean => uses.get(plainWord(word)) === note;

/** The word by which bare numbers become ids, as the source has it: カット for `| カット | 3 |`. */
export function shotWord(word: string | undefined, text: string): string {
  const found = /^(?:shot|frame|cut|panel|カット|ショット|コマ)/i.exec(plainWord(word ?? ''))?.[0];
  if (found !== undefined) return /^[a-z]/.test(found) ? `${found.charAt(0).toUpperCase()}${found.slice(1)} ` : found;
  return /[\p{sc=Hira}\p{sc=Kana}]/u.test(text) ? 'カット' : 'Shot ';
}
