import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { render, type Sql, sql } from '../../../src/db/sql.ts';
import { CRS84, EPSG_3857, EPSG_4326, EPSG_32632, type FilterCrs } from '../../../src/ogc/cql2/filter.crs.ts';
import type { Queryables } from '../../../src/ogc/cql2/queryable.sql.ts';
import { compileText } from '../../support/cql2.rows.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client(database.connection);
  await client.connect();
  // as the service connects; the tables of a test are too small for an index to pay
  await client.query(`
    SET ROLE tripoint_service;
    SET search_path TO tripoint, public;
    SELECT set_config('tripoint.viewer', '1', false), set_config('tripoint.agency', '', false);
    SET enable_seqscan TO off`);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const incidents: Queryables = new Map([
  ['geometry', { type: 'geometry', sql: sql`i.point`, geography: sql`i.geog`, isPoint: true }],
  ['shape', { type: 'geometry', sql: sql`i.point` }],
  ['occurredAt', { type: 'timestamp', sql: sql`i.occurred_at` }],
  [
    'occurred',
    {
      type: 'interval',
      sql: sql`i.occurred_at`,
      end: sql`coalesce(i.occurred_until, i.occurred_at)`,
      range: sql`i.period`,
    },
  ],
  ['agency', { type: 'string', sql: sql`i.agency` }],
]);
const zones: Queryables = new Map([['geometry', { type: 'geometry', sql: sql`z.area` }]]);
const segments: Queryables = new Map([
  ['geometry', { type: 'geometry', sql: sql`s.line`, geography: sql`s.geog` }],
  ['border', { type: 'string', sql: sql`s.border` }],
  ['fromKm', { type: 'number', sql: sql`s.from_km` }],
  ['sequence', { type: 'integer', sql: sql`s.sequence` }],
]);

async function planOf(
  select: Sql,
  filter: string,
  queryables: Queryables,
  crs: FilterCrs = CRS84,
): Promise<string> {
  const { text, values } = render(sql`${select} WHERE ${compileText(filter, queryables, crs)}`);
  const { rows } = await client.query(`EXPLAIN ${text}`, values as unknown[]);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

const ofIncidents = sql`SELECT i.id FROM incident AS i`;
const ofZones = sql`SELECT z.id FROM zone AS z`;
const ofSegments = sql`SELECT s.id FROM segment AS s`;

/** The index, and the condition with which it is entered. */
const entered = (plan: string): string => plan.replace(/\s+/g, ' ');

const AREA = 'POLYGON((8 34, 9 34, 9 35, 8 35, 8 34))';
const SPATIAL = ['INTERSECTS', 'EQUALS', 'TOUCHES', 'WITHIN', 'OVERLAPS', 'CROSSES', 'CONTAINS'];

describe('spatial predicates use the index of the stored geometry', () => {
  test.each(SPATIAL)('S_%s, on either side', async (name) => {
    for (const filter of [`S_${name}(geometry, ${AREA})`, `S_${name}(${AREA}, geometry)`]) {
      expect(entered(await planOf(ofZones, filter, zones))).toMatch(
        /zone_area_idx.*Index Cond: \(area [@&~]+/,
      );
      expect(entered(await planOf(ofSegments, filter, segments))).toMatch(
        /segment_line_idx.*Index Cond: \(line [@&~]+/,
      );
    }
  });

  test.each<[name: string, crs: FilterCrs, box: string]>([
    ['CRS84', CRS84, 'BBOX(8, 34, 9, 35)'],
    ['EPSG:4326', EPSG_4326, 'BBOX(34, 8, 35, 9)'],
    ['EPSG:3857', EPSG_3857, 'BBOX(890556, 4028802, 1001875, 4163881)'],
    ['EPSG:32632', EPSG_32632, 'BBOX(407000, 3762000, 500000, 3873000)'],
  ])('a box in %s', async (_name, crs, box) => {
    const plan = entered(await planOf(ofIncidents, `S_INTERSECTS(geometry, ${box})`, incidents, crs));
    expect(plan).toMatch(/incident_point_idx.*Index Cond: \(point && '[0-9A-F]+'::geometry/);
    expect(entered(await planOf(ofIncidents, `S_WITHIN(shape, ${box})`, incidents, crs))).toContain(
      'incident_point_idx',
    );
  });

  test('a box over the antimeridian, as two', async () => {
    const plan = await planOf(ofIncidents, 'S_INTERSECTS(geometry, BBOX(170, -10, -170, 10))', incidents);
    expect(plan.match(/Index Scan on incident_point_idx/g)).toHaveLength(2);
  });

  test('within a distance, on either side', async () => {
    for (const filter of [
      'S_DWITHIN(geometry, POINT(9 34), 5000)',
      'S_DWITHIN(POINT(9 34), geometry, 5 * 1000)',
    ]) {
      expect(await planOf(ofIncidents, filter, incidents)).toContain('incident_geog_idx');
      expect(await planOf(ofSegments, filter, segments)).toContain('segment_geog_idx');
    }
  });

  test('with other conditions, and in alternatives', async () => {
    const one = `S_INTERSECTS(shape, ${AREA}) AND agency LIKE 'tun%'`;
    expect(await planOf(ofIncidents, one, incidents)).toContain('incident_point_idx');
    const either = `S_INTERSECTS(shape, ${AREA}) OR S_INTERSECTS(shape, POINT(10 33))`;
    expect((await planOf(ofIncidents, either, incidents)).match(/incident_point_idx/g)).toHaveLength(2);
  });
});

describe('temporal predicates use the index of the stored time', () => {
  const WINDOW = "INTERVAL('2026-01-01', '2026-01-31')";
  test.each([
    ["occurredAt = TIMESTAMP('2026-01-31T12:00:00Z')"],
    ["occurredAt >= TIMESTAMP('2026-01-01T00:00:00Z') AND occurredAt < TIMESTAMP('2026-02-01T00:00:00Z')"],
    ["TIMESTAMP('2026-01-31T12:00:00Z') < occurredAt"],
    ["occurredAt = DATE('2026-01-31')"],
    ["occurredAt > '2026-01-31'"],
    ["occurredAt BETWEEN TIMESTAMP('2026-01-01T00:00:00Z') AND NOW()"],
    ["occurredAt IN (TIMESTAMP('2026-01-31T12:00:00Z'), TIMESTAMP('2026-01-31T13:00:00Z'))"],
    [`T_INTERSECTS(occurredAt, ${WINDOW})`],
    [`T_INTERSECTS(${WINDOW}, occurredAt)`],
    [`T_AFTER(occurredAt, ${WINDOW})`],
    [`T_BEFORE(occurredAt, ${WINDOW})`],
    ["T_EQUALS(occurredAt, TIMESTAMP('2026-01-31T12:00:00Z'))"],
    [`T_DURING(INTERVAL(occurredAt, '..'), ${WINDOW})`],
    [`T_STARTS(occurred, ${WINDOW})`],
  ])('%s', async (filter) => {
    const plan = entered(await planOf(ofIncidents, filter, incidents));
    expect(plan).toMatch(/incident_newest_idx.*Index Cond: \(+occurred_at/);
  });

  test('all but a window reads the index', async () => {
    const plan = await planOf(ofIncidents, `T_DISJOINT(occurredAt, ${WINDOW})`, incidents);
    expect(plan).toContain('incident_newest_idx');
  });

  test('an interval that is stored as a range uses the index of both', async () => {
    const plan = entered(await planOf(ofIncidents, `T_INTERSECTS(occurred, ${WINDOW})`, incidents));
    expect(plan).toMatch(/BitmapOr.*incident_newest_idx.*incident_period_idx/);
  });
});

describe('comparisons use the index of the stored value', () => {
  test.each([
    ["agency = 'tun-douane'", ofIncidents, incidents, 'incident_external_idx', ['agency']],
    [
      "agency IN ('tun-douane', 'lby-passeports')",
      ofIncidents,
      incidents,
      'incident_external_idx',
      ['agency'],
    ],
    [
      "border = 'DZA-TUN' AND fromKm >= 300 AND fromKm < 400.5",
      ofSegments,
      segments,
      'segment_chainage_idx',
      ['border', 'from_km'],
    ],
    [
      "border = 'DZA-TUN' AND fromKm BETWEEN 300 AND 400",
      ofSegments,
      segments,
      'segment_chainage_idx',
      ['border', 'from_km'],
    ],
    [
      "border = 'DZA-TUN' AND sequence = 7",
      ofSegments,
      segments,
      'segment_border_sequence_key',
      ['border', 'sequence'],
    ],
  ])('%s', async (filter, select, queryables, index, columns) => {
    const plan = await planOf(select, filter, queryables);
    expect(plan).toContain(index);
    const [condition] = plan.match(/Index Cond: .*/)!;
    for (const column of columns) expect(condition).toContain(`(${column} `);
  });

  // PostgreSQL 15 asks the index of the kilometres and filters, later versions that of the sequence
  test("border = 'DZA-TUN' AND sequence IN (7, 8)", async () => {
    const plan = await planOf(ofSegments, "border = 'DZA-TUN' AND sequence IN (7, 8)", segments);
    expect(plan).toMatch(/segment_border_sequence_key|segment_chainage_idx/);
    expect(plan).toMatch(/Index Cond: .*\(border /);
  });
});
