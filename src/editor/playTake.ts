import { basename, dirname } from 'node:path';
import { l10n, workspace } from 'vscode';
import { microUsdOf } from '../catalogue/microUsd';
import { type Job, jobIdOf } from '../jobs/job';
import type { PlayerClip } from '../player/playerClip';
import type { PlayerPanel } from '../player/playerPanel';
import type { Take } from '../takes/take';
import type { Desk } from './desk';
import { aboutUsd } from './jobWords';
import { parameterRows } from './parameterRows';
import { oneLine } from './plainText';
import { playerClipOf, soundOf } from './playerClips';

export interface PlayTakeParts {
  readonly desk: () => Pick<Desk, 'jobs'>;
  readonly player: Pick<PlayerPanel, 'show'>;
}

/** The list of takes stays open beside the player. */
const beside = { preserveFocus: true, autoplay: true, reveal: true } as const;

/** Shows a take of which the clip is here; of its job it knows the more, when the ledger has it. */
export async function playTake(take: Take, parts: PlayTakeParts): Promise<void> {
  if (take.clip === undefined) return;
  const known = jobOf(take, parts);
  const ofJob = known && playerClipOf(known);
  // its folder may have another name by now
  const clip = ofJob ? { ...ofJob, file: take.clip } : clipOf(take, take.clip);
  // of several takes one after the other the title says which
  await parts.player.show({ ...clip, title: l10n.t('{0} · take {1}', clip.title, take.number) }, beside);
}

export const jobOf = ({ sidecar }: Take, { desk }: Pick<PlayTakeParts, 'desk'>): Job | undefined =>
  desk().jobs.newest.find((job) => jobIdOf(job) === sidecar.job_id && job.state.name === 'done');

/** Names a take that no job of the ledger made: it came with the folder. */
const prefix = 'krea ';
export const takeIdOf = ({ sidecar }: Take): string => `${prefix}${sidecar.job_id}`;
export const jobIdIn = (takeId: string): string | undefined => (takeId.startsWith(prefix) ? takeId.slice(prefix.length) : undefined);

function clipOf(take: Take, file: string): PlayerClip {
  const { shot, request, output, price } = take.sidecar;
  const { prompt, ...parameters } = request;
  const text = typeof prompt === 'string' ? prompt : '';
  const microUsd = price.estimate === null ? undefined : microUsdOf(price.estimate);
  const { width, height } = output;
  return {
    takeId: takeIdOf(take),
    file,
    title: oneLine(shot ?? text, 40),
    prompt: text,
    facts: [
      ...parameterRows(parameters),
      ...(microUsd === undefined ? [] : [{ label: l10n.t('Estimate'), value: aboutUsd(microUsd) }]),
      ...(width === null || height === null ? [] : [{ label: l10n.t('Size'), value: `${width} × ${height}` }]),
    ],
    properties: [
      { label: l10n.t('File'), value: basename(file) },
      { label: l10n.t('Folder'), value: workspace.asRelativePath(dirname(file)) },
    ],
    sound: soundOf({ audioCodec: output.audio_codec, videoCodec: output.video_codec }),
    ...(width !== null && height !== null && { size: { width, height } }),
  };
}
