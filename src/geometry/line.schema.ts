import { z } from 'zod';
import { Position, withoutAltitude } from './position.schema.ts';

export const LineStringGeometry = z
  .strictObject({
    type: z.literal('LineString'),
    coordinates: z.array(z.array(z.number()).min(2).max(2)).min(2),
  })
  .meta({
    id: 'LineStringGeometry',
    description: 'A GeoJSON LineString: longitude before latitude, WGS 84.',
  });

const LONGEST_LINE = 20_000; // positions

/** A line as it is sent. */
export const LineOfPositions = z
  .strictObject({ type: z.literal('LineString'), coordinates: z.array(Position).min(2).max(LONGEST_LINE) })
  .overwrite(({ type, coordinates }) => ({ type, coordinates: coordinates.map(withoutAltitude) }))
  .meta({
    id: 'LineOfPositions',
    description: 'A GeoJSON LineString: longitude before latitude, WGS 84.',
  });
