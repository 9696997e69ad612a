import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/jobs/clock';
import { LedgerLists } from '../../src/jobs/ledgerLists';
import { fillLedger, rowJob, rowState } from '../support/ledgerRows';

const noon = new Date(2026, 5, 10, 12).getTime();

describe('jobs: the filter of a list', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'krea-filter-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const job = (id: string, at: number, order = {}) => rowJob(id, at, rowState('done', id, at), order);
  const at = (source: string) => ({ destination: { folder: '/takes', root: '/project', stem: 'x', source } });

  const found: readonly (readonly [string, readonly string[]])[] = [
    ['fox', ['fox']],
    ['FOX', ['fox']],
    ['snow fox', ['fox']],
    ['fox whale', []],
    ['veo', ['whale']],
    ['sh010', ['whale']],
    ['act-1', ['fox', 'whale']],
    ['füchse', ['umlaut']],
    ['FÜCHSE', ['umlaut']],
    ['灯台', ['japanese']],
    ['ｆｏｘ', ['fox']],
    ['100%', ['percent']],
    ['_', []],
    ["' OR 1=1 --", []],
    ['   ', ['fox', 'japanese', 'percent', 'umlaut', 'whale']],
  ];
  for (const [words, expected] of found)
    it(`finds by “${words}” ${expected.join(', ') || 'nothing'}`, async () => {
      await fillLedger(folder, systemClock, [
        job('fox', noon, { prompt: 'A red fox\nin snow', ...at('act-1.md') }),
        job('whale', noon + 1, {
          prompt: 'A blue whale',
          model: { id: 'google/veo-3', name: 'Veo 3' },
          destination: { folder: '/takes', root: '/project', stem: 'x', source: 'act-1.md', shot: 'SH010' },
        }),
        job('umlaut', noon + 2, { prompt: 'Zwei Füchse', ...at('b.md') }),
        job('japanese', noon + 3, { prompt: '灯台の夜', ...at('b.md') }),
        job('percent', noon + 4, { prompt: 'zoom 100% in', ...at('b.md') }),
      ]);
      const lists = new LedgerLists(folder, systemClock, () => undefined);
      for (const by of ['day', 'storyboard'] as const) {
        const groups = await lists.groups(by, { words });
        const ids = await Promise.all(groups.map(async ({ group }) => (await lists.jobs(group, 10, { words })).jobs.map(({ id }) => id)));
        assert.deepEqual(ids.flat().sort(), expected);
      }
    });
});
