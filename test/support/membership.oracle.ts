import { bbox, booleanPointInPolygon, multiLineString, multiPolygon } from '@turf/turf';
import type { MultiPolygon } from 'geojson';
import { geodesicMetres, type LonLat } from './geodesy.oracle.ts';

// Knows nothing of parts and edges in the database: turf for inside, geographiclib for the distance to the outline.

export type Relation = 'inside' | 'edge' | 'possible' | 'none';

export interface OracleIncident {
  id: string;
  at: LonLat;
  accuracyMetres: number;
}

export interface OracleZone {
  id: string;
  contains(point: LonLat): boolean;
  hasVertex(point: LonLat): boolean;
  /** The pieces of the outline that may be as near to a point as this. */
  outlineNear(point: LonLat, metres: number): Piece[];
}

type Piece = [from: LonLat, to: LonLat];

const LONGEST_PIECE_DEGREES = 0.005;
const LONGEST_PIECE_METRES = 600;
const METRES_PER_DEGREE = 110_000; // somewhat less than a degree of latitude has

export function oracleZone(id: string, area: MultiPolygon): OracleZone {
  const turfArea = multiPolygon(area.coordinates);
  const rings = area.coordinates.flat() as LonLat[][];
  const vertices = new Set(rings.flat().map(String));
  const runs = rings.flatMap((ring) => runsOf(piecesOf(ring)));
  return {
    id,
    contains: (point) => booleanPointInPolygon(point, turfArea),
    hasVertex: (point) => vertices.has(String(point)),
    outlineNear: ([lon, lat], metres) => {
      const northings = (metres + LONGEST_PIECE_METRES) / METRES_PER_DEGREE;
      const eastings = northings / Math.cos(((Math.abs(lat) + northings) * Math.PI) / 180);
      const box: Box = [lon - eastings, lat - northings, lon + eastings, lat + northings];
      return runs.filter((run) => overlap(run.box, box)).flatMap(({ pieces }) => pieces);
    },
  };
}

type Box = [west: number, south: number, east: number, north: number];
interface Run {
  pieces: Piece[];
  box: Box;
}

const RUN_LENGTH = 16; // pieces that are looked at together

const overlap = (a: Box, b: Box): boolean => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

function runsOf(pieces: Piece[]): Run[] {
  const starts = Array.from({ length: Math.ceil(pieces.length / RUN_LENGTH) }, (_, n) => n * RUN_LENGTH);
  return starts.map((start) => {
    const run = pieces.slice(start, start + RUN_LENGTH);
    return { pieces: run, box: bbox(multiLineString(run)) as Box };
  });
}

const between = ([lonA, latA]: LonLat, [lonB, latB]: LonLat, part: number): LonLat => [
  lonA + part * (lonB - lonA),
  latA + part * (latB - latA),
];

// Edges are straight in longitude and latitude (RFC 7946); a short piece is as good as a geodesic.
function piecesOf(ring: LonLat[]): Piece[] {
  return ring.slice(1).flatMap((to, i) => {
    const from = ring[i]!;
    const degrees = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const count = Math.max(1, Math.ceil(degrees / LONGEST_PIECE_DEGREES));
    const at = (n: number) => (n === count ? to : between(from, to, n / count));
    return Array.from({ length: count }, (_, n): Piece => [at(n), at(n + 1)]);
  });
}

// The distance has one minimum along a short piece: thirds that cannot hold it are dropped.
function metresTo([from, to]: Piece, point: LonLat): number {
  const distance = (part: number) => geodesicMetres(between(from, to, part), point);
  let [low, high] = [0, 1];
  while (high - low > 1e-4) {
    const [left, right] = [low + (high - low) / 3, high - (high - low) / 3];
    if (distance(left) < distance(right)) high = right;
    else low = left;
  }
  return Math.min(distance(0), distance(1), distance((low + high) / 2));
}

// Pairs in this band around the outline may go either way: an edge in the database is a chain of geodesics.
const BAND_SHARE = 0.005;
const BAND_METRES = 0.2;

/** Whether the circle around a point reaches the outline; undefined where it is too close to tell. */
function reachesOutline(zone: OracleZone, point: LonLat, metres: number): boolean | undefined {
  const band = BAND_SHARE * metres + BAND_METRES;
  const pieces = zone.outlineNear(point, metres + band);
  const starts = pieces.map(([from]) => geodesicMetres(from, point));
  const nearest = Math.min(Number.POSITIVE_INFINITY, ...starts);
  if (zone.hasVertex(point) || nearest < metres - band) return true;
  const inDoubt = pieces.filter((_, i) => starts[i]! < metres + band + LONGEST_PIECE_METRES);
  const distance = Math.min(nearest, ...inDoubt.map((piece) => metresTo(piece, point)));
  if (distance < metres - band) return true;
  return distance > metres + band ? false : undefined;
}

/** What an incident may be to a zone: one relation, or two where it is too close to tell. */
export function possibleRelations(
  zone: OracleZone,
  { at, accuracyMetres }: OracleIncident,
  isInside: boolean,
): Relation[] {
  const near: Relation = isInside ? 'edge' : 'possible';
  const far: Relation = isInside ? 'inside' : 'none';
  const reaches = reachesOutline(zone, at, accuracyMetres);
  if (reaches === undefined) return [near, far];
  return reaches ? [near] : [far];
}

/** Whether a point is inside, where turf can tell: on the outline rounding decides. */
export const isClearlyInside = (zone: OracleZone, at: LonLat): boolean | undefined =>
  reachesOutline(zone, at, 0) === false ? zone.contains(at) : undefined;
