import type { Model } from '../catalogue/model';

/** What is known of the user's liking; ids of models. */
export interface Liking {
  /** As the settings say; may be empty, or of no model. */
  readonly preferred: string;
  readonly favourites: readonly string[];
  /** The last used first. */
  readonly lastUsed: readonly string[];
}

export interface ModelGroup {
  readonly kind: 'preferred' | 'favourites' | 'lastUsed' | 'others';
  readonly models: readonly Model[];
}

/** Each model once, in the first group that it belongs to; no empty groups. */
export function modelGroups(models: readonly Model[], { preferred, favourites, lastUsed }: Liking): readonly ModelGroup[] {
  const left = new Map(models.map((model) => [model.id, model]));
  const take = (ids: readonly string[]): readonly Model[] =>
    ids.flatMap((id) => {
      const model = left.get(id);
      left.delete(id);
      return model ?? [];
    });
  const groups: readonly ModelGroup[] = [
    { kind: 'preferred', models: take([preferred]) },
    { kind: 'favourites', models: take(favourites) },
    { kind: 'lastUsed', models: take(lastUsed) },
    { kind: 'others', models: [...left.values()] },
  ];
  return groups.filter((group) => group.models.length > 0);
}
