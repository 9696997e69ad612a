import assert from 'node:assert/strict';
import { type Failure, failureWords, isGeneral } from '../../src/editor/failure';
import { type GestureTrouble, gestureFailure, keptFailure, unexpectedFailure, warningFailure } from '../../src/editor/gestureFailures';
import { failureOf } from '../../src/editor/jobFailures';
import { faultFailure } from '../../src/editor/networkFailures';
import type { Guess, JobState, NotFetched, NotSent } from '../../src/jobs/job';
import { LedgerTrouble } from '../../src/jobs/ledgerTrouble';
import type { NetworkFaultKind } from '../../src/krea/networkFault';

const accepted = { jobId: 'j', status: 'failed', submittedAt: 1, acceptedAt: 2, attempts: 1, endedAt: 3 };
const evidence = { status: 400, body: '' };
const job = (state: JobState): Failure => failureOf({ state }) ?? assert.fail(`${state.name} is a failure`);
const refused = (status: number, message = 'no', replacement?: string): Failure =>
  job({ name: 'refused', endedAt: 1, status, message, evidence, ...(replacement && { replacement }) });
const failed = (failure: { code?: string; message?: string }, withoutVideo = false): Failure =>
  job({ name: 'failed', ...accepted, failure, withoutVideo });

const notSent: readonly NotSent[] = ['windowEnded', 'asleep', 'network', 'noToken', 'tooBusy', 'input'];
const notFetched: readonly NotFetched[] = ['gone', 'notAVideo', 'refusedAddress', 'storage', 'network', 'large'];
const faults: readonly NetworkFaultKind[] = [
  'offline',
  'refused',
  'timeout',
  'certificate',
  'proxy',
  'proxyPassword',
  'proxyDown',
  'reset',
  'stopped',
  'other',
];
const gestures: readonly GestureTrouble[] = [
  { kind: 'noEditor' },
  { kind: 'blankSelection' },
  { kind: 'noPromptAtCursor' },
  { kind: 'untrusted' },
  { kind: 'noToken' },
  { kind: 'apiBase' },
  { kind: 'madeAtKrea' },
  { kind: 'noLongerOffered', model: { id: 'runway/gen-3', name: 'Runway Gen-3', replacement: 'runway/gen-4.5' } },
  { kind: 'madeInDemo' },
  { kind: 'wouldRefuse', findings: [{ code: 'notInList', path: ['duration'], severity: 'error', params: { allowed: [5, 10] } }] },
  { kind: 'takesOutside', path: '../elsewhere' },
  { kind: 'takesNoFolder', path: 'takes' },
  { kind: 'takesFolder', code: 'EACCES' },
  ...(['missing', 'outside', 'notAFile', 'empty', 'tooLarge', 'type', 'otherMedia', 'unreadable'] as const).map(
    (why): GestureTrouble => ({ kind: 'input', trouble: { role: 'start_image', name: 'stills/a.png', media: 'image', why } }),
  ),
];

const clip = {
  ...{ sha256: '', bytes: 1, container: 'mp4' as const, width: null, height: null, seconds: null, videoCodec: null, audioCodec: null },
  file: 'clip.mp4',
};
const perhaps = (change: Partial<Guess>): Failure =>
  job({ name: 'perhaps', sentAt: 1, endedAt: 2, jobId: 'j', status: 'processing', phase: 'running', madeAt: 2, others: 0, ...change });

type Row = readonly [name: string, failure: Failure, money: Failure['money'], step: Failure['step']['kind']];

const rows: readonly Row[] = [
  ['401', refused(401), 'refused', 'setToken'],
  ['402', refused(402), 'refused', 'topUp'],
  ['403', refused(403), 'refused', 'tokenPage'],
  ['404', refused(404), 'refused', 'chooseModel'],
  ['410', refused(410, '', 'kling/kling-2.6'), 'refused', 'chooseModel'],
  ['400', refused(400), 'refused', 'chooseModel'],
  ['413', refused(413), 'refused', 'chooseModel'],
  ['422', refused(422), 'refused', 'chooseModel'],
  ['failed with a reason', failed({ message: 'Provider error.' }), 'saysNotCharged', 'generateAgain'],
  ['failed by the content filter', failed({ code: 'nsfw' }), 'saysNotCharged', 'generateAgain'],
  ['failed without a reason', failed({}), 'saysNotCharged', 'generateAgain'],
  ['completed without a video', failed({}, true), 'withoutVideo', 'generateAgain'],
  ['cancelled before sending', job({ name: 'cancelled', endedAt: 1, by: 'us' }), 'notSent', 'generateAgain'],
  ['cancelled by us', job({ name: 'cancelled', ...accepted, by: 'us' }), 'saysNotCharged', 'generateAgain'],
  ['cancelled by Krea', job({ name: 'cancelled', ...accepted, by: 'krea' }), 'saysNotCharged', 'generateAgain'],
  ['overdue', job({ name: 'overdue', ...accepted, since: 1 }), 'notKnown', 'lookAgain'],
  ['no clear answer', job({ name: 'unknown', sentAt: 1, endedAt: 2 }), 'notKnown', 'lookAgain'],
  ['no clear answer, nothing listed yet', job({ name: 'unknown', sentAt: 1, endedAt: 2, emptyAt: 3 }), 'notKnown', 'lookAgain'],
  ['perhaps, at work', perhaps({ phase: 'running' }), 'notKnown', 'lookAgain'],
  ['perhaps, one of several', perhaps({ phase: 'running', others: 2 }), 'notKnown', 'lookAgain'],
  ['perhaps, being fetched', perhaps({ phase: 'completed' }), 'notKnown', 'lookAgain'],
  ['perhaps, not to be fetched', perhaps({ phase: 'completed', unfetched: 'gone' }), 'notKnown', 'lookAgain'],
  ['perhaps, too large', perhaps({ phase: 'completed', unfetched: 'large' }), 'notKnown', 'lookAgain'],
  ['perhaps, its clip is here', perhaps({ phase: 'completed', clip }), 'notKnown', 'showClip'],
  ['perhaps, failed', perhaps({ phase: 'failed', failure: { message: 'Provider error.' } }), 'notKnown', 'showJobs'],
  ['perhaps, failed without a word', perhaps({ phase: 'failed' }), 'notKnown', 'showJobs'],
  ['perhaps, without a video', perhaps({ phase: 'failed', withoutVideo: true }), 'notKnown', 'showJobs'],
  ['perhaps, cancelled', perhaps({ phase: 'cancelled' }), 'notKnown', 'showJobs'],
  ['closed', job({ name: 'closed', sentAt: 1, endedAt: 2, closedAt: 3 }), 'noJobListed', 'generateAgain'],
  ...(['otherAccount', 'noToken', 'otherAddress'] as const).map(
    (paused): Row => [
      `paused: ${paused}`,
      failureOf({ state: { name: 'running', ...accepted }, paused }) ?? assert.fail(),
      'paused',
      paused === 'otherAddress' ? 'setting' : 'setToken',
    ],
  ),
  ['large', job({ name: 'notFetched', ...accepted, why: 'large', size: { bytes: 2e9 } }), 'paidOnce', 'saveAgain'],
  ['larger', job({ name: 'notFetched', ...accepted, why: 'large', size: { bytes: 2e9, atLeast: true } }), 'paidOnce', 'saveAgain'],
  ...notFetched.map((why): Row => [`not fetched: ${why}`, job({ name: 'notFetched', ...accepted, why }), 'paidOnce', 'saveAgain']),
  ...notSent.map(
    (why): Row => [`not sent: ${why}`, job({ name: 'notSent', endedAt: 1, why }), 'notSent', why === 'noToken' ? 'setToken' : 'sendNow'],
  ),
  ...(['missing', 'unreadable', 'changed', 'tooLarge', 'refused'] as const).map((why): Row => {
    const input = { role: 'start_image', name: 'stills/a.png', why, status: 422, message: 'Image too small' };
    const step = why === 'missing' || why === 'unreadable' ? 'sendNow' : 'chooseModel';
    // these two reached Krea
    const money = why === 'tooLarge' || why === 'refused' ? 'refused' : 'notSent';
    return [`file not uploaded: ${why}`, job({ name: 'notSent', endedAt: 1, why: 'input', input }), money, step];
  }),
  ...['end_image', ''].map((input): Row => {
    const failure = job({ name: 'refused', endedAt: 1, status: 422, message: 'Invalid asset URL', evidence, input });
    return [`refused for its file (${input})`, failure, 'refused', 'chooseModel'];
  }),
  ...gestures.map((trouble): Row => [trouble.kind, gestureFailure(trouble), 'notSent', gestureFailure(trouble).step.kind]),
  ...faults.map(
    (kind): Row => [`network: ${kind}`, faultFailure({ kind, code: 'E' }), 'notSent', faultFailure({ kind, code: 'E' }).step.kind],
  ),
  ['network: certificate, whatever way', faultFailure({ kind: 'certificate', code: 'E', editorTried: true }), 'notSent', 'setting'],
  ['takes folder not writable', keptFailure('storage'), 'paidOnce', 'saveAgain'],
  ['accepted, not written down', warningFailure({ kind: 'acceptedNotWritten', jobId: 'j' }), 'running', 'openLog'],
  ['token revoked half-way', warningFailure({ kind: 'noAccess', status: 401 }), 'running', 'setToken'],
  ['cancel too late', warningFailure({ kind: 'cancelTooLate', id: 'j' }), 'running', 'showJobs'],
  ...(['noSqlite', 'newer', 'busy', 'unusable'] as const).map(
    (kind): Row => [
      `ledger: ${kind}`,
      unexpectedFailure(new LedgerTrouble(kind)),
      'notSent',
      unexpectedFailure(new LedgerTrouble(kind)).step.kind,
    ],
  ),
  ['anything else', unexpectedFailure(new Error('boom')), 'notSent', 'openLog'],
];

describe('every failure', () => {
  for (const [name, failure, money, step] of rows)
    it(`${name}: says what happened, what it means for the money (${money}) and one next step (${step})`, () => {
      assert.equal(failure.money, money);
      assert.equal(failure.step.kind, step);
      const words = failureWords(failure);
      assert.match(words, /charge|paid/);
      assert.doesNotMatch(words, /undefined|\[object|\{\d\}|Error:|<|\n/);
      assert.match(words, /^[A-Z].*\.$/);
    });

  it('that is no job of its own has a step that needs none', () => {
    const general = [...gestures.map(gestureFailure), warningFailure({ kind: 'noAccess', status: 401 }), unexpectedFailure(new Error('x'))];
    assert.deepEqual(
      general.filter(({ step }) => !isGeneral(step)),
      [],
    );
  });

  it('of the balance names it, who can top it up, and that it is not the plan', () => {
    assert.match(refused(402).what, /API balance.*separate from your plan.*owners/);
  });

  it('repeats words of the service as one line of plain text', () => {
    const words = failureWords(refused(422, 'duration: <b>bad</b>\n\n$(zap)'));
    assert.doesNotMatch(words, /\n/);
  });
});
