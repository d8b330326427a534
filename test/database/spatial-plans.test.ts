import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { ANONYMOUS, type Caller } from '../../src/core/caller.ts';
import { changeLog } from '../../src/db/change.log.ts';
import type { Database } from '../../src/db/database.ts';
import { render } from '../../src/db/sql.ts';
import { responsibleStore } from '../../src/features/agencies/responsible.store.ts';
import { borderStore } from '../../src/features/borders/border.store.ts';
import { crossingStore } from '../../src/features/crossings/crossing.store.ts';
import { nearestStore } from '../../src/features/crossings/nearest.store.ts';
import { countStore } from '../../src/features/incidents/count.store.ts';
import { incidentStore } from '../../src/features/incidents/incident.store.ts';
import { locateStore } from '../../src/features/locate/locate.store.ts';
import { previewStore } from '../../src/features/zones/preview.store.ts';
import { zoneStore } from '../../src/features/zones/zone.store.ts';
import { strangerLimits } from '../../src/ogc/collection/stranger.limits.store.ts';
import { tileStore } from '../../src/ogc/tiles/tile.store.ts';
import { withQuery } from '../support/database.query.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { COLLECTIONS } from '../support/ogc.ts';
import { waysWithoutCounts } from '../support/row.ways.ts';
import { tileOf } from '../support/tiles.ts';

let database: TestDatabase;
let client: pg.Client;
let plan = '';
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

/** A database that answers nothing, and keeps the plan of what it is asked. */
const planner = withQuery({ changes: changeLog() } as Database, async (_caller, statement) => {
  const { text, values } = render(statement);
  const { rows } = await client.query(`EXPLAIN ${text}`, values as unknown[]);
  plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  return [{ features: '', found: 0, last: null }] as never[];
});

/** How often each index was scanned until now. */
async function scans(): Promise<Map<string, number>> {
  await client.query('SELECT pg_stat_force_next_flush()');
  const { rows } = await client.query(
    'SELECT indexrelname, idx_scan::int AS count, pg_stat_clear_snapshot() FROM pg_stat_user_indexes',
  );
  return new Map(rows.map(({ indexrelname, count }) => [indexrelname, count]));
}

/** Of a country: the indexes for strangers are smaller, so that the planner likes them for any question about no rows. */
const READER: Caller = { country: 'TUN', agency: 'none', roles: ['reader'] };
const page = { limit: 100, cursor: undefined };
const bbox = { west: 8, south: 34, east: 9, north: 35 };
const square = [
  [
    [8, 34],
    [9, 34],
    [9, 35],
    [8, 35],
    [8, 34],
  ],
];
const area = { type: 'Polygon' as const, coordinates: square as [number, number][][] };
const at = '2026-06-01T00:00:00Z';

/** The tile that the box lies in. */
const readTile = (layer: string, z: number, filters: Record<string, unknown> = {}) => {
  const collection = COLLECTIONS.find(({ id }) => id === layer)!;
  const selection = {
    filters,
    equal: [],
    projectedBox: undefined,
    ids: undefined,
    filter: undefined,
    sort: [],
  };
  const { x, y } = tileOf(z, [8.5, 34.5]);
  const question = { collection, selection, fields: collection.fields };
  // of what is answered nothing can be made
  return tileStore(planner, strangerLimits(planner), { encoding: 'service' })
    .read(READER, { z, x, y }, [question])
    .catch(() => {});
};

const incidents = incidentStore(planner, { ways: waysWithoutCounts });
const borders = borderStore(planner);
const questions: [question: string, ask: () => Promise<unknown>, indexes: string[]][] = [
  ['borders in a box', () => borders.listBorders(ANONYMOUS, { bbox, ...page } as never), ['border_line_idx']],
  [
    'segments in a box',
    () => borders.listSegments(ANONYMOUS, { bbox, ...page } as never),
    ['segment_line_idx'],
  ],
  [
    'crossings in a box',
    () => crossingStore(planner).list(ANONYMOUS, { bbox, ...page } as never),
    ['crossing_point_idx'],
  ],
  ['zones in a box', () => zoneStore(planner).list(ANONYMOUS, { bbox, ...page } as never), ['zone_area_idx']],
  ['incidents in a box', () => incidents.list(READER, { bbox, ...page } as never), ['incident_cell_8_idx']],
  [
    'incidents in an area',
    () => incidents.list(READER, { within: { area }, ...page } as never),
    ['incident_cell_8_idx'],
  ],
  [
    'incidents in a window of time',
    () => incidents.list(READER, { datetime: { from: new Date(at), to: new Date(at) }, ...page } as never),
    ['incident_'],
  ],
  [
    'incidents counted by time',
    () => {
      const datetime = { from: new Date('2026-06-01'), to: new Date('2026-06-02') };
      return countStore(strangerLimits(planner)).count(READER, { datetime, interval: 'PT1H' });
    },
    ['incident_newest_idx'],
  ],
  [
    'incidents of a zone',
    () => incidents.listInZone(READER, 'a-zone', { match: 'point', ...page } as never),
    ['incident_zone_newest_idx'],
  ],
  [
    'incidents near a segment',
    () => incidents.listNearSegment(READER, 'DZA-TUN-07', { withinMetres: 5000, ...page } as never),
    ['incident_cell_10_idx'],
  ],
  [
    'the nearest crossings',
    () => nearestStore(planner).list(ANONYMOUS, { lon: 9, lat: 34, limit: 3, at } as never),
    ['crossing_geog_idx', 'zone_revision_area_idx'],
  ],
  [
    'where a point is',
    () => locateStore(planner).locate(ANONYMOUS, { lon: 9, lat: 34, accuracyMetres: 100 }),
    ['crossing_geog_idx', 'zone_area_idx'],
  ],
  [
    'what a zone would cover',
    () => previewStore(planner).preview(ANONYMOUS, { drawn: area }),
    ['border_edge_line_idx', 'segment_line_idx', 'crossing_point_idx', 'zone_area_idx', 'incident_point_idx'],
  ],
  ...(['borders', 'segments', 'crossings', 'zones', 'incidents'] as const).map(
    (layer): (typeof questions)[number] => [
      `a tile of ${layer}`,
      () => readTile(layer, 12),
      [
        {
          borders: 'border_line_idx',
          segments: 'segment_line_idx',
          crossings: 'crossing_point_idx',
          zones: 'zone_area_idx',
          incidents: 'incident_point_idx',
        }[layer],
      ],
    ],
  ),
  [
    'a tile of counts',
    () => readTile('incidents', 4),
    ['incident_cell_pkey', 'incident_cell_delta_cell_idx', 'incident_red_idx'],
  ],
  [
    'a tile of counts of some days',
    () =>
      readTile('incidents', 4, {
        datetime: { from: new Date('2026-01-01'), to: new Date('2026-01-31T23:59:59.999Z') },
      }),
    ['incident_cell_day_idx', 'incident_cell_delta_cell_idx', 'incident_red_idx', 'incident_period_idx'],
  ],
  [
    'who is responsible in a zone',
    () => responsibleStore(planner).find(ANONYMOUS, { zone: 'a-zone' } as never),
    ['segment_line_idx', 'crossing_point_idx'],
  ],
  [
    'who is responsible at a crossing',
    () => responsibleStore(planner).find(ANONYMOUS, { crossing: 'ras-ajdir' } as never),
    ['zone_revision_area_idx'],
  ],
];

describe('the plan of each spatial question, read as the role of the service', () => {
  test.each(questions)('%s uses the spatial index', async (_question, ask, indexes) => {
    plan = '';
    await ask();
    for (const index of indexes) expect(plan).toContain(index);
  });

  test('incidents of a zone can come in index order, without a sort', async () => {
    await client.query('SET enable_sort TO off');
    await incidents.listInZone(READER, 'a-zone', { match: 'point', ...page } as never);
    await client.query('SET enable_sort TO on');
    expect(plan).toContain('incident_zone_newest_idx');
    expect(plan).not.toMatch(/\bSort\b/);
  });

  test('queries inside functions use it too, counted by the server', async () => {
    if (database.isEmbedded) return; // it keeps no such counts
    const before = await scans();
    await client.query(`SELECT (tripoint.place(ST_SetSRID(ST_MakePoint(8 + n / 10.0, 33), 4326), 5000)).country
      FROM generate_series(1, 20) AS n`);
    const after = await scans();
    for (const index of ['border_edge_geog_idx', 'country_part_area_idx']) {
      expect(after.get(index)! - before.get(index)!).toBeGreaterThanOrEqual(20);
    }
  });
});

test('every geometry and geography column has a spatial index, except those only read in full', async () => {
  const { rows } = await client.query(`
    SELECT c.relname || '.' || a.attname AS name
    FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid AND c.relkind = 'r'
    JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname = 'base'
    JOIN pg_type AS t ON t.oid = a.atttypid AND t.typname IN ('geometry', 'geography')
    WHERE NOT EXISTS (
      SELECT 1 FROM pg_index AS i JOIN pg_class AS x ON x.oid = i.indexrelid JOIN pg_am AS m ON m.oid = x.relam
      WHERE i.indrelid = c.oid AND m.amname = 'gist' AND a.attnum = ANY (i.indkey))
    ORDER BY 1`);
  expect(rows.map(({ name }) => name)).toEqual([
    ...['alert_queue.point_before', 'country.area', 'reference_version.geometry', 'report.point'],
  ]);
});
