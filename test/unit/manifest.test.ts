import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { commandIds } from '../../src/editor/commandIds';
import { projectRoot } from '../support/projectRoot';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope: string; readonly type: string }>> };
  };
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest: Manifest = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8'));
const { contributes, capabilities } = manifest;
const english: Record<string, string> = JSON.parse(readFileSync(path.join(projectRoot, 'package.nls.json'), 'utf8'));

describe('the manifest', () => {
  it('names every command that is registered, and no other', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...commandIds].sort());
  });

  it('has menus for its own commands only', () => {
    const named = Object.values(contributes.menus).flat();
    assert.deepEqual(
      named.map(({ command }) => command).filter((id) => !commandIds.some((known) => known === id)),
      [],
    );
  });

  for (const { command, title, category } of contributes.commands)
    it(`titles ${command} as a verb phrase in title case, without the product's name`, () => {
      const text = english[title.replaceAll('%', '')] ?? '';
      assert.equal(category, '%category%');
      assert.doesNotMatch(text, /Krea/);
      assert.match(text, /^[A-Z]/);
      const small = text.split(' ').filter((word) => /^[a-z]/.test(word));
      assert.deepEqual(
        small.filter((word) => !['from', 'with', 'to', 'a', 'the', 'of', 'as', 'by', 'in'].includes(word)),
        [],
      );
    });

  const scopes = {
    application: ['apiBase', 'webhookUrl', 'network', 'confirmAbove', 'askAboveMegabytes'],
    resource: ['takesFolder', 'model', 'parameters'],
    window: ['dimUnsent', 'openPlayer', 'player.autoplay', 'player.loop', 'notifications'],
  };
  for (const [scope, names] of Object.entries(scopes))
    it(`gives ${names.join(', ')} the scope ${scope}`, () => {
      const found = Object.entries(contributes.configuration.properties).filter(([, setting]) => setting.scope === scope);
      assert.deepEqual(found.map(([name]) => name).sort(), names.map((name) => `kreaVideo.${name}`).sort());
    });

  it('ignores in an untrusted folder what the folder could abuse', () => {
    assert.deepEqual(
      [...capabilities.untrustedWorkspaces.restrictedConfigurations].sort(),
      scopes.resource.map((name) => `kreaVideo.${name}`).sort(),
    );
  });

  it('is typed against the oldest VS Code it promises', () => {
    assert.equal(`^${manifest.devDependencies['@types/vscode']}`, manifest.engines.vscode);
  });
});
