import { type Event, EventEmitter, type Memento } from 'vscode';

const key = 'kreaVideo.seenTakes';
const most = 3000;

/** The takes that the player has shown in this window's workspace, by their job ids at Krea, which a copied or renamed take keeps. */
export class SeenTakes {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange: Event<void> = this.changed.event;
  private readonly seen: Set<string>;

  constructor(private readonly memory: Memento) {
    const stored = memory.get<unknown>(key);
    this.seen = new Set(Array.isArray(stored) ? stored.filter((id): id is string => typeof id === 'string') : []);
  }

  has(jobId: string): boolean {
    return this.seen.has(jobId);
  }

  add(jobId: string): void {
    if (this.seen.has(jobId)) return;
    this.seen.add(jobId);
    void this.memory.update(key, [...this.seen].slice(-most));
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
