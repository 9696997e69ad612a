import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { projectRoot } from '../support/projectRoot';

const read = (file: string): string => readFileSync(path.join(projectRoot, file), 'utf8');
const json = (file: string): Record<string, unknown> => JSON.parse(read(file));
const sources = readdirSync(path.join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file: file.replaceAll('\\', '/'), contents: read(path.join('src', file)) }));
const shown = sources.filter(({ file }) => /^(editor|player)\/|^(extension|studio)\.ts$/.test(file));

const placeholders = (text: string): string => [...text.replace(/\/[A-Z].*$/, '').matchAll(/\{\d+\}/g)].map(String).sort().join();

describe('texts for people', () => {
  let english: Record<string, unknown>;
  const japanese = json('media/l10n/bundle.l10n.ja.json');

  before(async function () {
    this.timeout(60_000); // it compiles a parser first
    english = await getL10nJson(shown.map(({ contents }) => ({ extension: '.ts', contents })));
  });

  it('all have a Japanese form, and no Japanese text is left over', () => {
    assert.deepEqual(Object.keys(japanese).sort(), Object.keys(english).sort());
  });

  it('carry the same placeholders in both languages', () => {
    const different = Object.entries(japanese).filter(([key, text]) => placeholders(key) !== placeholders(String(text)));
    assert.deepEqual(different, []);
  });

  it('of the manifest are complete in both languages, and every one is used', () => {
    const used = [...new Set([...read('package.json').matchAll(/%([\w.]+)%/g)].map(([, key]) => key))].sort();
    assert.deepEqual(Object.keys(json('package.nls.json')).sort(), used);
    assert.deepEqual(Object.keys(json('package.nls.ja.json')).sort(), used);
  });

  it('are really Japanese', () => {
    const untranslated = Object.entries({ ...japanese, ...json('package.nls.ja.json') })
      .filter(([key]) => key !== 'category')
      .filter(([, text]) => !/[\u3040-\u30ff\u4e00-\u9fff]/.test(String(text)));
    assert.deepEqual(untranslated, []);
  });

  it('never stand bare in a call that shows them', () => {
    const bare = shown.flatMap(({ file, contents }) =>
      [
        ...contents.matchAll(
          /(?:show(?:Information|Warning|Error)Message|setStatusBarMessage)\(\s*(['"`][^)]*)|\b(?:placeHolder|placeholder|tooltip|prompt|title|detail):\s*(['"`][A-Z][^,]*)/g,
        ),
      ].map(([text]) => `${file}: ${text}`),
    );
    // an icon or a translated text at the beginning is no bare text
    assert.deepEqual(
      bare.filter((call) => !/\(`\$[({]/.test(call)),
      [],
    );
  });

  const forbidden: readonly (readonly [RegExp, string])[] = [
    [/\bretry\b/i, 'it does not say whether it costs'],
    [/\b(ledger|catalogue|watch)\b/i, 'a word of the code'],
    [/≈|~\$/, 'say "about"'],
    [/\b(asset|render|task)\b/i, 'a synonym for a word of ours'],
  ];
  for (const [word, why] of forbidden)
    it(`never use ${word} (${why})`, () => {
      const texts = [...Object.keys(english), ...Object.values(json('package.nls.json')).map(String)];
      assert.deepEqual(
        texts.filter((text) => word.test(text)),
        [],
      );
    });
});
