import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../support/projectRoot';

/** What each room may import from, beside itself. */
const knows: Readonly<Record<string, readonly string[]>> = {
  krea: [],
  catalogue: [],
  takes: [],
  simulator: [],
  storyboard: ['catalogue'],
  jobs: ['krea', 'takes'],
  production: ['storyboard', 'catalogue', 'jobs', 'takes'],
  editor: ['krea', 'catalogue', 'takes', 'storyboard', 'jobs', 'production', 'player'],
  player: ['krea', 'catalogue', 'takes', 'storyboard', 'jobs', 'production', 'editor'],
};

const src = path.join(projectRoot, 'src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));

const importsOf = (file: string): string[] => {
  const text = readFileSync(path.join(src, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, name]) => name ?? '');
};
const roomOf = (file: string): string => file.split('/')[0] ?? '';
const target = (file: string, name: string): string => path.posix.join(path.posix.dirname(file), name);

describe('the house', () => {
  for (const [room, known] of Object.entries(knows))
    it(`${room} imports from ${known.length > 0 ? known.join(', ') : 'no other room'}`, () => {
      const strangers = files
        .filter((file) => roomOf(file) === room)
        .flatMap((file) => importsOf(file).map((name) => ({ file, name })))
        .filter(({ name }) => name.startsWith('.'))
        .map(({ file, name }) => ({ file, to: target(file, name) }))
        .filter(({ to }) => roomOf(to) !== room && !known.includes(roomOf(to)))
        // the offline demo is a bundle of its own, loaded when it starts
        .filter(({ file, to }) => !(file === 'editor/offlineDesk.ts' && to === 'simulator/offline'));
      assert.deepEqual(strangers, []);
    });

  it('lets only extension, studio, editor and player see vscode', () => {
    const seeing = files.filter((file) => importsOf(file).includes('vscode'));
    assert.deepEqual(
      seeing.filter((file) => !/^(extension|studio)\.ts$|^(editor|player)\//.test(file) || file.startsWith('player/page/')),
      [],
    );
  });

  it('keeps the page to itself and the messages', () => {
    const outside = files
      .filter((file) => file.startsWith('player/page/'))
      .flatMap((file) => importsOf(file).map((name) => target(file, name)))
      .filter((to) => !to.startsWith('player/page/') && to !== 'player/messages');
    assert.deepEqual(outside, []);
    assert.deepEqual(importsOf('player/messages.ts'), []);
  });

  it('has no file over 300 lines', () => {
    const long = files.filter((file) => readFileSync(path.join(src, file), 'utf8').split('\n').length > 301);
    assert.deepEqual(long, []);
  });
});
