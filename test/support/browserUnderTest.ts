import { existsSync } from 'node:fs';
import path from 'node:path';
import { debianPackages } from './debianPackages';
import type { Report } from './timedSteps';

const names = ['chromium', 'google-chrome-stable', 'google-chrome', 'chromium-browser', 'microsoft-edge'];

/** Letters of the screenshots: Latin, Japanese, emoji. */
const fonts = ['fonts-dejavu-core', 'fonts-noto-cjk', 'fonts-noto-color-emoji'];

/** Where Chrome and Edge install themselves on the systems that keep programs off the PATH. */
function usualPlaces(): readonly string[] {
  switch (process.platform) {
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
    case 'win32':
      return [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA]
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => [
          path.join(folder, 'Google/Chrome/Application/chrome.exe'),
          path.join(folder, 'Microsoft/Edge/Application/msedge.exe'),
        ]);
    default:
      return [];
  }
}

function findBrowser(): string | undefined {
  const onPath = (process.env.PATH ?? '').split(path.delimiter).flatMap((folder) => names.map((name) => path.join(folder, name)));
  return [process.env.CHROMIUM, ...onPath, ...usualPlaces()].find((file) => file && existsSync(file));
}

/** The Chromium that looks at the workbench: CHROMIUM, the PATH, the usual places, or Debian's package. */
export async function browserUnderTest(report: Report): Promise<string> {
  await debianPackages([...(findBrowser() ? [] : ['chromium']), ...fonts], 'browser and fonts', report);
  const browser = findBrowser();
  if (!browser) throw new Error('No Chromium, Chrome or Edge found. Please install one, or name it in CHROMIUM.');
  return browser;
}
