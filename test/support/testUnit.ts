import { runStages } from './suiteCounts';
import { runTestFiles, testFiles } from './testFiles';

void runStages('unit', [
  { title: 'unit tests', counts: 'its own', run: () => runTestFiles(testFiles('unit'), { testMs: 60_000, allMs: 15 * 60_000 }) },
]);
