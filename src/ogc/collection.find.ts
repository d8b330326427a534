import { Problem } from '../http/problem.ts';
import type { Collection } from './collection.sql.ts';

export function getCollection(collections: readonly Collection[], id: string): Collection {
  const found = collections.find((collection) => collection.id === id);
  if (found) return found;
  const known = collections.map((collection) => collection.id).join(', ');
  throw new Problem({
    status: 404,
    slug: 'not-found',
    detail: `There is no layer ${id}; there are ${known}.`,
  });
}
