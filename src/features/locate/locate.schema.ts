import { z } from 'zod';
import { Latitude, Longitude } from '../../geometry/position.schema.ts';
import { Responsible } from '../agencies/responsible.schema.ts';
import { BorderCode, CountryCode, Names } from '../vocabulary.schema.ts';

export const LocateQuery = z.strictObject({
  lon: Longitude.meta({ description: 'Longitude, WGS 84.', example: 11.2 }),
  lat: Latitude.meta({ description: 'Latitude, WGS 84.', example: 33.1 }),
  accuracyMetres: z
    .number()
    .min(0)
    .max(500_000)
    .default(0)
    .meta({ description: 'How far the point may be off.', example: 500 }),
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
      .meta({ description: 'The countries it may be in when undetermined.' }),
    nearestBorder: z.strictObject({
      border: BorderCode,
      segment: z.string(),
      borderKm: z.number(),
      distanceMetres: z.number(),
      accuracyMetres: z.number().meta({ description: 'Accuracy of the line there.' }),
    }),
    zones: z
      .array(
        z.strictObject({
          id: z.string(),
          names: Names,
          kind: z.string(),
          participants: z.array(CountryCode),
          relation: z.enum(['inside', 'edge']),
        }),
      )
      .meta({ description: 'Zones in force that the point lies in, as far as the caller sees them.' }),
    nearestCrossings: z.array(
      z.strictObject({
        id: z.string(),
        names: Names,
        state: z.enum(['open', 'restricted', 'closed', 'unknown']),
        distanceMetres: z.number(),
        bearingDegrees: z.number().nullable(),
      }),
    ),
    responsible: z
      .array(Responsible)
      .meta({ description: 'Agencies with a mandate there now, primary first.' }),
  })
  .meta({ id: 'Location', description: 'Where a point is, and who answers for it.' });
