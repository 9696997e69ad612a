import assert from 'node:assert/strict';
import { LooksInTurn } from '../../src/editor/looksInTurn';
import { waitFor } from '../support/waitFor';

describe('looks in turn', () => {
  it('never lose a question, at whatever moment of a look it is asked', async () => {
    for (let moment = 0; moment < 12; moment++) {
      const looks = new LooksInTurn((error) => assert.fail(String(error)));
      let [truth, seen] = [0, 0];
      const look = async (): Promise<void> => {
        const found = truth;
        await null;
        seen = found;
      };
      looks.ask('board', look);
      for (let tick = 0; tick < moment; tick++) await null;
      truth = 1;
      looks.ask('board', look);
      await waitFor(`the last word, asked after ${moment} ticks`, () => seen === 1);
    }
  });

  it('run one at a time for each key, and once more however often it was asked meanwhile', async () => {
    const looks = new LooksInTurn((error) => assert.fail(String(error)));
    let [now, most, count] = [0, 0, 0];
    const look = async (): Promise<void> => {
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      now--;
      count++;
    };
    for (let ask = 0; ask < 5; ask++) looks.ask('a', look);
    await waitFor('both looks', () => count === 2 && now === 0);
    await new Promise(setImmediate);
    assert.deepEqual([most, count], [1, 2]);
  });

  it('go on after one that failed', async () => {
    const told: unknown[] = [];
    const looks = new LooksInTurn((error) => told.push(error));
    looks.ask('a', () => Promise.reject(new Error('no disk')));
    await waitFor('the trouble', () => told.length === 1);
    let looked = false;
    looks.ask('a', async () => {
      looked = true;
    });
    await waitFor('the next look', () => looked);
  });
});
