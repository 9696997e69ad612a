import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath } from '@vscode/test-electron';
import { installedFolder, projectRoot } from './projectRoot';
import type { Report } from './timedSteps';
import { desktopVersion } from './vscodeUnderTest';

/** Whether a window of a desktop program can be seen here. */
export function hasDesktop(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** The installed VS Code's command, when it is new enough for us. */
function installed(): string | undefined {
  // inside a remote window `code` talks to that window and starts nothing
  if (process.env.VSCODE_IPC_HOOK_CLI) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const file = (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((place) => existsSync(place));
  if (!file) return undefined;
  const shell = process.platform === 'win32';
  const { stdout } = spawnSync(shell ? `"${file}"` : file, ['--version'], { encoding: 'utf8', shell, timeout: 30_000 });
  const minor = (version: string | undefined) => Number(/^1\.(\d+)\./.exec(version ?? '')?.[1] ?? 0);
  return minor(stdout) >= minor(desktopVersion.floor) ? file : undefined;
}

/** The command of a desktop VS Code: the installed one, else the newest as a download; undefined when neither can be had. */
export async function desktopVscode(report: Report): Promise<string | undefined> {
  const found = installed();
  if (found) return found;
  report(`No VS Code ${desktopVersion.floor} or newer is installed here; trying to download one`);
  try {
    const program = await downloadAndUnzipVSCode({ version: desktopVersion.current, cachePath: installedFolder });
    return resolveCliPathFromVSCodeExecutablePath(program);
  } catch (error) {
    report(`It could not be downloaded (${error instanceof Error ? error.message : error})`);
    return undefined;
  }
}

/** Opens a window with the unpacked extension and a throwaway profile, and waits until it is closed. */
export async function openDesktopWindow(
  command: string,
  folder: string,
  file: string,
  settings: { readonly [key: string]: unknown },
): Promise<void> {
  const profile = mkdtempSync(path.join(tmpdir(), 'krea-video-profile-'));
  mkdirSync(path.join(profile, 'data/User'), { recursive: true });
  writeFileSync(path.join(profile, 'data/User/settings.json'), JSON.stringify(settings, null, 2));
  const args = [
    `--extensionDevelopmentPath=${projectRoot}`,
    `--user-data-dir=${path.join(profile, 'data')}`,
    `--extensions-dir=${path.join(profile, 'extensions')}`,
    ...['--disable-workspace-trust', '--skip-welcome', '--new-window', '--wait'],
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    folder,
    file,
  ];
  const shell = process.platform === 'win32';
  const quoted = (text: string) => (shell ? `"${text}"` : text);
  try {
    await new Promise<void>((resolve, reject) => {
      const window = spawn(quoted(command), args.map(quoted), { stdio: 'ignore', shell });
      window.once('error', reject);
      window.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}.`))));
    });
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
