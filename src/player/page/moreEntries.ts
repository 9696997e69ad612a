import { type PlayerAction, type PlayerTexts, speeds } from '../messages';
import type { MenuEntry } from './menu';
import type { Stage } from './stage';

/** *Generate Again* has a button of its own. */
type MoreAction = Exclude<PlayerAction, 'generateAgain'>;

export interface MoreActs {
  readonly ask: (action: PlayerAction) => void;
  readonly copyFrame: () => void;
  readonly pictureInPicture: () => void;
  readonly properties: () => void;
}

/** What lies under *…* for the clip as it is now: nothing that would not work. */
export function moreEntries(stage: Stage, texts: PlayerTexts, acts: MoreActs): readonly MenuEntry[] {
  const { clip, view, transport } = stage;
  if (clip === undefined) return [];
  const plays = view === 'ready';
  const isThere = plays || view === 'loading';
  const asks = (action: MoreAction): readonly MenuEntry[] =>
    clip.actions.includes(action) ? [{ kind: 'act', label: texts[action], act: () => acts.ask(action) }] : [];
  const options = speeds.map((speed) => ({
    label: `${speed}×`,
    act: () => {
      transport.speed = speed;
    },
  }));
  const isSmall = document.pictureInPictureElement !== null;
  const pictureInPicture: readonly MenuEntry[] = document.pictureInPictureEnabled
    ? [{ kind: 'check', label: texts.pictureInPicture, key: 'P', on: isSmall, act: acts.pictureInPicture }]
    : [];
  const groups: readonly (readonly MenuEntry[])[] = [
    plays ? [{ kind: 'choice', label: texts.speed, chosen: speeds.indexOf(transport.speed), options }] : [],
    plays ? [...pictureInPicture, { kind: 'act', label: texts.copyFrame, key: 'C', act: acts.copyFrame }] : [],
    // a file that this editor cannot show is there all the same
    isThere || stage.fileIsThere ? [...asks('saveAs'), ...asks('playOutside'), ...asks('reveal')] : [],
    [...asks('copyPrompt'), { kind: 'act', label: texts.properties, key: 'I', act: acts.properties }],
  ];
  return groups.filter((group) => group.length > 0).flatMap((group, index) => (index > 0 ? [{ kind: 'line' } as const, ...group] : group));
}
