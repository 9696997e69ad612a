import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { screenshotFolder } from './projectRoot';
import { waitFor } from './waitFor';

/*
 * What a person does in VS Code, as functions on a page. The selectors hold from 1.110 to 1.139.
 * Titles and labels are matched as parts of what is shown.
 */

const stepMs = 30_000;
const quickInput = '.quick-input-widget:visible';
const selectionCount = '.statusbar-item[id="status.editor.selection"]';
const rows = `${quickInput} .quick-input-list .monaco-list-row`;

/** Runs a command by its title from the palette; tries anew until the extension's commands are known. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await waitFor(
    `the command "${title}"`,
    async () => {
      await page.keyboard.press('F1');
      return pickTyped(page, `>${title}`, title);
    },
    { deadlineMs: 60_000 },
  );
}

/** Types into the box that a key has just opened and takes the first row with that text; false when one of them is not there. */
async function pickTyped(page: Page, typed: string, text: string): Promise<boolean> {
  try {
    // a key may have gone to a page in a frame that was still loading
    await page.locator(`${quickInput} input`).first().fill(typed, { timeout: 5000 });
    await page.locator(rows, { hasText: text }).first().click({ timeout: 5000 });
    return true;
  } catch {
    await page.keyboard.press('Escape');
    return false;
  }
}

/** VS Code's own command: it writes down which editors are open before it goes. */
export async function reloadWindow(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent('load', { timeout: 90_000 }), runCommand(page, 'Developer: Reload Window')]);
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
}

/** Opens a file of the folder by name, and waits for its text. */
export async function openFile(page: Page, name: string): Promise<void> {
  const tab = page.locator('.tabs-container .tab', { hasText: path.basename(name) });
  await waitFor(
    `the file ${name}`,
    async () => {
      await page.keyboard.press('ControlOrMeta+P');
      return pickTyped(page, name, path.basename(name));
    },
    { deadlineMs: 60_000 },
  );
  await tab.first().waitFor({ timeout: stepMs });
  await page.locator('.editor-instance .view-lines').first().waitFor({ timeout: stepMs });
}

/** Takes an entry of the menu of a file in the explorer. */
export async function chooseFromExplorer(page: Page, file: string, entry: string): Promise<void> {
  const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: file }).first();
  const label = page.locator('.monaco-menu:visible .action-label', { hasText: entry }).first();
  await waitFor(
    `"${entry}" in the menu of ${file}`,
    async () => {
      if (!(await row.isVisible())) await page.keyboard.press('ControlOrMeta+Shift+E');
      try {
        await row.click({ button: 'right', timeout: 5000 });
        // a menu that has just opened takes no click, and stays
        await waitFor(`a click on "${entry}"`, async () => {
          await label.click({ timeout: 5000 });
          return label.waitFor({ state: 'hidden', timeout: 1000 }).then(
            () => true,
            () => false,
          );
        });
        return true;
      } catch {
        await page.keyboard.press('Escape');
        return false;
      }
    },
    { deadlineMs: 60_000 },
  );
}

/** Puts the cursor into the text, where keys go from now on. */
export async function focusEditor(page: Page): Promise<void> {
  await page.locator('.editor-instance .view-lines').first().click({ timeout: stepMs });
}

/** Selects the first place where the text stands, through the find box; line breaks may be part of it. */
export async function selectText(page: Page, text: string): Promise<void> {
  await waitFor(
    `a selection of "${text}"`,
    async () => {
      await focusEditor(page);
      await page.keyboard.press('ControlOrMeta+Home');
      await page.keyboard.press('ControlOrMeta+F');
      const find = page.locator('.find-widget.visible .find-part textarea, .find-widget.visible .find-part [contenteditable]').first();
      // the same text as last time would not be looked for again
      await find.fill('', { timeout: stepMs });
      await find.fill(text, { timeout: stepMs });
      // in a narrow editor the find widget hides its own count of matches
      if (!(await isSelected(page, text.length))) return false;
      // the first Escape goes to a notification, if one is shown
      for (let tries = 0; tries < 5 && (await find.isVisible()); tries++) await find.press('Escape', { timeout: stepMs });
      return isSelected(page, text.length);
    },
    { deadlineMs: 60_000 },
  );
}

/** The status bar counts what is selected, a moment after it is. */
async function isSelected(page: Page, characters: number): Promise<boolean> {
  const count = page.locator(selectionCount, { hasText: `(${characters} selected)` });
  return count.waitFor({ timeout: 3000 }).then(
    () => true,
    () => false,
  );
}

/** Puts the cursor at the beginning of a line, counted from 1. */
export async function goToLine(page: Page, line: number): Promise<void> {
  await focusEditor(page);
  await page.keyboard.press('Control+G');
  await page.locator(`${quickInput} input`).first().fill(`:${line}`, { timeout: stepMs });
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: stepMs });
}

/** Selects whole lines, counted from 1. */
export async function selectLines(page: Page, from: number, to: number): Promise<void> {
  await goToLine(page, from);
  await page.keyboard.press('Home');
  for (let line = from; line < to; line++) await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+End');
  await page.locator(selectionCount, { hasText: 'selected' }).waitFor({ timeout: stepMs });
}

export async function selectAll(page: Page): Promise<void> {
  await focusEditor(page);
  await page.keyboard.press('ControlOrMeta+A');
}

/** The box that asks for one line of text, once it is there. */
export async function inputBox(page: Page, kind: 'text' | 'password' = 'text'): Promise<Locator> {
  const box = page.locator(`${quickInput} input${kind === 'password' ? '[type=password]' : ':not([type=checkbox])'}`).first();
  await box.waitFor({ timeout: stepMs });
  return box;
}

export async function typeIntoInputBox(page: Page, text: string, kind: 'text' | 'password' = 'text'): Promise<void> {
  const box = await inputBox(page, kind);
  await box.fill(text, { timeout: stepMs });
  await page.keyboard.press('Enter');
}

export interface QuickPickRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** The rows in view of the open quick pick, once there is one. */
export async function quickPickRows(page: Page): Promise<readonly QuickPickRow[]> {
  await page.locator(rows).first().waitFor({ timeout: stepMs });
  return page.locator(rows).evaluateAll((elements) =>
    elements.map((row) => {
      const text = (selector: string) => row.querySelector(selector)?.textContent?.trim() ?? '';
      return {
        label: text('.quick-input-list-row:first-of-type .label-name'),
        description: text('.quick-input-list-row:first-of-type .label-description'),
        detail: text('.quick-input-list-label-meta'),
      };
    }),
  );
}

async function quickPickRow(page: Page, text: string): Promise<Locator> {
  const row = page.locator(rows, { hasText: text }).first();
  await page.locator(rows).first().waitFor({ timeout: stepMs });
  // rows below the fold are not in the page until they are asked for
  if (!(await row.isVisible())) await page.locator(`${quickInput} input`).first().fill(text, { timeout: stepMs });
  await row.waitFor({ timeout: stepMs });
  return row;
}

export async function chooseQuickPickRow(page: Page, text: string): Promise<void> {
  await (await quickPickRow(page, text)).click({ timeout: stepMs });
}

/** Clicks a button at the end of a row, named by its tooltip. */
export async function clickQuickPickButton(page: Page, row: string, button: string): Promise<void> {
  const found = await quickPickRow(page, row);
  await found.hover({ timeout: stepMs });
  await found.locator(`.quick-input-list-entry-action-bar .action-label[aria-label*="${button}"]`).click({ timeout: stepMs });
}

export function notification(page: Page, text: string): Locator {
  return page.locator('.notifications-toasts .notification-list-item', { hasText: text });
}

export async function waitForNotification(page: Page, text: string): Promise<void> {
  await notification(page, text).first().waitFor({ timeout: stepMs });
}

export async function clickNotificationButton(page: Page, text: string, button: string): Promise<void> {
  await notification(page, text).first().getByRole('button', { name: button, exact: true }).click({ timeout: stepMs });
}

/** The modal question that stands before the workbench. */
export function modal(page: Page, text = ''): Locator {
  return page.locator('.monaco-dialog-box', { hasText: text });
}

export async function clickModalButton(page: Page, text: string, button: string): Promise<void> {
  await modal(page, text).getByRole('button', { name: button, exact: true }).first().click({ timeout: stepMs });
}

/** `id` is publisher.name.item, as VS Code composes it. */
export function statusBarItem(page: Page, id: string): Locator {
  return page.locator(`.statusbar-item[id="${id}"]`);
}

/** What the item shows, icons left out; undefined while it is not there. */
export async function statusBarText(page: Page, id: string): Promise<string | undefined> {
  // one look: the item may go between two
  const [text] = await statusBarItem(page, id).allTextContents();
  return text?.replaceAll(/\s+/g, ' ').trim();
}

export async function clickStatusBarItem(page: Page, id: string): Promise<void> {
  await statusBarItem(page, id).locator('a').first().click({ timeout: stepMs });
}

/** The page inside the webview that is in front. */
export function playerFrame(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}

/** What is read of the page's video element; the tests are compiled without the browser's types. */
interface VideoElement {
  readonly videoWidth: number;
  readonly videoHeight: number;
  readonly currentTime: number;
}

/** Waits until the clip in the player moves, and gives its picture size and its place in seconds. */
export async function waitForPlaying(page: Page): Promise<{ readonly width: number; readonly height: number; readonly seconds: number }> {
  const video = playerFrame(page).locator('video').first();
  await video.waitFor({ timeout: stepMs });
  return waitFor('the clip to play', () =>
    video.evaluate(
      ({ videoWidth: width, videoHeight: height, currentTime: seconds }: VideoElement) => seconds > 0.2 && { width, height, seconds },
    ),
  );
}

/** Keeps a picture of the window as <name>.png, by default where all screenshots lie; gives its path. */
export async function screenshot(page: Page, name: string, folder = screenshotFolder): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled', timeout: stepMs });
  return file;
}
