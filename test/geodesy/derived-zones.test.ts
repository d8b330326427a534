import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FeatureCollection, LineString, MultiPolygon, Point } from 'geojson';
import type { CountryCode } from '../../src/core/caller.ts';
import { aZone } from '../support/builders.ts';
import {
  borders,
  countryAt,
  feetOf,
  geodesicMetres,
  isInRings,
  isNearOutline,
  type LonLat,
  type OracleLine,
  oracleLine,
  travel,
} from '../support/geodesy.oracle.ts';
import { beside, randomNumbers, reportLargest } from '../support/geodesy.points.ts';
import { countRuns, samples } from '../support/runs.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

interface Rule {
  border?: string;
  fromKm?: number;
  toKm?: number;
  segment?: string;
  crossing?: string;
  widthMetres?: number;
  radiusMetres?: number;
  side?: string;
}

/** Points near a rule, and as many on its outline. */
const EACH = samples(600, 100);
const ALL: CountryCode[] = ['DZA', 'LBY', 'TUN'];

const rules: [title: string, participants: CountryCode[], rule: Rule][] = [
  [
    'both sides of a stretch',
    ['DZA', 'TUN'],
    { border: 'DZA-TUN', fromKm: 310, toKm: 420, widthMetres: 15_000 },
  ],
  [
    'one side of a stretch that starts at the coast',
    ['LBY', 'TUN'],
    { border: 'LBY-TUN', fromKm: 0, toKm: 80, widthMetres: 12_000, side: 'TUN' },
  ],
  [
    'a narrow stretch',
    ['DZA', 'LBY'],
    { border: 'DZA-LBY', fromKm: 480, toKm: 600, widthMetres: 500, side: 'both' },
  ],
  [
    'a stretch that ends at the tripoint',
    ALL,
    { border: 'LBY-TUN', fromKm: 440, toKm: 500, widthMetres: 30_000 },
  ],
  [
    'a stretch of which one country takes part',
    ['DZA'],
    { border: 'DZA-TUN', fromKm: 150.25, toKm: 151.75, widthMetres: 3000 },
  ],
  ['both sides of a segment', ['DZA', 'LBY'], { segment: 'DZA-LBY-10', widthMetres: 25_000 }],
  ['one side of a segment', ['DZA', 'TUN'], { segment: 'DZA-TUN-05', widthMetres: 8000, side: 'DZA' }],
  [
    'the surroundings of a crossing at the coast',
    ['LBY', 'TUN'],
    { crossing: 'ras-ajdir', radiusMetres: 10_000 },
  ],
  [
    'the wide surroundings of a crossing, in two of three countries',
    ['DZA', 'TUN'],
    { crossing: 'debdeb-ghadames', radiusMetres: 100_000 },
  ],
  // ST_Buffer of the line as a whole would put this outline 25 m too far out.
  [
    'a stretch with a shallow hollow',
    ['DZA', 'TUN'],
    { border: 'DZA-TUN', fromKm: 250, toKm: 280, widthMetres: 14_000 },
  ],
  [
    'a whole winding border',
    ['DZA', 'TUN'],
    { border: 'DZA-TUN', fromKm: 0, toKm: 1044, widthMetres: 14_000 },
  ],
  ['the longest strip', ['DZA', 'TUN'], { border: 'DZA-TUN', fromKm: 0, toKm: 1044, widthMetres: 100_000 }],
  ['the slantest strip', ['DZA', 'LBY'], { border: 'DZA-LBY', fromKm: 0, toKm: 984, widthMetres: 100_000 }],
  [
    'one side of a whole border',
    ALL,
    { border: 'LBY-TUN', fromKm: 0, toKm: 480, widthMetres: 100_000, side: 'LBY' },
  ],
];

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const read = <G extends LineString | Point>(file: string): FeatureCollection<G> =>
  JSON.parse(readFileSync(new URL(`../../data/${file}`, import.meta.url), 'utf8'));

const positionOf = <G extends LineString | Point>(file: string, id: string) =>
  read<G>(file).features.find((one) => one.id === id)!.geometry.coordinates as G['coordinates'];

/** How far points are from what a rule names, and random points around it. */
interface Origin {
  distances(points: readonly LonLat[]): Promise<number[]>;
  around(random: () => number, metres: number): LonLat;
}

function originOf({ border, fromKm, toKm, segment, crossing }: Rule): Origin {
  if (crossing) return aroundPlace(positionOf<Point>('crossings.geojson', crossing) as LonLat);
  if (segment) return alongLine(oracleLine(positionOf<LineString>('segments.geojson', segment) as LonLat[]));
  const { line } = borders.find(({ code }) => code === border)!;
  return alongLine(line.between(fromKm! * 1000, toKm! * 1000));
}

const aroundPlace = (centre: LonLat): Origin => ({
  distances: async (points) => points.map((point) => geodesicMetres(centre, point)),
  around: (random, metres) => travel(centre, random() * 360, metres),
});

const alongLine = (line: OracleLine): Origin => ({
  async distances(points) {
    const [feet] = await feetOf({ lines: [line.vertices], points });
    return feet!.map(({ distanceMetres }) => distanceMetres);
  },
  // every fifth beyond one of the ends
  around(random, metres) {
    if (random() < 0.8) return beside(random, line, metres);
    return travel(line.vertices.at(random() < 0.5 ? 0 : -1)!, random() * 360, metres);
  },
});

/** Half of them anywhere near, half of them hard on the outline. */
function pointsAround({ around }: Origin, widthMetres: number): LonLat[] {
  const random = randomNumbers(20261126);
  const anywhere = Array.from({ length: EACH }, () => around(random, 2 * widthMetres * random()));
  const onOutline = Array.from({ length: EACH }, () =>
    around(random, widthMetres * (0.98 + 0.04 * random())),
  );
  return [...anywhere, ...onOutline];
}

// 0.1 % of the width, and five metres for narrow ones and for the outlines of the countries.
const bandMetres = (widthMetres: number) => Math.max(5, widthMetres / 1000);
const isOnCountryOutline = (point: LonLat) => isNearOutline(point, 5);

async function previewed(participants: CountryCode[], derivedFrom: Rule): Promise<LonLat[][]> {
  const { body } = await service.api
    .post('/v1/zones/preview')
    .set(as(keyOf(participants[0]!, 'operator')))
    .send(aZone({ participants, derivedFrom }))
    .expect(200);
  return (body.geometry as MultiPolygon).coordinates.flat() as LonLat[][];
}

/** At most a thousand places on the outline, corners and halfway between, without those cut along a country. */
function outlineOf(rings: readonly LonLat[][]): LonLat[] {
  const places = rings.flatMap((ring) => ring.slice(1).flatMap((end, i) => [halfway(ring[i]!, end), end]));
  const step = Math.ceil(places.length / 1000);
  return places.filter((place, n) => n % step === 0 && !isOnCountryOutline(place));
}

const halfway = (a: LonLat, b: LonLat): LonLat => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

describe.each(rules)('%s', (title, participants, rule) => {
  const widthMetres = (rule.widthMetres ?? rule.radiusMetres)!;
  const territory: string[] = rule.side && rule.side !== 'both' ? [rule.side] : participants;
  const band = bandMetres(widthMetres);
  let rings: LonLat[][];
  let points: LonLat[];
  let distances: number[];
  let outlineDistances: number[];
  beforeAll(async () => {
    const origin = originOf(rule);
    rings = await previewed(participants, rule);
    points = pointsAround(origin, widthMetres);
    const all = await origin.distances([...points, ...outlineOf(rings)]);
    distances = all.slice(0, points.length);
    outlineDistances = all.slice(points.length);
  });

  test('contains exactly the points within the width in the territory of the participants', () => {
    countRuns(points.length);
    const isClear = points.map(
      (point, n) => Math.abs(distances[n]! - widthMetres) > band && !isOnCountryOutline(point),
    );
    expect(isClear.filter(Boolean).length).toBeGreaterThan((2 * EACH * 5) / 6);
    const wrong = points.filter((point, n) => {
      const isExpected = distances[n]! < widthMetres && territory.includes(countryAt(point)!);
      return isClear[n] && isInRings(rings, point) !== isExpected;
    });
    expect(wrong).toEqual([]);
  });

  test('has its outline at the width', () => {
    const errors = outlineDistances.map((metres) => Math.abs(metres - widthMetres));
    reportLargest(`outline of ${title}, ${widthMetres} m wide`, errors, 'm');
    expect(errors.length).toBeGreaterThan(30);
    expect(Math.max(...errors)).toBeLessThan(band);
  });
});
