import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { checkStorage, checkTakesFolder, type Disk } from '../../src/editor/checkSetupDisk';
import { checkSetupPlayer } from '../../src/editor/checkSetupPlayer';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { clipFile, tinyClip } from '../support/tinyClip';
import { waitFor } from '../support/waitFor';
import { assertWords, language, readReport } from './setupReport';

/*
 * *Check My Setup* and this computer: folders, disk and player. Run once in each language.
 */
const secret = 'sim-demo-token';

describe(`Check My Setup and this computer (${language})`, () => {
  let simulator: Simulator;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const set = (name: string, value: unknown, target = vscode.ConfigurationTarget.Global) =>
    vscode.workspace.getConfiguration().update(name, value, target);
  const check = () => readReport([secret, folder, new URL(simulator.apiBase).port]);

  before(async () => {
    simulator = await startSimulator({ makeClip: () => tinyClip() });
    process.env.KREA_API_KEY = secret;
    await set('kreaVideo.apiBase', simulator.apiBase);
  });

  after(async () => {
    delete process.env.KREA_API_KEY;
    await simulator.close();
  });

  const takes: readonly (readonly [name: string, prepare: () => Thenable<void>, code: string])[] = [
    ['the takes folder is a file', () => writeFile(path.join(folder, 'takes'), ''), 'takes.refused'],
    [
      'the workspace names a takes folder outside',
      () => set('kreaVideo.takesFolder', '../out', vscode.ConfigurationTarget.Workspace),
      'takes.refused',
    ],
    [
      'the workspace names a takes folder by an absolute path',
      () => set('kreaVideo.takesFolder', '/out', vscode.ConfigurationTarget.Workspace),
      'takes.refused',
    ],
    ['the takes folder cannot be made', () => set('kreaVideo.takesFolder', '/proc/krea-video'), 'takes.folderGone'],
    // where not even root may make a folder
    ['the takes folder may not be written', () => set('kreaVideo.takesFolder', '/sys/krea-video'), 'takes.denied'],
  ];
  for (const [name, prepare, code] of takes)
    it(`names the fault when ${name}: ${code}`, async () => {
      await prepare();
      try {
        const { faults, rows } = await check();
        assert.deepEqual(faults, [code]);
        if (language === 'en') assert.match(rows.find((row) => row.code === code)?.words ?? '', /kreaVideo\.takesFolder/);
      } finally {
        await rm(path.join(folder, 'takes'), { force: true });
        await set('kreaVideo.takesFolder', undefined, vscode.ConfigurationTarget.Workspace);
        await set('kreaVideo.takesFolder', undefined);
        await rm(path.join(folder, '.vscode'), { recursive: true, force: true });
      }
    });

  it('keeps a takes folder that was there', async () => {
    const there = path.join(folder, 'takes');
    await mkdir(there);
    await check();
    assert.deepEqual(await readdir(there), []);
    await rm(there, { recursive: true });
  });

  describe('a disk', () => {
    const fails = (code: string): Partial<Disk> => ({ tryWriting: () => Promise.reject(Object.assign(new Error(code), { code })) });
    const room = (bytes: number | undefined): Partial<Disk> => ({ room: async () => bytes });
    const disks: readonly (readonly [name: string, disk: Partial<Disk>, takes: string, storage: string])[] = [
      ['that is full', fails('ENOSPC'), 'takes.full', 'storage.truncate'],
      ['whose quota is used up', fails('EDQUOT'), 'takes.full', 'storage.truncate'],
      ['that is read-only', fails('EROFS'), 'takes.denied', 'storage.truncate'],
      ['that does not answer', fails('EIO'), 'takes.outOfReach', 'storage.truncate'],
      ['that is nearly full', room(80_000_000), 'takes.nearlyFull', 'storage.nearlyFull'],
      ['that does not say what room it has', room(undefined), 'takes.writable', 'storage.truncate'],
    ];
    for (const [name, odd, takesCode, storageCode] of disks)
      it(`${name}: ${takesCode}, ${storageCode}`, async () => {
        const root = await mkdtemp(path.join(tmpdir(), 'krea-video-'));
        const disk: Disk = { tryWriting: async () => undefined, room: async () => 1e12, ...odd };
        const lines = [await checkTakesFolder({ takesRoot: root }, new Date(), disk), await checkStorage(path.join(root, 'storage'), disk)];
        assert.deepEqual(
          lines.map(({ code }) => code),
          [takesCode, storageCode],
        );
        assertWords(lines.map(({ words, outcome }) => ({ words, sign: outcome === 'fault' ? '❌' : '' })));
        assert.deepEqual(await readdir(path.join(root, 'storage')), []);
        await rm(root, { recursive: true });
      });

    const storages: readonly (readonly [name: string, make: (root: string) => Promise<string>, code: string])[] = [
      ['that is a file', async (root) => fileIn(root), 'storage.EEXIST'],
      ['that may not be written', async () => '/sys/kernel', 'storage.sqlite14'],
    ];
    for (const [name, make, code] of storages)
      it(`as storage, ${name}: ${code}`, async () => {
        const root = await mkdtemp(path.join(tmpdir(), 'krea-video-'));
        const line = await checkStorage(await make(root));
        assert.deepEqual([line.outcome, line.code], ['fault', code]);
        assertWords([{ sign: '❌', words: line.words }]);
        await rm(root, { recursive: true });
      });
  });

  describe('the player', () => {
    const extensionUri = vscode.extensions.getExtension('krea-video.krea-video')?.extensionUri ?? vscode.Uri.file('/');
    const signal = () => AbortSignal.timeout(29_000);
    const players: readonly (readonly [name: string, make: () => Promise<readonly [vscode.Uri, string]>, code: string])[] = [
      [
        'that cannot decode the clip',
        async () => [extensionUri, await clipFile('broken.mp4', Buffer.from('no clip'))],
        'player.undecodable',
      ],
      ['whose sample clip is gone', async () => [extensionUri, path.join(folder, 'gone.mp4')], 'player.noSample'],
      [
        'whose page is gone',
        async () => [vscode.Uri.file(await mkdtemp(path.join(tmpdir(), 'krea-video-'))), await clipFile()],
        'player.silent',
      ],
    ];
    for (const [name, make, code] of players)
      it(`${name}: ${code}`, async () => {
        const [at, clip] = await make();
        const [picture, sound] = await checkSetupPlayer(at, signal(), clip);
        assert.deepEqual([picture?.outcome, picture?.code, sound?.code], ['fault', code, 'sound.notAsked']);
        assertWords([{ sign: '❌', words: picture?.words ?? '' }]);
      });

    it('that is closed before it shows anything: player.closed', async () => {
      const tab = () =>
        vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ input }) => input instanceof vscode.TabInputWebview);
      await waitFor('the tabs of before to go', () => tab() === undefined);
      // a page that never comes up cannot be faster than the hand that closes it
      const checked = checkSetupPlayer(vscode.Uri.file(await mkdtemp(path.join(tmpdir(), 'krea-video-'))), signal(), await clipFile());
      await vscode.window.tabGroups.close(await waitFor('its tab', tab));
      assert.deepEqual(
        (await checked).map(({ code }) => code),
        ['player.closed', 'sound.notAsked'],
      );
    });
  });
});

async function fileIn(root: string): Promise<string> {
  const file = path.join(root, 'storage');
  await writeFile(file, '');
  return file;
}
