import { l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem, Uri } from 'vscode';
import { isOpen, type Job } from '../jobs/job';
import { kindOf } from '../jobs/jobKind';
import { posterOf } from '../player/poster';
import { withDeadline } from './deadline';
import { folderWords, isOfDemo } from './demoJobs';
import { failureWords } from './failure';
import { actionsFor, type JobAction, waitsForYes } from './jobActions';
import { failureOf } from './jobFailures';
import { aboutUsd, duration, estimateWords, jobWord } from './jobWords';
import { parameterRows } from './parameterRows';
import { inLabel, inMarkdown, oneLine } from './plainText';
import { ago } from './showJobs';

/** Longest wait for the disk, ms: a row comes without its poster rather than late. */
const posterWithin = 300;

/** Characters of the prompt in a row: what is longer would leave no room for how the job stands. */
const subjectLength = { narrow: 24, wide: 14 } as const;
/** Signs of two columns: those of East Asia. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/;

/** One job as a row: what it is about; how it stands, since when, for how much, with what. */
export async function jobItem(job: Job, now: number): Promise<TreeItem> {
  const about = subject(job);
  const item = new TreeItem(inLabel(about, wide.test(about) ? subjectLength.wide : subjectLength.narrow));
  const [state, model, price] = [jobWord(job), oneLine(job.order.model.name, 40), shortPrice(job)];
  item.id = job.id;
  item.description = inLabel([state, timeWords(job, now), price, model].join(' · '), 200);
  item.iconPath = (await posterUri(job)) ?? stateIcon(job);
  item.contextValue = contextOf(job);
  // of a job on its way without the seconds, which would be read out again at every look
  const spokenTime = isOpen(job) ? '' : ago(now - job.createdAt);
  item.accessibilityInformation = { label: [inLabel(about, 100), state, model, spokenTime, price].filter(Boolean).join(', ') };
  return item;
}

/** What the mouse over a row shows. Prompt and words of the service are foreign text, in Markdown that trusts nothing. */
export async function jobTooltip(job: Job): Promise<MarkdownString> {
  const { order, state } = job;
  const failure = failureOf(job);
  const poster = await posterUri(job);
  const facts = [
    `${jobWord(job)}${failure ? `: ${failureWords(failure)}` : ''}`,
    `${l10n.t('Model')}: ${order.model.name}`,
    ...parameterRows(order.parameters).map(({ label, value }) => `${label}: ${value}`),
    ...(state.name === 'done' ? [l10n.t('Saved in {0}', folderWords(job, state.saved.clip))] : []),
    `${l10n.t('Estimate')}: ${priceWords(job)}`,
  ];
  const picture = poster ? [`![](${poster.toString(false).replace(/[()<>\\]/g, encodeURIComponent)}|width=320)`] : [];
  const lines = [inMarkdown(order.prompt, 600), ...facts.map((fact) => inMarkdown(fact, 300))];
  return new MarkdownString([...picture, ...lines].join('\n\n'), false);
}

/** `0:42 of about 1:34` while it is on its way, else how long ago it was made. */
function timeWords(job: Job, now: number): string {
  const gone = duration(now - job.createdAt);
  const expected = job.order.model.typicalSeconds;
  if (!isOpen(job)) return ago(now - job.createdAt);
  return expected === undefined ? gone : l10n.t('{0} of about {1}', gone, duration(expected * 1000));
}

function priceWords(job: Job): string {
  return isOfDemo(job) ? l10n.t('free') : estimateWords(job.order.estimate);
}

/** Without the month that the price is from. */
function shortPrice(job: Job): string {
  const { estimate } = job.order;
  return isOfDemo(job) || estimate.kind === 'unknown' ? priceWords(job) : aboutUsd(estimate.microUsd);
}

function subject({ order }: Job): string {
  return order.destination.shot ? `${order.destination.shot} · ${order.prompt}` : order.prompt;
}

/** Made when a page first shows the clip; before that there is none. */
async function posterUri({ state }: Job): Promise<Uri | undefined> {
  if (state.name !== 'done') return undefined;
  const poster = await withDeadline(posterOf(state.saved.clip), posterWithin);
  return poster?.kind === 'there' ? Uri.file(poster.file) : undefined;
}

function stateIcon(job: Job): ThemeIcon {
  switch (kindOf(job.state.name)) {
    case 'running':
      return new ThemeIcon('sync~spin');
    case 'finished':
      return new ThemeIcon('check');
    case 'unclear':
      return new ThemeIcon('question', new ThemeColor('list.warningForeground'));
    case 'failed':
      if (waitsForYes(job)) return new ThemeIcon('cloud-download', new ThemeColor('list.warningForeground'));
      return job.state.name === 'cancelled' || job.state.name === 'notSent'
        ? new ThemeIcon('circle-slash')
        : new ThemeIcon('error', new ThemeColor('list.errorForeground'));
  }
}

/** Words that the menus of the manifest ask for: `can-…` for each action, `first-…` for the one beside the row. */
function contextOf(job: Job): string {
  const actions = actionsFor(job);
  const first = actions.find((action) => !everywhere.includes(action));
  return [
    'job',
    ...actions.map((action) => `can-${action}`),
    ...(first ? [`first-${first}`] : []),
    ...(job.order.destination.source ? ['can-openText'] : []),
  ].join(' ');
}

const everywhere: readonly JobAction[] = ['copyJobId', 'openLog'];
