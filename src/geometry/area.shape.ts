import { z } from 'zod';
import { issue } from '../core/catalogue.ts';
import { excerpt } from '../core/messages/message.ts';
import { Position } from './position.schema.ts';

const FEWEST_POSITIONS = 4; // per ring: a triangle and its first position again

type NotList = 'ring-not-list' | 'rings-not-list' | 'polygons-not-list';

const listOf = <T extends z.ZodType>(member: T, code: NotList) =>
  z.array(member, { error: ({ input }) => issue(code, { value: excerpt(input) }) });

const Ring = listOf(Position, 'ring-not-list').min(FEWEST_POSITIONS, {
  abort: true,
  error: ({ input }) =>
    issue('ring-too-short', { fewest: FEWEST_POSITIONS, positions: (input as unknown[]).length }),
});

const Rings = listOf(Ring, 'rings-not-list')
  .min(1, {
    abort: true,
    error: issue('polygon-empty'),
  })
  .meta({ id: 'Rings', description: 'The outer ring of a polygon, then its holes.' });

const Polygons = listOf(Rings, 'polygons-not-list').min(1, {
  abort: true,
  error: issue('multipolygon-empty'),
});

export const PolygonShape = z.strictObject({ type: z.literal('Polygon'), coordinates: Rings });
export const MultiPolygonShape = z.strictObject({ type: z.literal('MultiPolygon'), coordinates: Polygons });

/** The form of an area without the expensive checks: for documents, and for answers from the database. */
export const AreaGeometryShape = z.discriminatedUnion('type', [PolygonShape, MultiPolygonShape], {
  error: ({ input }) => issue('area-type', { value: excerpt(input), ...typeOf(input) }),
});
export type AreaGeometry = z.infer<typeof AreaGeometryShape>;

const typeOf = (input: unknown) =>
  typeof input === 'object' && input !== null && 'type' in input ? { type: excerpt(input.type) } : {};
