import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import fsPromises from 'node:fs/promises';
import path from 'node:path';
import { listenAtFailPoints as listenInJobs } from '../../src/jobs/failPoint';
import type { StateName } from '../../src/jobs/job';
import { listenAtFailPoints as listenInKrea } from '../../src/krea/failPoint';
import { listenAtFailPoints as listenInTakes } from '../../src/takes/failPoint';
import { takeFileNames } from '../../src/takes/takeNames';
import { tokenVariable } from '../support/childWindow';
import { noHardLinks } from '../support/noHardLinks';
import { keepDiskJournal } from './diskJournal';
import { errorOf, type FailPoint, type Fault } from './fault';
import { foreignText, type Gesture, HostWindow, stem, takesOf, type WindowPlace } from './hostWindow';
import { type ClockPlace, SharedClock } from './sharedClock';

/*
 * A window in a process of its own to which one fault happens. Ends by itself when it has nothing more to do.
 *   node faultChild.js '<ChildOrder>'
 */
export interface ChildOrder {
  readonly place: WindowPlace;
  readonly clock: ClockPlace;
  /** Submitted one after the other; without any the window only starts. */
  readonly gestures: readonly Gesture[];
  readonly fault?: Fault;
  /** Asks to cancel its jobs when they get to this state. */
  readonly cancelWhen?: StateName;
  readonly noHardLinks?: boolean;
  /** Its user takes the first clip that may be the one for the one. */
  readonly recognises?: boolean;
  /** Tells every fail point it comes to. */
  readonly trace?: boolean;
  /** Writes down there what it does to the disk. */
  readonly journal?: string;
}

/** Now, even if this process is stopped or killed in the next moment. */
const say = (line: string): void => void writeSync(1, `${line}\n`);

async function main(order: ChildOrder): Promise<void> {
  const skew = { ms: 0 };
  const committed = order.journal === undefined ? undefined : keepDiskJournal(openSync(order.journal, 'a'));
  const fault = faultAt(order, skew);
  const reached = (point: FailPoint): void => {
    if (point === 'commit: stands') committed?.(path.join(order.place.storage, 'ledger.sqlite'));
    fault(point);
  };
  listenInKrea(reached);
  listenInJobs(reached);
  listenInTakes(reached);
  if (order.noHardLinks) fsPromises.link = noHardLinks;
  const clock = new SharedClock(order.clock).forWindow(skew);
  const window = new HostWindow(order.place, process.env[tokenVariable] ?? '', clock, (line) => say(`log ${line}`));
  const { jobs } = window;
  jobs.events.on('step', ({ job }) => {
    say(`step ${job.id} ${job.state.name}`);
    if (job.state.name === order.cancelWhen) void jobs.cancel(job.id).catch((error: unknown) => say(`log cancel: ${String(error)}`));
  });
  jobs.events.on('changed', (list) => {
    if (!order.recognises) return;
    for (const { id, state } of list)
      if (state.name === 'perhaps' && state.clip) void jobs.recognise(id).catch((error: unknown) => say(`log recognise: ${String(error)}`));
  });
  await jobs.start();
  for (const gesture of order.gestures)
    await window.submit(gesture, order.place.project).then(
      () => say(`submitted ${gesture.id}`),
      (error: unknown) => say(`log ${gesture.id} was not taken: ${String(error)}`),
    );
}

function faultAt({ fault, trace, place }: ChildOrder, skew: { ms: number }): (point: FailPoint) => void {
  const counts = new Map<FailPoint, number>();
  let left = fault?.act.kind === 'error' ? fault.act.times : 1;
  return (point) => {
    const count = (counts.get(point) ?? 0) + 1;
    counts.set(point, count);
    if (trace) say(`point ${point}`);
    if (!fault || point !== fault.point || count < fault.nth || left === 0) return;
    left -= 1;
    say(`fault ${fault.act.kind}`);
    switch (fault.act.kind) {
      case 'kill':
      case 'stop':
        process.kill(process.pid, fault.act.kind === 'kill' ? 'SIGKILL' : 'SIGSTOP');
        return;
      case 'error':
        throw errorOf(fault.act.error);
      case 'namesTaken':
        takeNames(takesOf(place.project));
        if (fault.act.thenKilled) process.kill(process.pid, 'SIGKILL');
        return;
      case 'clock':
        skew.ms += fault.act.ms;
        return;
    }
  };
}

/** Somebody's own files, under every name that comes next. */
function takeNames(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (let number = 1; number < 6; number++)
    try {
      const file = openSync(path.join(folder, takeFileNames(stem, number).clip), 'wx');
      writeFileSync(file, foreignText);
      closeSync(file);
      say(`planted ${takeFileNames(stem, number).clip}`);
    } catch {
      // there is a take already
    }
}

void main(JSON.parse(process.argv[2] ?? '') as ChildOrder);
