import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CommandId } from '../../src/editor/commandIds';
import { projectRoot } from './projectRoot';

type CommandName = CommandId extends `kreaVideo.${infer Name}` ? Name : never;

/** The extension's words as the window shows them. */
export interface Words {
  /** As the command palette has it, with the category. */
  command(name: CommandName): string;
  /** A text of the source, with its `{0}` filled in. What translators are told of it follows a slash, as in the bundle. */
  text(english: string, ...values: readonly (string | number)[]): string;
}

/** Read from the files that VS Code reads; a missing Japanese text throws. */
export function wordsOf(locale?: 'ja'): Words {
  const manifest = read(locale ? `package.nls.${locale}.json` : 'package.nls.json');
  const bundle = locale ? read(`media/l10n/bundle.l10n.${locale}.json`) : undefined;
  const found = (texts: Texts, key: string) => {
    const text = texts[key];
    if (text === undefined) throw new Error(`No text for: ${key}`);
    return text;
  };
  return {
    command: (name) => `${found(manifest, 'category')}: ${found(manifest, `command.${name}`)}`,
    text: (english, ...values) =>
      (bundle ? found(bundle, english) : english.replace(/\/[A-Z].*$/, '')).replace(/\{(\d+)\}/g, (hole, index) =>
        String(values[Number(index)] ?? hole),
      ),
  };
}

type Texts = Readonly<Record<string, string>>;

function read(file: string): Texts {
  return JSON.parse(readFileSync(path.join(projectRoot, file), 'utf8')) as Texts;
}
