import type { Memento } from 'vscode';
import { setContextKey } from './contextKeys';

/** What a walkthrough step is ticked by. Kept, so that a tick that VS Code has forgotten comes back. */
const steps = ['triedOffline', 'madeVideo'] as const;

export type FirstStep = (typeof steps)[number];

/** How far a newcomer has come: steps that were really done, as context keys for the walkthrough. */
export class FirstSteps {
  constructor(private readonly memory: Memento) {
    for (const step of steps) if (memory.get<unknown>(keyOf(step)) === true) setContextKey(step, true);
  }

  done(step: FirstStep): void {
    if (this.memory.get<unknown>(keyOf(step)) === true) return;
    setContextKey(step, true);
    void this.memory.update(keyOf(step), true);
  }
}

function keyOf(step: FirstStep): string {
  return `kreaVideo.firstSteps.${step}`;
}
