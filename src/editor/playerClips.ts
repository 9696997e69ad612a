import { basename } from 'node:path';
import { env, l10n } from 'vscode';
import type { Job, JobState, Verified } from '../jobs/job';
import type { ClipSound, PlayerClip } from '../player/playerClip';
import { folderWords, isOfDemo } from './demoJobs';
import { actionWords } from './jobActions';
import { clockTime, duration, estimateWords } from './jobWords';
import { lengthFact } from './lengthFact';
import { parameterRows } from './parameterRows';
import { oneLine } from './plainText';

/** What the player shows of a saved take. `undefined` for a job without one. */
export function playerClipOf(job: Job): PlayerClip | undefined {
  const { state, order } = job;
  if (state.name === 'perhaps') return guessedClipOf(job, state);
  if (state.name !== 'done') return undefined;
  const { saved } = state;
  const length = lengthFact(order.parameters, saved.seconds);
  return {
    takeId: job.id,
    file: saved.clip,
    title: oneLine(order.destination.shot ?? order.prompt, 40),
    prompt: order.prompt,
    facts: [
      { label: l10n.t('Model'), value: order.model.name },
      ...parameterRows(length.others),
      { label: l10n.t('Estimate'), value: isOfDemo(job) ? l10n.t('free') : estimateWords(order.estimate) },
      length.fact,
      {
        label: l10n.t('Size'),
        value: [saved.width && saved.height ? `${saved.width} × ${saved.height}` : '', bytes(saved.bytes)].filter(Boolean).join(' · '),
      },
    ].filter(({ value }) => value !== ''),
    properties: [
      { label: l10n.t('Codecs'), value: [saved.videoCodec, saved.audioCodec].filter(Boolean).join(' · ') },
      { label: l10n.t('Made in'), value: madeIn(state) },
      { label: l10n.t('File'), value: basename(saved.clip) },
      { label: l10n.t('Folder'), value: folderWords(job, saved.clip) },
    ].filter(({ value }) => value !== ''),
    ...(order.endpoint !== '' && { again: actionWords('generateAgain', job) }),
    sound: soundOf(saved),
    ...(saved.width !== null && saved.height !== null && { size: { width: saved.width, height: saved.height } }),
  };
}

/** A clip that may be this job's: no take yet, and nothing that looks like one. */
function guessedClipOf(job: Job, { clip, madeAt }: Extract<JobState, { name: 'perhaps' }>): PlayerClip | undefined {
  if (!clip) return undefined;
  return {
    takeId: job.id,
    file: clip.file,
    title: l10n.t('Perhaps: {0}', oneLine(job.order.destination.shot ?? job.order.prompt, 40)),
    prompt: job.order.prompt,
    facts: [{ label: l10n.t('Made at'), value: clockTime(madeAt) }],
    sound: soundOf(clip),
    ...(clip.width !== null && clip.height !== null && { size: { width: clip.width, height: clip.height } }),
  };
}

export function soundOf({ audioCodec, videoCodec }: Pick<Verified, 'audioCodec' | 'videoCodec'>): ClipSound {
  if (audioCodec === null) return videoCodec === null ? 'unknown' : 'none';
  return audioCodec === 'aac' ? 'aac' : 'other';
}

function madeIn(state: Extract<JobState, { name: 'done' }>): string {
  return l10n.t('{0}, saved at {1}', duration(state.endedAt - state.submittedAt), clockTime(state.savedAt));
}

function bytes(count: number): string {
  const number = new Intl.NumberFormat(env.language, { maximumFractionDigits: 1 });
  return count < 1_000_000 ? `${number.format(count / 1000)}\u00a0kB` : `${number.format(count / 1_000_000)}\u00a0MB`;
}
