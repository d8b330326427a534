import type { z } from 'zod';
import { issue } from '../../core/catalogue.ts';
import { ringsOf } from '../../geometry/area.rings.ts';
import { AreaGeometry } from '../../geometry/area.schema.ts';

const WIDEST_DEGREES = 90;

/**
 * A drawn area of limited width: PostGIS takes the shorter way around the earth between two positions, so an area wider
 * than half of it would be inverted. No real zone is that wide.
 */
export const ZoneArea = AreaGeometry.superRefine((area, ctx) => {
  const longitudes = ringsOf(area).flatMap(({ positions }) => positions.map(([lon]) => lon!));
  const [west, east] = longitudes.reduce(([min, max], lon) => [Math.min(min, lon), Math.max(max, lon)], [
    Infinity,
    -Infinity,
  ] as [number, number]);
  if (east - west > WIDEST_DEGREES) refuse(ctx, west, east);
});

const refuse = (ctx: z.RefinementCtx, west: number, east: number) =>
  ctx.addIssue({
    code: 'custom',
    path: ['coordinates'],
    message: issue('area-too-wide', { most: WIDEST_DEGREES, west, east }),
    params: { semantic: true },
  });
