import { z } from 'zod';
import { Position } from './position.schema.ts';
import { quote } from './value.quote.ts';

const FEWEST_POSITIONS = 4; // per ring: a triangle and its first position again

const listOf = <T extends z.ZodType>(member: T, what: string) =>
  z.array(member, { error: ({ input }) => `${what}, not ${quote(input)}` });

const Ring = listOf(Position, 'a ring must be a list of positions').min(FEWEST_POSITIONS, {
  abort: true,
  error: ({ input }) =>
    `a ring needs at least ${FEWEST_POSITIONS} positions, this one has ${(input as unknown[]).length}`,
});

const Rings = listOf(Ring, 'the coordinates of a polygon must be a list of rings')
  .min(1, {
    abort: true,
    error: 'a polygon needs at least one ring',
  })
  .meta({ id: 'Rings', description: 'The outer ring of a polygon, then its holes.' });

const Polygons = listOf(Rings, 'the coordinates of a MultiPolygon must be a list of polygons').min(1, {
  abort: true,
  error: 'a MultiPolygon needs at least one polygon',
});

export const PolygonShape = z.strictObject({ type: z.literal('Polygon'), coordinates: Rings });
export const MultiPolygonShape = z.strictObject({ type: z.literal('MultiPolygon'), coordinates: Polygons });

/** The form of an area without the expensive checks: for documents, and for answers from the database. */
export const AreaGeometryShape = z.discriminatedUnion('type', [PolygonShape, MultiPolygonShape], {
  error: ({ input }) => `an area must be a GeoJSON Polygon or MultiPolygon, not ${nameOf(input)}`,
});
export type AreaGeometry = z.infer<typeof AreaGeometryShape>;

function nameOf(input: unknown): string {
  const isTyped = typeof input === 'object' && input !== null && 'type' in input;
  return isTyped ? `one of type ${quote(input.type)}` : quote(input);
}
