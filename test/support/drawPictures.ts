import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { browserUnderTest } from './browserUnderTest';
import { projectRoot } from './projectRoot';
import { timedSteps } from './timedSteps';

/*
 * Draws media/icon.png and the pictures of the walkthrough from media/art, each picture once for every kind of theme:
 * VS Code gives an alternative text to pictures in png only.
 */
const art = path.join(projectRoot, 'media/art');
const pictures = ['tryOffline', 'connectKrea', 'makeVideo', 'writeStoryboard'];

/** `faint` is text that is not meant; `warm` the one thing to look at; `paper` what shows through. */
const palettes = {
  dark: { paper: '#1f1f1f', card: '#2a2a2b', line: '#6e7681', ink: '#e6e6e6', faint: '#5a5d62', accent: '#4daafc', warm: '#f2b35d' },
  light: { paper: '#ffffff', card: '#f7f7f8', line: '#9aa3ad', ink: '#2b2f33', faint: '#c5cad1', accent: '#0067c0', warm: '#c77a12' },
  hc: { paper: '#000000', card: '#000000', line: '#6fc3df', ink: '#ffffff', faint: '#a8a8a8', accent: '#21a6ff', warm: '#ffd370' },
  hcLight: { paper: '#ffffff', card: '#ffffff', line: '#0f4a85', ink: '#292929', faint: '#767676', accent: '#0f4a85', warm: '#895503' },
} as const;

async function draw(browser: Browser, svg: string, size: { width: number; height: number; scale: number }, file: string): Promise<void> {
  const page = await browser.newPage({ viewport: size, deviceScaleFactor: size.scale });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, await page.screenshot({ omitBackground: true }));
  await page.close();
}

async function drawAll(): Promise<void> {
  const browser = await chromium.launch({ executablePath: await browserUnderTest(timedSteps()), args: ['--disable-gpu'] });
  try {
    const read = (name: string) => readFileSync(path.join(art, `${name}.svg`), 'utf8');
    await draw(browser, read('icon'), { width: 256, height: 256, scale: 1 }, path.join(projectRoot, 'media/icon.png'));
    for (const name of pictures)
      for (const [theme, colours] of Object.entries(palettes)) {
        const style = Object.entries(colours)
          .map(([colour, value]) => `--${colour}:${value}`)
          .join(';');
        const svg = read(name).replace('<svg ', `<svg style="${style}" `);
        const file = path.join(projectRoot, 'media/walkthrough', `${name}-${theme}.png`);
        await draw(browser, svg, { width: 480, height: 360, scale: 1.5 }, file);
      }
  } finally {
    await browser.close();
  }
}

void drawAll();
