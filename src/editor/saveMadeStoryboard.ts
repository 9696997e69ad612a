import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { type Tab, TabInputText, TabInputTextDiff, Uri, window, workspace } from 'vscode';

/** Saves the storyboard of a comparison as the file it is named after, and shows that alone. */
export async function saveMadeStoryboard(target: unknown): Promise<void> {
  const made = target instanceof Uri && isMade(target) ? target : madeIn(window.tabGroups.activeTabGroup.activeTab);
  const document = made && workspace.textDocuments.find(({ uri, isClosed }) => !isClosed && uri.toString() === made.toString());
  if (!made || !document) return;
  const tabs = tabsOf(made);
  // nobody has named a folder: home is only where the dialog begins
  const save = dirname(made.fsPath) === homedir() ? workspace.saveAs(made) : workspace.save(made);
  // left, or not written: the editor says so itself, and the text stays as it is
  const saved = await save;
  if (!saved) return;
  await window.showTextDocument(saved, { preview: false });
  // the comparison has done its work; the editor has made another tab of it
  await window.tabGroups.close([...new Set([...tabs, ...tabsOf(saved)])].filter(isOpenComparison), true);
}

const isMade = ({ scheme, path }: Uri): boolean => scheme === 'untitled' && path.endsWith('.storyboard.md');

function madeIn(tab: Tab | undefined): Uri | undefined {
  const input = tab?.input;
  const uri = input instanceof TabInputTextDiff ? input.modified : input instanceof TabInputText ? input.uri : undefined;
  return uri && isMade(uri) ? uri : undefined;
}

const allTabs = (): readonly Tab[] => window.tabGroups.all.flatMap(({ tabs }) => tabs);

const tabsOf = (uri: Uri): readonly Tab[] =>
  allTabs().filter(({ input }) => input instanceof TabInputTextDiff && input.modified.toString() === uri.toString());

const isOpenComparison = (tab: Tab): boolean => tab.input instanceof TabInputTextDiff && allTabs().includes(tab);
