import { z } from 'zod';
import { collectionOf, featureOf } from '../../geometry/feature.schema.ts';
import { PointGeometry } from '../../geometry/point.schema.ts';
import { Latitude, Longitude } from '../../geometry/position.schema.ts';
import { MandateFunction } from '../agencies/agency.vocabulary.ts';
import { Responsible } from '../agencies/responsible.schema.ts';
import { CountryCode, Names } from '../vocabulary.schema.ts';
import { at, crossingProperties, sides } from './crossing.schema.ts';
import { CrossingState } from './status.schema.ts';

const MOST = 50;

export const NearestQuery = z.strictObject({
  lon: Longitude,
  lat: Latitude,
  limit: z
    .int()
    .min(1)
    .transform((limit) => Math.min(limit, MOST))
    .default(3)
    .meta({ description: `Number of crossings. Above ${MOST}, the answer has ${MOST}.`, example: 3 }),
  country: CountryCode.optional().meta({
    description: 'Only crossings with a side of this country.',
    example: 'TUN',
  }),
  function: MandateFunction.optional().meta({ description: 'Only agencies with this function.' }),
  at,
  usable: z
    .boolean()
    .default(false)
    .meta({ description: '`true`: only crossings that are open or restricted then.' }),
});
export type NearestQuery = z.output<typeof NearestQuery>;

const Alternative = z
  .strictObject({
    id: z.string().meta({ description: 'Identifier of the crossing.' }),
    names: Names,
    state: CrossingState,
    distanceMetres: z.number().meta({ description: 'Geodesic distance from the closed crossing.' }),
    basis: z
      .enum(['reported', 'nearest'])
      .meta({ description: '`reported`: named in a source; `nearest`: the nearest usable one.' }),
  })
  .meta({ id: 'CrossingAlternative', description: 'An alternative to a closed crossing.' });

export const NearestCrossingCollection = collectionOf(
  'NearestCrossingCollection',
  featureOf(
    'NearestCrossing',
    PointGeometry,
    crossingProperties.extend({
      distanceMetres: z.number().meta({ description: 'Geodesic on WGS 84.' }),
      bearingDegrees: z.number().nullable().meta({
        description: 'Initial bearing, clockwise from true north; null at the crossing itself.',
      }),
      sides,
      responsible: z
        .array(Responsible)
        .meta({ description: 'All mandates valid then on both sides, primary first.' }),
      alternatives: z
        .array(Alternative)
        .meta({ description: 'Alternatives to a closed crossing; empty for others.' }),
    }),
  ),
);
