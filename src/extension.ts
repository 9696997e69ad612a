import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { commands, type Disposable, type ExtensionContext, l10n, window, workspace } from 'vscode';
import { commandIds } from './editor/commandIds';
import { setContextKey } from './editor/contextKeys';
import type { JobsNode } from './editor/jobsNode';
import { LateTree } from './editor/lateTree';
import { noticeStoryboards } from './editor/noticeStoryboards';
import type { ShotsNode } from './editor/shotsNode';
import { sourceScheme, sourceTexts } from './editor/sourceTexts';
import type { SpendingNode } from './editor/spendingView';
import { openJobsMarker } from './jobs/openJobsMarker';
import type { Studio } from './studio';

let studio: Promise<Studio> | undefined;

/** Registers what the manifest promises and loads nothing else, unless a paid job is waiting to be watched on. */
export function activate(context: ExtensionContext): void {
  const enter = (): Promise<Studio> => {
    studio ??= import('./studio').then(({ openStudio }) => openStudio(context));
    return studio;
  };
  const entered = (): Promise<Studio> =>
    enter().catch((error: unknown) => {
      void showFailure(error);
      throw error;
    });
  const registered: Disposable[] = commandIds.map((id) =>
    commands.registerCommand(id, async (row: unknown) => {
      try {
        await (await enter()).run(id, row);
      } catch (error) {
        await showFailure(error);
      }
    }),
  );
  registered.push(
    window.registerWebviewPanelSerializer('kreaVideo.player', {
      deserializeWebviewPanel: async (panel, state: unknown) => (await enter()).restorePlayer(panel, state),
    }),
  );
  registered.push(
    new LateTree<ShotsNode>('kreaVideo.shots', async (view) => (await entered()).storyboards.openShots(view)),
    new LateTree<JobsNode>('kreaVideo.jobs', async (view) => (await entered()).views.openJobs(view)),
    new LateTree<SpendingNode>('kreaVideo.spending', async (view) => (await entered()).views.openSpending(view)),
  );
  // a comparison that was open when the window was reloaded asks for its text at once
  registered.push(workspace.registerTextDocumentContentProvider(sourceScheme, sourceTexts));
  context.subscriptions.push(
    ...registered,
    noticeStoryboards(
      () =>
        void entered().then(
          ({ storyboards }) => storyboards,
          () => undefined,
        ),
    ),
  );

  const jobsAreOpen = existsSync(join(context.globalStorageUri.fsPath, openJobsMarker));
  setContextKey('hasOpenJobs', jobsAreOpen);
  if (jobsAreOpen) void enter().catch(showFailure);
}

export async function deactivate(): Promise<void> {
  await (await studio)?.dispose();
}

/** VS Code shows no failure of an extension by itself. */
async function showFailure(error: unknown): Promise<void> {
  console.error(error);
  studio = undefined;
  // without a button VS Code cuts a message to one line
  const reload = l10n.t('Reload Window');
  const answer = await window.showErrorMessage(
    l10n.t('Krea Video could not start: {0}. No job is lost: what was sent goes on at Krea.', error instanceof Error ? error.message : '?'),
    reload,
  );
  if (answer === reload) await commands.executeCommand('workbench.action.reloadWindow');
}
