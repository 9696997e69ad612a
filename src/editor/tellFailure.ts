import { window } from 'vscode';
import type { Job } from '../jobs/job';
import type { JobWarning } from '../jobs/jobParts';
import { type Failure, failureWords, type GeneralStep, isGeneral } from './failure';
import { warningFailure } from './gestureFailures';
import { actionWords, type JobActionParts, runJobAction } from './jobActions';
import { generalStepWords, takeGeneralStep } from './nextStep';
import { withoutLinks } from './plainText';

/** Longest words of a failure, characters: a notification shows about that much. */
const longest = 500;

/** What is no failure, with a next step: without a button VS Code cuts a message to one line. */
export async function tellWithStep(text: string, step: GeneralStep): Promise<void> {
  const button = generalStepWords(step);
  if ((await window.showInformationMessage(text, button)) === button) await takeGeneralStep(step);
}

/** One notification with the one safe next step. */
export async function tellFailure(failure: Failure): Promise<void> {
  const { step } = failure;
  if (!isGeneral(step)) return;
  const button = generalStepWords(step);
  if ((await window.showWarningMessage(withoutLinks(failureWords(failure), longest), button)) === button) await takeGeneralStep(step);
}

/** The same for a job, which is named by the head of its prompt. An error, since VS Code lets warnings go after some seconds. */
export async function tellJobFailure(job: Job, failure: Failure, parts: JobActionParts): Promise<void> {
  const { step } = failure;
  const button = isGeneral(step) ? generalStepWords(step) : actionWords(step.kind, job);
  const text = `“${withoutLinks(job.order.prompt, 40)}”: ${withoutLinks(failureWords(failure), longest)}`;
  if ((await window.showErrorMessage(text, button)) !== button) return;
  if (isGeneral(step)) await takeGeneralStep(step);
  else await runJobAction(step.kind, job, parts);
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
