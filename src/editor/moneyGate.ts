import { l10n, type Memento, window } from 'vscode';
import { formatUsd } from '../catalogue/price';
import type { Estimate } from '../jobs/job';
import { aboutUsd, estimateWords } from './jobWords';
import { oneLine } from './plainText';
import { settings } from './settings';

/** The user's yes to the price of one gesture. Only the gate makes one, and nothing is submitted without it. */
export interface Consent {
  readonly given: typeof given;
}

const given: unique symbol = Symbol('consent');

/** What the user said when first asked: every time, or only above the threshold. */
const answerKey = 'kreaVideo.asksForConsent';

export interface Gesture {
  readonly model: string;
  /** Parameters as a person reads them, one line. */
  readonly parameters: string;
  readonly estimates: readonly Estimate[];
  /** An equal request that is on its way already, in words. */
  readonly alreadyRunning?: string;
  /** The gesture named no price (a menu of the editor has no room for it): it is asked about whatever the amount. */
  readonly priceUnseen?: boolean;
  /** What Krea may object to, or that the model ends; in sentences. */
  readonly doubts?: readonly string[];
}

export type PriceSeen = Pick<Gesture, 'priceUnseen' | 'doubts'>;

/** Stands in front of every submit: commands, lists and whatever comes later all pass it. */
export class MoneyGate {
  constructor(
    private readonly memory: Memento,
    private readonly free: () => boolean,
  ) {}

  async ask(gesture: Gesture): Promise<Consent | undefined> {
    const again = gesture.alreadyRunning !== undefined;
    if (this.free()) return again && !(await this.askOffline(gesture)) ? undefined : { given };
    const sum = sumOf(gesture.estimates);
    const threshold = settings.confirmAboveMicroUsd();
    const before = this.memory.get<unknown>(answerKey);
    const always = before !== 'aboveThreshold';
    const jumped = gesture.estimates.some((estimate) => beforeOf(estimate) !== undefined);
    if (!always && !again && !jumped && !gesture.priceUnseen && sum !== undefined && sum <= threshold) return { given };

    const generate = l10n.t('Generate');
    const onlyAbove = l10n.t('Generate, Ask Only Above {0}', formatUsd(threshold));
    const offerThreshold = always && sum !== undefined && sum <= threshold;
    const answer = await window.showWarningMessage(
      this.question(gesture, sum),
      { modal: true, detail: detailOf(gesture, before === undefined) },
      ...(offerThreshold ? [generate, onlyAbove] : [generate]),
    );
    if (answer === undefined) return undefined;
    if (always && offerThreshold) await this.memory.update(answerKey, answer === onlyAbove ? 'aboveThreshold' : 'everyTime');
    return { given };
  }

  private question({ model, alreadyRunning }: Gesture, sum: number | undefined): string {
    const name = oneLine(model);
    if (alreadyRunning !== undefined)
      return l10n.t('{0} Another take for {1}?', alreadyRunning, sum === undefined ? l10n.t('a price that is not known') : aboutUsd(sum));
    return sum === undefined
      ? l10n.t('Generate one video with {0}? Its price is not known here.', name)
      : l10n.t('Generate one video with {0} for {1}?', name, aboutUsd(sum));
  }

  private async askOffline({ alreadyRunning }: Gesture): Promise<boolean> {
    const generate = l10n.t('Generate');
    return (await window.showWarningMessage(l10n.t('{0} Another take?', alreadyRunning ?? ''), { modal: true }, generate)) === generate;
  }
}

function detailOf({ parameters, estimates, doubts = [] }: Gesture, first: boolean): string {
  const dated = estimates.map(estimateWords).join(', ');
  return [
    parameters,
    ...jumpWords(estimates),
    ...doubts,
    l10n.t(
      'Estimate: {0}. It comes out of your API balance, not your plan. Krea does not tell what a video cost, so this stays an estimate.',
      dated,
    ),
    first ? l10n.t('This is the first paid video from this editor. Nothing has been sent yet.') : l10n.t('Nothing has been sent yet.'),
  ]
    .filter((line) => line !== '')
    .join('\n\n');
}

/** Millionths of a dollar, or `undefined` as soon as one price is not known. */
function sumOf(estimates: readonly Estimate[]): number | undefined {
  return estimates.reduce<number | undefined>(
    (sum, estimate) => (sum === undefined || estimate.kind === 'unknown' ? undefined : sum + estimate.microUsd),
    0,
  );
}

const beforeOf = (estimate: Estimate): number | undefined => (estimate.kind === 'unknown' ? undefined : estimate.before);

/** A price that is more than twice, or less than half, of what it was lately. */
function jumpWords(estimates: readonly Estimate[]): readonly string[] {
  return estimates.flatMap((estimate) => {
    const before = beforeOf(estimate);
    if (before === undefined || estimate.kind === 'unknown') return [];
    return [l10n.t('Krea has changed this price: it was {0} and is {1} now.', formatUsd(before), formatUsd(estimate.microUsd))];
  });
}
