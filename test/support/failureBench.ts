import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Locator, Page } from 'playwright-core';
import type { Fault, FaultAct } from '../../src/simulator/faults';
import { plainSwitches, type SwitchChange } from '../../src/simulator/switches';
import { giveToken, jobsItem } from './kreaVideoDriver';
import type { SimulatedStudio } from './simulatedStudio';
import { waitFor } from './waitFor';
import type { Words } from './words';
import {
  chooseQuickPickRow,
  clickModalButton,
  focusEditor,
  modal,
  openFile,
  runCommand,
  statusBarItem,
  statusBarText,
} from './workbenchDriver';

/** What a person should find on the screen after something went wrong. */
export interface FailureRow {
  readonly name: string;
  readonly what: (text: Words['text']) => string;
  /** The English sentence about the money. */
  readonly money: Money;
  /** The English words on the button; a price stands where they have `{0}`. */
  readonly button: string;
  /** POSTs that reached Krea. */
  readonly posts: 0 | 1;
  readonly happens: (bench: FailureBench) => Promise<void>;
  /** What makes the next step succeed. */
  readonly beforeButton?: (bench: FailureBench) => Promise<void> | void;
  /** What the button did, `posts` being the POSTs before; without it the notification is closed. */
  readonly afterButton?: (bench: FailureBench, posts: number) => Promise<void>;
}

/** In the place of a value that only the moment knows: a time, an id, a code of the system. */
export const anything = '#';

export const money = {
  notSent: 'Nothing was sent, nothing is charged.',
  refused: 'Nothing is charged.',
  saysNotCharged: 'Krea says that such jobs are not charged.',
  paidOnce: 'It is paid for already; fetching it again is free.',
  running: 'It is accepted and runs on; Krea charges when it finishes.',
  withoutVideo: 'Whether it is charged is not known.',
  notKnown: 'Whether it is charged is not known yet.',
  waiting: 'Nothing is charged while it waits.',
} as const;

export type Money = (typeof money)[keyof typeof money];

/** One paragraph, so that a command finds the prompt by itself. */
export const boat = { file: 'boat.md', prompt: 'A paper boat on a rainy street.' } as const;

const stepMs = 30_000;
/** Asked of the same prompt, once a request of it had no answer. */
const sameUnclear = 'It is not known whether Krea has made a video for the same request of {0}. If so, both are paid.';
const askOnlyAbove = ['Generate, Ask Only Above {0}', '$1.00'] as const;

/** One window in which one thing after another goes wrong. */
export class FailureBench {
  private limited = false;

  constructor(
    readonly studio: SimulatedStudio,
    readonly page: Page,
    readonly words: Words,
  ) {}

  /** A service that works, and an editor with a prompt. */
  async mend(): Promise<void> {
    const { studio, page } = this;
    await waitFor('the end of the last job', async () => (await statusBarItem(page, jobsItem).locator('.codicon-sync').count()) === 0);
    studio.simulator.set({ ...plainSwitches, faults: [] });
    studio.simulator.setBalance(1000);
    studio.jobsRun(100);
    studio.clipsWeigh(0);
    if (this.limited) this.limitFileSize('unlimited');
    this.withoutTakes();
    if ((await this.notifications.count()) > 0) await runCommand(page, 'Notifications: Clear All Notifications');
    if ((await page.locator('.tab.active', { hasText: boat.file }).count()) === 0) await openFile(page, boat.file);
    // a row may have left a log or a player with the focus
    await focusEditor(page);
    await page.keyboard.press('ControlOrMeta+Home');
  }

  /** Also what stands in the way of the takes folder. */
  withoutTakes(): void {
    rmSync(path.join(this.studio.folder, 'takes'), { recursive: true, force: true });
  }

  breaks(change: SwitchChange): void {
    this.studio.simulator.set(change);
  }

  /** Requests of this kind are disturbed from now on. */
  disturb(...faults: readonly Omit<Fault, 'count'>[]): void {
    this.studio.simulator.set({ faults: faults.map((fault) => ({ ...fault, count: 1000 })) });
  }

  /** The GET that proves token and network before every POST. */
  disturbProof(act: FaultAct): void {
    this.disturb({ method: 'GET', path: '/jobs', act });
  }

  disturbPost(act: FaultAct): void {
    this.disturb({ method: 'POST', path: '/generate/*', act });
  }

  command(name: Parameters<Words['command']>[0]): Promise<void> {
    return runCommand(this.page, this.words.command(name));
  }

  /** Orders a video of the prompt at the cursor, and says yes to the price. */
  async order(): Promise<void> {
    const { page, words } = this;
    const known = this.studio.simulator.requests.length;
    await this.command('generateFromSelection');
    await chooseQuickPickRow(page, 'Kling 2.5');
    const asked = await waitFor('a question about the money, a request, or a word', async () => {
      if (await modal(page).isVisible()) return 'question';
      const going = this.studio.simulator.requests.length > known || (await this.notifications.count()) > 0;
      return going && 'going';
    });
    if (asked !== 'question') return;
    const question = await modal(page).innerText();
    // a sentence may begin with what is put into it
    const again = words
      .text(sameUnclear, anything)
      .split(anything)
      .every((piece) => question.includes(piece));
    await clickModalButton(page, '', again ? words.text('Generate') : words.text(...askOnlyAbove));
  }

  get notifications(): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item');
  }

  /** The one notification, its sentence on what happened and on the money, all of it to be read at once. */
  async told(row: Pick<FailureRow, 'name' | 'what' | 'money'>): Promise<Locator> {
    const { text } = this.words;
    const message = this.notifications.first().locator('.notification-list-item-message');
    const shown = await waitFor(`words for: ${row.name}`, async () => (await message.count()) > 0 && message.innerText());
    const end = text(row.money);
    const pieces = row.what(text).split(anything);
    assert.match(shown, new RegExp(pieces.map((piece) => piece.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.+')));
    assert.ok(shown.trimEnd().endsWith(end), `${shown}\n does not end with: ${end}`);
    assert.equal(await this.notifications.count(), 1, 'one notification');
    const cut = await message.evaluate(
      (line: { scrollWidth: number; clientWidth: number; scrollHeight: number; clientHeight: number }) =>
        line.scrollWidth > line.clientWidth + 1 || line.scrollHeight > line.clientHeight + 1,
    );
    assert.equal(cut, false, `cut off: ${shown}`);
    return this.notifications.first();
  }

  async button(told: Locator, english: string): Promise<Locator> {
    const [before = '', after = ''] = this.words.text(english).split('{0}');
    const buttons = told.locator('.notification-list-item-buttons-container .monaco-button');
    const labels = await buttons.allInnerTexts();
    assert.equal(labels.length, 1, `one button: ${labels.join(', ')}`);
    const [label = ''] = labels;
    assert.ok(label.startsWith(before) && label.endsWith(after), `${label} is not: ${before}…${after}`);
    if (english.includes('{0}')) assert.match(label, /\$0\.37/);
    return buttons.first();
  }

  async close(told: Locator): Promise<void> {
    await told.hover({ timeout: stepMs });
    await told.locator('.codicon-notifications-clear').click({ timeout: stepMs });
    await waitFor('the notification to go', async () => (await this.notifications.count()) === 0);
  }

  async settingOpened(name: string): Promise<void> {
    const settings = this.page.locator('.settings-editor');
    await settings.getByText(name).first().waitFor({ timeout: stepMs });
    // it stands before the workbench or in a tab, by version
    await this.page.keyboard.press('Escape');
    if (await settings.isVisible()) await runCommand(this.page, 'View: Close Editor');
  }

  giveToken(): Promise<void> {
    return giveToken(this.page, this.studio.token);
  }

  /** The job that was just ordered is in the ledger as one that Krea has. */
  accepted(): Promise<true> {
    const { text } = this.words;
    return waitFor('a job that Krea has accepted', async () => {
      const shown = (await statusBarText(this.page, jobsItem)) ?? '';
      return [text('queued'), text('running')].some((state) => shown.includes(state));
    });
  }

  /** Jobs that run began longer ago: the computer has slept. */
  hoursPass(hours: number): void {
    const ledger = path.join(this.studio.workbench.userData, 'User/globalStorage/krea-video.krea-video/ledger.sqlite');
    const database = new DatabaseSync(ledger, { timeout: 10_000 });
    const earlier = "json_set(detail, '$.runningAt', json_extract(detail, '$.runningAt') - ?)";
    try {
      database.prepare(`UPDATE jobs SET detail = ${earlier} WHERE state = 'running'`).run(hours * 3_600_000);
    } finally {
      database.close();
    }
  }

  /** Waits for words in the status bar's item of the jobs. */
  statusBar(words: string): Promise<true> {
    return waitFor(`"${words}" in the status bar`, async () => (await statusBarText(this.page, jobsItem))?.includes(words) === true);
  }

  /** Bytes that a file of the extension host can grow to; beyond it writing fails, as on a full disk. Needs no rights. */
  limitFileSize(bytes: number | 'unlimited'): void {
    this.limited = bytes !== 'unlimited';
    for (const pid of this.studio.workbench.extensionHosts()) execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
  }
}
