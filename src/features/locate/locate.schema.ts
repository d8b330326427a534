import { z } from 'zod';
import { Latitude, Longitude } from '../../geometry/position.schema.ts';
import { Responsible } from '../agencies/responsible.schema.ts';
import { CrossingState } from '../crossings/status.schema.ts';
import { BorderCode, CountryCode, Names } from '../vocabulary.schema.ts';

export const LocateQuery = z.strictObject({
  lon: Longitude.meta({ description: 'Longitude, WGS 84.', example: 11.2 }),
  lat: Latitude.meta({ description: 'Latitude, WGS 84.', example: 33.1 }),
  accuracyMetres: z
    .number()
    .min(0)
    .max(500_000)
    .default(0)
    .meta({ description: 'Accuracy of the point.', example: 500 }),
});
export type LocateQuery = z.output<typeof LocateQuery>;

export const Location = z
  .strictObject({
    country: z.enum(['DZA', 'LBY', 'TUN', 'undetermined']).nullable().meta({
      description:
        '`undetermined` when the border is nearer than point and line are accurate; null outside the three.',
    }),
    candidates: z
      .array(CountryCode)
      .nullable()
      .meta({ description: 'The possible countries, if undetermined.' }),
    nearestBorder: z
      .strictObject({
        border: BorderCode,
        segment: z.string().meta({ description: 'Identifier of the nearest segment.' }),
        segmentNames: Names,
        borderKm: z.number().meta({ description: 'Chainage of the nearest point of the border.' }),
        distanceMetres: z.number().meta({ description: 'Geodesic distance to the border.' }),
        accuracyMetres: z.number().meta({ description: 'Accuracy of the line there.' }),
      })
      .meta({ description: 'The nearest place of a border.' }),
    zones: z
      .array(
        z.strictObject({
          id: z.string().meta({ description: 'Identifier of the zone.' }),
          names: Names,
          kind: z.string().meta({ description: 'Purpose of the zone.' }),
          participants: z.array(CountryCode).meta({ description: 'The countries that monitor the zone.' }),
          relation: z.enum(['inside', 'edge']).meta({
            description: '`edge`: the error circle crosses the outline; otherwise `inside`.',
          }),
        }),
      )
      .meta({ description: 'Zones in force around the point, as far as the caller sees them.' }),
    nearestCrossings: z
      .array(
        z.strictObject({
          id: z.string().meta({ description: 'Identifier of the crossing.' }),
          names: Names,
          state: CrossingState,
          distanceMetres: z.number().meta({ description: 'Geodesic distance.' }),
          bearingDegrees: z.number().nullable().meta({
            description: 'Initial bearing, clockwise from true north; null at the crossing itself.',
          }),
        }),
      )
      .meta({ description: 'The nearest crossings, nearest first.' }),
    responsible: z
      .array(Responsible)
      .meta({ description: 'Agencies with a current mandate there, primary first.' }),
  })
  .meta({ id: 'Location', description: 'Locate a point, with its responsible agencies.' });
