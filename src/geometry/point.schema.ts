import { z } from 'zod';
import { issue } from '../core/catalogue.ts';
import { excerpt } from '../core/messages/message.ts';
import { Position, withoutAltitude } from './position.schema.ts';

const Point = z.literal('Point', {
  error: ({ input }) => issue('not-a-point', { value: excerpt(input) }),
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
