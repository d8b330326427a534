import type { MultiPolygon, Polygon } from 'geojson';
import { anIncident } from './builders.ts';
import { type LonLat, travel } from './geodesy.oracle.ts';
import { onEdge, onVertex } from './membership.shapes.ts';

type Random = () => number;

const LABELS = [
  { tlp: 'CLEAR' },
  { tlp: 'GREEN' },
  { tlp: 'AMBER' },
  { tlp: 'AMBER', releasableTo: ['DZA', 'LBY', 'TUN'] },
  { tlp: 'AMBER+STRICT' },
  { tlp: 'RED' },
];
const ACCURACIES = [0, 1, 100, 1000, 20_000];
const YEAR_START = Date.parse('2026-01-01T00:00:00Z');
const HALF_YEAR_SECONDS = 15_000_000;

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

/** From none to 20 km. */
export const anAccuracy = (random: Random): number =>
  random() < 0.5 ? pick(random, ACCURACIES) : Math.round(20_000 * random() ** 3);

// The world of these tests: where the zones lie, with room around them.
const [WEST, SOUTH, EAST, NORTH] = [6.5, 30, 12.5, 37.5];

const anywhere = (random: Random): LonLat => [
  WEST + random() * (EAST - WEST),
  SOUTH + random() * (NORTH - SOUTH),
];

/** Anywhere, exactly on a vertex or an edge, or beside an edge about as far as the accuracy reaches. */
function somewhere(
  random: Random,
  areas: readonly (Polygon | MultiPolygon)[],
  accuracyMetres: number,
): LonLat {
  const area = pick(random, areas);
  const choice = random();
  if (choice < 0.35) return anywhere(random);
  if (choice < 0.45) return onVertex(random, area);
  if (choice < 0.55) return onEdge(random, area);
  return travel(onEdge(random, area), 360 * random(), 2 * (accuracyMetres + 10) * random());
}

/** A random incident of these areas, as it is reported. */
export function aRandomIncident(
  random: Random,
  areas: readonly (Polygon | MultiPolygon)[],
  more: object = {},
) {
  const horizontalAccuracyMetres = anAccuracy(random);
  const seconds = Math.floor(HALF_YEAR_SECONDS * random());
  return anIncident({
    at: somewhere(random, areas, horizontalAccuracyMetres),
    occurredAt: new Date(YEAR_START + 1000 * seconds).toISOString(),
    horizontalAccuracyMetres,
    ...pick(random, LABELS),
    ...more,
  });
}
