import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FeatureCollection, Point } from 'geojson';
import { ANONYMOUS } from '../../src/core/caller.ts';
import { sql } from '../../src/db/sql.ts';
import { NearestQuery } from '../../src/features/crossings/nearest.schema.ts';
import { nearestStatement } from '../../src/features/crossings/nearest.sql.ts';
import { geodesicMetres, type LonLat } from '../support/geodesy.oracle.ts';
import { randomPoints, reportLargest } from '../support/geodesy.points.ts';
import { countRuns, samples } from '../support/runs.ts';
import { startService, type TestService } from '../support/service.ts';

const POINTS = samples(2000, 300);
const LIMIT = 3;
// Each answer is 35 kB with all that is known of three crossings.
const POINTS_A_STATEMENT = 200;

interface Near {
  id: string;
  distanceMetres: number;
}

const { features }: FeatureCollection<Point> = JSON.parse(
  readFileSync(new URL('../../data/crossings.geojson', import.meta.url), 'utf8'),
);
const crossings = features.map(({ id, geometry }) => ({
  id: id as string,
  at: geometry.coordinates as LonLat,
}));
const points = [...randomPoints(POINTS, 20261125), ...crossings.map(({ at }) => at)];

/** Two crossings at one place come in the order of their ids. */
const nearestByOracle = (point: LonLat): Near[] =>
  crossings
    .map(({ id, at }) => ({ id, distanceMetres: geodesicMetres(point, at) }))
    .sort((a, b) => a.distanceMetres - b.distanceMetres || (a.id < b.id ? -1 : 1))
    .slice(0, LIMIT);

const truths = points.map(nearestByOracle);

let service: TestService;
let answers: Near[][];
beforeAll(async () => {
  service = await startService();
  answers = [];
  for (let n = 0; n < points.length; n += POINTS_A_STATEMENT)
    answers.push(...(await nearest(points.slice(n, n + POINTS_A_STATEMENT))));
}, 200_000);
afterAll(() => service.stop());

/** The statement of the service, word for word, with the columns of a set in place of one point. */
async function nearest(some: readonly LonLat[]): Promise<Near[][]> {
  const query = NearestQuery.parse({ lon: 0, lat: 0, limit: LIMIT });
  const ofColumns = { ...query, lon: sql`q.lon`, lat: sql`q.lat` } as unknown as NearestQuery;
  const set = JSON.stringify(some.map(([lon, lat], n) => ({ n, lon, lat })));
  const rows = await service.db.query<{ features: string }>(
    ANONYMOUS,
    sql`
    SELECT s.features
    FROM json_to_recordset(${set}::json) AS q (n int, lon float, lat float)
    CROSS JOIN LATERAL (${nearestStatement(ofColumns)}) AS s
    ORDER BY q.n`,
  );
  return rows.map((row) => JSON.parse(`[${row.features}]`).map(toNear));
}

const toNear = ({ id, properties: { distanceMetres } }: { id: string; properties: Near }): Near => ({
  id,
  distanceMetres,
});

const ids = (list: readonly Near[]) => list.map(({ id }) => id);

describe(`the three nearest crossings of ${POINTS} random points`, () => {
  test('are those of the oracle, in the same order', () => {
    countRuns(points.length);
    points.forEach((point, n) => {
      expect({ point, nearest: ids(answers[n]!) }).toEqual({ point, nearest: ids(truths[n]!) });
    });
  });

  test('have the same distances within 0.1 %', () => {
    const errors = truths.flatMap((truth, n) =>
      truth.map(({ distanceMetres }, i) => ({
        error: Math.abs(answers[n]![i]!.distanceMetres - distanceMetres),
        // distances are rounded to 0.1 m
        allowed: Math.max(0.051, distanceMetres / 1000),
      })),
    );
    expect(errors.filter(({ error, allowed }) => error > allowed)).toEqual([]);
    reportLargest(
      'distance to a crossing',
      errors.map(({ error }) => error),
      'm',
    );
  });

  test('are the same over HTTP, at /v1/crossings/nearest and at /v1/locate', async () => {
    for (let n = 0; n < points.length; n += 20) {
      const [lon, lat] = points[n]!;
      const { body } = await service.api.get('/v1/crossings/nearest').query({ lon, lat }).expect(200);
      expect(body.features.map(toNear)).toEqual(answers[n]);
      const located = await service.api.get('/v1/locate').query({ lon, lat }).expect(200);
      expect(located.body.nearestCrossings).toMatchObject(answers[n]!);
    }
  });
});
