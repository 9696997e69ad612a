import assert from 'node:assert/strict';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeTakesFolder, type TakesPlace, takesFolder } from '../../src/takes/takesFolder';
import { emptyFolder } from '../support/emptyFolder';

const loose = { kind: 'loose', day: '2026-11-22' } as const;

interface Desk {
  readonly home: string;
  readonly workspace: string;
  readonly place: TakesPlace;
}

/** A workspace with a file in a subfolder, and the user's own folders beside it. */
function desk(): Desk {
  const home = emptyFolder();
  const workspace = path.join(home, 'work/film');
  mkdirSync(path.join(workspace, 'boards'), { recursive: true });
  mkdirSync(path.join(home, 'Videos'));
  const place = {
    kind: loose,
    documentPath: path.join(workspace, 'boards/storm.storyboard.md'),
    workspaceFolder: workspace,
    videosFolder: path.join(home, 'Videos'),
    homeFolder: home,
  };
  return { home, workspace, place };
}

type Change = (desk: Desk) => Partial<TakesPlace>;

describe('the folder of takes', () => {
  const table: readonly (readonly [string, Change, string | { readonly refused: string }])[] = [
    ['lies beside the file', () => ({}), 'work/film/boards/takes/loose/2026-11-22'],
    [
      'lies in the workspace folder for a text that was never saved',
      () => ({ documentPath: undefined as never }),
      'work/film/takes/loose/2026-11-22',
    ],
    ['of a board has the board’s name', () => ({ kind: { kind: 'board', board: 'storm' } }), 'work/film/boards/takes/storm'],
    ['of a board is where its front matter says', () => ({ kind: { kind: 'board', board: 'storm', takes: '../out' } }), 'work/film/out'],
    [
      'follows a setting of the workspace',
      () => ({ setting: { value: 'renders', from: 'workspace' } }),
      'work/film/boards/renders/loose/2026-11-22',
    ],
    [
      'follows a relative setting of the user',
      () => ({ setting: { value: '../clips', from: 'user' } }),
      'work/film/clips/loose/2026-11-22',
    ],
    ['follows the user anywhere', ({ home }) => ({ setting: { value: path.join(home, 'nas'), from: 'user' } }), 'nas/loose/2026-11-22'],
    ['follows the user home', () => ({ setting: { value: '~/nas', from: 'user' } }), 'nas/loose/2026-11-22'],
    ['follows an empty setting nowhere', () => ({ setting: { value: ' ', from: 'workspace' } }), 'work/film/boards/takes/loose/2026-11-22'],
    [
      'is refused when a workspace names an absolute path',
      ({ home }) => ({ setting: { value: path.join(home, 'nas'), from: 'workspace' } }),
      { refused: 'absolutePath' },
    ],
    [
      'is refused when a workspace names a Windows path',
      () => ({ setting: { value: 'C:\\Users', from: 'workspace' } }),
      { refused: 'absolutePath' },
    ],
    [
      'is refused when a workspace names a network path',
      () => ({ setting: { value: '\\\\host\\share', from: 'workspace' } }),
      { refused: 'absolutePath' },
    ],
    [
      'is refused when a workspace names the home folder',
      () => ({ setting: { value: '~/x', from: 'workspace' } }),
      { refused: 'absolutePath' },
    ],
    [
      'is refused when a board names an absolute path, whatever the setting',
      ({ home }) => ({ kind: { kind: 'board', board: 'b', takes: '/tmp' }, setting: { value: home, from: 'user' } }),
      { refused: 'absolutePath' },
    ],
    ['is refused outside the workspace folder', () => ({ setting: { value: '../../..', from: 'workspace' } }), { refused: 'outsideRoot' }],
    [
      'is refused outside for a board too',
      () => ({ kind: { kind: 'board', board: 'b', takes: 'a/../../../x' } }),
      { refused: 'outsideRoot' },
    ],
    [
      'is refused in a sibling whose name begins alike',
      () => ({ setting: { value: '../../film2', from: 'workspace' } }),
      { refused: 'outsideRoot' },
    ],
    [
      'lies in the videos folder with no folder open',
      () => ({ workspaceFolder: undefined as never }),
      'Videos/Krea Video/loose/2026-11-22',
    ],
    [
      'lies there with no file either',
      () => ({ workspaceFolder: undefined as never, documentPath: undefined as never }),
      'Videos/Krea Video/loose/2026-11-22',
    ],
    [
      'of a board lies beside it with no folder open',
      () => ({ workspaceFolder: undefined as never, kind: { kind: 'board', board: 'storm' } }),
      'work/film/boards/takes/storm',
    ],
    [
      'of a board stays in the folder of the file with no folder open',
      () => ({ workspaceFolder: undefined as never, kind: { kind: 'board', board: 'b', takes: '../x' } }),
      { refused: 'outsideRoot' },
    ],
    ['of a board with a hostile name is safe', () => ({ kind: { kind: 'board', board: '..' } }), 'work/film/boards/takes/board'],
  ];
  for (const [what, change, expected] of table) {
    it(what, async () => {
      const there = desk();
      const found = await takesFolder({ ...there.place, ...change(there) });
      if (typeof expected === 'string') {
        assert.partialDeepStrictEqual(found, { kind: 'folder', path: path.join(there.home, expected) });
        assert.equal(existsSync(path.join(there.home, expected)), false);
      } else assert.partialDeepStrictEqual(found, { kind: 'refused', reason: expected.refused });
    });
  }

  it('is refused when a link leads out, wherever it stands in the path', async () => {
    for (const link of ['boards/takes', 'boards/takes/loose', 'boards/takes/loose/2026-11-22']) {
      const { home, workspace, place } = desk();
      mkdirSync(path.dirname(path.join(workspace, link)), { recursive: true });
      symlinkSync(home, path.join(workspace, link));
      assert.partialDeepStrictEqual(await takesFolder(place), { kind: 'refused', reason: 'outsideRoot' });
    }
  });

  it('may go over a link that stays inside, and is then named by its real path', async () => {
    const { workspace, place } = desk();
    mkdirSync(path.join(workspace, 'store'));
    symlinkSync('../store', path.join(workspace, 'boards/takes'));
    assert.partialDeepStrictEqual(await takesFolder(place), { kind: 'folder', path: path.join(workspace, 'store/loose/2026-11-22') });
  });

  it('is allowed in a workspace folder that is itself reached over a link', async () => {
    const { home, workspace, place } = desk();
    symlinkSync(workspace, path.join(home, 'linked'));
    const found = await takesFolder({
      ...place,
      workspaceFolder: path.join(home, 'linked'),
      documentPath: path.join(home, 'linked/boards/a.md'),
    });
    assert.partialDeepStrictEqual(found, { kind: 'folder', path: path.join(workspace, 'boards/takes/loose/2026-11-22') });
  });

  it('is refused over a link to nothing, which could be pointed anywhere later', async () => {
    const { workspace, place } = desk();
    symlinkSync('/nowhere/at/all', path.join(workspace, 'boards/takes'));
    assert.partialDeepStrictEqual(await takesFolder(place), { kind: 'refused', reason: 'brokenLink' });
  });

  it('is refused where a file stands', async () => {
    for (const file of ['boards/takes', 'boards/takes/loose/2026-11-22']) {
      const { workspace, place } = desk();
      mkdirSync(path.dirname(path.join(workspace, file)), { recursive: true });
      writeFileSync(path.join(workspace, file), '');
      assert.partialDeepStrictEqual(await takesFolder(place), { kind: 'refused', reason: 'notAFolder' });
    }
  });

  it('that winds in links is out of reach, not an exception', async () => {
    const { workspace, place } = desk();
    symlinkSync('takes', path.join(workspace, 'boards/takes'));
    assert.partialDeepStrictEqual(await takesFolder(place), { kind: 'trouble', reason: 'outOfReach', code: 'ELOOP' });
  });
});

describe('making the folder of takes', () => {
  it('makes it with all above it, and may be repeated', async () => {
    const { place } = desk();
    for (let time = 0; time < 2; time++) {
      const plan = await takesFolder(place);
      assert.ok(plan.kind === 'folder');
      assert.deepEqual(await makeTakesFolder(plan), plan);
      assert.ok(existsSync(plan.path));
    }
  });

  it('is found to be a folder by every window that makes it in the same moment', async () => {
    for (let round = 0; round < 40; round++) {
      const { place } = desk();
      const plan = await takesFolder(place);
      assert.ok(plan.kind === 'folder');
      const made = await Promise.all(Array.from({ length: 12 }, () => makeTakesFolder(plan)));
      assert.deepEqual(new Set(made.map(({ kind }) => kind)), new Set(['folder']));
    }
  });

  it('is refused when a link has come in since', async () => {
    const { home, workspace, place } = desk();
    const plan = await takesFolder(place);
    assert.ok(plan.kind === 'folder');
    symlinkSync(home, path.join(workspace, 'boards/takes'));
    assert.partialDeepStrictEqual(await makeTakesFolder(plan), { kind: 'refused', reason: 'outsideRoot' });
    assert.equal(existsSync(path.join(home, 'loose')), false);
  });

  it('tells why when the system says no', async function () {
    // a file system on which nobody, root included, can make a folder
    if (process.platform !== 'linux') this.skip();
    const found = await makeTakesFolder({ kind: 'folder', path: '/proc/takes', root: '/proc' });
    assert.partialDeepStrictEqual(found, { kind: 'trouble' });
  });
});
