import { z } from 'zod';
import { collectionOf, Links, OfWorld } from '../../geometry/feature.schema.ts';
import type { Collection } from './collection.sql.ts';

const Value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** One schema for the features of all layers: `/schema` says which properties each layer has. */
export const Item = z
  .strictObject({
    type: z.literal('Feature'),
    id: z.string().meta({ description: 'Identifier.' }),
    geometry: z
      .strictObject({ type: z.string(), coordinates: z.array(z.unknown()) })
      .nullable()
      .meta({ description: 'GeoJSON, in the CRS of Content-Crs.' }),
    properties: z
      .record(z.string(), Value)
      .meta({ description: 'As in `/collections/{collectionId}/schema`.' }),
    world: OfWorld.optional(),
    links: Links.optional(),
  })
  .meta({ id: 'Item', description: 'A feature of a layer, with flat properties.' });

export const ItemCollection = collectionOf('ItemCollection', Item);

/** For the API document. */
export const exampleId = ({ key }: Collection): unknown => key.schema.meta()?.example;

export const featureParams = z.strictObject({
  featureId: z.string().min(1).max(200).meta({ id: 'featureId', description: 'Identifier of a feature.' }),
});
