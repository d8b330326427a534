import { z } from 'zod';

export const LineStringGeometry = z
  .strictObject({
    type: z.literal('LineString'),
    coordinates: z.array(z.array(z.number()).min(2).max(2)).min(2),
  })
  .meta({
    id: 'LineStringGeometry',
    description: 'A GeoJSON LineString: longitude before latitude, WGS 84.',
  });
