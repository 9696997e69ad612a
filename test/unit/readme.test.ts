import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../support/projectRoot';

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: { readonly commandPalette: readonly { readonly command: string; readonly when: string }[] };
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
  };
}

const read = (file: string): string => readFileSync(path.join(projectRoot, file), 'utf8');
const readme = read('README.md');
const manifest: Manifest = JSON.parse(read('package.json'));
const english: Readonly<Record<string, string>> = JSON.parse(read('package.nls.json'));
const { commands, menus, configuration } = manifest.contributes;
const section = (title: string): string => readme.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? assert.fail(`no part ${title}`);
const titleOf = (title: string): string => english[title.replaceAll('%', '')] ?? '';

describe('the README', () => {
  const hidden = new Set(menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command));
  for (const { command, title } of commands.filter(({ command }) => !hidden.has(command)))
    it(`names ${command} among the commands`, () => assert.ok(section('Commands').includes(titleOf(title))));

  it('sends people to commands that there are', () => {
    const titles = commands.map(({ title }) => titleOf(title));
    const named = [...readme.matchAll(/\*\*Krea Video: ([^*]+)\*\*/g)].map(([, title = '']) => title);
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((title) => !titles.includes(title)),
      [],
    );
  });

  for (const [name, { default: usual }] of Object.entries(configuration.properties))
    it(`names ${name} with its default`, () => {
      const [, shown] = section('Settings').match(new RegExp(`^\\| \`${name}\` \\| (?:\`(.*?)\`)? ?\\|`, 'm')) ?? assert.fail('no row');
      assert.equal(shown ?? '', typeof usual === 'string' ? usual : JSON.stringify(usual));
    });

  it('names no setting that is none', () => {
    const named = [...readme.matchAll(/`(kreaVideo\.[\w.]+)`/g)].map(([, name = '']) => name);
    assert.deepEqual(
      named.filter((name) => !Object.hasOwn(configuration.properties, name)),
      [],
    );
  });

  it('names scripts that there are', () => {
    const named = [...readme.matchAll(/npm (?:run )?(?!ci\b)([\w:]+)/g)].map(([, name = '']) => name);
    assert.ok(named.length > 5);
    assert.deepEqual(
      named.filter((name) => !Object.hasOwn(manifest.scripts, name)),
      [],
    );
  });

  it('leads to files that there are', () => {
    const files = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, file = '']) => file);
    assert.deepEqual(
      files.filter((file) => !existsSync(path.join(projectRoot, file))),
      [],
    );
  });

  it('names every room of the house, and no other', () => {
    const rooms = readdirSync(path.join(projectRoot, 'src')).map((name) => `src/${name}`);
    const named = [...section('Developing').matchAll(/^\| `(src\/[\w.]+)` \|/gm)].map(([, name = '']) => name);
    assert.deepEqual(named.sort(), rooms.sort());
  });

  it('gives a reason for every package', () => {
    const packages = Object.keys(manifest.devDependencies).filter((name) => !name.startsWith('@types/'));
    assert.deepEqual(
      packages.filter((name) => !section('Developing').includes(`\`${name}\``)),
      [],
    );
  });

  it('names the oldest VS Code', () => {
    const oldest = manifest.engines.vscode.replace(/^\^|\.0$/g, '');
    assert.ok(section('Install it').includes(`VS Code ${oldest} `));
  });
});
