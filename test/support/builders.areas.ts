import { readFileSync } from 'node:fs';
import { booleanIntersects, booleanPointInPolygon, point } from '@turf/turf';
import geographiclib from 'geographiclib-geodesic';
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { reference } from './builders.reference.ts';
import { geodesicMetres, type LonLat } from './geodesy.oracle.ts';

const { features: countries }: FeatureCollection<MultiPolygon> = JSON.parse(
  readFileSync(new URL('../../data/countries.geojson', import.meta.url), 'utf8'),
);

type Area = Polygon | MultiPolygon;

const territoryOf = (country: string): Feature<MultiPolygon> =>
  countries.find(({ properties }) => properties!.code === country)!;

export const ringsOf = (area: Area): LonLat[][] =>
  (area.type === 'Polygon' ? area.coordinates : area.coordinates.flat()) as LonLat[][];

export const liesIn = (area: Area, at: LonLat): boolean => booleanPointInPolygon(point(at), area);

export const isInCountry = (country: string, at: LonLat): boolean =>
  booleanPointInPolygon(point(at), territoryOf(country));

/** Points of a lattice over an area, that lie inside it. */
export function pointsInside(area: Area, steps = 12): LonLat[] {
  const positions = ringsOf(area).flat();
  const range = (axis: 0 | 1) => {
    const values = positions.map((position) => position[axis]);
    const [from, to] = [Math.min(...values), Math.max(...values)];
    return Array.from({ length: steps }, (_, i) => from + ((i + 0.5) / steps) * (to - from));
  };
  return range(0)
    .flatMap((lon) => range(1).map((lat): LonLat => [lon, lat]))
    .filter((at) => liesIn(area, at));
}

const STEP_METRES = 50;

/** Places along a line, at most 50 metres apart, each with its distance from the first vertex. */
export function placesAlong(line: readonly LonLat[]): { at: LonLat; km: number }[] {
  let metres = 0;
  return line.flatMap((to, i) => {
    const from = line[i - 1] ?? to;
    const length = geodesicMetres(from, to);
    const steps = Math.max(1, Math.ceil(length / STEP_METRES));
    const places = Array.from({ length: steps }, (_, n) => {
      const part = (n + 1) / steps;
      const at: LonLat = [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
      return { at, km: (metres + length * part) / 1000 };
    });
    metres += length;
    return places;
  });
}

export const alongBorder = (code: string): { at: LonLat; km: number }[] =>
  placesAlong(reference.borders.find(({ id }) => id === code)!.geometry.coordinates as LonLat[]);

const CANDIDATES = 5;

/** Geodesic, to the nearest of some places: those that are nearest by degrees are measured. */
export function metresTo(places: readonly { at: LonLat }[], [lon, lat]: LonLat): number {
  const scale = Math.cos((lat * Math.PI) / 180);
  const byDegrees = places
    .map(({ at }) => ({ at, degrees: Math.hypot((at[0] - lon) * scale, at[1] - lat) }))
    .sort((a, b) => a.degrees - b.degrees);
  return Math.min(...byDegrees.slice(0, CANDIDATES).map(({ at }) => geodesicMetres(at, [lon, lat])));
}

/** Geodesic, of one ring without holes. */
export function ringKm2(ring: readonly LonLat[]): number {
  const polygon = geographiclib.Geodesic.WGS84.Polygon(false);
  for (const [lon, lat] of ring.slice(1)) polygon.AddPoint(lat, lon);
  return Math.abs(polygon.Compute(false, true).area!) / 1e6;
}

export const crossingsInside = (area: Area): string[] =>
  reference.crossings
    .filter(({ geometry }) => liesIn(area, geometry.coordinates as LonLat))
    .map(({ id }) => id)
    .sort();

export const segmentsTouching = (area: Area): string[] =>
  reference.segments
    .filter(({ geometry }) => booleanIntersects(area, geometry))
    .map(({ id }) => id)
    .sort();
