import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { editorThemes, type ThemeName } from '../support/editorThemes';
import { choose, control, japaneseTexts, keep, playerBench, seen, show, texts } from '../support/playerBench';
import type { LabPage } from '../support/playerLab';

const axe = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What stands in the way of people who see, hear or move otherwise: all rules of axe, from serious on. */
async function barriers(page: LabPage): Promise<readonly string[]> {
  await page.page.evaluate(`${axe}; undefined`);
  const findings: readonly Finding[] = await page.page.evaluate('axe.run(document).then(({ violations }) => violations)');
  return findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 120)} ${failureSummary}`));
}

describe('access to the player', () => {
  const { clip, start } = playerBench();

  const states: Readonly<Record<string, (page: LabPage) => Promise<void>>> = {
    'a clip': async (page) => {
      await page.send(show(await clip()));
      await seen(page);
    },
    'every toggle on': async (page) => {
      await page.send(show(await clip({}, 'spoken'), { loop: true }));
      await seen(page);
      await page.page.keyboard.press('m');
      await page.page.keyboard.press('<');
      await control(page, texts.loop).focus();
    },
    'the menu': async (page) => {
      await page.send(show(await clip()));
      await seen(page);
      await control(page, texts.more).click();
      await page.page.locator('.menu').waitFor();
    },
    properties: async (page) => {
      await page.send(show(await clip()));
      await seen(page);
      await choose(page, texts.properties);
      await page.page.getByRole('dialog').waitFor();
    },
    'no sound here': async (page) => {
      await page.send(show(await clip({ sound: 'aac' })));
      await seen(page);
      await page.page.locator('.notice').waitFor();
    },
    'a missing file': async (page) => {
      await page.send(show(await clip({ source: { kind: 'trouble', trouble: 'missing' }, actions: ['saveAgain', 'copyPrompt'] })));
      await page.page.getByText(texts.missingHint).waitFor();
    },
    nothing: async (page) => {
      await page.send({ type: 'empty' });
      await page.page.getByText(texts.empty).waitFor();
    },
  };

  for (const theme of Object.keys(editorThemes) as ThemeName[])
    for (const [name, reach] of Object.entries(states))
      it(`${theme}: axe finds nothing serious with ${name}`, async () => {
        const page = await start({ theme, withoutAac: true, width: 760 });
        await reach(page);
        await keep(page, `${theme}-${name.replaceAll(' ', '-')}`);
        assert.deepEqual(await barriers(page), []);
      });

  it('is found wanting by axe when a button has no name', async () => {
    const page = await start();
    await page.send(show(await clip()));
    await seen(page);
    await page.page.evaluate(
      '{ const it = document.querySelector(".still"); it.replaceChildren(); it.removeAttribute("aria-label"); it.title = ""; }',
    );
    assert.match((await barriers(page)).join(), /button-name/);
  });

  it('is Japanese for a person in Japan', async () => {
    const page = await start({ language: 'ja' });
    await page.send(show(await clip({ again: 'もう一度生成… 約 $0.96', title: '砂丘の夕暮れ' })));
    await seen(page);
    await control(page, japaneseTexts().more).click();
    await page.page.locator('.menu').waitFor();
    await keep(page, 'japanese-menu');
    await page.page.keyboard.press('End');
    await page.page.keyboard.press('Enter');
    await page.page.getByRole('dialog').waitFor();
    await keep(page, 'japanese-properties');
    const untranslated = Object.entries(japaneseTexts()).filter(([, text]) => !/[\u3040-\u30ff\u4e00-\u9fff]/.test(text));
    assert.deepEqual(untranslated, []);
    assert.deepEqual(await barriers(page), []);
  });

  it('reaches every control with Tab alone, in the order it is read', async () => {
    const page = await start({ width: 760 });
    await page.send(show(await clip()));
    await seen(page);
    const reached: unknown[] = [];
    for (let at = 0; at < 11; at++) {
      await page.page.keyboard.press('Tab');
      reached.push(await page.page.evaluate('document.activeElement.ariaLabel ?? document.activeElement.textContent'));
    }
    assert.deepEqual(reached, [
      texts.position,
      texts.play,
      texts.stepBack,
      texts.stepForward,
      texts.loop,
      texts.mute,
      texts.volume,
      'Generate Again… about $0.96',
      texts.useFrame,
      texts.more,
      texts.copyPrompt,
    ]);
  });
});
