import { ageLists } from './agedList';
import type { FailureBench } from './failureBench';
import type { ProxySwitch } from './proxySwitch';
import type { Words } from './words';
import { chooseFromExplorer, chooseQuickPickRow, clickModalButton, inputBox, reloadWindow } from './workbenchDriver';

export interface Situation {
  readonly bench: FailureBench;
  /** What stands between the window and the simulator. */
  readonly network: ProxySwitch;
}

/** Where a person reads what happened. */
export type Place = 'notification' | 'question' | 'picker' | 'status bar';

export interface InputOrPriceRow {
  readonly name: string;
  readonly place: Place;
  /** Pieces that stand there, all of them; `anything` in the place of what only the moment knows. */
  readonly says: (text: Words['text']) => readonly string[] | Promise<readonly string[]>;
  /** The English words on the button that goes on; of a question the one that says yes. */
  readonly button?: string;
  /** In all. */
  readonly posts: number;
  readonly uploads: number;
  readonly jobs: number;
  readonly happens: (situation: Situation) => Promise<void>;
  /** In place of closing what is there. */
  readonly afterwards?: (situation: Situation) => Promise<void>;
}

export const about = (text: Words['text'], usd: string) => text('about {0}/An estimated price, such as: about $0.37', usd);

export const picker = ({ bench: { page } }: Situation) =>
  page.locator('.quick-input-widget:visible .quick-input-message:visible').waitFor({ timeout: 30_000 });

export async function choose(situation: Situation, model: string): Promise<void> {
  await situation.bench.command('generateFromSelection');
  await picker(situation);
  await chooseQuickPickRow(situation.bench.page, model);
}

/** As two hours later: the list is asked for anew. */
export async function nextList({ bench: { page, studio } }: Situation): Promise<void> {
  ageLists(studio.workbench.userData, 2);
  await reloadWindow(page);
}

/** From a file of the explorer; a price below the threshold is not asked about, a doubt is. */
export async function animate({ bench: { page, words } }: Situation, file: string, prompt: string, asked = false): Promise<void> {
  await chooseFromExplorer(page, file, menuEntry(words));
  await (await inputBox(page)).fill(prompt);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget:visible', { hasText: 'Kling 2.5' }).waitFor({ timeout: 30_000 });
  await chooseQuickPickRow(page, 'Kling 2.5');
  if (asked) await clickModalButton(page, '', words.text('Generate'));
}

/** Menus name no category. */
export const menuEntry = (words: Words) => words.command('animateImage').replace(/^[^:]+: /, '');
