import assert from 'node:assert/strict';
import {
  type FromPage,
  isFromPage,
  isPlayerState,
  isToPage,
  type PageClip,
  type PlayerState,
  type ToPage,
} from '../../src/player/messages';
import { playerTexts } from '../../src/player/playerTexts';

const texts = playerTexts();
const clip: PageClip = {
  takeId: 't',
  source: { kind: 'file', src: 'https://host/clip.mp4' },
  title: '',
  prompt: '<b>',
  facts: [{ label: 'Model', value: 'Veo' }],
  properties: [{ label: 'File', value: 'a.mp4' }],
  again: 'Generate Again… about $0.37',
  poster: { kind: 'wanted' },
  sound: 'aac',
  size: { width: 16, height: 9 },
  actions: ['reveal'],
};
const { size: _, ...unmeasured } = clip;
const show: ToPage = { type: 'show', clip, autoplay: true, loop: false, resume: false };
const state: PlayerState = { v: 1, takeId: 't', position: 1.5, volume: 0.4, muted: true, loop: false, speed: 0.5 };

const nothing: readonly unknown[] = [undefined, null, 0, '', 'ready', [], ['ready'], {}, { type: 'unknown' }, { type: undefined }];

describe('what the extension says to the page', () => {
  const good: readonly ToPage[] = [
    { type: 'texts', texts },
    show,
    { ...show, clip: unmeasured },
    { ...show, clip: { ...clip, source: { kind: 'trouble', trouble: 'missing' } } },
    { type: 'trouble', takeId: 't', trouble: 'noPicture' },
    { ...show, clip: { ...clip, poster: { kind: 'there', src: 'https://host/clip.jpg' } } },
    { type: 'frameRate', takeId: 't', frameRate: 23.976 },
    { type: 'say', text: 'Saved' },
    { type: 'pause' },
    { type: 'copied' },
    { type: 'empty' },
  ];
  for (const message of good) it(`takes ${message.type}`, () => assert.equal(isToPage(message), true));

  const bad: Readonly<Record<string, unknown>> = {
    'texts with one missing': { type: 'texts', texts: { ...texts, empty: undefined } },
    'a clip that is none': { ...show, clip: null },
    'an address that is empty': { ...show, clip: { ...clip, source: { kind: 'file', src: '' } } },
    'a trouble nobody knows': { ...show, clip: { ...clip, source: { kind: 'trouble', trouble: 'x' } } },
    'a fact without a value': { ...show, clip: { ...clip, facts: [{ label: 'Model' }] } },
    'an action nobody knows': { ...show, clip: { ...clip, actions: ['delete'] } },
    'a size that is not finite': { ...show, clip: { ...clip, size: { width: Number.NaN, height: 9 } } },
    'a sound nobody knows': { ...show, clip: { ...clip, sound: 'loud' } },
    'a property without a value': { ...show, clip: { ...clip, properties: [{ label: 'File' }] } },
    'a name of the button that is none': { ...show, clip: { ...clip, again: 0.37 } },
    'a poster without an address': { ...show, clip: { ...clip, poster: { kind: 'there' } } },
    'no word on the poster': { ...show, clip: { ...clip, poster: undefined } },
    'a frame rate of nothing': { type: 'frameRate', takeId: 't', frameRate: 0 },
    'nothing to say': { type: 'say' },
    'no word on starting': { ...show, autoplay: undefined },
  };
  for (const [name, message] of Object.entries(bad)) it(`refuses ${name}`, () => assert.equal(isToPage(message), false));
  it('refuses what is no message', () => assert.deepEqual(nothing.filter(isToPage), []));
});

describe('what the page says to the extension', () => {
  const good: readonly FromPage[] = [
    { type: 'ready' },
    { type: 'playing', takeId: 't', position: 0 },
    { type: 'paused', takeId: 't', position: 2.5 },
    { type: 'ended', takeId: 't' },
    { type: 'failed', takeId: 't', trouble: 'undecodable', code: 4, message: '' },
    { type: 'measured', takeId: 't', width: 1280, height: 720, seconds: 8 },
    { type: 'probed', aac: false },
    { type: 'still', takeId: 't', seconds: 1.25, png: new Uint8Array([1]) },
    { type: 'poster', takeId: 't', jpeg: new Uint8Array([1]) },
    { type: 'action', takeId: 't', action: 'playOutside' },
  ];
  for (const message of good) it(`takes ${message.type}`, () => assert.equal(isFromPage(message), true));

  const bad: Readonly<Record<string, unknown>> = {
    'a position before the start': { type: 'playing', takeId: 't', position: -1 },
    'a position that is text': { type: 'paused', takeId: 't', position: '1' },
    'a clip without a name': { type: 'ended' },
    'an endless clip': { type: 'measured', takeId: 't', width: 1, height: 1, seconds: Number.POSITIVE_INFINITY },
    'a still without a picture': { type: 'still', takeId: 't', seconds: 1, png: new Uint8Array() },
    'a still that is text': { type: 'still', takeId: 't', seconds: 1, png: 'iVBOR' },
    'a still from before the start': { type: 'still', takeId: 't', seconds: -1, png: new Uint8Array([1]) },
    'a poster larger than any frame': { type: 'poster', takeId: 't', jpeg: new Uint8Array(64_000_001) },
    'a poster of another kind': { type: 'poster', takeId: 't', jpeg: [255, 216] },
    'a failure without a trouble': { type: 'failed', takeId: 't', code: 4, message: '' },
    'an action nobody knows': { type: 'action', takeId: 't', action: 'constructor' },
  };
  for (const [name, message] of Object.entries(bad)) it(`refuses ${name}`, () => assert.equal(isFromPage(message), false));
  it('refuses what is no message', () => assert.deepEqual(nothing.filter(isFromPage), []));
});

describe('what a page leaves behind', () => {
  it('is taken back', () => assert.equal(isPlayerState(state), true));

  const bad: Readonly<Record<string, unknown>> = {
    nothing: undefined,
    'another version': { ...state, v: 2 },
    'no take': { ...state, takeId: '' },
    'a take that is a number': { ...state, takeId: 7 },
    'a position that is not finite': { ...state, position: Number.NaN },
    'a volume above 1': { ...state, volume: 1.01 },
    'a mute that is text': { ...state, muted: 'no' },
    'a speed that nobody can choose': { ...state, speed: 3 },
    'a loop that is missing': { ...state, loop: undefined },
  };
  for (const [name, value] of Object.entries(bad)) it(`is refused with ${name}`, () => assert.equal(isPlayerState(value), false));
});
