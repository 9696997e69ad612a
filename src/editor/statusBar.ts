import { l10n, MarkdownString, StatusBarAlignment, type StatusBarItem, ThemeColor, window } from 'vscode';
import { isLive, isOpen, type Job } from '../jobs/job';
import { failureOf } from './jobFailures';
import { duration, jobWord } from './jobWords';
import { inMarkdown, oneLine, withoutIcons } from './plainText';

/** Jobs named in the tooltip. */
const named = 10;

/** Milliseconds that a job without a clear answer stays in the status bar; after that it is in the list only. */
const unclearFor = 24 * 3_600_000;

/** Shows the jobs on their way: state, model, time gone by and expected. Never a percentage: Krea does not tell one. */
export class JobsStatusBar {
  private readonly item: StatusBarItem;
  private ticking: NodeJS.Timeout | undefined;
  private jobs: readonly Job[] = [];

  constructor(
    command: string,
    private readonly offline: () => boolean,
    private readonly now: () => number,
  ) {
    this.item = window.createStatusBarItem('kreaVideo.jobs', StatusBarAlignment.Left, 0);
    this.item.name = 'Krea Video';
    this.item.command = command;
  }

  show(jobs: readonly Job[]): void {
    this.jobs = jobs;
    const open = jobs.filter(isOpen);
    const unclear = jobs.filter((job) => isLive(job) && !isOpen(job) && this.now() - job.createdAt < unclearFor);
    if (open.length === 0 && unclear.length === 0 && !this.offline()) {
      this.stopTicking();
      this.item.hide();
      return;
    }
    const words = this.words(open, unclear);
    this.item.text = words.text;
    this.item.accessibilityInformation = { label: words.spoken };
    this.item.tooltip = tooltipOf(open.length > 0 ? open : unclear, this.now());
    this.item.backgroundColor = open.length === 0 && unclear.length > 0 ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.item.show();
    if (open.length > 0) this.ticking ??= setInterval(() => this.show(this.jobs), 1000);
    else this.stopTicking();
  }

  dispose(): void {
    this.stopTicking();
    this.item.dispose();
  }

  private words(open: readonly Job[], unclear: readonly Job[]): { text: string; spoken: string } {
    const demo = this.offline() ? `${l10n.t('Offline demo')}: ` : '';
    const [first, ...others] = open;
    if (!first) {
      if (unclear.length === 0) return { text: `$(beaker) ${l10n.t('Offline demo')}`, spoken: l10n.t('Krea Video: offline demo') };
      const text = unclear.length === 1 ? l10n.t('1 video unclear') : l10n.t('{0} videos unclear', unclear.length);
      return { text: `$(warning) ${text}`, spoken: `Krea Video: ${text}` };
    }
    if (others.length > 0) {
      const text = l10n.t('{0} videos', open.length);
      const oldest = Math.min(...open.map(({ createdAt }) => createdAt));
      return { text: `$(sync~spin) ${demo}${text} · ${duration(this.now() - oldest)}`, spoken: `Krea Video: ${demo}${text}` };
    }
    const text = `${demo}${jobWords(first, this.now())}`;
    return {
      text: `$(sync~spin) ${withoutIcons(text, 80)}`,
      spoken: `Krea Video: ${demo}${[...shotWords(first), oneLine(first.order.model.name), jobWord(first)].join(', ')}`,
    };
  }

  private stopTicking(): void {
    clearInterval(this.ticking);
    this.ticking = undefined;
  }
}

/** `SH010 · Kling 2.5 · running · 0:42 of about 1:34`; without a shot it begins with the model. */
export function jobWords(job: Job, now: number): string {
  const gone = duration(now - job.createdAt);
  const expected = job.order.model.typicalSeconds;
  const time = isOpen(job) && expected !== undefined ? l10n.t('{0} of about {1}', gone, duration(expected * 1000)) : gone;
  return [...shotWords(job), oneLine(job.order.model.name, 40), jobWord(job), time].join(' · ');
}

const shotWords = ({ order: { destination } }: Job): readonly string[] =>
  destination.shot === undefined ? [] : [oneLine(destination.shot, 24)];

/** Prompts are foreign text, here in Markdown that trusts nothing. */
function tooltipOf(jobs: readonly Job[], now: number): MarkdownString {
  const paragraphs = jobs.slice(0, named).map((job) => {
    const failure = failureOf(job);
    const lines = [
      inMarkdown(jobWords(job, now), 120),
      inMarkdown(job.order.prompt, 80),
      ...(failure ? [inMarkdown(failure.what, 300)] : []),
    ];
    return lines.join('  \n');
  });
  const more = jobs.length > named ? [inMarkdown(l10n.t('and {0} more', jobs.length - named))] : [];
  return new MarkdownString([...paragraphs, ...more].join('\n\n'), false);
}
