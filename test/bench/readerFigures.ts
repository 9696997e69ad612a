import MarkdownIt from 'markdown-it';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import { longBoard } from '../support/longBoard';
import type { Report } from '../support/timedSteps';
import { type Figure, median } from './figure';

/** Shots of a board, and how often it is read. */
const boards = [
  { shots: 200, rounds: 101, atMost: 10 },
  { shots: 2000, rounds: 31, atMost: 60 },
  { shots: 10_000, rounds: 15, atMost: 400 },
] as const;

/** mdast takes so long that a few rounds tell enough. */
const roundsOfMdast = 5;

const warmUps = 200;

interface Reading {
  readonly shots: number;
  readonly atMost: number;
  /** Milliseconds. */
  readonly reader: number;
  readonly markdownIt: number;
  /** Of the two in the same round, so that what else the machine does weighs on both. */
  readonly ratio: number;
}

/** The same boards, read by us and by others, by turns in one process. */
export async function readerFigures(report: Report): Promise<readonly Figure[]> {
  const known = knownKeys();
  const blocksOnly = new MarkdownIt('default', { html: true });
  blocksOnly.core.ruler.enableOnly(['normalize', 'block']);
  // both are measured as they are after a while, not while they are compiled
  const small = longBoard(200);
  for (let round = 0; round < warmUps; round++) {
    readStoryboard(small, known);
    blocksOnly.parse(small, {});
  }
  const readings = boards.map(({ shots, rounds, atMost }): Reading => {
    const text = longBoard(shots);
    if (readStoryboard(text, known).shots.length !== shots) throw new Error('The reader has lost a shot.');
    const times = Array.from({ length: rounds }, () => ({
      reader: timed(() => readStoryboard(text, known)),
      markdownIt: timed(() => blocksOnly.parse(text, {})),
    }));
    return {
      shots,
      atMost,
      reader: median(times.map(({ reader }) => reader)),
      markdownIt: median(times.map(({ markdownIt }) => markdownIt)),
      ratio: median(times.map(({ reader, markdownIt }) => reader / markdownIt)),
    };
  });
  const mdast = median(Array.from({ length: roundsOfMdast }, () => timed(() => fromMarkdown(small))));
  report(`reader: ${readings.map(({ shots, reader }) => `${shots} shots ${reader.toFixed(1)} ms`).join(', ')}`);
  return [
    ...readings.map(
      ({ shots, atMost, reader, markdownIt }): Figure => ({
        name: `reader_${shots}_ms`,
        value: reader,
        unit: 'ms',
        peers: { "markdown-it's blocks": markdownIt, ...(shots === 200 && { 'mdast-util-from-markdown': mdast }) },
        target: { atMost },
        how: `a board of ${shots} shots from its text: shots, parameters, prompts, findings, each with its place`,
      }),
    ),
    {
      name: 'reader_vs_markdown_it',
      value: Math.max(...readings.map(({ ratio }) => ratio)),
      unit: 'times',
      target: { atMost: 1.6 },
      how: "the reader against markdown-it's blocks of the same text, in the same rounds; the worst of the three boards",
    },
    {
      name: 'reader_growth',
      value: growthOf(readings, ({ reader }) => reader),
      unit: 'times',
      peers: { "markdown-it's blocks": growthOf(readings, ({ markdownIt }) => markdownIt) },
      how: 'what a shot costs among 10,000 against what it costs among 200',
    },
  ];
}

/** What a shot costs in the largest board against the smallest. */
function growthOf(readings: readonly Reading[], timeOf: (reading: Reading) => number): number {
  const perShot = readings.map((reading) => timeOf(reading) / reading.shots);
  return (perShot.at(-1) ?? Number.NaN) / (perShot[0] ?? Number.NaN);
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
