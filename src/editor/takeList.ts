import { basename } from 'node:path';
import { env, l10n, type QuickInputButton, type QuickPickItem, ThemeIcon, Uri, window } from 'vscode';
import type { Take } from '../takes/take';
import { unexpectedFailure } from './gestureFailures';
import { inLabel } from './plainText';
import type { ShotView } from './shotStates';
import { takeWords } from './takeWords';
import { tellFailure } from './tellFailure';

export interface TakeListParts {
  readonly isNew: (take: Take) => boolean;
  readonly play: (take: Take) => Promise<void>;
  readonly pick: (take: Take) => Promise<void>;
}

interface TakeRow extends QuickPickItem {
  readonly take: Take;
}

/** `first`: what Enter does with a take; the other is a button of its row. */
export function showTakeList({ resolved, takes, hash }: ShotView, first: 'play' | 'pick', parts: TakeListParts): Promise<void> {
  const play = { iconPath: new ThemeIcon('play'), tooltip: l10n.t('Play') };
  const pick = { iconPath: new ThemeIcon('pass'), tooltip: l10n.t('Pick This Take') };
  const record = { iconPath: new ThemeIcon('json'), tooltip: l10n.t('Open Its Record (JSON)') };
  const list = window.createQuickPick<TakeRow>();
  const id = inLabel(resolved.shot.id, 40);
  list.title = first === 'play' ? l10n.t('{0}: takes', id) : l10n.t('{0}: pick a take', id);
  list.placeholder = first === 'play' ? l10n.t('Enter plays a take') : l10n.t('Enter picks a take');
  list.matchOnDetail = true;
  // the newest first, where the eye is
  list.items = takes.toReversed().map((take): TakeRow => {
    const marks = [
      resolved.pick === take.number && l10n.t({ message: 'picked', comment: ['A take that was chosen'] }),
      parts.isNew(take) && l10n.t({ message: 'new', comment: ['A take that nobody has seen yet'] }),
      take.clip === undefined && l10n.t({ message: 'not here', comment: ['A take whose clip is on another machine'] }),
      hash !== undefined && take.sidecar.request_hash !== hash && l10n.t('of an earlier text'),
    ].filter((mark) => typeof mark === 'string');
    return {
      take,
      label: l10n.t('Take {0}', take.number),
      description: marks.join(' · '),
      detail: [savedAt(take), ...takeWords(take)].join(' · '),
      iconPath: resolved.pick === take.number ? new ThemeIcon('pass-filled') : new ThemeIcon('device-camera-video'),
      buttons: [...(take.clip === undefined ? [] : [first === 'play' ? pick : play]), record],
    };
  });
  const followed = list.items.find(({ take }) => take.number === resolved.pick);
  if (followed && first === 'pick') list.activeItems = [followed];
  const act = async (what: 'play' | 'pick', take: Take): Promise<void> => {
    if (what === 'play') {
      list.ignoreFocusOut = true; // the player is beside it
      await parts.play(take);
      return;
    }
    list.hide();
    await parts.pick(take);
  };
  return new Promise((resolve) => {
    const failed = (error: unknown): void => {
      list.hide();
      console.error(error);
      void tellFailure(unexpectedFailure(error));
    };
    const button = (pressed: QuickInputButton, take: Take): Promise<void> => {
      if (pressed === record) return openRecord(take);
      return act(pressed === pick ? 'pick' : 'play', take);
    };
    list.onDidTriggerItemButton(({ button: pressed, item }) => void button(pressed, item.take).catch(failed));
    list.onDidAccept(() => {
      const [row] = list.activeItems;
      if (row) void act(first, row.take).catch(failed);
    });
    list.onDidHide(() => {
      list.dispose();
      resolve();
    });
    list.show();
  });
}

async function openRecord({ sidecarPath }: Take): Promise<void> {
  await window.showTextDocument(Uri.file(sidecarPath), { preview: true });
}

/** For people; the name of the file says no more than the number. */
function savedAt({ sidecar, sidecarPath }: Take): string {
  const time = Date.parse(sidecar.times.saved);
  return Number.isNaN(time)
    ? basename(sidecarPath)
    : new Date(time).toLocaleString(env.language, { dateStyle: 'medium', timeStyle: 'short' });
}
