import { workspace } from 'vscode';
import { isError } from '../catalogue/checkRequest';
import { addressed, standIn } from '../jobs/addressed';
import type { Job, Order } from '../jobs/job';
import { requestAgain } from '../storyboard/requestAgain';
import { doubtWords } from './doubtWords';
import { type GenerateParts, sendNow, submitOrder, tell } from './generate';
import type { PriceSeen } from './moneyGate';

/** The same request as a new job, if Krea would still take it, at the price of today. */
export async function generateAgain({ order }: Job, parts: GenerateParts, seen: PriceSeen = {}): Promise<void> {
  const today = await orderToday(order, parts);
  if (today) await submitOrder(today.order, parts, { ...seen, doubts: today.doubts });
}

/** A job that never left this machine, if Krea would still take it. */
export async function sendNowIfOffered(job: Job, parts: GenerateParts, seen: PriceSeen = {}): Promise<void> {
  const today = await orderToday(job.order, parts);
  if (today) await sendNow(job, parts, { ...seen, doubts: today.doubts });
}

interface Today {
  readonly order: Order;
  readonly doubts: readonly string[];
}

/** What would be refused is told of, and nothing is sent. */
async function orderToday(order: Order, { models }: Pick<GenerateParts, 'models'>): Promise<Today | undefined> {
  // there nobody is asked; what sends says why it does not
  if (!workspace.isTrusted) return { order, doubts: [] };
  const files = new Map((order.inputs ?? []).map(({ sha256 }) => [standIn(sha256), 'https://app-uploads.krea.ai/input']));
  const again = await requestAgain(order.model.id, addressed(order.body, files), await models.offered());
  switch (again.kind) {
    case 'unknownModel':
      return { order, doubts: [] };
    case 'noLongerOffered':
      tell({ kind: 'noLongerOffered', model: again.model });
      return undefined;
    case 'offered': {
      const errors = again.findings.filter(isError);
      if (errors.length === 0) return { order: { ...order, estimate: again.price }, doubts: doubtWords(again.model, again.findings) };
      tell({ kind: 'wouldRefuse', findings: errors });
      return undefined;
    }
    default:
      return again satisfies never;
  }
}
