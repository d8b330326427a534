import { z } from 'zod';
import { issue } from '../core/catalogue.ts';
import { dropRepeats, windAsRfc7946 } from './area.mend.ts';
import { ringsOf } from './area.rings.ts';
import {
  type AreaGeometry as Area,
  AreaGeometryShape,
  MultiPolygonShape,
  PolygonShape,
} from './area.shape.ts';
import { findTopologyFault } from './area.topology.ts';
import { isSamePosition, roundedPosition } from './position.schema.ts';

/** In all rings: the check of one area blocks the event loop for a tenth of a second, two in the worst case. */
export const MAX_VERTICES = 10_000;

const checked = <T extends z.ZodType<Area, Area>>(shape: T) =>
  z.preprocess(
    refuseTooMany,
    shape
      .superRefine(refuseUnclosed)
      .overwrite(dropRepeats)
      .superRefine(refuseBadTopology)
      .overwrite(windAsRfc7946),
  );

const square = [
  [8.2, 33.8],
  [8.6, 33.8],
  [8.6, 34.1],
  [8.2, 34.1],
  [8.2, 33.8],
];

export const PolygonGeometry = checked(PolygonShape).meta({
  id: 'PolygonGeometry',
  description: 'A GeoJSON Polygon with closed rings that do not cross themselves. Winding is mended.',
  example: { type: 'Polygon', coordinates: [square] },
});

export const MultiPolygonGeometry = checked(MultiPolygonShape).meta({
  id: 'MultiPolygonGeometry',
  description: 'A GeoJSON MultiPolygon whose parts do not overlap. Winding is mended.',
  example: { type: 'MultiPolygon', coordinates: [[square]] },
});

export const AreaGeometry = checked(AreaGeometryShape).meta({
  id: 'AreaGeometry',
  description:
    `A GeoJSON Polygon or MultiPolygon of at most ${MAX_VERTICES} positions: closed rings that do not cross ` +
    'themselves or each other, holes inside. Winding is mended as RFC 7946 asks.',
  example: { type: 'Polygon', coordinates: [square] },
});

// Runs before the shape: zod would record an issue for each of a million bad members and overflow the stack.
function refuseTooMany(input: unknown, ctx: z.RefinementCtx): unknown {
  const { type, coordinates } = (input ?? {}) as Partial<Area>;
  const vertices = countMembers(coordinates, type === 'MultiPolygon' ? 3 : 2);
  if (vertices <= MAX_VERTICES) return input;
  ctx.addIssue({
    code: 'custom',
    message: issue('area-positions', { most: MAX_VERTICES, positions: vertices }),
    path: ['coordinates'],
  });
  return z.NEVER;
}

/** Number of members in nested lists; an empty or missing list counts as one, so that the sum bounds all of them. */
function countMembers(value: unknown, depth: number): number {
  if (depth === 0 || !Array.isArray(value)) return 1;
  return Math.max(
    1,
    value.reduce((sum: number, member) => sum + countMembers(member, depth - 1), 0),
  );
}

function refuseUnclosed(area: Area, ctx: z.RefinementCtx): void {
  for (const { ring, path, positions } of ringsOf(area)) {
    const [first, last] = [positions[0]!, positions.at(-1)!];
    if (isSamePosition(first, last)) continue;
    const ends = { first: roundedPosition(first), last: roundedPosition(last) };
    ctx.addIssue({
      code: 'custom',
      message: issue('ring-open', { ring, ...ends }),
      path,
      continue: false,
    });
  }
}

function refuseBadTopology(area: Area, ctx: z.RefinementCtx): void {
  const fault = findTopologyFault(area);
  if (!fault) return;
  const { says, path } = fault;
  const params = { topology: true };
  ctx.addIssue({ code: 'custom', message: JSON.stringify(says), path, params, continue: false });
}
