import { z } from 'zod';
import { Problem } from '../../core/problem.ts';
import type { Collection } from './collection.sql.ts';

/** The path parameter that names a layer. */
export const collectionParams = (collections: readonly Collection[]) =>
  z.strictObject({
    collectionId: z.string().meta({
      id: 'collectionId',
      description: `A layer: ${collections.map(({ id }) => id).join(', ')}.`,
      example: 'segments',
    }),
  });

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
