import path from 'node:path';
import { order, savedTakes, setToken } from './kreaVideoDriver';
import { projectRoot } from './projectRoot';
import { SimulatedStudio } from './simulatedStudio';
import { openFile, runCommand, screenshot, selectLines, waitForPlaying } from './workbenchDriver';

/*
 * Takes media/readme/player.png: the packed extension in a real VS Code, a storyboard with a player beside it. The clip
 * comes from the simulator.
 */
const storyboard = `---
storyboard: 1
model: kling/kling-2.5
aspect_ratio: 16:9
---

# The Lake

A short film in three shots, from dusk to night.

## SH010 Dusk

- duration: 5

A still mountain lake under a low moon. The peaks and the sky stand in the water. The camera glides slowly over the
surface towards the far shore. 35 mm film, soft grain.

> Hold the horizon level.

## SH020 The boat

- duration: 5

A small wooden boat drifts out of the reeds, an oil lamp at its bow. Rings spread over the water. Locked camera.

## SH030 Night

- duration: 10

Stars come out one by one and are doubled in the lake. The lamp goes out. Slow tilt up into the sky.
`;

async function draw(): Promise<void> {
  const studio = await SimulatedStudio.open({
    clips: 'one each',
    files: { 'lake.storyboard.md': storyboard },
    theme: 'Default Dark Modern',
    settings: { 'editor.minimap.enabled': false, 'editor.wordWrap': 'on' },
  });
  try {
    const page = await studio.openWindow();
    await page.setViewportSize({ width: 1280, height: 760 });
    await setToken(page, studio.token);
    await openFile(page, 'lake.storyboard.md');
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
    await selectLines(page, 15, 16);
    await order(studio, page);
    await savedTakes(studio, 1);
    await waitForPlaying(page);
    await page.locator('.notifications-toasts .notification-list-item').first().waitFor({ state: 'hidden', timeout: 30_000 });
    console.log(await screenshot(page, 'player', path.join(projectRoot, 'media/readme')));
  } finally {
    await studio.stop();
  }
}

void draw();
