import type { Locator, Page } from 'playwright-core';
import type { SimulatedStudio } from './simulatedStudio';
import { waitFor } from './waitFor';
import { type Words, wordsOf } from './words';
import {
  chooseQuickPickRow,
  clickModalButton,
  inputBox,
  modal,
  openFile,
  playerFrame,
  quickPickRows,
  runCommand,
  selectAll,
  statusBarItem,
} from './workbenchDriver';

/*
 * What a person does with the extension, on top of what one does with VS Code.
 */

/** The extension's status-bar item, as VS Code names it. */
export const jobsItem = 'krea-video.krea-video.kreaVideo.jobs';

const stepMs = 30_000;
const english = wordsOf();

/** Gives the token and waits until it is proven and kept. */
export async function setToken(page: Page, token: string, words: Words = english): Promise<void> {
  await runCommand(page, words.command('setToken'));
  await giveToken(page, token);
}

/** Into the box that is asking for it. */
export async function giveToken(page: Page, token: string): Promise<void> {
  const box = await inputBox(page, 'password');
  await box.fill(token, { timeout: stepMs });
  await page.keyboard.press('Enter');
  await box.waitFor({ state: 'hidden', timeout: stepMs });
}

/** Everything in the file becomes the prompt. */
export async function selectFile(page: Page, name: string): Promise<void> {
  await openFile(page, name);
  await selectAll(page);
}

export interface OrderAnswers {
  readonly model?: string;
  /** The button for the question about the money. */
  readonly answer?: string;
}

/**
 * Orders a video for what is selected: command, model, and the answer to the question about the money when it is
 * asked. Gives that question, or undefined when the request went out without one.
 */
export async function order(
  studio: SimulatedStudio,
  page: Page,
  { model = 'Kling 2.5', answer = 'Generate' }: OrderAnswers = {},
): Promise<string | undefined> {
  const before = studio.posts.length;
  await runCommand(page, english.command('generateFromSelection'));
  await chooseQuickPickRow(page, model);
  return answerMoney(page, answer, () => studio.posts.length > before);
}

/** Answers the question about the money, unless `sent` says that there was none. */
export async function answerMoney(page: Page, answer: string, sent: () => boolean): Promise<string | undefined> {
  const asked = await waitFor('a question about the money, or a request', async () => {
    if (await modal(page).isVisible()) return { question: (await modal(page).innerText()) || '?' };
    return sent() ? { question: undefined } : undefined;
  });
  if (asked.question === undefined) return undefined;
  await clickModalButton(page, '', answer);
  await modal(page).waitFor({ state: 'hidden', timeout: stepMs });
  return asked.question;
}

/** Waits until so many takes are saved, and gives them. */
export function savedTakes(studio: SimulatedStudio, count: number): Promise<readonly string[]> {
  return waitFor(`${count} saved takes`, () => studio.takes().length >= count && studio.takes(), { deadlineMs: 90_000 });
}

/** Waits until no job is on its way. */
export async function allSettled(page: Page): Promise<void> {
  await statusBarItem(page, jobsItem).waitFor({ state: 'hidden', timeout: 90_000 });
}

/** What the mouse over the status-bar item shows. */
export async function statusBarTooltip(page: Page): Promise<Locator> {
  const hover = page.locator('.workbench-hover:visible, .monaco-hover:visible').last();
  await waitFor('the tooltip of the status bar', async () => {
    await page.mouse.move(640, 300);
    await statusBarItem(page, jobsItem).locator('a').first().hover({ timeout: stepMs });
    return hover.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    );
  });
  return hover;
}

/** Opens the list of jobs and gives its rows; it stays open. */
export async function jobRows(page: Page): ReturnType<typeof quickPickRows> {
  await runCommand(page, english.command('showJobs'));
  await page.locator('.quick-input-widget:visible', { hasText: 'Krea Video: jobs' }).waitFor({ timeout: stepMs });
  return quickPickRows(page);
}

export interface VideoState {
  readonly paused: boolean;
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  readonly src: string;
}

interface VideoElement {
  readonly paused: boolean;
  readonly currentTime: number;
  readonly videoWidth: number;
  readonly videoHeight: number;
  readonly currentSrc: string;
}

/** The video element of the player, or undefined while there is no picture. */
export async function playerVideo(page: Page): Promise<VideoState | undefined> {
  const video = playerFrame(page).locator('video').first();
  if ((await video.count()) === 0) return undefined;
  return video.evaluate(({ paused, currentTime: seconds, videoWidth: width, videoHeight: height, currentSrc: src }: VideoElement) =>
    width > 0 ? { paused, seconds, width, height, src } : undefined,
  );
}

/** The prompt as the player shows it. */
export async function playerPrompt(page: Page): Promise<string | undefined> {
  const text = playerFrame(page).locator('.prompt-text');
  return (await text.count()) === 0 ? undefined : ((await text.first().textContent()) ?? '');
}
