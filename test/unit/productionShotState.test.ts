import assert from 'node:assert/strict';
import type { Job } from '../../src/jobs/job';
import { type ShotFacts, shotState } from '../../src/production/shotState';
import type { Take } from '../../src/takes/take';
import { sidecarFor } from '../support/sidecars';

const take = (number: number, hash: string, here = true): Take => ({
  number,
  sidecar: sidecarFor({ take: number, request_hash: hash }),
  sidecarPath: `${number}.json`,
  clip: here ? `${number}.mp4` : undefined,
});
const job: Job = {
  id: 'j',
  account: 'a',
  apiBase: 'https://api.krea.ai/',
  createdAt: 0,
  order: {
    model: { id: 'kling/kling-2.5', name: 'Kling 2.5' },
    endpoint: '/generate/video/kling/kling-2.5',
    body: { prompt: 'x' },
    prompt: 'x',
    parameters: {},
    requestHash: 'new',
    estimate: { kind: 'unknown' },
    destination: { folder: '/t', root: '/', stem: 'SH010', shot: 'SH010' },
  },
  owner: 'w',
  epoch: 1,
  state: { name: 'intended' },
};

describe('where a shot stands', () => {
  const nothing: ShotFacts = {
    ...{ hasPrompt: true, isFootage: false, isOmitted: false, hash: 'new', pick: undefined },
    ...{ takes: [], running: [], unclear: [], waitsFor: undefined },
  };
  const rows: readonly { readonly name: string; readonly facts: Partial<ShotFacts>; readonly state: string }[] = [
    { name: 'nothing made yet', facts: {}, state: 'noTake' },
    { name: 'no prompt', facts: { hasPrompt: false, hash: undefined }, state: 'empty' },
    { name: 'the newest take has its hash', facts: { takes: [take(1, 'old'), take(2, 'new')] }, state: 'current 2' },
    { name: 'any take has its hash', facts: { takes: [take(1, 'new'), take(2, 'old')] }, state: 'current 1' },
    {
      name: 'of two takes with its hash the one that is here',
      facts: { takes: [take(1, 'new'), take(2, 'new', false)] },
      state: 'current 1',
    },
    { name: 'no take has its hash', facts: { takes: [take(1, 'a'), take(2, 'b')] }, state: 'changed 2' },
    { name: 'its pick has its hash', facts: { pick: 1, takes: [take(1, 'new'), take(2, 'b')] }, state: 'current 1' },
    {
      name: 'its pick has another, whatever the others have',
      facts: { pick: 1, takes: [take(1, 'a'), take(2, 'new')] },
      state: 'changed 1',
    },
    { name: 'its pick is no take: as without a pick', facts: { pick: 7, takes: [take(1, 'a'), take(2, 'new')] }, state: 'current 2' },
    { name: 'its pick is a sidecar without clip', facts: { pick: 1, takes: [take(1, 'new', false), take(2, 'new')] }, state: 'notHere 1' },
    { name: 'only a sidecar', facts: { takes: [take(3, 'new', false)] }, state: 'notHere 3' },
    { name: 'a changed text is told before a missing clip', facts: { takes: [take(3, 'old', false)] }, state: 'changed 3' },
    {
      name: 'a file of the request is missing: no change is claimed',
      facts: { hash: undefined, takes: [take(1, 'a')] },
      state: 'current 1',
    },
    { name: 'a job is on its way, whatever there is', facts: { running: [job], takes: [take(1, 'new')] }, state: 'running' },
    { name: 'a submit without a clear answer', facts: { unclear: [job], takes: [take(1, 'new')] }, state: 'unclear' },
    { name: 'a running job is told before an unclear one', facts: { running: [job], unclear: [job] }, state: 'running' },
    { name: 'another shot’s frame is needed', facts: { waitsFor: 'SH009', hash: undefined }, state: 'waiting' },
    { name: 'made already, it waits for nothing', facts: { waitsFor: 'SH009', takes: [take(1, 'new')] }, state: 'current 1' },
    { name: 'own footage', facts: { isFootage: true, hasPrompt: false }, state: 'footage' },
    { name: 'omitted', facts: { isOmitted: true, takes: [take(1, 'old')] }, state: 'omitted' },
    { name: 'omitted while its job runs', facts: { isOmitted: true, running: [job] }, state: 'running' },
  ];
  for (const { name, facts, state } of rows)
    it(`${name}: ${state}`, () => {
      const found = shotState({ ...nothing, ...facts });
      assert.equal('take' in found ? `${found.kind} ${found.take.number}` : found.kind, state);
    });
});
