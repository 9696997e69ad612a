import { basename } from 'node:path';
import { env, l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { type CountedGroup, dayOf, groupKey, type JobGroup } from '../jobs/jobGroup';
import type { JobKind } from '../jobs/jobKind';
import { inLabel } from './plainText';

/** A day or a storyboard, with what its jobs came to. */
export function groupItem({ group, counts }: CountedGroup, open: boolean, now: number): TreeItem {
  const item = new TreeItem(groupLabel(group, now), open ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
  const words = countWords(counts);
  const place = group.kind === 'storyboard' ? inLabel(basename(group.root), 40) : '';
  item.id = groupKey(group);
  item.description = [place, words].filter(Boolean).join(' · ');
  item.iconPath = groupIcon(group, counts);
  item.contextValue = 'group';
  item.tooltip = group.kind === 'storyboard' ? inLabel(`${group.root}/${group.source}`, 300) : item.description;
  item.accessibilityInformation = { label: [item.label, place, words].filter(Boolean).join(', ') };
  return item;
}

export function groupLabel(group: JobGroup, now: number): string {
  switch (group.kind) {
    case 'day':
      return dayWords(group.from, now);
    case 'storyboard':
      return inLabel(group.source, 80);
    case 'noFile':
      return l10n.t('Without a file');
  }
}

export function dayWords(day: number, now: number): string {
  const today = dayOf(now);
  if (day === today.from) return l10n.t('Today');
  if (day === dayOf(today.from - 1).from) return l10n.t('Yesterday');
  return new Date(day).toLocaleDateString(env.language, { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' });
}

function countWords(counts: CountedGroup['counts']): string {
  const { running, finished, failed, unclear } = counts;
  const all = running + finished + failed + unclear;
  return [
    all === 1 ? l10n.t('1 job') : l10n.t('{0} jobs', all),
    running > 0 && all > running ? l10n.t('{0} running', running) : running > 0 && l10n.t('running'),
    unclear > 0 && l10n.t('{0} unclear', unclear),
    failed > 0 && l10n.t('{0} without a clip', failed),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What needs a look shows through a group that is shut. */
function groupIcon(group: JobGroup, counts: Readonly<Record<JobKind, number>>): ThemeIcon {
  if (counts.unclear > 0) return new ThemeIcon('question', new ThemeColor('list.warningForeground'));
  return new ThemeIcon(group.kind === 'day' ? 'calendar' : 'book');
}
