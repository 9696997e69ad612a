import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { runChild } from './runChild';
import type { Report } from './timedSteps';

/** Debian itself only: Ubuntu's `chromium` package is a stub for a snap. */
function isDebian(): boolean {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

function isInstalled(name: string): boolean {
  const { stdout } = spawnSync('dpkg', ['-s', name], { encoding: 'utf8' });
  return /^Status: install ok installed$/m.test(stdout ?? '');
}

/** Installs what is missing on Debian as root; elsewhere says what is missing, in one line, and goes on. */
export async function debianPackages(names: readonly string[], why: string, report: Report): Promise<void> {
  if (process.platform !== 'linux') return;
  const debian = isDebian();
  const missing = debian ? names.filter((name) => !isInstalled(name)) : [];
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    report(`${why}: missing here. Please run: sudo apt-get install --no-install-recommends ${missing.join(' ')}`);
    return;
  }
  const options = {
    cwd: '/',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    deadlineMs: 10 * 60_000,
    output: 'quiet',
  } as const;
  await runChild('apt-get', ['update', '-qq'], options);
  await runChild('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], options);
  report(`${why}: installed ${missing.join(', ')}`);
}
