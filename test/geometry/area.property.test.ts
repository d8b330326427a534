import { describe, expect, test } from '@jest/globals';
import { area, booleanClockwise, kinks } from '@turf/turf';
import { AreaGeometry, MAX_VERTICES } from '../../src/geometry/area.schema.ts';
import { firstIssue } from '../support/issues.ts';
import { countRuns, samples } from '../support/runs.ts';
import { combRing, slantedCombRing } from '../support/slow.texts.ts';

type Position = [number, number];

/** Mulberry32: the same numbers in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A ring seen whole from its centre: it cannot cross itself. */
function starRing(random: () => number, corners: number, reach = 4): Position[] {
  const centre = [20 * random() - 5, 60 * random() - 30] as const;
  const ring = Array.from({ length: corners }, (_, i): Position => {
    const angle = (2 * Math.PI * (i + 0.8 * random())) / corners;
    const radius = reach * (0.2 + 0.8 * random());
    return [centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle)];
  });
  return [...ring, ring[0]!];
}

/** Edges that started at the two corners now end at each other's: a quadrilateral of the ring becomes a bow tie. */
function withCrossing(ring: Position[], at: number): Position[] {
  const crossed = [...ring];
  [crossed[at], crossed[at + 1]] = [ring[at + 1]!, ring[at]!];
  return crossed;
}

const polygon = (...coordinates: Position[][]) => ({ type: 'Polygon' as const, coordinates });
const random = randomNumbers(20261123);
const seeds = Array.from({ length: samples(300, 60) }, (_, i) => ({
  corners: 4 + (i % 60),
  isReversed: i % 2 === 1,
}));

describe('on random polygons', () => {
  test('valid ones pass, get RFC 7946 winding, and keep their area', () => {
    for (const { corners, isReversed } of seeds) {
      const ring = starRing(random, corners);
      const input = polygon(isReversed ? ring.toReversed() : ring);
      const output = AreaGeometry.parse(input);
      expect(booleanClockwise(output.coordinates[0] as Position[])).toBe(false);
      expect(output.coordinates[0]).toHaveLength(ring.length);
      expect(area(output) / area(input)).toBeCloseTo(1, 12);
    }
    countRuns(seeds.length);
  });

  test('polygons with kinks by turf are refused, and no others', () => {
    for (const { corners } of seeds) {
      const at = 1 + Math.floor(random() * (corners - 2));
      const candidate = polygon(withCrossing(starRing(random, corners), at));
      expect({ candidate, isTaken: AreaGeometry.safeParse(candidate).success }).toEqual({
        candidate,
        isTaken: kinks(candidate).features.length === 0,
      });
    }
    countRuns(seeds.length);
  });

  test('random chords nearly always cross, and turf agrees on each', () => {
    for (const { corners } of seeds) {
      const chords = Array.from({ length: corners }, (): Position => [random(), random()]);
      const candidate = polygon([...chords, chords[0]!]);
      expect(AreaGeometry.safeParse(candidate).success).toBe(kinks(candidate).features.length === 0);
    }
    countRuns(seeds.length);
  });

  test('a crossing is located', () => {
    const some = seeds.slice(0, 100);
    countRuns(some.length);
    for (const { corners } of some) {
      const ring = starRing(random, corners);
      const [lon, lat] = ring[0]!;
      // a bow tie far to the east of the ring hangs on its last corner
      const bowTie: Position[] = [
        [lon + 20, lat],
        [lon + 22, lat + 2],
        [lon + 22, lat],
        [lon + 20, lat + 2],
      ];
      const issue = firstIssue(AreaGeometry.safeParse(polygon([...ring.slice(0, -1), ...bowTie, ring[0]!])));
      expect(issue!.message).toMatch(/^the exterior ring crosses itself near \[-?[\d.]+, -?[\d.]+\]$/);
    }
  });
});

test.each([
  ['a star', (n: number) => starRing(random, n - 1)],
  ['a comb with long teeth', combRing],
  ['a slanted comb, in which the boxes of all edges overlap', slantedCombRing],
])('the most positions allowed are accepted: %s', (_, ringOf) => {
  expect(AreaGeometry.safeParse(polygon(ringOf(MAX_VERTICES))).error).toBeUndefined();
});
