import type { Geometry, Position } from 'geojson';

/** Points and rectangles along the axes: what the relations of DE-9IM are between them can be said by hand. */
interface Rectangle {
  west: number;
  south: number;
  east: number;
  north: number;
  isPoint: boolean;
}

function rectangleOf(geometry: Geometry): Rectangle {
  const positions = (
    geometry.type === 'Point'
      ? [geometry.coordinates]
      : (geometry as { coordinates: Position[][] }).coordinates[0]!
  ) as [number, number][];
  const [x, y] = [positions.map(([lon]) => lon), positions.map(([, lat]) => lat)];
  return {
    west: Math.min(...x),
    south: Math.min(...y),
    east: Math.max(...x),
    north: Math.max(...y),
    isPoint: geometry.type === 'Point',
  };
}

export function relate(op: string, left: Geometry, right: Geometry): boolean {
  const [a, b] = [rectangleOf(left), rectangleOf(right)];
  const meet = a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north;
  const equal = a.west === b.west && a.south === b.south && a.east === b.east && a.north === b.north;
  const interiors = interiorsMeet(a, b);
  const answers: Record<string, boolean> = {
    s_intersects: meet,
    s_disjoint: !meet,
    s_equals: equal && a.isPoint === b.isPoint,
    s_touches: meet && !interiors,
    s_within: liesIn(a, b) && interiors,
    s_contains: liesIn(b, a) && interiors,
    s_overlaps: interiors && a.isPoint === b.isPoint && !liesIn(a, b) && !liesIn(b, a),
    s_crosses: false, // nothing here does
  };
  return answers[op]!;
}

/** A point is its own interior. */
function interiorsMeet(a: Rectangle, b: Rectangle): boolean {
  if (a.isPoint && b.isPoint) return a.west === b.west && a.south === b.south;
  return a.west < b.east && b.west < a.east && a.south < b.north && b.south < a.north;
}

const liesIn = (a: Rectangle, b: Rectangle): boolean =>
  a.west >= b.west && a.east <= b.east && a.south >= b.south && a.north <= b.north;
