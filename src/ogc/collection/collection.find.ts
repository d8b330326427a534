import { z } from 'zod';
import { nothingHere } from '../../core/problem.ts';
import type { Collection } from './collection.sql.ts';

export const nameOfCollection = (collections: readonly Collection[]) =>
  z.string().meta({
    id: 'collectionId',
    description: `A layer: ${collections.map(({ id }) => id).join(', ')}.`,
    // others are 404
    enum: collections.map(({ id }) => id),
    example: 'segments',
  });

/** The path parameter that names a layer. */
export const collectionParams = (collections: readonly Collection[]) =>
  z.strictObject({ collectionId: nameOfCollection(collections) });

export function getCollection(collections: readonly Collection[], id: string): Collection {
  const found = collections.find((collection) => collection.id === id);
  if (found) return found;
  throw nothingHere('layer-missing', { id, known: collections.map((collection) => collection.id) });
}
