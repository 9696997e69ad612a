import type { Memento } from 'vscode';

const key = 'kreaVideo.startedHere';
const most = 100;

/** The jobs whose gesture was made in this window's workspace, the last one first; kept through reloads. */
export class StartedHere {
  constructor(private readonly memory: Memento) {}

  has(id: string): boolean {
    return this.list().includes(id);
  }

  isLast(id: string): boolean {
    return this.list()[0] === id;
  }

  async add(id: string): Promise<void> {
    await this.memory.update(key, [id, ...this.list().filter((other) => other !== id)].slice(0, most));
  }

  private list(): readonly string[] {
    const stored = this.memory.get<unknown>(key);
    return Array.isArray(stored) ? stored.filter((id): id is string => typeof id === 'string') : [];
  }
}
