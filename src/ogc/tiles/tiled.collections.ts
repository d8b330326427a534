import { inQuery, invalidInput, nothingHere } from '../../core/problem.ts';
import { getCollection } from '../collection/collection.find.ts';
import type { Collection } from '../collection/collection.sql.ts';

/** Collections with a geometry. */
export const isTiled = ({ geometry }: Collection): boolean => geometry !== undefined;

export const tiledOf = (collections: readonly Collection[]): Collection[] => collections.filter(isTiled);

export function getTiled(collections: readonly Collection[], id: string): Collection {
  const collection = getCollection(collections, id);
  if (isTiled(collection)) return collection;
  throw nothingHere('layer-without-tiles', { id, known: namesOf(collections) });
}

/** The collections named by the parameter `collections`, or all, in layer order. */
export function chooseTiled(
  collections: readonly Collection[],
  ids: readonly string[] | undefined,
): Collection[] {
  const tiled = tiledOf(collections);
  const unknown = ids?.find((id) => !tiled.some((collection) => collection.id === id));
  if (unknown !== undefined)
    throw invalidInput([
      inQuery('collections', 'tiles-missing', { id: unknown, known: namesOf(collections) }),
    ]);
  return tiled.filter(({ id }) => !ids || ids.includes(id));
}

const namesOf = (collections: readonly Collection[]): string[] => tiledOf(collections).map(({ id }) => id);
