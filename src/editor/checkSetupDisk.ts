import { randomUUID } from 'node:crypto';
import { access, mkdir, rm, rmdir, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { env, l10n, Uri, window } from 'vscode';
import { errorCode, type FileTrouble, fileTrouble } from '../takes/fileTrouble';
import { fsyncFile } from '../takes/fsync';
import { makeTakesFolder } from '../takes/takesFolder';
import type { SetupLine } from './checkSetupReport';
import type { Desk } from './desk';
import { destinationFor } from './destination';

/** Bytes. Below it the disk may be full before the next clips are saved: 4K clips have some 100 MB. */
const roomThatMatters = 500_000_000;

const takesSetting = { kind: 'setting', name: 'kreaVideo.takesFolder' } as const;

/** What is asked of a disk. */
export interface Disk {
  /** Writes a small file there, for good, and takes it away. Rejects with the system's error. */
  readonly tryWriting: (folder: string) => Promise<void>;
  /** Bytes left for this user; `undefined` where the disk does not say. */
  readonly room: (folder: string) => Promise<number | undefined>;
}

const thisDisk: Disk = {
  tryWriting: writeAndRemove,
  room: async (folder) => {
    const { blocks, bavail, bsize } = await statfs(folder);
    return blocks > 0 ? bavail * bsize : undefined;
  },
};

/** Whether the next loose take could be written: makes a file where it would go, and takes away all that was made. */
export async function checkTakesFolder(desk: Pick<Desk, 'takesRoot'>, now: Date, disk: Disk = thisDisk): Promise<SetupLine> {
  const subject = l10n.t('Takes folder');
  const document = window.activeTextEditor?.document ?? { uri: Uri.from({ scheme: 'untitled', path: 'setup' }) };
  const destined = await destinationFor(document, '', now, desk.takesRoot);
  const refused: SetupLine = {
    subject,
    outcome: 'fault',
    code: 'takes.refused',
    step: takesSetting,
    words: l10n.t(
      'Takes cannot be saved where kreaVideo.takesFolder says, so nothing is sent. Name a folder inside the workspace folder there; an absolute path counts only in your user settings.',
    ),
  };
  if (destined.kind !== 'destination') return refused;
  const { folder, root } = destined.destination;
  const there = await lowestThere(folder);
  try {
    const made = await makeTakesFolder({ kind: 'folder', path: folder, root });
    if (made.kind === 'refused') return refused;
    if (made.kind === 'trouble') return takesTrouble(subject, made);
    await disk.tryWriting(made.path);
    const little = await littleRoom(made.path, disk);
    if (little !== undefined)
      return {
        subject,
        outcome: 'fault',
        code: 'takes.nearlyFull',
        words: l10n.t('A clip could be written there, but only {0} MB are left on its disk. Make room: a clip may have 100 MB.', little),
      };
    return { subject, outcome: 'good', code: 'takes.writable', words: l10n.t('A clip could be written there.') };
  } catch (error) {
    return takesTrouble(subject, fileTrouble(error));
  } finally {
    await removeEmpty(folder, there);
  }
}

function takesTrouble(subject: string, { reason, code }: FileTrouble): SetupLine {
  const words = {
    folderGone: () => l10n.t('A folder on the way to it is missing or is a file ({0}).', code),
    denied: () => l10n.t('It may not be written ({0}).', code),
    full: () => l10n.t('The disk is full ({0}).', code),
    outOfReach: () => l10n.t('Its disk cannot be reached now ({0}).', code),
  }[reason]();
  const meaning = l10n.t(
    "A finished clip would be kept in the extension's storage instead; nothing is lost. Make the folder writable or change kreaVideo.takesFolder.",
  );
  const step = reason === 'full' ? undefined : takesSetting;
  return { subject, outcome: 'fault', code: `takes.${reason}`, words: `${words} ${meaning}`, ...(step && { step }) };
}

/** The database that keeps jobs safe, tried on a file of its own beside the real one. */
export async function checkStorage(folder: string, disk: Disk = thisDisk): Promise<SetupLine> {
  const subject = l10n.t('List of jobs');
  const fault = (code: string, words: string): SetupLine => ({ subject, outcome: 'fault', code, words });
  const sqlite = await import('node:sqlite').catch(() => undefined);
  if (!sqlite)
    return fault(
      'storage.noSqlite',
      l10n.t('This editor lacks the database (node:sqlite) in which jobs are kept safe, so nothing was sent. Use VS Code 1.110 or newer.'),
    );
  const path = join(folder, `setup-${randomUUID()}.sqlite`);
  try {
    await mkdir(folder, { recursive: true });
    const database = new sqlite.DatabaseSync(path, { timeout: 0 });
    try {
      const mode = database.prepare('PRAGMA journal_mode = TRUNCATE').get()?.journal_mode;
      database.exec(
        'PRAGMA synchronous = FULL; CREATE TABLE proof (word TEXT) STRICT; BEGIN IMMEDIATE; INSERT INTO proof VALUES (1); COMMIT',
      );
      if (mode !== 'truncate')
        return fault(
          'storage.journal',
          l10n.t('The disk of the extension storage does not keep what is written safely. Use a local disk.'),
        );
    } finally {
      database.close();
    }
    const little = await littleRoom(folder, disk);
    if (little !== undefined)
      return fault(
        'storage.nearlyFull',
        l10n.t('It can be written, but only {0} MB are left on its disk, where clips lie while they are fetched. Make room.', little),
      );
    return { subject, outcome: 'good', code: 'storage.truncate', words: l10n.t('It can be written, and survives a crash.') };
  } catch (error) {
    return fault(
      `storage.${reasonOf(error)}`,
      l10n.t('It cannot be written, so nothing would be sent. Make room on the disk, or make the extension storage writable.'),
    );
  } finally {
    for (const file of [path, `${path}-journal`]) await rm(file, { force: true }).catch(() => undefined);
  }
}

/** SQLite's primary result codes 13 (FULL); all others (8 READONLY, 10 IOERR, 14 CANTOPEN) keep their number. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return errorCode(error);
  const primary = error.errcode & 0xff;
  return primary === 13 ? 'full' : `sqlite${primary}`;
}

/** Megabytes left, when they are few. */
async function littleRoom(folder: string, disk: Disk): Promise<string | undefined> {
  const room = await disk.room(folder).catch(() => undefined);
  if (room === undefined || room >= roomThatMatters) return undefined;
  return new Intl.NumberFormat(env.language, { maximumFractionDigits: 0 }).format(room / 1_000_000);
}

async function writeAndRemove(folder: string): Promise<void> {
  const file = join(folder, `.setup-${randomUUID()}`);
  try {
    await writeFile(file, 'Krea Video', { flag: 'wx' });
    const synced = await fsyncFile(file);
    if (synced.kind === 'trouble') throw Object.assign(new Error('fsync'), { code: synced.code });
  } finally {
    await rm(file, { force: true });
  }
}

async function lowestThere(folder: string): Promise<string> {
  for (let path = folder; ; path = dirname(path)) {
    const there = await access(path).then(
      () => true,
      () => false,
    );
    if (there || path === dirname(path)) return path;
  }
}

/** Folders that were made for the proof; what came into them meanwhile keeps them. */
async function removeEmpty(folder: string, keep: string): Promise<void> {
  for (let path = folder; path !== keep && path !== dirname(path); path = dirname(path)) {
    try {
      await rmdir(path);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') return;
    }
  }
}
