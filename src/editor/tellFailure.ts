import { l10n, window } from 'vscode';
import type { Job } from '../jobs/job';
import type { JobWarning } from '../jobs/jobParts';
import { type Failure, failureWords, type GeneralStep, isGeneral, type NextStep } from './failure';
import { unexpectedFailure, warningFailure } from './gestureFailures';
import { actionWords, type JobActionParts, runJobAction, waitsForYes } from './jobActions';
import { generalStepWords, takeGeneralStep } from './nextStep';
import { withoutLinks } from './plainText';

/** Longest words on what happened, characters. Those on the money come after them and are never cut. */
const longest = 400;

/** What is no failure, with a next step: without a button VS Code cuts a message to one line. */
export async function tellWithStep(text: string, step: GeneralStep): Promise<void> {
  const button = generalStepWords(step);
  if ((await window.showInformationMessage(text, button)) === button) await takeGeneralStep(step);
}

/** One notification with the one safe next step. VS Code lets warnings go after some seconds, but no errors: those of money on its way stay. */
export async function tellFailure(failure: Failure<GeneralStep>): Promise<void> {
  const { step } = failure;
  const button = generalStepWords(step);
  const show = failure.money === 'running' ? window.showErrorMessage : window.showWarningMessage;
  if ((await show(plainWords(failure), button)) === button) await takeGeneralStep(step);
}

/** Trouble with an act of the moment, which its button begins once more. Never rejects. */
export async function tellTrouble(text: string, button: string, act: () => Promise<unknown>): Promise<void> {
  try {
    if ((await window.showErrorMessage(text, button)) === button) await act();
  } catch (error) {
    await tellFailure(unexpectedFailure(error));
  }
}

/** The same for a job, which is named by the head of its prompt; always to stay until it is answered. */
export async function tellJobFailure(job: Job, failure: Failure, parts: JobActionParts): Promise<void> {
  const step = stepFor(job, failure);
  const button = isGeneral(step) ? generalStepWords(step) : actionWords(step.kind, job);
  const text = l10n.t('Video “{0}”: {1}', withoutLinks(job.order.prompt, 40), plainWords(failure));
  const buttons = waitsForYes(job) ? [button, l10n.t('Not Now')] : [button];
  if ((await window.showErrorMessage(text, ...buttons)) !== button) return;
  if (isGeneral(step)) await takeGeneralStep(step);
  else await runJobAction(step.kind, job, parts);
}

/** Where a job came from an image and no text, and that image is what is wrong, the next step is another one. */
function stepFor({ order, state }: Pick<Job, 'order' | 'state'>, { step }: Failure): NextStep {
  const ofInput = (state.name === 'notSent' || state.name === 'refused') && state.input !== undefined;
  return step.kind === 'chooseModel' && ofInput && order.destination.source === undefined ? { kind: 'animateImage' } : step;
}

function plainWords(failure: Failure): string {
  return failureWords({ ...failure, what: withoutLinks(failure.what, longest) });
}

/** Tells each trouble of the watch once a session: the watch meets the same one at every look. */
export function tellOnce(): (warning: JobWarning) => void {
  const told = new Set<string>();
  return (warning) => {
    const key = JSON.stringify(warning);
    if (told.has(key)) return;
    told.add(key);
    void tellFailure(warningFailure(warning));
  };
}
