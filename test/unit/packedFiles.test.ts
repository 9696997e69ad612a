import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { projectRoot } from '../support/projectRoot';

/** All that ships, and nothing else. */
const expected = [
  'package.json',
  'package.nls.json',
  'package.nls.ja.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'dist/extension.js',
  'dist/studio.js',
  'dist/offline.js',
  'dist/lib/ajv.js',
  'dist/lib/openApiWorker.js',
  'dist/lib/mediabunny.js',
  'dist/lib/undici.js',
  'dist/player/page.js',
  'dist/player/page.css',
  'media/icon.png',
  'media/jobs.svg',
  ...['demo', 'l10n', 'walkthrough'].flatMap((folder) =>
    readdirSync(path.join(projectRoot, 'media', folder)).map((name) => `media/${folder}/${name}`),
  ),
];

describe('the packed extension', () => {
  it('holds what people need and nothing else', async function () {
    this.timeout(60_000); // the packer loads slowly
    const files = await listFiles({ cwd: projectRoot, packageManager: PackageManager.None });
    assert.deepEqual(files.map((file) => file.replaceAll('\\', '/')).sort(), expected.sort());
  });

  it('holds every picture and file that its manifest names', () => {
    const manifest = readFileSync(path.join(projectRoot, 'package.json'), 'utf8');
    const named = [...manifest.matchAll(/"(?:\.\/)?((?:media|dist)\/[^"]+\.\w+)"/g)].map(([, file = '']) => file);
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((file) => !expected.includes(file)),
      [],
    );
  });
});
