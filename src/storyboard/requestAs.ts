import { requestAsCurl } from './requestAsCurl';
import { requestAsGo } from './requestAsGo';
import { requestAsNode } from './requestAsNode';
import { requestAsPython } from './requestAsPython';
import type { RequestSample } from './requestSample';

export const sampleLanguages = ['curl', 'node', 'python', 'go'] as const;

export type SampleLanguage = (typeof sampleLanguages)[number];

const generators: Readonly<Record<SampleLanguage, (sample: RequestSample) => string>> = {
  curl: requestAsCurl,
  node: requestAsNode,
  python: requestAsPython,
  go: requestAsGo,
};

/** A whole program: it submits once, looks every 5 s, and prints the address of the clip. */
export function requestAs(language: SampleLanguage, sample: RequestSample): string {
  return generators[language](sample);
}
