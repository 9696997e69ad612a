import type { Shot } from './storyboard';

/** What Krea advises a prompt to say, beside who does what. */
export type PhraseGroup = 'camera' | 'light' | 'timing' | 'style';
export type PhraseLanguage = 'en' | 'ja';

export interface PromptPhrase {
  readonly group: PhraseGroup;
  readonly en: string;
  readonly ja: string;
}

export const promptPhrases: readonly PromptPhrase[] = [
  { group: 'camera', en: 'The camera slowly pushes in.', ja: 'カメラがゆっくりと寄る。' },
  { group: 'camera', en: 'The camera pulls back to show the whole scene.', ja: 'カメラが引いて、場面の全体が見えてくる。' },
  { group: 'camera', en: 'The camera pans from left to right.', ja: 'カメラが左から右へパンする。' },
  { group: 'camera', en: 'Slow tilt up.', ja: 'ゆっくりと下から上へティルトする。' },
  { group: 'camera', en: 'A tracking shot at walking pace beside the subject.', ja: '被写体の横を歩く速さで追う移動撮影。' },
  { group: 'camera', en: 'Locked-off camera, nothing but the subject moves.', ja: 'カメラは固定。動くのは被写体だけ。' },
  { group: 'camera', en: 'Handheld camera, slightly unsteady.', ja: '手持ちカメラ。わずかに揺れる。' },
  { group: 'light', en: 'Soft morning light, long shadows.', ja: '柔らかな朝の光、長い影。' },
  { group: 'light', en: 'Warm light of the golden hour, calm mood.', ja: '日没前の温かな光。穏やかな雰囲気。' },
  { group: 'light', en: 'Cold blue night, one warm lamp.', ja: '冷たく青い夜、温かなランプがひとつ。' },
  { group: 'light', en: 'Overcast, muted colors, quiet tension.', ja: '曇り空、抑えた色、静かな緊張感。' },
  { group: 'light', en: 'Strong backlight, the subject in silhouette.', ja: '強い逆光、被写体はシルエットになる。' },
  { group: 'timing', en: 'It begins still; the movement starts after a second.', ja: '静止から始まり、1秒後に動き出す。' },
  { group: 'timing', en: 'In slow motion.', ja: 'スローモーションで。' },
  { group: 'timing', en: 'One unbroken take, no cuts.', ja: '途切れのない長回し、カット割りなし。' },
  { group: 'timing', en: 'First she looks up, then she turns to the door.', ja: 'まず顔を上げ、それからドアの方を向く。' },
  { group: 'style', en: 'Shot on 35 mm film, soft grain.', ja: '35mmフィルム撮影、柔らかな粒子。' },
  { group: 'style', en: 'Hand-drawn animation, watercolor backgrounds.', ja: '手描きアニメーション、水彩の背景。' },
  { group: 'style', en: 'Documentary look, natural colors.', ja: 'ドキュメンタリー調、自然な色。' },
  { group: 'style', en: 'Shallow depth of field, the background out of focus.', ja: '浅い被写界深度、背景はぼける。' },
];

/** The language a shot is written in; `otherwise` where nothing is written yet. */
export function languageOf(shot: Shot | undefined, otherwise: PhraseLanguage): PhraseLanguage {
  const words = `${shot?.prompt?.text.replace(/\{\{[^}]*\}\}/g, '') ?? ''} ${shot?.title ?? ''}`;
  if (/[\p{sc=Hira}\p{sc=Kana}]/u.test(words)) return 'ja';
  return /\p{sc=Latin}{2}/u.test(words) ? 'en' : otherwise;
}
