import type { Memento } from 'vscode';

const key = 'kreaVideo.recentModels';
const most = 5;

/** The models used last, across windows. */
export class RecentModels {
  constructor(private readonly memory: Memento) {}

  list(): readonly string[] {
    const stored = this.memory.get<unknown>(key);
    return Array.isArray(stored) ? stored.filter((id): id is string => typeof id === 'string') : [];
  }

  async use(id: string): Promise<void> {
    await this.memory.update(key, [id, ...this.list().filter((other) => other !== id)].slice(0, most));
  }
}
