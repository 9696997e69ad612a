import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import fsPromises from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { listenAtFailPoints as listenInJobs } from '../../src/jobs/failPoint';
import type { StateName } from '../../src/jobs/job';
import { listenAtFailPoints as listenInKrea } from '../../src/krea/failPoint';
import { listenAtFailPoints as listenInTakes } from '../../src/takes/failPoint';
import { takeFileNames } from '../../src/takes/takeNames';
import { tokenVariable } from '../support/childWindow';
import { noHardLinks } from '../support/noHardLinks';
import { keepDiskJournal } from './diskJournal';
import { afterChange, errorOf, type FailPoint, type Fault, type FaultAct, isStop } from './fault';
import { foreignText, type Gesture, HostWindow, stem, takesOf, type WindowPlace } from './hostWindow';
import { limitPages, troubleMs } from './ledgerTroubles';
import type { Tokens } from './people';
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
  /** Submitted once another account is in use. */
  readonly afterwards: readonly Gesture[];
  readonly fault?: Fault;
  /** Address of the service behind *Try Offline*. */
  readonly demoBase?: string;
  /** A full disk is SQLite's own quota here. */
  readonly limitsPages?: boolean;
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
  const fault = faultAt(order, (act) => happens(act));
  const reached = (point: FailPoint): void => {
    if (point === 'commit: stands') committed?.(path.join(order.place.storage, 'ledger.sqlite'));
    fault(point);
  };
  listenInKrea(reached);
  listenInJobs(reached);
  listenInTakes(reached);
  if (order.noHardLinks) fsPromises.link = noHardLinks;
  const clock = new SharedClock(order.clock).forWindow(skew);
  const tokens: Tokens = JSON.parse(process.env[tokenVariable] ?? '{}');
  const log = (line: string): void => say(`log ${line}`);
  const window = new HostWindow(order.place, tokens, clock, log);
  const { jobs } = window;
  const submit = async (gestures: readonly Gesture[], into = window): Promise<void> => {
    for (const gesture of gestures)
      await into.submit(gesture).then(
        () => into === window && say(`submitted ${gesture.id}`),
        (error: unknown) => say(`log ${gesture.id} was not taken: ${String(error)}`),
      );
  };
  const happens = (act: FaultAct): void => {
    switch (act.kind) {
      case 'kill':
        process.kill(process.pid, 'SIGKILL');
        return;
      case 'ledger':
        if (act.trouble === 'FULL' && order.limitsPages) setTimeout(limitOwnLedger(window), troubleMs);
        break;
      case 'error':
        throw errorOf(act.error);
      case 'namesTaken':
        takeNames(takesOf(order.place.project));
        if (act.thenKilled) process.kill(process.pid, 'SIGKILL');
        break;
      case 'clock':
        skew.ms += act.ms;
        break;
      case 'account':
        window.use(afterChange[act.change].inUse);
        setImmediate(() => void submit(order.afterwards));
        break;
      case 'offline':
        setImmediate(() => {
          const { storage } = order.place;
          const place = { ...order.place, storage: path.join(storage, 'offline'), project: path.join(storage, 'offline') };
          const demo = new HostWindow({ ...place, apiBase: order.demoBase ?? '' }, tokens, clock, (line) => log(`offline: ${line}`));
          demo.use('demo');
          void demo.jobs.start().then(() => submit([{ id: 'demo' }], demo));
        });
        break;
    }
    if (!isStop(act)) return;
    say('stops now');
    process.kill(process.pid, 'SIGSTOP');
  };
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
  await submit(order.gestures);
}

/** The connection is the ledger's own. */
function limitOwnLedger({ parts }: HostWindow): () => void {
  const database: unknown = Reflect.get(parts.ledger.file, 'database');
  if (!(database instanceof DatabaseSync)) throw new Error('The ledger is not open.');
  return limitPages(database);
}

function faultAt({ fault, trace }: ChildOrder, happens: (act: FaultAct) => void): (point: FailPoint) => void {
  const counts = new Map<FailPoint, number>();
  let left = fault?.act.kind === 'error' ? fault.act.times : 1;
  return (point) => {
    const count = (counts.get(point) ?? 0) + 1;
    counts.set(point, count);
    if (trace) say(`point ${point}`);
    if (!fault || point !== fault.point || count < fault.nth || left === 0) return;
    left -= 1;
    say(`fault ${fault.act.kind}`);
    happens(fault.act);
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
      say(`planted ${path.join(folder, takeFileNames(stem, number).clip)}`);
    } catch {
      // there is a take already
    }
}

void main(JSON.parse(process.argv[2] ?? '') as ChildOrder);
