import path from 'node:path';
import { projectRoot } from './projectRoot';
import { runChild } from './runChild';
import { runStages } from './suiteCounts';
import { testNode } from './testNode';

/*
 * npm run test:faults: windows are killed, stopped and troubled at every fail point.
 *   node testFaults.js [--short]
 */
const program = path.join(projectRoot, 'dist/test/faults/faults.js');
const minutes = process.argv.includes('--short') ? 10 : 60;
const run = () =>
  runChild(testNode(), ['--enable-source-maps', program, ...process.argv.slice(2)], {
    cwd: projectRoot,
    deadlineMs: minutes * 60_000,
    output: 'show',
  });

void runStages('faults', [{ title: 'faults', counts: 'its own', run }]);
