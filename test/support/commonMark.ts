import { createRequire } from 'node:module';
import path from 'node:path';
import { projectRoot } from './projectRoot';

/** An example of the CommonMark specification. */
export interface CommonMarkExample {
  readonly number: number;
  readonly section: string;
  readonly markdown: string;
}

/** All of them, as the package of the specification has them: an arrow stands for a tab. */
export function commonMarkExamples(): readonly CommonMarkExample[] {
  const spec: unknown = createRequire(path.join(projectRoot, 'package.json'))('commonmark-spec');
  if (typeof spec !== 'object' || spec === null || !('tests' in spec) || !Array.isArray(spec.tests)) throw new Error('No examples.');
  return spec.tests.map((example: CommonMarkExample) => ({ ...example, markdown: example.markdown.replaceAll('→', '\t') }));
}
