import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Report } from './timedSteps';
import { waitFor } from './waitFor';
import {
  chooseQuickPickRow,
  clickModalButton,
  modal,
  openFile,
  runCommand,
  screenshot,
  selectText,
  statusBarText,
  typeIntoInputBox,
  waitForPlaying,
} from './workbenchDriver';

/** The extension's status-bar item, as VS Code names it. */
export const jobsItem = 'krea-video.krea-video.kreaVideo.jobs';

/** What the walk looks for on the screen; another language brings its own. */
export interface WalkWords {
  readonly setToken: string;
  readonly generate: string;
  /** the button that pays */
  readonly consent: string;
}

export const englishWords: WalkWords = {
  setToken: 'Krea Video: Set API Token',
  generate: 'Krea Video: Generate Video from Selection',
  consent: 'Generate',
};

export interface Walk {
  readonly page: Page;
  /** What the window shows; the take is looked for below it. */
  readonly folder: string;
  readonly file: string;
  readonly prompt: string;
  /** undefined: the token is known already */
  readonly token: string | undefined;
  /** A part of the row in the list of models. */
  readonly model: string;
  readonly report: Report;
  /** Names of screenshots begin with this; they lie in `pictures`, or where all screenshots lie. */
  readonly name: string;
  readonly pictures?: string;
  readonly words?: WalkWords;
  /** From the consent to the saved clip. */
  readonly jobMs?: number;
}

export interface WalkEnd {
  readonly clip: string;
  readonly sidecar: string;
  /** Everything that the status bar showed, in order. */
  readonly statusBar: readonly string[];
  readonly playing: { readonly width: number; readonly height: number; readonly seconds: number };
}

/** The main job, as a person does it: token, prompt, command, model, consent; the clip is saved and plays. */
export async function headlessWalk(walk: Walk): Promise<WalkEnd> {
  try {
    return await steps(walk);
  } catch (error) {
    await screenshot(walk.page, `${walk.name}-failure`, walk.pictures).catch(() => undefined);
    throw error;
  }
}

async function steps(walk: Walk): Promise<WalkEnd> {
  const { page, report, words = englishWords } = walk;
  const look = async (what: string) => {
    await screenshot(page, `${walk.name}-${what}`, walk.pictures);
  };
  if (walk.token !== undefined) {
    await runCommand(page, words.setToken);
    await typeIntoInputBox(page, walk.token, 'password');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: 30_000 });
    report('the token is set');
  }
  await openFile(page, walk.file);
  await selectText(page, walk.prompt);
  await look('1-prompt');
  report('a prompt is selected');

  const known = new Set(takes(walk.folder).map(({ clip }) => clip));
  await runCommand(page, words.generate);
  await page
    .locator('.quick-input-widget .quick-input-list .monaco-list-row', { hasText: walk.model })
    .first()
    .waitFor({ timeout: 30_000 });
  await look('2-models');
  await chooseQuickPickRow(page, walk.model);
  report(`the model is chosen: ${walk.model}`);

  const seen: string[] = [];
  const watchStatusBar = async () => {
    const text = await statusBarText(page, jobsItem);
    if (text && text !== seen.at(-1)) seen.push(text);
    return text;
  };
  const asked = await waitFor('a question about the money, or the job', async () => {
    if (await modal(page).isVisible()) return 'asked' as const;
    return (await watchStatusBar()) ? ('not asked' as const) : undefined;
  });
  if (asked === 'asked') {
    await look('3-consent');
    await clickModalButton(page, '', words.consent);
    report('the price is agreed to');
  }
  await waitFor('the job in the status bar', watchStatusBar);
  await look('4-job');
  report(`the status bar shows the job: ${seen.at(-1)}`);

  const take = await waitFor(
    'a saved clip with its sidecar',
    async () => {
      await watchStatusBar();
      return takes(walk.folder).find(({ clip }) => !known.has(clip));
    },
    { deadlineMs: walk.jobMs ?? 90_000 },
  );
  report(`the clip is saved: ${path.relative(walk.folder, take.clip)}`);
  const playing = await waitForPlaying(page);
  await watchStatusBar();
  await look('5-playing');
  report(`the clip plays in the panel, ${playing.width} x ${playing.height}`);
  return { ...take, statusBar: seen, playing };
}

/** Finished takes below a folder: a take is done when clip and sidecar are there. */
function takes(folder: string): readonly { readonly clip: string; readonly sidecar: string }[] {
  const files = new Set(readdirSync(folder, { recursive: true, encoding: 'utf8' }));
  return [...files]
    .filter((file) => file.endsWith('.mp4') && files.has(sidecarOf(file)))
    .map((file) => ({ clip: path.join(folder, file), sidecar: path.join(folder, sidecarOf(file)) }));
}

function sidecarOf(clip: string): string {
  return clip.replace(/\.mp4$/, '.json');
}
