import type { ClipTrouble, PageClip, PlayerAction, PlayerTexts } from '../messages';
import { post } from './editorApi';
import { button, element, icon } from './element';

export type StageView = 'empty' | 'loading' | 'ready' | 'trouble';

const frame =
  'M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM7.5 5v14M16.5 5v14M3 9.67h4.5M3 14.33h4.5M16.5 9.67H21M16.5 14.33H21';

/** What may help with each trouble: a file that is not there can neither be played nor shown in its folder. */
const helps: Readonly<Record<ClipTrouble, readonly PlayerAction[]>> = {
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
      return [icon(frame, 'icon frame'), element('p', { class: 'lead', text: texts.empty })];
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
