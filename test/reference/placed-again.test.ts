import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { reference } from '../support/builders.reference.ts';
import { anIncident } from '../support/builders.ts';
import {
  aCorrection,
  approveCorrection,
  type GivenFeature,
  preview,
  propose,
} from '../support/corrections.ts';
import { eventually } from '../support/eventually.ts';
import { type LonLat, travel } from '../support/geodesy.oracle.ts';
import { randomNumbers } from '../support/random.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let api: TestService['api'];
beforeAll(async () => {
  service = await startService();
  api = service.api;
  const random = randomNumbers(54);
  const lines = Array.from({ length: 300 }, () => {
    const { geometry } = reference.borders[Math.floor(random() * 3)]!;
    const vertex = geometry.coordinates[Math.floor(random() * geometry.coordinates.length)] as LonLat;
    const at = travel(vertex, random() * 360, random() ** 2 * 30_000);
    return anIncident({
      at,
      horizontalAccuracyMetres: [50, 500, 3000][Math.floor(random() * 3)],
      tlp: 'CLEAR',
    });
  });
  await api
    .post('/v1/incidents/import')
    .set(as(keyOf('TUN', 'reporter')))
    .set('Content-Type', 'application/geo+json')
    .send(JSON.stringify({ type: 'FeatureCollection', features: lines }))
    .expect(200);
});
afterAll(() => service.stop());

const lineOf = (code: string) =>
  reference.borders.find(({ id }) => id === code)!.geometry.coordinates as LonLat[];

/** A border with vertices moved: some hundred metres to the east, in two stretches. */
const movedBorder = (code: string, vertices: readonly number[], east: number): GivenFeature => ({
  collection: 'borders',
  id: code,
  geometry: {
    type: 'LineString',
    coordinates: lineOf(code).map(([lon, lat], n) => [vertices.includes(n) ? lon + east : lon, lat]),
  },
});

/** Incidents whose stored place is not the one that a new incident would get there. */
const misplaced = async () =>
  asTableOwner(
    service.db,
    sql`SELECT i.id FROM base.incident AS i CROSS JOIN LATERAL tripoint.place(i.point, i.horizontal_accuracy_m) AS p
      WHERE (i.country, i.candidates, i.border, i.segment) IS DISTINCT FROM (p.country, p.candidates, p.border, p.segment)
        OR abs(i.border_km - p.border_km) > 1e-6 OR abs(i.distance_to_border_m - p.distance_m) > 1e-3`,
  );

const FILES: Record<string, GivenFeature[]> = {
  'a border that moves in two stretches': [movedBorder('DZA-TUN', [300, 301, 1200], 0.006)],
  'a border that moves back': [movedBorder('DZA-TUN', [], 0)],
  'a border with another accuracy': [
    { collection: 'borders', id: 'DZA-LBY', properties: { horizontalAccuracyMetres: 4000 } },
  ],
  'a segment that is split': [
    { collection: 'segments', id: 'DZA-TUN-07', properties: { toKm: 302 } },
    {
      collection: 'segments',
      id: 'DZA-TUN-22',
      properties: { fromKm: 302, toKm: 347.797, names: { en: 'South of Bouchebka' } },
    },
  ],
  'segments that are joined again': [
    { collection: 'segments', id: 'DZA-TUN-07', properties: { toKm: 347.797 } },
    { collection: 'segments', id: 'DZA-TUN-22', removed: true },
  ],
};

describe('after a correction, each incident has the place that a new one would get', () => {
  test.each(Object.entries(FILES))('%s', async (_, features) => {
    const file = aCorrection(features);
    const country = features[0]!.id.startsWith('DZA-LBY') ? 'LBY' : 'TUN';
    const { body: seen } = await preview(api, country, file).expect(200);
    const revisions = async () =>
      new Map(
        (
          await asTableOwner<{ id: string; revision: number }>(
            service.db,
            sql`SELECT i.id, i.revision FROM base.incident AS i`,
          )
        ).map(({ id, revision }) => [id, revision]),
      );
    const before = await revisions();
    const { body } = await propose(api, country, file).expect(201);
    await approveCorrection(api, body);
    const after = await revisions();
    const written = [...after].filter(([id, revision]) => before.get(id) !== revision);
    expect(await misplaced()).toEqual([]);
    // all incidents are CLEAR: the preview saw each of them
    expect(seen.incidents.placedAgain).toBe(written.length);
    expect(written.length).toBeGreaterThan(0);
  });
});

const onServer = process.env.TEST_DATABASE_URL ? test : test.skip;

onServer('an incident that is written while a border moves is placed on the new line', async () => {
  const file = aCorrection([movedBorder('DZA-TUN', [300, 301], 0.006)]);
  const { body: correction } = await propose(api, 'TUN', file).expect(201);
  const owner = new pg.Client(service.connection);
  await owner.connect();
  try {
    await owner.query('BEGIN');
    await owner.query('SELECT base.apply_correction($1)', [correction.id]);
    const written = api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(anIncident({ at: lineOf('DZA-TUN')[300]!, horizontalAccuracyMetres: 10 }))
      .then((answer) => answer);
    await eventually(async () => {
      const { rows } = await owner.query(
        `SELECT 1 FROM pg_locks WHERE relation = 'base.incident'::regclass AND NOT granted`,
      );
      return rows.length > 0;
    });
    await owner.query('COMMIT');
    expect((await written).status).toBe(201);
  } finally {
    await owner.end();
  }
  expect(await misplaced()).toEqual([]);
});

test('segments still cover their borders from end to end, and areas of countries follow the lines', async () => {
  const [row] = await asTableOwner<Record<string, boolean>>(
    service.db,
    sql`SELECT
      (SELECT bool_and(abs(s.metres - b.length_km * 1000) < 5) FROM base.border AS b
        JOIN (SELECT g.border, sum(ST_Length(g.geog)) AS metres FROM base.segment AS g GROUP BY g.border) AS s ON s.border = b.code) AS covered,
      (SELECT bool_and(ST_IsValid(c.area) AND ST_Covers(ST_Boundary(c.area), b.line))
        FROM base.border AS b JOIN base.country AS c ON c.code = ANY (b.countries)) AS followed,
      (SELECT bool_and(s.sequence = s.n) FROM (
        SELECT g.sequence, row_number() OVER (PARTITION BY g.border ORDER BY g.from_km) AS n FROM base.segment AS g) AS s) AS numbered`,
  );
  expect(row).toEqual({ covered: true, followed: true, numbered: true });
});
