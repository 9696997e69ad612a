import { commands, env, l10n, Uri } from 'vscode';
import type { CommandId } from './commandIds';
import type { GeneralStep } from './failure';

/** Where workspace owners top up the API balance, and where tokens are made. */
const pages = { topUp: 'https://www.krea.ai/app/api', tokenPage: 'https://www.krea.ai/settings/api-tokens' } as const;

export function generalStepWords(step: GeneralStep): string {
  switch (step.kind) {
    case 'setToken':
      return l10n.t('Set API Token');
    case 'topUp':
      return l10n.t('Open the API Balance Page');
    case 'tokenPage':
      return l10n.t('Open the Token Page');
    case 'chooseModel':
      return l10n.t('Choose Model and Parameters…');
    case 'useParagraph':
      return l10n.t('Use the Paragraph at the Cursor');
    case 'generate':
      return l10n.t('Generate…');
    case 'animateImage':
      return l10n.t('Choose Another Image…');
    case 'showHow':
      return l10n.t('Show How');
    case 'showJobs':
      return l10n.t('Show Jobs');
    case 'manageTrust':
      return l10n.t('Manage Workspace Trust');
    case 'leaveOffline':
      return l10n.t('Leave Offline Demo');
    case 'tryOffline':
      return l10n.t('Try Offline');
    case 'openLog':
      return l10n.t('Open Log');
    case 'reload':
      return l10n.t('Reload Window');
    case 'checkSetup':
      return l10n.t('Check Again');
    case 'setting':
      return l10n.t('Open Setting');
  }
}

export async function takeGeneralStep(step: GeneralStep): Promise<void> {
  switch (step.kind) {
    case 'setToken':
      return run('kreaVideo.setToken');
    case 'topUp':
    case 'tokenPage':
      await env.openExternal(Uri.parse(pages[step.kind]));
      return;
    case 'chooseModel':
      return run('kreaVideo.generateWithModel');
    case 'useParagraph':
      await commands.executeCommand('cancelSelection');
      return run('kreaVideo.generateFromSelection');
    case 'generate':
      return run('kreaVideo.generateFromSelection');
    case 'animateImage':
      return run('kreaVideo.animateImage');
    case 'showHow':
      await commands.executeCommand('workbench.action.openWalkthrough', 'krea-video.krea-video#firstSteps');
      return;
    case 'showJobs':
      return run('kreaVideo.showJobs');
    case 'manageTrust':
      await commands.executeCommand('workbench.trust.manage');
      return;
    case 'leaveOffline':
      return run('kreaVideo.leaveOffline');
    case 'tryOffline':
      return run('kreaVideo.tryOffline');
    case 'openLog':
      return run('kreaVideo.openLog');
    case 'reload':
      await commands.executeCommand('workbench.action.reloadWindow');
      return;
    case 'checkSetup':
      return run('kreaVideo.checkSetup');
    case 'setting':
      await commands.executeCommand('workbench.action.openSettings', `@id:${step.name}`);
      return;
  }
}

async function run(command: CommandId): Promise<void> {
  await commands.executeCommand(command);
}
