import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ANONYMOUS } from '../../src/core/caller.ts';
import { sql } from '../../src/db/sql.ts';
import {
  borders,
  countryAt,
  type Foot,
  feetOf,
  geodesicMetres,
  type LonLat,
} from '../support/geodesy.oracle.ts';
import { randomPoints, reportLargest } from '../support/geodesy.points.ts';
import { countRuns, samples } from '../support/runs.ts';
import { startService, type TestService } from '../support/service.ts';

const POINTS = samples(3000, 400);
const ACCURACIES = [0, 500, 5000, 50_000];
// So near to the limit either answer is right.
const BAND_METRES = 1;

interface Asked {
  point: LonLat;
  accuracyMetres: number;
}
interface Placement {
  country: string | null;
  candidates: string[] | null;
  border: string;
  borderKm: number;
  distanceMetres: number;
}

/** A question with the answer of the service and what the oracle found on each border. */
interface Case extends Asked {
  answer: Placement;
  feet: (Foot & { border: (typeof borders)[number] })[];
}

const asked: Asked[] = randomPoints(POINTS, 20261124).map((point, n) => ({
  point,
  accuracyMetres: ACCURACIES[n % ACCURACIES.length]!,
}));
const lines = borders.map(({ line }) => line.vertices);
const towns: { name: string; lon: number; lat: number; expectedCountry: string }[] = JSON.parse(
  readFileSync(new URL('../../data/places.json', import.meta.url), 'utf8'),
);

let service: TestService;
let cases: Case[];
beforeAll(async () => {
  service = await startService();
  const points = asked.map(({ point }) => point);
  const [answers, feet] = await Promise.all([place(asked), feetOf({ lines, points })]);
  cases = asked.map((one, n) => ({ ...one, answer: answers[n]!, feet: feetAt(feet, n) }));
}, 200_000);
afterAll(() => service.stop());

const feetAt = (feet: Foot[][], n: number) => borders.map((border, i) => ({ border, ...feet[i]![n]! }));

/** All in one statement, as anybody. */
function place(questions: readonly Asked[]): Promise<Placement[]> {
  const rows = questions.map(({ point: [lon, lat], accuracyMetres }, n) => ({ n, lon, lat, accuracyMetres }));
  return service.db.query<Placement>(
    ANONYMOUS,
    sql`
    SELECT p.country, p.candidates, p.border, p.border_km AS "borderKm", p.distance_m AS "distanceMetres"
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS q (n int, lon float, lat float, "accuracyMetres" float)
    CROSS JOIN LATERAL tripoint.place(ST_SetSRID(ST_MakePoint(q.lon, q.lat), 4326), q."accuracyMetres") AS p
    ORDER BY q.n`,
  );
}

const nearestFoot = ({ feet }: Case) =>
  feet.reduce((best, foot) => (foot.distanceMetres < best.distanceMetres ? foot : best));

const answeredFoot = ({ answer, feet }: Case) => feet.find(({ border }) => border.code === answer.border)!;

const distanceError = (one: Case) => Math.abs(one.answer.distanceMetres - nearestFoot(one).distanceMetres);

/** How much farther from the point the answered place of the line is than the nearest. */
const detourMetres = (one: Case) =>
  geodesicMetres(one.point, answeredFoot(one).border.line.at(one.answer.borderKm * 1000).place) -
  nearestFoot(one).distanceMetres;

const chainageError = (one: Case) => Math.abs(one.answer.borderKm * 1000 - answeredFoot(one).chainageMetres);

const isEquallyNear = (one: Case) => Math.abs(detourMetres(one)) <= 1;

const marginMetres = ({ border, distanceMetres }: Case['feet'][number], accuracyMetres: number) =>
  distanceMetres - accuracyMetres - border.accuracyMetres;

const isOnLimit = ({ feet, accuracyMetres }: Pick<Case, 'feet' | 'accuracyMetres'>) =>
  feet.some((foot) => Math.abs(marginMetres(foot, accuracyMetres)) < BAND_METRES);

/** What the oracle says of the country: only an outline, a ray and the distances to the lines. */
function expectedCountry({ point, feet, accuracyMetres }: Omit<Case, 'answer'>) {
  const within = countryAt(point);
  const near = feet.filter((foot) => marginMetres(foot, accuracyMetres) < 0);
  if (near.length === 0) return { country: within, candidates: null };
  const candidates = new Set([
    ...near.flatMap(({ border }) => border.countries),
    ...(within ? [within] : []),
  ]);
  return { country: 'undetermined', candidates: [...candidates].sort() };
}

describe(`on ${POINTS} random points`, () => {
  test('the nearest border is that of the oracle, or one as near within a metre', () => {
    const wrong = cases.filter(
      (one) => answeredFoot(one).distanceMetres - nearestFoot(one).distanceMetres > 1,
    );
    expect(wrong).toEqual([]);
    countRuns(cases.length);
  });

  test('the distance agrees within 0.1 %', () => {
    // a centimetre on the line itself
    const wrong = cases.filter(
      (one) => distanceError(one) > Math.max(0.01, nearestFoot(one).distanceMetres / 1000),
    );
    expect(wrong).toEqual([]);
    reportLargest('distance to the border', cases.map(distanceError), 'm');
    const far = cases.filter((one) => nearestFoot(one).distanceMetres > 100);
    reportLargest(
      'distance to the border over 100 m',
      far.map((one) => (distanceError(one) / nearestFoot(one).distanceMetres) * 100),
      '%',
    );
  });

  test('the chainage agrees within 50 m, or the place is as near within a metre', () => {
    expect(cases.filter((one) => chainageError(one) > 50 && !isEquallyNear(one))).toEqual([]);
    const ties = cases.filter((one) => chainageError(one) > 50);
    const clear = cases.filter((one) => !ties.includes(one));
    reportLargest(`chainage (${ties.length} ties apart)`, clear.map(chainageError), 'm');
    reportLargest('detour to the place at the answered chainage', cases.map(detourMetres), 'm');
  });

  test.each(ACCURACIES)('the country agrees for points as accurate as %p m', (accuracyMetres) => {
    const tested = cases.filter((one) => one.accuracyMetres === accuracyMetres && !isOnLimit(one));
    expect(tested.length).toBeGreaterThan((0.7 * POINTS) / 3);
    for (const { answer, ...one } of tested) {
      const { country, candidates } = answer;
      expect({ point: one.point, country, candidates }).toEqual({
        point: one.point,
        ...expectedCountry(one),
      });
    }
  });

  test('each kind of answer occurs', () => {
    const countries = new Set(cases.map(({ answer }) => answer.country));
    expect([...countries].sort()).toEqual(['DZA', 'LBY', 'TUN', null, 'undetermined']);
    expect(cases.some(({ answer }) => answer.candidates?.length === 3)).toBe(true);
  });
});

describe('GET /v1/locate', () => {
  test('gives the same answer for one point as for all together', async () => {
    for (const { point, accuracyMetres, answer } of cases.filter((_, n) => n % 15 === 0)) {
      const [lon, lat] = point;
      const { body } = await service.api.get('/v1/locate').query({ lon, lat, accuracyMetres }).expect(200);
      const { country, candidates, nearestBorder } = body;
      expect({ country, candidates, border: nearestBorder.border }).toEqual({
        country: answer.country,
        candidates: answer.candidates,
        border: answer.border,
      });
      expect(Math.abs(nearestBorder.borderKm - answer.borderKm)).toBeLessThan(0.000_51);
      expect(Math.abs(nearestBorder.distanceMetres - answer.distanceMetres)).toBeLessThan(0.051);
    }
  });
});

describe('towns', () => {
  const points = towns.map(({ lon, lat }): LonLat => [lon, lat]);
  let feet: Foot[][];
  beforeAll(async () => {
    feet = await feetOf({ lines, points });
  });

  test.each(ACCURACIES)(
    'with an accuracy of %p m are in their country unless the line is nearer',
    async (accuracyMetres) => {
      const answers = await place(points.map((point) => ({ point, accuracyMetres })));
      towns.forEach(({ name, expectedCountry: home }, n) => {
        const truth = expectedCountry({ point: points[n]!, accuracyMetres, feet: feetAt(feet, n) });
        const { country, candidates } = answers[n]!;
        expect({ name, country, candidates }).toEqual({ name, ...truth });
        if (country !== 'undetermined') expect(country).toBe(home);
      });
    },
  );

  test("with exact positions are all certain, except the one within the line's own error", async () => {
    const answers = await place(points.map((point) => ({ point, accuracyMetres: 0 })));
    const uncertain = towns.filter((_, n) => answers[n]!.country === 'undetermined');
    expect(uncertain.map(({ name }) => name)).toEqual(['Wāzin']);
  });
});

describe('the oracle itself', () => {
  test('finds no foot farther than any sample of the lines, every 200 m', async () => {
    const points = [0.3, 0.5, 0.8].map((part) => asked[Math.floor(part * POINTS)]!.point);
    const feet = await feetOf({ lines, points });
    borders.forEach(({ line }, i) => {
      const sampled = Array.from({ length: line.lengthMetres / 200 }, (_, k) => line.at(k * 200).place);
      const places = [...sampled, line.vertices.at(-1)!];
      points.forEach((point, n) => {
        const { distanceMetres, chainageMetres } = feet[i]![n]!;
        const nearest = Math.min(...places.map((place) => geodesicMetres(point, place)));
        expect(distanceMetres).toBeLessThan(nearest + 0.001);
        expect(nearest - distanceMetres).toBeLessThan(100);
        expect(geodesicMetres(point, line.at(chainageMetres).place)).toBeCloseTo(distanceMetres, 3);
      });
    });
  });
});
