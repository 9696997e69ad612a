import type { ClipTrouble, PageClip, PlayerAction, PlayerTexts } from '../messages';
import { post } from './editorApi';
import { button, element, icon } from './element';
import { lines } from './icons';

export type StageView = 'empty' | 'loading' | 'ready' | 'trouble';

/** What may help with each trouble: a file that is not there can neither be played nor shown in its folder. */
const helps: Readonly<Record<ClipTrouble, readonly Exclude<PlayerAction, 'generateAgain'>[]>> = {
  missing: ['saveAgain'],
  unreadable: ['saveAgain'],
  undecodable: ['playOutside', 'reveal', 'saveAgain'],
  noPicture: ['playOutside', 'reveal'],
};

/** The words in the place of the picture. */
export function stageWords(
  view: StageView,
  texts: PlayerTexts,
  about?: { readonly trouble: ClipTrouble; readonly clip: PageClip | undefined },
): readonly Node[] {
  switch (view) {
    case 'empty':
      return [icon(lines.frame, 'icon frame'), element('p', { class: 'lead', text: texts.empty })];
    case 'loading':
      return [element('p', { class: 'loading', text: texts.loading })];
    case 'ready':
      return [];
    case 'trouble':
      return about === undefined ? [] : troubleWords(about.trouble, texts, about.clip);
    default:
      return view satisfies never;
  }
}

function troubleWords(trouble: ClipTrouble, texts: PlayerTexts, clip: PageClip | undefined): readonly Node[] {
  const words = [element('p', { class: 'lead', text: texts[trouble] }), element('p', { class: 'hint', text: texts[`${trouble}Hint`] })];
  if (clip === undefined) return words;
  const { takeId, actions } = clip;
  const buttons = helps[trouble]
    .filter((action) => actions.includes(action))
    .map((action) => button('stage-button', texts[action], () => post({ type: 'action', takeId, action })));
  return buttons.length === 0 ? words : [...words, element('div', { class: 'row' }, buttons)];
}
