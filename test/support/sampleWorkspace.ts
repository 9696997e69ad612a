import { cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from './projectRoot';

export interface SampleWorkspace {
  /** A new folder that is left behind on purpose: what is made here may be looked at. */
  readonly outside: string;
  /** A copy of media/sample inside it, to be opened in VS Code. */
  readonly folder: string;
}

export function sampleWorkspace(): SampleWorkspace {
  const outside = mkdtempSync(path.join(tmpdir(), 'krea-video-'));
  const folder = path.join(outside, 'lighthouse');
  mkdirSync(folder);
  cpSync(path.join(projectRoot, 'media/sample'), folder, { recursive: true });
  return { outside, folder };
}

/** A paragraph of prompts.md, as it stands there. */
export const samplePrompt = 'Close on a great glass lens as it turns, small rainbows crossing the brass. Locked camera, shallow focus.';
