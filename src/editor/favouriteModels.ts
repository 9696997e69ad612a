import type { Memento } from 'vscode';

const key = 'kreaVideo.favouriteModels';

/** The models that the user has marked, across windows; the first marked first. */
export class FavouriteModels {
  constructor(private readonly memory: Memento) {}

  list(): readonly string[] {
    const stored = this.memory.get<unknown>(key);
    return Array.isArray(stored) ? stored.filter((id): id is string => typeof id === 'string') : [];
  }

  async toggle(id: string): Promise<void> {
    const marked = this.list();
    await this.memory.update(key, marked.includes(id) ? marked.filter((other) => other !== id) : [...marked, id]);
  }
}
