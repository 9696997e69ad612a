import { type FromPage, isPlayerState, type PlayerState } from '../messages';

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

// The editor hands it out once per page.
const editor = acquireVsCodeApi();

export function post(message: FromPage): void {
  editor.postMessage(message);
}

export function savedState(): PlayerState | undefined {
  const state = editor.getState();
  return isPlayerState(state) ? state : undefined;
}

export function saveState(state: PlayerState | undefined): void {
  editor.setState(state);
}
