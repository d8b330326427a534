import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';

const Value = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

const Properties = z.record(z.string().max(100), Value).meta({
  id: 'FlatProperties',
  description:
    'As in `/collections/{collectionId}/schema`, lists as comma-separated text. Null and readOnly properties are ignored.',
});
const Geometry = z
  .looseObject({ type: z.string() })
  .nullable()
  .meta({ id: 'FlatGeometry', description: 'GeoJSON, in CRS84 or in the CRS of the header Content-Crs.' });

const members = {
  id: z.string().max(200).optional().meta({ description: 'Identifier.' }),
  geometry: Geometry.optional(),
  properties: Properties,
  // a feature from GET may be sent back, with the extra members of GeoJSON writers
  bbox: z.array(z.number()).max(6).optional().meta({ description: 'Ignored.' }),
  links: z.array(z.unknown()).max(100).optional().meta({ description: 'Ignored.' }),
};

/** One schema for the features of all layers: `/schema` says which properties each layer has. */
export const FlatFeature = z
  .strictObject({ type: z.literal('Feature', { error: issue('not-a-feature') }), ...members })
  .meta({ id: 'FlatFeature', description: 'The new content of a feature.' });
export type FlatFeature = z.output<typeof FlatFeature>;

export const FlatChange = z
  .strictObject({
    type: z.literal('Feature').optional(),
    ...members,
    properties: Properties.optional(),
  })
  .meta({
    id: 'FlatChange',
    description: 'The changes (JSON Merge Patch); null removes an optional value.',
  });
export type FlatChange = z.output<typeof FlatChange>;
