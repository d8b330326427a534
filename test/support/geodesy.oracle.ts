import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import geographiclib from 'geographiclib-geodesic';
import type { FeatureCollection, LineString, MultiPolygon } from 'geojson';

// Karney's geodesics alone: no PostGIS, no turf, no projection.
const earth = geographiclib.Geodesic.WGS84;
type Geodesic = ReturnType<typeof earth.InverseLine>;

export type LonLat = [lon: number, lat: number];

export interface Foot {
  distanceMetres: number;
  chainageMetres: number;
}

export interface OracleLine {
  lengthMetres: number;
  vertices: readonly LonLat[];
  /** The place of the line that is nearest to a point. */
  foot(point: LonLat): Foot;
  /** The place at a chainage, and the azimuth of the line there. */
  at(chainageMetres: number): { place: LonLat; azimuth: number };
  between(fromMetres: number, toMetres: number): OracleLine;
}

interface Edge {
  geodesic: Geodesic;
  fromMetres: number;
  lengthMetres: number;
}

export const geodesicMetres = ([lonA, latA]: LonLat, [lonB, latB]: LonLat): number =>
  earth.Inverse(latA, lonA, latB, lonB, geographiclib.Geodesic.DISTANCE).s12!;

/** Where one arrives from a place in a direction (degrees clockwise from north). */
export function travel([lon, lat]: LonLat, azimuth: number, metres: number): LonLat {
  const { lon2, lat2 } = earth.Direct(lat, lon, azimuth, metres);
  return [lon2!, lat2!];
}

const SPHERE_METRES = 6_371_008.8;
// No distance on the spheroid differs from that on the sphere by more than 0.6 %.
const MARGIN = 1.0075;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

function sphereMetres([lonA, latA]: LonLat, [lonB, latB]: LonLat): number {
  const chord =
    Math.sin(radians(latB - latA) / 2) ** 2 +
    Math.cos(radians(latA)) * Math.cos(radians(latB)) * Math.sin(radians(lonB - lonA) / 2) ** 2;
  return 2 * SPHERE_METRES * Math.asin(Math.sqrt(Math.min(1, chord)));
}

/** A line of geodesic edges, measured from its first vertex. */
export function oracleLine(vertices: readonly LonLat[]): OracleLine {
  const edges = edgesOf(vertices);
  const end = edges.at(-1)!;
  const lengthMetres = end.fromMetres + end.lengthMetres;

  const at = (chainageMetres: number) => {
    const edge = edges.findLast(({ fromMetres }) => fromMetres <= chainageMetres) ?? edges[0]!;
    const { lon2, lat2, azi2 } = edge.geodesic.Position(chainageMetres - edge.fromMetres);
    return { place: [lon2!, lat2!] as LonLat, azimuth: azi2! };
  };
  const between = (fromMetres: number, toMetres: number) => {
    const [from, to] = [Math.max(0, fromMetres), Math.min(lengthMetres, toMetres)];
    const kept = edges.filter((edge) => edge.fromMetres > from && edge.fromMetres < to);
    return oracleLine([at(from).place, ...kept.map(startOf), at(to).place]);
  };
  return { lengthMetres, vertices, at, between, foot: (point) => nearestFoot(vertices, edges, point) };
}

const startOf = ({ geodesic: { lon1, lat1 } }: Edge): LonLat => [lon1, lat1];

function edgesOf(vertices: readonly LonLat[]): Edge[] {
  let fromMetres = 0;
  return vertices.slice(1).map(([lon, lat], i) => {
    const [startLon, startLat] = vertices[i]!;
    const geodesic = earth.InverseLine(startLat, startLon, lat, lon);
    const edge = { geodesic, fromMetres, lengthMetres: geodesic.s13 };
    fromMetres += geodesic.s13;
    return edge;
  });
}

/** Every edge is looked at; the exact distance is worked out only where a lower bound does not rule the edge out. */
function nearestFoot(vertices: readonly LonLat[], edges: readonly Edge[], point: LonLat): Foot {
  const toVertex = vertices.map((vertex) => sphereMetres(point, vertex));
  const reach = Math.min(...toVertex) * MARGIN;
  const candidates = edges
    .map((edge, i) => ({
      edge,
      atLeast: ((toVertex[i]! + toVertex[i + 1]!) / MARGIN - edge.lengthMetres) / 2,
    }))
    .filter(({ atLeast }) => atLeast <= reach)
    .sort((a, b) => a.atLeast - b.atLeast);
  let nearest: Foot = { distanceMetres: Number.POSITIVE_INFINITY, chainageMetres: 0 };
  for (const { edge, atLeast } of candidates) {
    if (atLeast > nearest.distanceMetres) break;
    const foot = footOnEdge(edge, point);
    if (foot.distanceMetres < nearest.distanceMetres) nearest = foot;
  }
  return nearest;
}

// Steps along the edge by what is left of the way to the point in the direction of the edge, until nothing is.
// Good for points less than a quarter of the way round the Earth away.
function footOnEdge({ geodesic, fromMetres, lengthMetres }: Edge, [lon, lat]: LonLat): Foot {
  let along = lengthMetres / 2;
  for (let step = 0; step < 20; step++) {
    const here = geodesic.Position(along);
    const way = earth.Inverse(here.lat2!, here.lon2!, lat, lon);
    const turn = radians(way.azi1! - here.azi2!);
    const ahead = SPHERE_METRES * Math.atan(Math.tan(way.s12! / SPHERE_METRES) * Math.cos(turn));
    const next = Math.min(lengthMetres, Math.max(0, along + ahead));
    if (Math.abs(next - along) < 1e-4)
      return { distanceMetres: way.s12!, chainageMetres: fromMetres + along };
    along = next;
  }
  throw new Error(`the oracle finds no foot for ${lon}, ${lat}`);
}

interface FootQuestion {
  lines: readonly (readonly LonLat[])[];
  points: readonly LonLat[];
}

/**
 * For each line the feet of all points. In a thread of its own: where Jest runs the tests, every look-up of Math takes
 * twenty times as long.
 */
export async function feetOf(question: FootQuestion): Promise<Foot[][]> {
  const worker = new Worker(new URL('./geodesy.worker.mjs', import.meta.url), {
    workerData: question,
    execArgv: [],
  });
  const [feet] = await once(worker, 'message');
  return feet;
}

const features = <G extends LineString | MultiPolygon>(file: string) =>
  (
    JSON.parse(readFileSync(new URL(`../../data/${file}`, import.meta.url), 'utf8')) as FeatureCollection<G>
  ).features.map(({ id, geometry, properties }) => ({ id: id as string, geometry, properties: properties! }));

export interface OracleBorder {
  code: string;
  countries: string[];
  accuracyMetres: number;
  line: OracleLine;
}

export const borders: OracleBorder[] = features<LineString>('borders.geojson').map(
  ({ id, geometry, properties }) => ({
    code: id,
    countries: id.split('-'),
    accuracyMetres: properties.horizontalAccuracyM,
    line: oracleLine(geometry.coordinates as LonLat[]),
  }),
);

const countries = features<MultiPolygon>('countries.geojson').map(({ id, geometry }) => ({
  code: id,
  rings: geometry.coordinates.flat() as LonLat[][],
}));

/** The country whose outline a ray from the point crosses an odd number of times; null outside all. */
export const countryAt = (point: LonLat): string | null =>
  countries.find(({ rings }) => isInRings(rings, point))?.code ?? null;

/** Edges are straight in longitude and latitude (RFC 7946); holes count by themselves. */
export function isInRings(rings: readonly (readonly LonLat[])[], [lon, lat]: LonLat): boolean {
  const isCrossed = (a: LonLat, b: LonLat) =>
    a[1] > lat !== b[1] > lat && lon < a[0] + ((lat - a[1]) / (b[1] - a[1])) * (b[0] - a[0]);
  const crossed = rings.flatMap((ring) => ring.filter((end, i) => i > 0 && isCrossed(ring[i - 1]!, end)));
  return crossed.length % 2 === 1;
}

const METRES_A_DEGREE = 111_320;

/** Whether an outline of a country passes within some metres of the point; flat, which is enough for metres. */
export function isNearOutline([lon, lat]: LonLat, metres: number): boolean {
  const narrowing = Math.cos(radians(lat));
  const reach = metres / METRES_A_DEGREE;
  const [south, north] = [lat - reach, lat + reach];
  const isNear = (a: LonLat, b: LonLat) => {
    if ((a[1] > north && b[1] > north) || (a[1] < south && b[1] < south)) return false;
    const start: Place = [(a[0] - lon) * narrowing, a[1] - lat];
    return squareFromOrigin(start, [(b[0] - lon) * narrowing, b[1] - lat]) < reach ** 2;
  };
  return countries.some(({ rings }) =>
    rings.some((ring) => ring.some((end, i) => i > 0 && isNear(ring[i - 1]!, end))),
  );
}

type Place = readonly [x: number, y: number];

function squareFromOrigin([xA, yA]: Place, [xB, yB]: Place): number {
  const [dx, dy] = [xB - xA, yB - yA];
  const along = -(xA * dx + yA * dy) / (dx * dx + dy * dy);
  const part = along > 1 ? 1 : along > 0 ? along : 0;
  return (xA + part * dx) ** 2 + (yA + part * dy) ** 2;
}
