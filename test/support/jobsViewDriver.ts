import type { Locator, Page } from 'playwright-core';
import { waitFor } from './waitFor';
import { runCommand } from './workbenchDriver';

/*
 * What a person does with the views of the activity bar.
 */

const stepMs = 30_000;

export interface TreeRow {
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly level: number;
}

/** The view with that name in the side bar; headers name it at the beginning. */
export function view(page: Page, name: string): Locator {
  return page.locator('.split-view-view .pane', { has: page.locator(`.pane-header[aria-label^="${name}"]`) });
}

export async function showView(page: Page, name = 'Jobs'): Promise<Locator> {
  await runCommand(page, `Focus on ${name} View`);
  const found = view(page, name);
  await found.locator('.pane-body').waitFor({ timeout: stepMs });
  return found;
}

export function treeRow(tree: Locator, text: string): Locator {
  return tree.locator('.monaco-list-row', { hasText: text }).first();
}

export async function treeRows(tree: Locator): Promise<readonly TreeRow[]> {
  return tree.locator('.monaco-list-row').evaluateAll((rows) =>
    rows
      .map((row) => {
        const text = (selector: string) => row.querySelector(selector)?.textContent?.trim() ?? '';
        return {
          label: text('.label-name'),
          description: text('.label-description'),
          spoken: row.getAttribute('aria-label') ?? '',
          level: Number(row.getAttribute('aria-level')),
          index: Number(row.getAttribute('data-index')),
        };
      })
      .sort((a, b) => a.index - b.index)
      .map(({ index: _, ...row }) => row),
  );
}

/** Waits until the row about `text` says what is looked for, and gives it. */
export function rowThatSays(tree: Locator, text: string, said: RegExp): Promise<TreeRow> {
  return waitFor(
    `a row about "${text}" that says ${said}`,
    async () => (await treeRows(tree)).find(({ label, description }) => label.includes(text) && said.test(description)),
    { deadlineMs: 60_000 },
  );
}

/** A button at the end of a row or of a view's header, by its name. */
export async function clickRowAction(tree: Locator, row: string, name: string): Promise<void> {
  const found = treeRow(tree, row);
  await found.hover({ timeout: stepMs });
  await found.locator(`.actions .action-label[aria-label*="${name}"]`).click({ timeout: stepMs });
}

export async function clickViewAction(tree: Locator, name: string): Promise<void> {
  await tree.locator('.pane-header').hover({ timeout: stepMs });
  await tree.locator(`.pane-header .action-label[aria-label*="${name}"]`).click({ timeout: stepMs });
}

/** Opens the context menu of a row, and gives the names of what it offers. */
export async function rowMenu(page: Page, tree: Locator, row: string): Promise<readonly string[]> {
  await treeRow(tree, row).click({ button: 'right', timeout: stepMs });
  const items = page.locator('.monaco-menu .action-item .action-label[aria-label]');
  await items.first().waitFor({ timeout: stepMs });
  return (await items.evaluateAll((labels) => labels.map((label) => label.getAttribute('aria-label') ?? ''))).filter(Boolean);
}

export async function chooseInMenu(page: Page, name: string): Promise<void> {
  await page.locator('.monaco-menu .action-item', { hasText: name }).first().click({ timeout: stepMs });
}

/** What the mouse over a row shows. */
export async function rowTooltip(page: Page, tree: Locator, row: string): Promise<Locator> {
  const hover = page.locator('.workbench-hover:visible, .monaco-hover:visible').last();
  await waitFor('the tooltip of the row', async () => {
    await page.mouse.move(900, 600);
    await treeRow(tree, row).locator('.label-name').hover({ timeout: stepMs });
    return hover.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    );
  });
  return hover;
}
