import type { FaultAct as ServiceAct, Fault as ServiceFault } from '../../src/simulator/faults';
import type { SwitchChange } from '../../src/simulator/switches';
import type { HostPlan } from './plan';

/** A life of a job that comes to fail points of its own. */
export interface Scenario {
  readonly name: string;
  readonly host: HostPlan;
  readonly switches?: SwitchChange;
}

const busyOnce: SwitchChange = {
  faults: [{ method: 'POST', path: '/generate/*', act: { kind: 'answer', status: 429, body: 'json', headers: { 'Retry-After': '2' } } }],
};

const unanswered: SwitchChange = { faults: [{ method: 'POST', path: '/generate/*', act: { kind: 'reset', moment: 'afterHandling' } }] };

const unread: SwitchChange = { faults: [{ method: 'POST', path: '/generate/*', act: { kind: 'reset', moment: 'afterReading' } }] };

/** Long enough for a cancel to come in time. */
export const longer: SwitchChange = { jobScript: [{ status: 'processing', forMs: 120_000 }] };
const together: SwitchChange = { jobScript: [{ status: 'processing', forMs: 120_000 }] };

export const scenarios: readonly Scenario[] = [
  { name: 'plain', host: { gestures: 1 } },
  { name: 'editor way', host: { gestures: 1, way: 'editor' } },
  { name: 'cancel', host: { gestures: 1, cancelWhen: 'running' }, switches: longer },
  { name: 'busy first', host: { gestures: 1 }, switches: busyOnce },
  { name: 'no hard links', host: { gestures: 1, noHardLinks: true } },
  { name: 'no answer', host: { gestures: 1 }, switches: unanswered },
  { name: 'no answer, recognised', host: { gestures: 1, recognises: true }, switches: unanswered },
  { name: 'no answer beside strangers', host: { gestures: 1 }, switches: { ...unanswered, strangers: { atSubmit: 3 } } },
  { name: 'no job, and a stranger’s', host: { gestures: 1 }, switches: { ...unread, strangers: { atSubmit: 1 } } },
  { name: 'the file breaks off', host: { gestures: 1 }, switches: { files: { cut: { share: 0.5, times: 2 }, pauseMs: 3000 } } },
  { name: 'with a file', host: { gestures: 1, file: 'kept' } },
  { name: 'with a file, the editor’s way', host: { gestures: 1, file: 'kept', way: 'editor' } },
  { name: 'with a file that Krea loses', host: { gestures: 2, file: 'lost' } },
  { name: 'three at once', host: { gestures: 3 }, switches: together },
];

export function scenarioNamed(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (!found) throw new Error(`No scenario is called ${name}.`);
  return found;
}

/** The answers to so many requests are lost, after their jobs were made. */
export const lostAnswers = (count: number): SwitchChange => ({
  faults: count === 0 ? [] : [{ method: 'POST', path: '/generate/*', count, act: { kind: 'reset', moment: 'afterHandling' } }],
});

const moments = ['beforeReading', 'afterReading', 'afterHandling'] as const;
const bad: readonly ServiceAct[] = [
  ...moments.flatMap((moment): ServiceAct[] => [
    { kind: 'reset', moment },
    { kind: 'hang', moment },
  ]),
  { kind: 'answer', status: 408, body: 'json' },
  { kind: 'answer', status: 500, body: 'empty' },
  { kind: 'answer', moment: 'afterHandling', status: 504, body: 'html' },
  { kind: 'answer', moment: 'afterHandling', status: 524, body: 'html' },
  { kind: 'truncatedJson' },
  { kind: 'halfAnswer' },
  { kind: 'stalledAnswer' },
  { kind: 'captivePortal' },
  { kind: 'redirect', status: 307, to: 'self' },
  { kind: 'redirect', status: 302, to: 'files' },
];

const places: readonly (Omit<ServiceFault, 'act'> & { readonly word: string })[] = [
  { word: 'the POST', method: 'POST', path: '/generate/*' },
  { word: 'the GET before the POST', method: 'GET', path: '/jobs' },
  { word: 'a poll', method: 'GET', path: '/jobs/*', count: 2 },
  { word: 'the file', origin: 'files', count: 2 },
];

/** What the service and the network can do to a call. */
export const serviceFaults: readonly { readonly name: string; readonly fault: ServiceFault }[] = [
  ...places.flatMap(({ word, ...place }) => bad.map((act) => ({ name: `${wordsFor(act)} at ${word}`, fault: { ...place, act } }))),
  ...bad.map((act) => ({ name: `${wordsFor(act)} at the DELETE`, fault: { method: 'DELETE', act } })),
];

function wordsFor(act: ServiceAct): string {
  switch (act.kind) {
    case 'reset':
    case 'hang':
      return `${act.kind} ${act.moment}`;
    case 'answer':
      return `${act.status} ${act.moment ?? ''}`.trim();
    case 'redirect':
      return `${act.status}`;
    default:
      return act.kind;
  }
}
