import type { MultiPolygon, Polygon, Position } from 'geojson';
import type { LonLat } from './geodesy.oracle.ts';

type Random = () => number;

export const polygon = (...rings: LonLat[][]): Polygon => ({ type: 'Polygon', coordinates: rings });

/** A ring seen whole from its centre: it cannot cross itself, and lies between half the reach and the reach. */
export function starRing(random: Random, [lon, lat]: LonLat, corners: number, reach: number): LonLat[] {
  const ring = Array.from({ length: corners }, (_, i): LonLat => {
    const angle = (2 * Math.PI * (i + 0.8 * random())) / corners;
    const radius = reach * (0.5 + 0.5 * random());
    return [lon + radius * Math.cos(angle), lat + radius * Math.sin(angle)];
  });
  return [...ring, ring[0]!];
}

export const starWithHole = (random: Random, centre: LonLat, corners: number, reach: number): Polygon =>
  polygon(starRing(random, centre, corners, reach), starRing(random, centre, 9, reach * 0.3));

/** Three stars in a row, apart from each other. */
export const archipelago = (random: Random, [lon, lat]: LonLat, reach: number): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [-1, 0, 1].map(
    (step) => starWithHole(random, [lon + 2.1 * step * reach, lat], 20, reach).coordinates,
  ),
});

export const rectangle = (west: number, south: number, east: number, north: number): LonLat[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];

/** A square on its tip with many vertices in line, all at sums of powers of two: its edges can be hit exactly. */
export function diamond([lon, lat]: LonLat, steps: number): LonLat[] {
  const tips: LonLat[] = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
    [1, 0],
  ];
  const reach = steps / 64;
  const ring = tips.slice(1).flatMap(([x, y], i) => {
    const [fromX, fromY] = tips[i]!;
    return Array.from({ length: steps }, (_, n): LonLat => {
      const part = n / steps;
      return [lon + reach * (fromX + part * (x - fromX)), lat + reach * (fromY + part * (y - fromY))];
    });
  });
  return [...ring, ring[0]!];
}

export const ringsOf = (area: Polygon | MultiPolygon): LonLat[][] =>
  (area.type === 'Polygon' ? area.coordinates : area.coordinates.flat()) as LonLat[][];

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

/** One of the vertices. */
export const onVertex = (random: Random, area: Polygon | MultiPolygon): LonLat =>
  pick(random, pick(random, ringsOf(area)));

/** In the middle of one of the edges, exactly if its vertices are sums of powers of two. */
export function onEdge(random: Random, area: Polygon | MultiPolygon): LonLat {
  const ring = pick(random, ringsOf(area));
  const n = Math.floor(random() * (ring.length - 1));
  const [from, to] = [ring[n]!, ring[n + 1]!] as [Position, Position];
  return [(from[0]! + to[0]!) / 2, (from[1]! + to[1]!) / 2];
}
