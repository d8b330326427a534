import { z } from 'zod';
import { Position, withoutAltitude } from './position.schema.ts';
import { quote } from './value.quote.ts';

const Point = z.literal('Point', {
  error: ({ input }) => `geometry type must be "Point", not ${quote(input)}`,
});

export const PointGeometry = z
  .strictObject({ type: Point, coordinates: Position })
  .overwrite(({ type, coordinates }) => ({ type, coordinates: withoutAltitude(coordinates) }))
  .meta({
    id: 'PointGeometry',
    description: 'A GeoJSON Point: longitude before latitude, WGS 84.',
    example: { type: 'Point', coordinates: [8.5, 33.9] },
  });
export type PointGeometry = z.infer<typeof PointGeometry>;
