import { workspace } from 'vscode';
import { isError } from '../catalogue/checkRequest';
import { addressed, standIn } from '../jobs/addressed';
import type { Job, Order } from '../jobs/job';
import { requestAgain } from '../storyboard/requestAgain';
import { doubtWords } from './doubtWords';
import { type GenerateParts, sendNow, submitOrder, tell } from './generate';
import type { PriceSeen } from './moneyGate';

/** The same request as a new job, if Krea would still take it. */
export async function generateAgain({ order }: Job, parts: GenerateParts, seen: PriceSeen = {}): Promise<void> {
  const doubts = await doubtsToday(order, parts);
  if (doubts) await submitOrder(order, parts, { ...seen, doubts });
}

/** A job that never left this machine, if Krea would still take it. */
export async function sendNowIfOffered(job: Job, parts: GenerateParts, seen: PriceSeen = {}): Promise<void> {
  const doubts = await doubtsToday(job.order, parts);
  if (doubts) await sendNow(job, parts, { ...seen, doubts });
}

/** What may speak against the request, by the models as they are now. What would be refused is told of: nothing is sent then. */
async function doubtsToday(order: Order, { models }: Pick<GenerateParts, 'models'>): Promise<readonly string[] | undefined> {
  // there nobody is asked; what sends says why it does not
  if (!workspace.isTrusted) return [];
  const files = new Map((order.inputs ?? []).map(({ sha256 }) => [standIn(sha256), 'https://app-uploads.krea.ai/input']));
  const again = await requestAgain(order.model.id, addressed(order.body, files), await models.offered());
  switch (again.kind) {
    case 'unknownModel':
      return [];
    case 'noLongerOffered':
      tell({ kind: 'noLongerOffered', model: again.model });
      return undefined;
    case 'offered': {
      const errors = again.findings.filter(isError);
      // the order keeps the price that the user saw: before the question it is compared with today's
      if (errors.length === 0) return doubtWords(again.model, again.findings);
      tell({ kind: 'wouldRefuse', findings: errors });
      return undefined;
    }
    default:
      return again satisfies never;
  }
}
