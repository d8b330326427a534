import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { ANONYMOUS, type Caller } from '../../src/core/caller.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { type Sql, sql } from '../../src/db/sql.ts';
import { capStore } from '../../src/exchange/cap/cap.store.ts';
import { cellStore } from '../../src/features/incidents/cell.store.ts';
import { importStore } from '../../src/features/incidents/import.store.ts';
import { incidentCollection } from '../../src/features/incidents/incident.collection.sql.ts';
import type { NewIncident } from '../../src/features/incidents/incident.content.ts';
import { incidentStore } from '../../src/features/incidents/incident.store.ts';
import { consentStore } from '../../src/features/zones/consent.store.ts';
import { zoneStore } from '../../src/features/zones/zone.store.ts';
import { collectionFor } from '../../src/ogc/collection/collection.sql.ts';
import { itemsQuery } from '../../src/ogc/collection/items.query.ts';
import { rowsOf } from '../../src/ogc/collection/items.rows.sql.ts';
import type { WayChoice } from '../../src/ogc/collection/way.choice.sql.ts';
import { countedBy } from '../../src/ogc/items.count.sql.ts';
import { tileStatement } from '../../src/ogc/tiles/tile.sql.ts';
import { anIncident, aSquare, aZone } from '../support/builders.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { randomNumbers } from '../support/geodesy.points.ts';
import { countScans, openPlanReader, type PlanReader } from '../support/plan.reader.ts';
import { alwaysBy, waysWithoutCounts } from '../support/row.ways.ts';
import { tileOf } from '../support/tiles.ts';

// The embedded database has the same planner but keeps no counts, and writing as much takes it minutes.
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;
const INCIDENTS = 20_000;
const ZONES = 60;
const SET_SIZE = 2000;

const random = randomNumbers(20261126);
const caller: Caller = { agency: 'tun-garde-nationale', country: 'TUN', roles: ['operator'] };
const somewhere = (): [number, number] => [7 + 5 * random(), 30 + 7 * random()];
const YEAR_SECONDS = 31_536_000;

const someIncident = (at = somewhere(), tlp = 'GREEN'): NewIncident => {
  const occurredAt = new Date(
    Date.parse('2025-11-01T00:00:00Z') + 1000 * Math.floor(YEAR_SECONDS * random()),
  );
  return anIncident({
    at,
    occurredAt: occurredAt.toISOString(),
    source: '',
    tlp,
    releasableTo: [],
  }) as never;
};
/** Of one country, so that it can agree to it alone. */
const drawZone = async (db: Database, id: string, centre = somewhere(), reach = 0.25) => {
  const { properties } = aZone({ tlp: 'CLEAR', releasableTo: [], geometry: {}, participants: ['TUN'] });
  const shape = { drawn: aSquare(centre, reach) as never };
  await zoneStore(db).create(caller, id, { content: properties as never, shape }, true);
  await consentStore(db).decide(caller, id, { decision: 'approve', revision: 1 }, () => 'agree');
};

const BOX = { limit: 100, bbox: '8,34,8.3,34.3' };
const PLAIN = {
  filters: {},
  equal: [],
  projectedBox: undefined,
  ids: undefined,
  filter: undefined,
  sort: [],
};
const aRow = { state: undefined, isExported: false };

onServer(`with ${INCIDENTS} incidents and ${ZONES} zones, on a server whose planner is left alone`, () => {
  let database: TestDatabase;
  let db: Database;
  let owner: pg.Client;
  let plans: PlanReader;
  beforeAll(async () => {
    database = await testDatabase();
    db = openDatabase({ connection: database.connection, poolSize: 1, statementTimeoutSeconds: 120 });
    for (let n = 0; n < ZONES; n++) await drawZone(db, `zone-${n}`);
    for (let line = 0; line < INCIDENTS; line += SET_SIZE) {
      const rows = Array.from({ length: SET_SIZE }, (_, n) => ({
        ...aRow,
        line: line + n,
        incident: someIncident(somewhere(), n % 4 === 0 ? 'CLEAR' : 'GREEN'),
      }));
      expect((await importStore(db).writeSet(caller, rows)).accepted).toBe(SET_SIZE);
    }
    owner = new pg.Client(database.connection);
    await owner.connect();
    for (const agency of ['tun-garde-nationale', 'tun-douane'])
      await owner.query(
        `INSERT INTO base.alert (agency, country, trigger, incident, nature, kind, occurred_at, point, horizontal_accuracy_m)
        SELECT $1, 'TUN', 'created', i.id, i.nature, i.kind, i.occurred_at, i.point, 0 FROM base.incident AS i LIMIT 2000`,
        [agency],
      );
    await owner.query(
      `UPDATE base.incident SET place_text = 'Well of Bir Zar' WHERE id IN (SELECT id FROM base.incident LIMIT 3)`,
    );
    while (await cellStore(db).fold());
    await owner.query('VACUUM ANALYZE');
    plans = await openPlanReader(database.connection);
  });
  afterAll(async () => {
    await plans.close();
    await owner.end();
    await db.close();
    await database.drop();
  });

  const page = { limit: 100, cursor: undefined };
  const bbox = { west: 8, south: 34, east: 8.3, north: 34.3 };
  const summer = { from: new Date('2026-06-01T00:00:00Z'), to: new Date('2026-06-08T00:00:00Z') };
  const cursorOf = async (): Promise<string> => {
    const { next } = (await incidentStore(db, { ways: waysWithoutCounts }).list(caller, {
      ...page,
    } as never))!;
    return next!;
  };
  type Ask = () => Promise<unknown>;
  const incidents = () => incidentStore(plans.db, { ways: waysWithoutCounts });

  const square = aSquare([8.4, 35.2], 0.15);
  const byCells: [question: string, ask: Ask, index: string][] = [
    ['in a small box', () => incidents().list(caller, { bbox, ...page } as never), 'incident_cell_10_idx'],
    [
      'in a larger box',
      () => incidents().list(caller, { bbox: { ...bbox, east: 11 }, ...page } as never),
      'incident_cell_8_idx',
    ],
    [
      'in a small area',
      () => incidents().list(caller, { within: { area: square }, ...page } as never),
      'incident_cell_10_idx',
    ],
    [
      'in a small box and of a kind',
      () => incidents().list(caller, { bbox, kind: ['fire'], ...page } as never),
      'incident_cell_10_idx',
    ],
    [
      'in a small box, behind a cursor',
      async () => incidents().list(caller, { bbox, limit: 100, cursor: await cursorOf() } as never),
      'incident_cell_10_idx',
    ],
    [
      'within 5 km of a segment',
      () => incidents().listNearSegment(caller, 'DZA-TUN-07', { withinMetres: 5000, ...page } as never),
      'incident_cell_10_idx',
    ],
  ];
  test.each(byCells)(
    'the newest %s come from the index of cells, and only those shown are fetched',
    async (_question, ask, index) => {
      await ask();
      for (const plan of [await plans.planForValues(), await plans.planInUse()]) {
        expect(plan).toContain(`Index Only Scan using ${index}`);
        expect(plan).toContain('Merge Append');
        expect(plan).not.toMatch(/Seq Scan on incident|incident_(point|geog|newest)_idx/);
      }
    },
  );

  test('the newest in a small box come to strangers from an index of CLEAR incidents', async () => {
    await incidents().list(ANONYMOUS, { bbox, ...page } as never);
    for (const plan of [await plans.planForValues(), await plans.planInUse()]) {
      expect(plan).toContain('Index Only Scan using incident_clear_cell_10_idx');
      expect(plan).not.toMatch(/Seq Scan on incident|incident_(point|geog|newest|cell)_/);
    }
  });

  const layer = (way: WayChoice, asker: Caller): Sql => {
    const rows = rowsOf(
      collectionFor(asker, incidentCollection),
      itemsQuery(incidentCollection, ['json']).parse(BOX),
    );
    return sql`SELECT (${countedBy(alwaysBy(way).choose(asker, incidentCollection, rows))!}) AS n`;
  };
  const counts: [by: string, way: WayChoice, asker: Caller, scan: string][] = [
    ['by cells', { by: 'cells', level: 10, cells: 4 }, caller, 'Index Only Scan using incident_cell_10_idx'],
    [
      'by cells, for strangers',
      { by: 'cells', level: 10, cells: 4 },
      ANONYMOUS,
      'Index Only Scan using incident_clear_cell_10_idx',
    ],
    ['by area, for strangers', { by: 'area' }, ANONYMOUS, 'incident_clear_point_idx'],
  ];
  test.each(counts)('the incidents of a box are counted %s', async (_by, way, asker, scan) => {
    await plans.db.query(asker, layer(way, asker));
    for (const plan of [await plans.planForValues(), await plans.planInUse()]) {
      expect(plan).toContain(scan);
      expect(plan).not.toContain('Seq Scan on incident');
    }
  });

  const tiles: [tile: string, z: number, asker: Caller, scan: RegExp][] = [
    ['incidents', 12, caller, /incident_point_idx/],
    ['incidents for strangers', 12, ANONYMOUS, /incident_clear_point_idx/],
    [
      'counts',
      4,
      caller,
      /Index Only Scan using incident_cell_pkey .*\n *Index Cond: .*level = .*class = .*cell >= /,
    ],
  ];
  test.each(tiles)('a tile of %s reads only what it shows', async (_tile, z, asker, scan) => {
    const { x, y } = tileOf(z, [8.5, 34.5]);
    await plans.db.query(
      asker,
      tileStatement('database', { z, x, y }, [
        {
          collection: collectionFor(asker, incidentCollection),
          selection: PLAIN,
          fields: incidentCollection.fields,
        },
      ]),
    );
    for (const plan of [await plans.planForValues(), await plans.planInUse()]) {
      expect(plan).toMatch(scan);
      expect(plan).not.toMatch(/Seq Scan on incident$/m);
    }
  });

  const byOthers: [question: string, ask: Ask, index: string][] = [
    [
      'the newest with words in their place text',
      () => incidents().list(caller, { q: ['bir zar'], ...page } as never),
      'incident_words_idx',
    ],
    [
      'the newest that have changed since',
      () => incidents().list(caller, { updatedSince: '2100-01-01T00:00:00Z', ...page } as never),
      'incident_updated_idx',
    ],
  ];
  test.each(byOthers)('%s are found by their index', async (_question, ask, index) => {
    await ask();
    const plan = await plans.planForValues();
    expect(plan).toContain(index);
    expect(plan).not.toMatch(/Seq Scan on incident/);
  });

  test('the newest in a small box and a week come from the index of cells, those under way from that of periods', async () => {
    await incidents().list(caller, { bbox, datetime: summer, ...page } as never);
    for (const plan of [await plans.planForValues(), await plans.planInUse()]) {
      expect(plan).toMatch(/Index Cond: .*cell_of.*occurred_at >= .*occurred_at <= /);
      expect(plan).toContain('incident_period_idx');
      // merged apart from those under way: no cell is read further than the page needs, however many rows there are
      expect(plan.match(/Append/g)).toHaveLength(2);
      expect(plan).toMatch(/-> {2}Merge Append.*incident_cell_10_idx/s);
      expect(plan).not.toMatch(/Seq Scan on incident|incident_(point|newest)_idx/);
    }
  });

  test('those under way come from the index of periods alone, also for a stranger, whose rows have indexes of their own', async () => {
    await incidents().list(ANONYMOUS, { bbox, datetime: summer, ...page } as never);
    for (const plan of [await plans.planForValues(), await plans.planInUse()]) {
      expect(plan).toContain('incident_period_idx');
      expect(plan).not.toContain('BitmapAnd');
    }
  });

  test('the newest of a week stay within the week', async () => {
    await incidents().list(caller, { datetime: summer, ...page } as never);
    for (const plan of [await plans.planForValues(), await plans.planInUse()]) {
      expect(plan).toMatch(/incident_newest_idx .*\n *Index Cond: .*occurred_at >= .*occurred_at <= /);
      expect(plan).toContain('incident_period_idx');
    }
  });

  const inParts: [question: string, ask: Ask][] = [
    [
      'with a filter that no index holds',
      () => incidents().list(caller, { datetime: summer, segment: 'DZA-TUN-05', ...page } as never),
    ],
    [
      'in a zone',
      () => incidents().listInZone(caller, 'zone-1', { match: 'point', datetime: summer, ...page } as never),
    ],
  ];
  test.each(inParts)('the newest of a week %s stay within the week', async (_question, ask) => {
    await ask();
    const plan = await plans.planForValues();
    expect(plan).toMatch(/Index Cond: .*occurred_at >= .*occurred_at <= /);
    expect(plan).toContain('incident_period_idx');
    expect(plan).not.toMatch(/BitmapOr|Seq Scan on incident/);
  });

  test('a filter that no index of cells serves is left to the planner', async () => {
    await incidents().list(caller, { bbox, certainty: ['likely'], ...page } as never);
    expect(await plans.planForValues()).toContain('incident_point_idx');
  });

  const ordered: [question: string, ask: Ask, index: string][] = [
    [
      'the newest inside a zone',
      () => incidents().listInZone(caller, 'zone-1', { match: 'point', ...page } as never),
      'incident_zone_newest_idx',
    ],
    [
      'the newest that may be inside a zone',
      () => incidents().listInZone(caller, 'zone-1', { match: 'possible', ...page } as never),
      'incident_zone_newest_idx',
    ],
    ['the newest of all', () => incidents().list(caller, { ...page } as never), 'incident_newest_idx'],
    [
      'those behind a cursor',
      async () => incidents().list(caller, { limit: 100, cursor: await cursorOf() } as never),
      'incident_newest_idx',
    ],
  ];
  test.each(ordered)('%s come in index order, the first time and later', async (_question, ask, index) => {
    await ask();
    for (const plan of [await plans.planForValues(), await plans.planInUse()]) {
      expect(plan).toContain(index);
      expect(plan).not.toMatch(/\bSort\b|Seq Scan on incident/);
    }
  });

  test('the newest inside a zone have one plan for all zones', async () => {
    await incidents().listInZone(caller, 'zone-1', { match: 'point', ...page } as never);
    expect(plans.isPlannedOnce()).toBe(true);
  });

  const feeds: [question: string, ask: Ask, index: string][] = [
    [
      'the latest changes of an Atom feed',
      () => capStore(plans.db).listIncidents(caller, page),
      'incident_updated_idx',
    ],
    [
      'those behind a cursor of the Atom feed',
      async () =>
        capStore(plans.db).listIncidents(caller, {
          limit: 100,
          cursor: (await capStore(db).listIncidents(caller, page)).next,
        }),
      'incident_updated_idx',
    ],
    ['the latest changes of alerts', () => capStore(plans.db).listAlerts(caller, page), 'alert_updated_idx'],
  ];
  // names of places and agencies are small tables
  test.each(feeds)(
    '%s come in index order, and no incident beside the page is read',
    async (_question, ask, index) => {
      await ask();
      for (const plan of [await plans.planForValues(), await plans.planInUse()]) {
        expect(plan).toContain(index);
        expect(plan).not.toMatch(/Sort Key: .*(updated_at|occurred_at)|Seq Scan on (incident|alert)/);
      }
    },
  );

  /** How many more scans of some indexes a piece of work took. The one connection of `db` tells what it counted. */
  async function scansBy(work: () => Promise<unknown>, indexes: string[]): Promise<number[]> {
    const tell = () => db.query(caller, sql`SELECT pg_stat_force_next_flush()`);
    await tell();
    const before = await countScans(owner);
    await work();
    await tell();
    const after = await countScans(owner);
    return indexes.map((index) => after.get(index)! - before.get(index)!);
  }

  test('an incident is placed and joined to its zones by spatial indexes', async () => {
    const indexes = ['border_edge_geog_idx', 'country_part_area_idx', 'zone_part_area_idx'];
    const rows = Array.from({ length: 10 }, (_, line) => ({ ...aRow, line, incident: someIncident() }));
    const scans = await scansBy(
      () => importStore(db).writeSet(caller, rows),
      [...indexes, 'zone_edge_line_idx', 'zone_edge_geog_idx'],
    );
    const [edge, part, zonePart, line, geog] = scans as [number, number, number, number, number];
    for (const count of [edge, part, zonePart, line + geog]) expect(count).toBeGreaterThanOrEqual(10);
  });

  test('a zone finds its incidents by spatial indexes', async () => {
    const indexes = ['incident_point_idx', 'incident_reach_idx', 'incident_geog_idx'];
    const scans = await scansBy(() => drawZone(db, uuidv7()), indexes);
    const [point, reach, geog] = scans as [number, number, number];
    expect(point).toBeGreaterThanOrEqual(1);
    expect(reach + geog).toBeGreaterThanOrEqual(1);
  });
});
