import { z } from 'zod';
import { issue } from '../core/catalogue.ts';
import { excerpt } from '../core/messages/message.ts';

const degrees = (name: 'longitude' | 'latitude', limit: number) =>
  z
    .number({
      error: ({ input }) => issue('degrees-wrong', { name, limit, value: excerpt(input) }),
    })
    .min(-limit, { abort: true })
    .max(limit, { abort: true });

export const Longitude = degrees('longitude', 180).meta({
  description: 'Degrees east of Greenwich (WGS 84).',
  example: 8.5,
});

export const Latitude = degrees('latitude', 90).meta({
  description: 'Degrees north of the equator (WGS 84).',
  example: 33.9,
});

const Altitude = z
  .number({ error: ({ input }) => issue('altitude-wrong', { value: excerpt(input) }) })
  .exactOptional();

/** Two or three numbers. An optional third would not be assignable to GeoJSON's Position, a number list. */
export type Position = [number, number, ...number[]];

export const Position = z
  .tuple([Longitude, Latitude, Altitude], {
    error: ({ input }) => issue('position-wrong', { value: excerpt(input) }),
  })
  .meta({
    id: 'Position',
    description: '[longitude, latitude] in degrees; an optional altitude is dropped.',
    example: [8.5, 33.9],
    // OpenAPI 3.0 has no tuples: "two or three numbers" says more than "any of these three"
    items: { type: 'number' },
  }) as unknown as z.ZodType<Position, Position>;

/** GeoJSON allows an altitude, which nothing here uses. */
export const withoutAltitude = ([lon, lat]: Position): Position => [lon, lat];

export const isSamePosition = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1];

/** A position in error messages: seven decimals are about a centimetre. */
export const roundedPosition = ([lon, lat]: Position): [number, number] => [
  Number(lon.toFixed(7)),
  Number(lat.toFixed(7)),
];
