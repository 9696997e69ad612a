import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { emptyFolder } from '../support/emptyFolder';
import { WindowScenario, type WindowScenarioOptions } from '../support/windowScenario';

interface Editor {
  readonly what: string;
  readonly language: 'en' | 'ja';
  readonly options?: WindowScenarioOptions;
  /** Before the first window opens. */
  readonly prepare?: (scenario: WindowScenario) => unknown;
  readonly codes: Codes;
}

interface Codes {
  readonly faults?: readonly string[];
  readonly unknown?: readonly string[];
  /** The sound of AAC does not play, which is no fault. */
  readonly silent?: boolean;
  /** Whether anything was sent. */
  readonly asked?: boolean;
}

/** Runs in every page and frame before its own scripts: takes a decoder away, as some builds of the editor have none. */
const without = {
  aac: `OfflineAudioContext.prototype.decodeAudioData = () => Promise.reject(new DOMException('no decoder', 'EncodingError'));`,
  // bytes that are no clip are to the element what a clip is without its decoder
  h264: `const { load } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.load = function () {
      this.src = URL.createObjectURL(new Blob(['no clip'], { type: 'video/mp4' }));
      load.call(this);
    };`,
};

const editors: readonly Editor[] = [
  {
    what: 'has no node:sqlite',
    language: 'en',
    options: { nodeArgs: ['--no-experimental-sqlite'] },
    codes: { faults: ['storage.noSqlite'] },
  },
  {
    what: 'cannot write its storage',
    language: 'ja',
    prepare: ({ workbench }) => {
      const storages = path.join(workbench.userData, 'User/globalStorage');
      mkdirSync(storages, { recursive: true });
      writeFileSync(path.join(storages, 'krea-video.krea-video'), 'a file where a folder should be');
    },
    // the token of the environment needs the storage too
    codes: { faults: ['failed.EEXIST', 'storage.EEXIST'], asked: false },
  },
  {
    what: 'does not trust the folder',
    language: 'ja',
    options: { workspaceTrust: true, settings: { 'security.workspace.trust.startupPrompt': 'never' } },
    codes: { unknown: ['token.restricted'], asked: false },
  },
  {
    what: 'has no decoder for AAC',
    language: 'en',
    prepare: ({ workbench }) => workbench.context.addInitScript({ content: without.aac }),
    codes: { silent: true },
  },
  {
    what: 'has no decoder for H.264',
    language: 'en',
    prepare: ({ workbench }) => workbench.context.addInitScript({ content: without.h264 }),
    codes: { faults: ['player.undecodable'], unknown: ['sound.notAsked'] },
  },
];

describe('Check My Setup in an editor that', () => {
  for (const { what, language, options, prepare, codes } of editors)
    it(`${what}, in ${language}`, async () => {
      const expected: Required<Codes> = { faults: [], unknown: [], silent: false, asked: true, ...codes };
      const env = { ...options?.env, KREA_TEST_LANGUAGE: language, KREA_TEST_CODES: JSON.stringify(expected) };
      const locale = language === 'ja' ? { locale: language } : {};
      const scenario = await WindowScenario.open({ folder: emptyFolder(), ...options, ...locale, env });
      try {
        await prepare?.(scenario);
        await scenario.phase('checkSetupOnce');
      } finally {
        await scenario.stop();
      }
    });
});
