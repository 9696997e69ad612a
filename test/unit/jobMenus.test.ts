import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { viewCommandIds } from '../../src/editor/commandIds';
import { projectRoot } from '../support/projectRoot';

interface MenuEntry {
  readonly command: string;
  readonly when: string;
  readonly group: string;
}

const read = (file: string): string => readFileSync(path.join(projectRoot, file), 'utf8');
const { contributes } = JSON.parse(read('package.json')) as {
  readonly contributes: {
    readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly icon: string }[] };
  };
};
const english: Readonly<Record<string, string>> = JSON.parse(read('package.nls.json'));
const items = contributes.menus['view/item/context'] ?? [];
const palette = contributes.menus.commandPalette ?? [];
const actions = viewCommandIds
  .filter((id) => id.startsWith('kreaVideo.job.'))
  .map((id) => id.slice('kreaVideo.job.'.length))
  .filter((name) => name !== 'choose');

describe('the menus of a job', () => {
  for (const action of actions) {
    const entries = items.filter(({ command }) => command === `kreaVideo.job.${action}`);

    it(`offer ${action} to the rows that can, and to no other`, () => {
      const [inMenu, ...more] = entries.filter(({ group }) => !group.startsWith('inline'));
      assert.equal(inMenu?.when, `view == kreaVideo.jobs && viewItem =~ /\\bcan-${action}\\b/`);
      assert.deepEqual(more, []);
    });

    it(`keep ${action} out of the palette, where there is no row`, () => {
      assert.equal(palette.find(({ command }) => command === `kreaVideo.job.${action}`)?.when, 'false');
    });

    it(`show ${action} beside a row only when it is the first step`, () => {
      for (const { when } of entries.filter(({ group }) => group.startsWith('inline')))
        assert.equal(when, `view == kreaVideo.jobs && viewItem =~ /\\bfirst-${action}\\b/`);
    });
  }

  it('say of every paid action that it is paid, and of every free one that fetches that it is free', () => {
    const titles = Object.fromEntries(actions.map((action) => [action, english[`command.job.${action}`] ?? '']));
    const paid = items
      .filter(({ command, group }) => command.startsWith('kreaVideo.job.') && group.startsWith('3_paid'))
      .map(({ command }) => command.split('.')[2] ?? '');
    assert.deepEqual(paid.sort(), ['generateAgain', 'sendNow', 'submitAgain']);
    for (const action of paid) assert.match(titles[action] ?? '', /Paid/);
    for (const action of ['saveAgain', 'lookAgain']) assert.match(titles[action] ?? '', /Free/);
  });

  it('have an icon of their own that is packed', () => {
    for (const { icon } of contributes.viewsContainers.activitybar) {
      assert.ok(existsSync(path.join(projectRoot, icon)));
      assert.ok(read('.vscodeignore').includes(`!${icon}`));
    }
  });
});
