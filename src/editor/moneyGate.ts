import { l10n, type Memento, window } from 'vscode';
import type { CheaperSetting } from '../catalogue/cheaperSettings';
import { formatUsd } from '../catalogue/price';
import type { Estimate } from '../jobs/job';
import { aboutUsd, estimateWords } from './jobWords';
import { oneLine } from './plainText';
import { cheaperWords, jumpWords, mustAsk, sumOf } from './priceQuestion';
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
  /** What the same would cost with one parameter changed. */
  readonly cheaper?: readonly CheaperSetting[];
  /** An equal request that is on its way already, in words. */
  readonly alreadyRunning?: string;
  /** The gesture named no price (a menu of the editor has no room for it): it is asked about whatever the amount. */
  readonly priceUnseen?: boolean;
  /** What Krea may object to, or that the model ends; in sentences. */
  readonly doubts?: readonly string[];
  /** What speaks against sending it as it is. It is asked about whatever the amount. */
  readonly warnings?: readonly string[];
}

export type PriceSeen = Pick<Gesture, 'priceUnseen' | 'doubts' | 'warnings'>;

/** Stands in front of every submit: commands, lists and whatever comes later all pass it. */
export class MoneyGate {
  constructor(
    private readonly memory: Memento,
    private readonly free: () => boolean,
  ) {}

  async ask(gesture: Gesture): Promise<Consent | undefined> {
    const again = gesture.alreadyRunning !== undefined;
    const warned = (gesture.warnings ?? []).length > 0;
    if (this.free()) return (again || warned) && !(await this.askOffline(gesture)) ? undefined : { given };
    const sum = sumOf(gesture.estimates);
    const threshold = settings.confirmAboveMicroUsd();
    const before = this.memory.get<unknown>(answerKey);
    const always = before !== 'aboveThreshold';
    if (!always && !again && !warned && !mustAsk(gesture, threshold)) return { given };

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

  private async askOffline({ model, alreadyRunning, warnings = [] }: Gesture): Promise<boolean> {
    const generate = l10n.t('Generate');
    const question =
      alreadyRunning === undefined ? l10n.t('Generate one video with {0}?', oneLine(model)) : l10n.t('{0} Another take?', alreadyRunning);
    return (await window.showWarningMessage(question, { modal: true, detail: warnings.join('\n\n') }, generate)) === generate;
  }
}

function detailOf({ parameters, estimates, cheaper = [], warnings = [], doubts = [] }: Gesture, first: boolean): string {
  const dated = estimates.map(estimateWords).join(', ');
  const known = sumOf(estimates) !== undefined;
  return [
    ...warnings,
    [parameters, ...cheaper.map(cheaperWords)].filter((line) => line !== '').join('\n'),
    ...jumpWords(estimates),
    ...doubts,
    known
      ? l10n.t(
          'Estimate: {0}. It comes out of your API balance, not your plan. Krea does not tell what a video cost, so this stays an estimate.',
          dated,
        )
      : l10n.t('Krea takes it out of your API balance, not your plan, and does not tell what a video cost.'),
    first ? l10n.t('This is the first paid video from this editor. Nothing has been sent yet.') : l10n.t('Nothing has been sent yet.'),
  ]
    .filter((line) => line !== '')
    .join('\n\n');
}
