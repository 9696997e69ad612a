import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isError } from '../../src/catalogue/checkRequest';
import type { Catalogue } from '../../src/catalogue/model';
import { judgeBody } from '../../src/simulator/judgeBody';
import { models, type SimulatedModel } from '../../src/simulator/models';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { changedSwitches, plainSwitches, type SwitchChange } from '../../src/simulator/switches';
import { inMemory } from '../support/emptyFolder';
import { longTests } from '../support/testFiles';
import { CatalogueLab } from './catalogueLab';
import { EveryValue } from './everyValue';
import { Lab } from './jobsLab';
import { type Body, beyondBodies, fittingBodies, packedBodies } from './requestBodies';
import { callsTo, textClip } from './simulatorCalls';

/** Takes all that it may take, and says of the rest that it does not: what is an error to us is refused, and only that. */
const service: SwitchChange = {
  uriLength: false,
  inputHosts: 'any',
  dataUris: true,
  nestedFields: 'refused',
  dependentFields: 'ignored',
  siblingsExclude: false,
};

const surroundings = {
  switches: changedSwitches(plainSwitches, service),
  fileBase: 'http://127.0.0.1:1',
  faultOf: () => undefined,
};

/**
 * Each value that a list or a limit names, in a whole job: catalogue, request, check, files, ledger, client, watch, clip,
 * sidecar. Several values go in one job, as many as the service takes together; in the long tests each by itself, and
 * values of every other kind are asked about over HTTP too (`catalogueVerdicts` does it without).
 */
describe('every value and each limit of each parameter', function () {
  this.timeout(120_000);
  const active = models.filter(({ retired }) => !retired);
  const counts = { models: 0, jobs: 0, files: 0, values: 0, refused: 0 };
  let described: CatalogueLab;
  let catalogue: Catalogue;
  let bare: Simulator;
  before(async () => {
    described = await CatalogueLab.open(service);
    catalogue = await described.load();
    bare = await startSimulator({ makeClip: textClip, switches: { ...service, jobScript: [{ status: 'completed' }] } });
  });
  after(async () => {
    await bare.close();
    await described.close();
  });

  for (const simulated of active) {
    it(`${simulated.id} makes a video of it`, async () => {
      const lab = await Lab.open({ switches: service, ...(inMemory !== undefined && { inside: inMemory }) });
      try {
        lab.simulator.setBalance(1e6);
        await makesVideos(simulated, new EveryValue(catalogue, simulated.id, join(lab.folder, 'project')), lab);
      } finally {
        await lab.close();
      }
      lab.assertClean();
    });

    it(`${simulated.id} is asked for it by a shot that says so`, () => {
      const every = new EveryValue(catalogue, simulated.id, described.folder);
      const plain = fittingBodies(simulated).filter((body) =>
        Object.values(body).every((value) => value !== null && typeof value !== 'object'),
      );
      for (const body of plain) assert.deepEqual(every.ofShot(body), body);
    });

    it(`${simulated.id} gets the verdict of the service on it, and just beyond`, async () => {
      const every = new EveryValue(catalogue, simulated.id, described.folder);
      for (const body of [...fittingBodies(simulated), ...beyondBodies(simulated, { kinds: longTests })]) {
        const told = `${simulated.id} ${JSON.stringify(body).slice(0, 300)}`;
        bare.setBalance(1e6); // a length without a limit costs without one
        const { status } = await callsTo(bare).submit(body, simulated.id);
        assert.ok(status === 200 || status === 400 || status === 422, `${status} ${told}`);
        assert.equal((await every.findings(body)).some(isError), status !== 200, told);
        counts.values += 1;
        if (status !== 200) counts.refused += 1;
      }
    });
  }

  async function makesVideos(simulated: SimulatedModel, every: EveryValue, lab: Lab): Promise<void> {
    const isTaken = (body: Body): boolean => judgeBody(simulated, body, surroundings) === undefined;
    const { bodies, alone } = longTests ? { bodies: fittingBodies(simulated), alone: [] } : packedBodies(simulated, isTaken);
    assert.deepEqual(alone, []);
    const window = lab.window();
    const jobs = [];
    for (const body of bodies) jobs.push(await window.submit(await every.order(body)));
    await lab.until('every job to end', () => !lab.markerIsThere && window.atRest, { realMs: 100_000 });
    for (const { id, order } of jobs) {
      const { state } = await lab.job(id);
      assert.ok(state.name === 'done', `${state.name}: ${JSON.stringify(order.body).slice(0, 300)}\n${lab.story()}`);
      assert.deepEqual(readFileSync(state.saved.clip), lab.clip);
      assert.deepEqual(lab.sidecar(state.saved.sidecar).request, order.body);
      const made = lab.simulator.jobs.find((job) => job.id === state.jobId);
      assert.ok(made);
      if (order.estimate.kind === 'exact') assert.equal(Math.round(made.chargedUsd * 1e6), order.estimate.microUsd);
    }
    assert.deepEqual([lab.posts.length, lab.simulator.jobs.length], [jobs.length, jobs.length]);
    counts.models += 1;
    counts.jobs += jobs.length;
    counts.files += lab.simulator.uploads.length;
  }

  it('were all asked for', () => {
    assert.equal(counts.models, 41);
    assert.ok(counts.jobs > 300 && counts.files > 60 && counts.refused > 1000, JSON.stringify(counts));
  });
});
