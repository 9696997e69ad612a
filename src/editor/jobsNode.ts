import type { Job } from '../jobs/job';
import type { CountedGroup, JobGroup } from '../jobs/jobGroup';

/** What the tree of jobs is made of. */
export type JobsNode =
  | { readonly kind: 'group'; readonly counted: CountedGroup; readonly first: boolean }
  | { readonly kind: 'job'; readonly job: Job }
  | { readonly kind: 'more'; readonly group: JobGroup }
  | { readonly kind: 'unreadable'; readonly group: JobGroup; readonly jobs: number };

/** Commands take what the editor gives them, which may come from anywhere. */
export function jobOf(node: unknown): Job | undefined {
  return isNode(node) && node.kind === 'job' ? node.job : undefined;
}

export function moreOf(node: unknown): JobGroup | undefined {
  return isNode(node) && node.kind === 'more' ? node.group : undefined;
}

/** Nodes are known by having been made here: what another extension hands over is none. */
const made = new WeakSet<object>();

export function jobsNode(node: JobsNode): JobsNode {
  made.add(node);
  return node;
}

function isNode(node: unknown): node is JobsNode {
  return typeof node === 'object' && node !== null && made.has(node);
}
