import { l10n } from 'vscode';

export const shotCount = (count: number): string => (count === 1 ? l10n.t('1 shot') : l10n.t('{0} shots', count));
