import { isoDay } from '../takes/takeNames';
import { byteOrderMark, csvLine } from './csvLine';
import { type Job, jobIdOf } from './job';
import { countedAs } from './spending';

/** The same words in every language: programs read them. */
const columns = [
  'date',
  'time',
  'storyboard',
  'shot',
  'model',
  'state',
  'counted',
  'estimate_usd',
  'price_from',
  'krea_job_id',
  'prompt',
] as const;

export const csvHead = byteOrderMark + csvLine(columns);

/** One job, whether it counts or not: the column `counted` says yes, unclear or no. Dates and times of this machine. */
export function csvOf(job: Job): string {
  const { order, state, createdAt } = job;
  const { estimate, destination } = order;
  const date = new Date(createdAt);
  const free = state.name === 'failed' && !state.withoutVideo && Boolean(state.failure.code || state.failure.message);
  const cells: Record<(typeof columns)[number], string> = {
    date: isoDay(date),
    time: [date.getHours(), date.getMinutes(), date.getSeconds()].map((n) => String(n).padStart(2, '0')).join(':'),
    storyboard: destination.source ?? '',
    shot: destination.shot ?? '',
    model: order.model.name,
    state: state.name,
    counted: countedAs({ state: state.name, free }),
    estimate_usd: estimate.kind === 'unknown' ? '' : usd(estimate.microUsd),
    price_from: estimate.kind === 'unknown' ? '' : estimate.date,
    krea_job_id: jobIdOf(job) ?? '',
    prompt: order.prompt.replace(/\s+/g, ' ').trim(),
  };
  return csvLine(columns.map((column) => cells[column]));
}

/** All six places below a cent, as they are; a sum of rounded figures would drift. */
function usd(microUsd: number): string {
  return (microUsd / 1_000_000).toFixed(6).replace(/0{1,4}$/, '');
}
