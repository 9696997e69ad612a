import type { Sidecar } from './sidecar';

/** The result of a job on disk. Paths are absolute. */
export interface Take {
  /** `undefined`: only its sidecar is here, as in a clone that holds no clips. */
  readonly clip: string | undefined;
  readonly sidecarPath: string;
  /** Comes when a page has first shown the clip. */
  readonly poster?: string;
  /** 1 and up, as in the file name. */
  readonly number: number;
  readonly sidecar: Sidecar;
}
