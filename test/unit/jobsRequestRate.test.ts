import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Clock } from '../../src/jobs/clock';
import { LedgerFile, windowsKind } from '../../src/jobs/ledgerFile';
import { RequestRate, type Urgency } from '../../src/jobs/requestRate';
import { type TurnableClock, turnableClock } from '../../src/simulator/clock';
import { emptyFolder } from '../support/emptyFolder';
import { clockOn } from './clockOn';

const signal = new AbortController().signal;

describe('jobs: the rate of requests', () => {
  let clock: TurnableClock;
  let folder: string;
  let start: number;
  beforeEach(() => {
    clock = turnableClock();
    start = clock.now();
    folder = emptyFolder();
  });

  const window = (own: Clock = clockOn(clock)): RequestRate =>
    new RequestRate(own, new LedgerFile(folder, own, () => undefined, windowsKind));
  /** The moments (ms from the start) at which so many calls went. */
  const calls = (rate: RequestRate, count: number, urgency: Urgency, times: [Urgency, number][]): Promise<unknown> =>
    Promise.all(
      Array.from({ length: count }, async () => {
        await rate.turn(signal, urgency);
        times.push([urgency, clock.now() - start]);
      }),
    );
  const untilDone = async (work: Promise<unknown>): Promise<void> => {
    let done = false;
    void work.then(() => {
      done = true;
    });
    while (!done) {
      for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
      if (!done) await clock.advanceToNext();
    }
  };

  const bursts: readonly (readonly [Urgency, readonly number[]])[] = [
    ['poll', [0, 0, 0, 1000, 2000, 3000, 4000]],
    ['act', [0, 0, 0, 1000, 2000, 3000, 4000]],
    ['cancel', [0, 0, 0, 0, 0, 1000, 2000]],
  ];
  for (const [urgency, expected] of bursts)
    it(`${urgency}: a burst, then one a second`, async () => {
      const times: [Urgency, number][] = [];
      await untilDone(calls(window(), expected.length, urgency, times));
      assert.deepEqual(
        times.map(([, at]) => at),
        expected,
      );
    });

  it('after any number of polls and submits two calls are left for a cancel at once', async () => {
    const times: [Urgency, number][] = [];
    const rate = window();
    const polls = calls(rate, 9, 'poll', times);
    await untilDone(calls(rate, 3, 'act', times));
    await rate.turn(signal, 'cancel');
    await rate.turn(signal, 'cancel');
    await untilDone(polls);
    assert.ok(times.length === 12);
  });

  it('the user’s acts go before polls that waited longer, but not for ever', async () => {
    const times: [Urgency, number][] = [];
    const [one, other] = [window(), window()];
    const polls = calls(one, 6, 'poll', times);
    await untilDone(Promise.all([polls, calls(other, 20, 'act', times)]));
    const inOrder = times.toSorted(([, a], [, b]) => a - b).map(([urgency]) => urgency);
    assert.ok(inOrder.lastIndexOf('poll') > 6);
    const waited = times.filter(([urgency]) => urgency === 'poll').map(([, at]) => at);
    assert.ok(Math.max(...waited) <= 26_000, waited.join());
  });

  it('three windows together send at most 65 in any 60 s', async () => {
    const times: [Urgency, number][] = [];
    const windows = [window(), window(), window()];
    await untilDone(
      Promise.all(
        windows.flatMap((rate) => [calls(rate, 25, 'poll', times), calls(rate, 15, 'act', times), calls(rate, 10, 'cancel', times)]),
      ),
    );
    assert.equal(times.length, 150);
    const sent = times.map(([, at]) => at).sort((a, b) => a - b);
    const most = Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + 60_000).length));
    assert.ok(most <= 65, `${most} in 60 s`);
  });

  for (const [name, jump] of [
    ['back by an hour', -3_600_000],
    ['on by a day', 86_400_000],
    ['back by a day', -86_400_000],
  ] as const)
    it(`a clock set ${name} does not keep anyone waiting`, async () => {
      const skew = { ms: 0 };
      const rate = window(clockOn(clock, { skew }));
      for (let call = 0; call < 3; call++) await rate.turn(signal);
      skew.ms = jump;
      const times: [Urgency, number][] = [];
      await untilDone(calls(rate, 3, 'poll', times));
      assert.ok(times.every(([, at]) => at <= 3000));
    });

  it('holds too where the ledger cannot be written', async () => {
    const own = clockOn(clock);
    const rate = new RequestRate(own, new LedgerFile(join(folder, 'windows.sqlite', 'no'), own, () => undefined, windowsKind));
    await window().turn(signal); // makes the file in whose place a folder would be needed
    const times: [Urgency, number][] = [];
    await untilDone(calls(rate, 5, 'poll', times));
    assert.deepEqual(
      times.map(([, at]) => at),
      [0, 0, 0, 1000, 2000],
    );
  });

  it('lets go at once when the window closes', async () => {
    const rate = window();
    for (let call = 0; call < 3; call++) await rate.turn(signal);
    await rate.turn(AbortSignal.abort());
  });
});
