import * as vscode from 'vscode';

/**
 * Tabs of this kind that stand in the window. When no panel is open these are of the time before a reload: the editor
 * hands such a panel over only when somebody looks at its tab.
 */
export function sleepingTabs(viewType: string): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType));
}
