import { l10n, type QuickPickItem, window } from 'vscode';
import type { JobFilter } from '../jobs/jobFilter';
import { type JobKind, jobKinds } from '../jobs/jobKind';
import { oneLine, withoutIcons } from './plainText';

interface FilterRow extends QuickPickItem {
  readonly filter: JobFilter;
}

/** Asks for words or one kind of jobs; `undefined` when the person leaves it as it is. */
export function pickFilter(now: JobFilter): Promise<JobFilter | undefined> {
  const pick = window.createQuickPick<FilterRow>();
  const rows = (): readonly FilterRow[] => {
    const words = pick.value.trim();
    // VS Code leaves rows out that do not hold what was typed: this one is the answer to it
    const typed: readonly FilterRow[] =
      words === ''
        ? []
        : [{ label: `$(search) ${withoutIcons(l10n.t('Jobs with {0}', `“${oneLine(words)}”`), 80)}`, alwaysShow: true, filter: { words } }];
    return [...typed, ...jobKinds.map((kind) => ({ ...kindRow(kind), filter: { kind } })), { label: l10n.t('All jobs'), filter: {} }];
  };
  pick.title = l10n.t('Filter jobs');
  pick.placeholder = l10n.t('Words in the prompt, model, shot or storyboard');
  pick.value = now.words ?? '';
  pick.items = rows();
  return new Promise((resolve) => {
    pick.onDidChangeValue(() => {
      pick.items = rows();
    });
    pick.onDidAccept(() => {
      // Enter may come before the row for what was typed: then nothing is chosen, and the words are the answer
      const [row] = pick.selectedItems;
      resolve(row && row.filter.words === undefined ? row.filter : { words: pick.value.trim() });
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

export function filterWords({ kind, words }: JobFilter): string {
  return [kind && `“${kindRow(kind).label}”`, words && `“${oneLine(words)}”`].filter(Boolean).join(', ');
}

function kindRow(kind: JobKind): { readonly label: string; readonly description?: string } {
  switch (kind) {
    case 'running':
      return { label: l10n.t('Running'), description: l10n.t('also queued and being saved') };
    case 'finished':
      return { label: l10n.t('Finished') };
    case 'failed':
      return { label: l10n.t('Without a clip'), description: l10n.t('failed, refused, cancelled, not sent, not fetched') };
    case 'unclear':
      return { label: l10n.t('Unclear') };
  }
}
