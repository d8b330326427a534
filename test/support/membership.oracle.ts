import { booleanPointInPolygon, multiPolygon } from '@turf/turf';
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
  /** Metres from a point to the outline, or infinity where it is farther than asked for. */
  outlineWithin(point: LonLat, metres: number): number;
}

const LONGEST_PIECE_DEGREES = 0.005;
const METRES_PER_DEGREE = 110_000; // somewhat less than a degree of latitude has
const LONGEST_PIECE_METRES = 600;

export function oracleZone(id: string, area: MultiPolygon): OracleZone {
  const turfArea = multiPolygon(area.coordinates);
  const pieces = area.coordinates.flat().flatMap((ring) => piecesOf(ring as LonLat[]));
  return {
    id,
    contains: (point) => booleanPointInPolygon(point, turfArea),
    outlineWithin: (point, metres) => {
      const near = pieces.filter((piece) => isWithin(piece, point, metres));
      return nearestOf(near, point);
    },
  };
}

type Piece = [from: LonLat, to: LonLat];

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

/** A cheap test that is never too strict. */
function isWithin([[lon, lat]]: Piece, point: LonLat, metres: number): boolean {
  const reach = metres + LONGEST_PIECE_METRES;
  const northings = Math.abs(lat - point[1]) * METRES_PER_DEGREE;
  if (northings > reach) return false;
  const shrink = Math.cos(((Math.max(Math.abs(lat), Math.abs(point[1])) + 0.1) * Math.PI) / 180);
  return Math.abs(lon - point[0]) * METRES_PER_DEGREE * shrink <= reach;
}

function nearestOf(pieces: readonly Piece[], point: LonLat): number {
  const starts = pieces.map(([from]) => geodesicMetres(from, point));
  const worthTrying = Math.min(...starts) + LONGEST_PIECE_METRES;
  const distances = pieces.filter((_, i) => starts[i]! <= worthTrying).map((piece) => along(piece, point));
  return Math.min(Number.POSITIVE_INFINITY, ...distances);
}

// The distance has one minimum along a short piece: thirds that cannot hold it are dropped.
function along([from, to]: Piece, point: LonLat): number {
  const distance = (part: number) => geodesicMetres(between(from, to, part), point);
  let [low, high] = [0, 1];
  while (high - low > 1e-5) {
    const [left, right] = [low + (high - low) / 3, high - (high - low) / 3];
    if (distance(left) < distance(right)) high = right;
    else low = left;
  }
  return Math.min(distance(0), distance(1), distance((low + high) / 2));
}

// Pairs in this band around the outline may go either way: an edge in the database is a chain of geodesics.
const BAND_SHARE = 0.005;
const BAND_METRES = 0.2;

/** What an incident may be to a zone: one relation, or two where it is too close to tell. */
export function possibleRelations(zone: OracleZone, incident: OracleIncident, isInside: boolean): Relation[] {
  const { at, accuracyMetres } = incident;
  const band = BAND_SHARE * accuracyMetres + BAND_METRES;
  const distance = zone.outlineWithin(at, accuracyMetres + band);
  const near: Relation = isInside ? 'edge' : 'possible';
  const far: Relation = isInside ? 'inside' : 'none';
  if (distance === 0 || distance < accuracyMetres - band) return [near];
  return distance > accuracyMetres + band ? [far] : [near, far];
}

/** Whether a point is inside, where turf can tell: on the outline rounding decides. */
export const isClearlyInside = (zone: OracleZone, at: LonLat): boolean | undefined =>
  zone.outlineWithin(at, 1) < BAND_METRES ? undefined : zone.contains(at);
