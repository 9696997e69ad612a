import assert from 'node:assert/strict';
import type { ToPage } from '../../src/player/messages';
import { PageLink, readyWithin } from '../../src/player/pageLink';

/** A panel of which nothing is real but the order of events; its clock is turned by hand. */
function bench() {
  const posted: ToPage[] = [];
  const timers = new Set<{ run: () => void; ms: number }>();
  const seen = { posted, loads: 0, deaths: 0 };
  const link = new PageLink(
    {
      post: (message) => posted.push(message),
      load: () => {
        seen.loads++;
      },
      later: (run, ms) => {
        const timer = { run, ms };
        timers.add(timer);
        return () => timers.delete(timer);
      },
    },
    () => {
      seen.deaths++;
    },
  );
  const turn = () => {
    for (const timer of [...timers]) {
      assert.equal(timer.ms, readyWithin);
      timers.delete(timer);
      timer.run();
    }
  };
  return { link, seen, timers, turn };
}

describe('the link to the page', () => {
  it('drops what is posted before the page is ready', () => {
    const { link, seen } = bench();
    link.open();
    assert.equal(link.post({ type: 'pause' }), false);
    link.found();
    assert.equal(link.post({ type: 'pause' }), true);
    assert.deepEqual(seen.posted, [{ type: 'pause' }]);
  });

  it('loads a silent page once more, then gives it up', () => {
    const { link, seen, turn, timers } = bench();
    link.open();
    assert.equal(seen.loads, 1);
    turn();
    assert.deepEqual([seen.loads, seen.deaths], [2, 0]);
    turn();
    assert.deepEqual([seen.loads, seen.deaths, timers.size], [2, 1, 0]);
  });

  it('still takes a page that comes after it was given up', () => {
    const { link, turn } = bench();
    link.open();
    turn();
    turn();
    link.found();
    assert.equal(link.post({ type: 'empty' }), true);
  });

  it('keeps no timer once the page is ready, hidden or gone', () => {
    for (const end of ['found', 'lost'] as const) {
      const { link, timers } = bench();
      link.open();
      assert.equal(timers.size, 1);
      link[end]();
      assert.equal(timers.size, 0);
    }
  });

  it('waits anew for the page that comes when the panel is shown again, without loading it', () => {
    const { link, seen, turn } = bench();
    link.open();
    link.found();
    link.lost();
    assert.equal(link.post({ type: 'pause' }), false);
    link.expect();
    assert.equal(seen.loads, 1);
    turn();
    assert.equal(seen.loads, 2);
  });
});
