import { basename } from 'node:path';
import { env, l10n, ProgressLocation, type QuickPickItem, ThemeIcon, Uri, window, workspace } from 'vscode';
import type { Order } from '../jobs/job';
import type { Connection } from '../jobs/jobParts';
import type { LostClip, LostClips, Preview } from '../jobs/lostClips';
import type { PlayerClip } from '../player/playerClip';
import { isoDay } from '../takes/takeNames';
import type { Desk } from './desk';
import { destinationFor } from './destination';
import { gestureFailure, warningFailure } from './gestureFailures';
import { whyNotFetched } from './jobFailures';
import { duration } from './jobWords';
import { withoutIcons } from './plainText';
import { soundOf } from './playerClips';
import { tellFailure, tellTrouble } from './tellFailure';

export interface FindLostClipsParts {
  readonly desk: () => Desk;
  readonly ensureToken: () => Promise<boolean>;
  readonly showClip: (clip: PlayerClip) => Promise<void>;
  readonly now: () => Date;
}

/** The list stays open beside the player. */
export const showFound = { preserveFocus: true, autoplay: true, reveal: true } as const;

interface ClipRow extends QuickPickItem {
  readonly clip: LostClip;
}

/** Finished clips at Krea that no row of the ledger has, offered by their time; what the user ticks is saved. All of it is free. */
export async function findLostClips(parts: FindLostClipsParts): Promise<void> {
  if (!(await parts.ensureToken())) return;
  const desk = parts.desk();
  const connection = await desk.connect();
  if (!connection) return tellFailure(gestureFailure({ kind: 'noToken' }));
  const found = await withProgress(l10n.t('Reading the list of jobs at Krea'), (signal, report) =>
    desk.jobs.findLostClips(connection, signal, (jobs) => report(l10n.t('{0} jobs read', jobs))),
  );
  if (!found) return; // cancelled
  if (found.kind === 'noAccess') return tellFailure(warningFailure(found));
  if (found.kind === 'trouble') return void tellTrouble(troubleWords(found), l10n.t('Look Again (free)'), () => findLostClips(parts));
  if (found.clips.length === 0) return void window.showInformationMessage(noneWords(found));
  const previews = new Map<string, Preview>();
  const chosen = await pick(found, (clip) => preview(clip, previews, desk, connection, parts));
  const saved = await save(chosen, previews, desk, connection, parts);
  for (const shown of previews.values()) await desk.jobs.forgetPreview(shown);
  if (saved > 0)
    void window.showInformationMessage(
      saved === 1 ? l10n.t('The clip is being saved. Free.') : l10n.t('{0} clips are being saved. Free.', saved),
    );
}

function pick(found: Extract<LostClips, { kind: 'found' }>, show: (clip: LostClip) => Promise<void>): Promise<readonly LostClip[]> {
  const button = { iconPath: new ThemeIcon('eye'), tooltip: l10n.t('Show This Clip (free)') };
  const list = window.createQuickPick<ClipRow>();
  list.title = l10n.t('Clips at Krea that are not here: {0}', found.clips.length);
  list.placeholder = l10n.t('Tick what is yours; saving it is free');
  list.canSelectMany = true;
  list.ignoreFocusOut = true; // the player takes the focus when it shows one
  list.items = found.clips.map((clip) => ({
    clip,
    label: dateWords(clip.madeAt),
    description: clip.endedAt === undefined ? '' : l10n.t('made in {0}', duration(clip.endedAt - clip.madeAt)),
    detail: withoutIcons(clip.jobId, 80),
    buttons: [button],
  }));
  return new Promise((resolve) => {
    list.onDidTriggerItemButton(({ item }) => void show(item.clip));
    list.onDidAccept(() => {
      resolve(list.selectedItems.map(({ clip }) => clip));
      list.hide();
    });
    list.onDidHide(() => {
      resolve([]);
      list.dispose();
    });
    list.show();
  });
}

async function preview(
  clip: LostClip,
  previews: Map<string, Preview>,
  desk: Desk,
  connection: Connection,
  parts: FindLostClipsParts,
): Promise<void> {
  const shown =
    previews.get(clip.jobId) ??
    (await withProgress(l10n.t('Fetching the clip of {0}', dateWords(clip.madeAt)), (signal) =>
      desk.jobs.previewLostClip(clip, connection, signal),
    ));
  if (!shown) return;
  if (shown.kind === 'never') {
    const words = l10n.t('This clip could not be fetched: {0}. Nothing is charged.', whyNotFetched(shown.why));
    return tellTrouble(words, l10n.t('Show This Clip (free)'), () => preview(clip, previews, desk, connection, parts));
  }
  previews.set(clip.jobId, shown);
  await parts.showClip(previewClip(clip, shown));
}

async function save(
  clips: readonly LostClip[],
  previews: ReadonlyMap<string, Preview>,
  desk: Desk,
  connection: Connection,
  parts: FindLostClipsParts,
): Promise<number> {
  let saved = 0;
  for (const clip of clips) {
    const order = await orderOf(clip, desk, parts);
    if (!order) return saved;
    if (await desk.jobs.adoptLostClip(clip, order, connection, previews.get(clip.jobId))) saved += 1;
  }
  return saved;
}

/** Krea's list tells neither prompt nor model nor price: the row says what is known, and cannot be sent again. */
async function orderOf(clip: LostClip, desk: Desk, parts: FindLostClipsParts): Promise<Order | undefined> {
  const made = new Date(clip.madeAt);
  const stem = `found ${isoDay(made)} ${made.toTimeString().slice(0, 8)}`;
  const [folder] = workspace.workspaceFolders ?? [];
  const document = window.activeTextEditor?.document ?? {
    uri: folder?.uri.with({ path: `${folder.uri.path}/found` }) ?? Uri.from({ scheme: 'untitled', path: 'found' }),
  };
  const destined = await destinationFor(document, stem, parts.now(), desk.takesRoot);
  if (destined.kind !== 'destination') return void tellFailure(gestureFailure(destined));
  const { source: _, ...destination } = destined.destination;
  return {
    model: { id: '', name: l10n.t('Model not known') },
    endpoint: '',
    body: {},
    prompt: l10n.t('Clip found at Krea, made {0}', dateWords(clip.madeAt)),
    parameters: {},
    requestHash: `found ${clip.jobId}`,
    estimate: { kind: 'unknown' },
    destination,
  };
}

function previewClip(clip: LostClip, { file, verified }: Extract<Preview, { kind: 'clip' }>): PlayerClip {
  return {
    takeId: `found ${clip.jobId}`,
    file,
    title: dateWords(clip.madeAt),
    prompt: '',
    facts: [{ label: l10n.t('File'), value: basename(file) }],
    sound: soundOf(verified),
    ...(verified.width !== null && verified.height !== null && { size: { width: verified.width, height: verified.height } }),
  };
}

/** `undefined` when the user cancelled. */
async function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Promise<T | undefined> {
  return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (progress, cancelled) => {
    const stop = new AbortController();
    cancelled.onCancellationRequested(() => stop.abort());
    const value = await work(stop.signal, (message) => progress.report({ message }));
    return stop.signal.aborted ? undefined : value;
  });
}

function troubleWords({ status }: { readonly status?: number }): string {
  return status
    ? l10n.t("Krea's list of jobs could not be read ({0}). Nothing is lost or charged; try again later.", status)
    : l10n.t('Krea could not be reached. Nothing is lost or charged; try again later.');
}

function noneWords({ read, complete }: Extract<LostClips, { kind: 'found' }>): string {
  return complete
    ? l10n.t('No lost clips: every finished video that Krea lists is here already. Jobs read: {0}.', read)
    : l10n.t('No lost clips among the newest {0} jobs. Older ones were not read.', read);
}

function dateWords(time: number): string {
  return new Date(time).toLocaleString(env.language, { dateStyle: 'medium', timeStyle: 'medium' });
}
