/** What a window in a process of its own (jobsChild.js) is told. */
export interface ChildWindow {
  readonly storage: string;
  readonly takes: string;
  readonly root: string;
  readonly apiBase: string;
  readonly windowId: string;
  /** Submits one job of this id; without it the window only starts. */
  readonly submit?: string;
  /** Never gets as far as a connection: the job stays *intended*. */
  readonly withoutNetwork?: boolean;
  /** Seconds of the window's clock to one real second. */
  readonly speed: number;
}

/** The token comes by the environment, so that it is in no list of processes. */
export const tokenVariable = 'KREA_TEST_TOKEN';
