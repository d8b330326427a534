import { z } from 'zod';
import { issue } from '../../core/catalogue.ts';

const Value = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

const OF_PROPERTIES =
  'As in `/collections/{collectionId}/schema`, lists as comma-separated text. Null and readOnly properties are ignored.';
const OF_GEOMETRY = 'GeoJSON, in CRS84 or in the CRS of the header Content-Crs.';

const Properties = z.record(z.string().max(100), Value).meta({
  id: 'FlatProperties',
  description: OF_PROPERTIES,
});
const Geometry = z
  .looseObject({ type: z.string() })
  .nullable()
  .meta({ id: 'FlatGeometry', description: OF_GEOMETRY });

const members = {
  id: z.string().max(200).optional().meta({ description: 'Identifier.' }),
  geometry: Geometry.optional(),
  properties: Properties,
  // a feature from GET may be sent back, with the extra members of GeoJSON writers
  bbox: z.array(z.number()).max(6).optional().meta({ description: 'Ignored.' }),
  links: z.array(z.unknown()).max(100).optional().meta({ description: 'Ignored.' }),
};

interface EditedFeature {
  /** Such as `Zone`. */
  name: string;
  geometryTypes: readonly string[];
  /** Schemas of the flat properties that a new feature needs, by name. */
  needs: Readonly<Record<string, object>>;
}

/**
 * The whole content of a feature of one layer. Required members are documented here; the reader of the noun refuses what
 * is missing, in its own words.
 */
export const flatFeatureOf = ({ name, geometryTypes, needs }: EditedFeature) =>
  z
    .strictObject({
      type: z.literal('Feature', { error: issue('not-a-feature') }),
      ...members,
      geometry: z
        .looseObject({ type: z.string() })
        .nullish()
        .meta({
          description: OF_GEOMETRY,
          nullable: false,
          properties: { type: { type: 'string', enum: geometryTypes } },
        }),
      properties: z.record(z.string().max(100), Value).meta({
        description: OF_PROPERTIES,
        properties: needs,
        required: Object.keys(needs),
      }),
    })
    .meta({
      id: `${name}Item`,
      description: 'The new content of a feature.',
      required: ['type', 'geometry', 'properties'],
    });

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
