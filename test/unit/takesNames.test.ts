import assert from 'node:assert/strict';
import { isoDay, looseStem, nextTakeNumber, safeName, shotStem, takeFileNames } from '../../src/takes/takeNames';

describe('the name of a loose take', () => {
  const table: readonly (readonly [string, string])[] = [
    ['A white lighthouse on black rocks, waves breaking over the gallery.', 'a-white-lighthouse-on-black-rocks-waves-breaking'],
    ['  \n\tOne', 'one'],
    ['嵐の灯台。波が岩に砕ける', '嵐の灯台-波が岩に砕ける'],
    ['Cafe\u0301 a\u0300 Paris', 'café-à-paris'],
    ['منارة في العاصفة', 'منارة-في-العاصفة'],
    ['हिन्दी में एक लहर', 'हिन्दी-में-एक-लहर'],
    ['🌊🔥👩‍👩‍👧', 'clip'],
    ['', 'clip'],
    ['…!?', 'clip'],
    ['../../etc/passwd', 'etc-passwd'],
    ['..', 'clip'],
    ['C:\\Windows\\system32', 'c-windows-system32'],
    ['CON', 'con_'],
    ['com1', 'com1_'],
    ['LPT³', 'lpt³_'],
    ['nul.txt', 'nul-txt'],
    ['.hidden', 'hidden'],
    ['a\u0000b', 'a-b'],
    ['abc\u202etxt.exe', 'abc-txt-exe'],
    ['$(zap) <img src=x onerror=alert(1)>', 'zap-img-src-x-onerror-alert-1'],
    ['x'.repeat(8000), 'x'.repeat(60)],
    ['灯'.repeat(100), '灯'.repeat(20)],
    ['e\u0301\u0323'.repeat(60), 'ẹ́'.repeat(12)],
    ['👩 walks', 'walks'],
  ];
  for (const [prompt, stem] of table)
    it(`is ${stem.slice(0, 40)}… for ${JSON.stringify(prompt.slice(0, 30))}`, () => assert.equal(looseStem(prompt), stem));

  it('is fit for every system, whatever the prompt', () => {
    for (let code = 0; code < 0x3000; code++) {
      const sign = String.fromCodePoint(code);
      for (const text of [sign, `a${sign}b`, `${sign}con`, `x ${sign}`]) assertFit(looseStem(text), text);
      assertFit(shotStem(`SH${sign}`), sign);
      assertFit(shotStem(`${sign}.${sign}`), sign);
    }
  });

  function assertFit(stem: string, text: string): void {
    const told = JSON.stringify([text, stem]);
    assert.match(stem, /^[^\p{C}\p{Z}<>:"/\\|?*.]([^\p{Cc}\p{Z}<>:"/\\|?*]*[^\p{Cc}\p{Z}<>:"/\\|?*.])?$/u, told);
    assert.doesNotMatch(stem, /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i, told);
    assert.equal(stem, stem.normalize('NFC'), told);
    assert.ok(Buffer.byteLength(takeFileNames(stem, 123456).sidecar) < 120, told);
  }
});

describe('the name of a shot’s folder', () => {
  const table: readonly (readonly [string, string])[] = [
    ['SH010', 'SH010'],
    ['SC01_SH010', 'SC01_SH010'],
    ['Shot 3 b', 'Shot-3-b'],
    ['カット9-1', 'カット9-1'],
    ['Shot 2.1', 'Shot-2.1'],
    ['../..', 'shot'],
    ['aux', 'aux_'],
    ['AUX.2', 'AUX_.2'],
    ['', 'shot'],
    ['1A.', '1A'],
  ];
  for (const [id, stem] of table) it(`is ${stem} for the shot ${JSON.stringify(id)}`, () => assert.equal(shotStem(id), stem));
});

describe('the number of a take', () => {
  const table: readonly (readonly [string, readonly string[], number])[] = [
    ['SH010', [], 1],
    ['SH010', ['SH010_take-001.mp4', 'SH010_take-002.mp4'], 3],
    ['SH010', ['SH010_take-002.json'], 3],
    ['SH010', ['sh010_TAKE-007.jpg'], 8],
    ['SH010', ['SH0100_take-009.mp4', 'SH01_take-009.mp4', 'xSH010_take-009.mp4', 'SH010_take-.mp4', 'SH010_take-x.mp4'], 1],
    ['SH010', ['SH010_take-999.mp4'], 1000],
    ['SH010', ['SH010_take-1000.mp4'], 1001],
    ['SH010', ['SH010_take-004', 'SH010_take-004.mp4.icloud'], 5],
    ['SH010', ['SH010_take-99999999999999999999.mp4'], 1],
    ['café', ['cafe\u0301_take-001.mp4'], 2],
  ];
  for (const [stem, there, number] of table)
    it(`is ${number} beside ${there.join(', ') || 'nothing'}`, () => assert.equal(nextTakeNumber(stem, there), number));

  it('stands in the names of clip, sidecar and poster', () => {
    assert.deepEqual(takeFileNames('SH010', 3), {
      clip: 'SH010_take-003.mp4',
      sidecar: 'SH010_take-003.json',
      poster: 'SH010_take-003.jpg',
    });
    assert.equal(takeFileNames('x', 1000, 'webm').clip, 'x_take-1000.webm');
  });
});

it('safeName takes its fallback when nothing is left', () => assert.equal(safeName('…', 'board'), 'board'));

it('isoDay is the day on the user’s own clock', () => {
  assert.equal(isoDay(new Date(2026, 0, 5, 23, 59)), '2026-01-05');
  assert.equal(isoDay(new Date(2026, 10, 22, 0, 0)), '2026-11-22');
});
