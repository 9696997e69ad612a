import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { anything, type FailureRow, money } from '../support/failureBench';
import { giveToken } from '../support/kreaVideoDriver';
import { chooseQuickPickRow, inputBox, openFile, runCommand, selectAll } from '../support/workbenchDriver';

/** From a window that knows nobody: the folder becomes trusted and the token known on the way. */
export const firstRows: readonly FailureRow[] = [
  {
    name: 'untrusted folder',
    what: (text) => text('Restricted Mode: nothing from this folder is sent.'),
    money: money.notSent,
    button: 'Manage Workspace Trust',
    posts: 0,
    happens: (bench) => bench.command('generateFromSelection'),
    afterButton: async ({ page }) => {
      await page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
      await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ state: 'hidden' });
      // it stands before the workbench
      await runCommand(page, 'View: Close Editor');
      await page.locator('.workspace-trust-editor').waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'no editor',
    what: (text) => text('Open a text file and select a prompt.'),
    money: money.notSent,
    button: 'Show How',
    posts: 0,
    happens: async (bench) => {
      await bench.page.keyboard.press('ControlOrMeta+P');
      await chooseQuickPickRow(bench.page, 'dot.png');
      await bench.page.locator('.tab.active', { hasText: 'dot.png' }).waitFor();
      await bench.command('generateFromSelection');
    },
    afterButton: ({ page }) => page.locator('.getting-started-step').first().waitFor(),
  },
  {
    name: 'a log instead of a text',
    what: (text) => text('Open a text file and select a prompt.'),
    money: money.notSent,
    button: 'Show How',
    posts: 0,
    happens: async (bench) => {
      await bench.command('openLog');
      await bench.page.locator('.part.panel .view-lines').first().click();
      await bench.command('generateFromSelection');
    },
    afterButton: async ({ page }) => {
      await page.locator('.getting-started-step').first().waitFor();
      await runCommand(page, 'View: Toggle Panel Visibility');
      await page.locator('.part.panel').waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'no token',
    what: (text) => text('There is no API token.'),
    money: money.notSent,
    button: 'Set API Token',
    posts: 0,
    happens: async (bench) => {
      await bench.command('generateFromSelection');
      await inputBox(bench.page, 'password');
      await bench.page.keyboard.press('Escape');
    },
    afterButton: ({ page, studio }) => giveToken(page, studio.token),
  },
  {
    name: 'no selection and no paragraph',
    what: (text) => text('There is no prompt at the cursor. Select text, or put the cursor into a paragraph.'),
    money: money.notSent,
    button: 'Show How',
    posts: 0,
    happens: async (bench) => {
      await openFile(bench.page, 'blank.md');
      await bench.command('generateFromSelection');
    },
  },
  {
    name: 'blank selection',
    what: (text) => text('The selection is blank. Select the text of a prompt.'),
    money: money.notSent,
    button: 'Use the Paragraph at the Cursor',
    posts: 0,
    happens: async (bench) => {
      await openFile(bench.page, 'blank.md');
      await selectAll(bench.page);
      await bench.command('generateFromSelection');
    },
    afterButton: async ({ notifications, words }) => {
      await notifications
        .filter({ hasText: words.text('There is no prompt at the cursor. Select text, or put the cursor into a paragraph.') })
        .waitFor();
    },
  },
];

export const folderRows: readonly FailureRow[] = [
  {
    name: 'a file in the place of the takes folder',
    what: (text) => text('Takes cannot be saved in {0}: a file is in the way.', `takes/loose/${anything}`),
    money: money.notSent,
    button: 'Open Setting',
    posts: 0,
    happens: async (bench) => {
      writeFileSync(path.join(bench.studio.folder, 'takes'), '');
      await bench.order();
    },
    afterButton: (bench) => bench.settingOpened('Takes Folder'),
  },
  {
    name: 'a takes folder that leads outside',
    what: (text) => text('Takes cannot be saved in {0}: the folder must lie inside the workspace folder.', `takes/loose/${anything}`),
    money: money.notSent,
    button: 'Open Setting',
    posts: 0,
    happens: async (bench) => {
      const takes = path.join(bench.studio.folder, 'takes');
      rmSync(takes, { recursive: true, force: true });
      symlinkSync(bench.studio.otherFolder(), takes);
      await bench.order();
    },
  },
  {
    name: 'a full disk before anything is sent',
    what: (text) => text('The list of jobs could not be written. Is the disk full?'),
    money: money.notSent,
    button: 'Open Log',
    posts: 0,
    happens: async (bench) => {
      bench.limitFileSize(0);
      await bench.order();
    },
    afterButton: async ({ page }) => {
      await page.locator('.part.panel .view-lines').first().waitFor();
      await runCommand(page, 'View: Toggle Panel Visibility');
      await page.locator('.part.panel').waitFor({ state: 'hidden' });
    },
  },
];
