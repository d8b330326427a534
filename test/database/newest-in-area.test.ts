import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Caller } from '../../src/core/caller.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import type { PageRow } from '../../src/db/page.ts';
import { type Sql, sql } from '../../src/db/sql.ts';
import { importStore } from '../../src/features/incidents/import.store.ts';
import { incidentCollection } from '../../src/features/incidents/incident.collection.sql.ts';
import { IncidentQuery } from '../../src/features/incidents/incident.query.ts';
import { incidentStore } from '../../src/features/incidents/incident.store.ts';
import { zoneStore } from '../../src/features/zones/zone.store.ts';
import type { Interval } from '../../src/geometry/datetime.parse.ts';
import { collectionFor } from '../../src/ogc/collection/collection.sql.ts';
import { itemsQuery } from '../../src/ogc/collection/items.query.ts';
import { rowsOf } from '../../src/ogc/collection/items.rows.sql.ts';
import { boundaryStatement, pageStatement } from '../../src/ogc/collection/items.sql.ts';
import type { WayChoice } from '../../src/ogc/collection/way.choice.sql.ts';
import { countedBy, countsOf } from '../../src/ogc/items.count.sql.ts';
import { partitionStatement } from '../../src/ogc/partitions.store.ts';
import { anIncident, aSquare, aZone } from '../support/builders.ts';
import { callerOf, VIEWERS } from '../support/callers.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { randomNumbers } from '../support/random.ts';
import { alwaysBy, waysWithoutCounts } from '../support/row.ways.ts';
import { countRuns, samples } from '../support/runs.ts';

const SEED = 20261129;
const INCIDENTS = process.env.TEST_DATABASE_URL ? 1500 : 250;
const QUESTIONS = samples(400, process.env.TEST_DATABASE_URL ? 60 : 12);
const WAYS: WayChoice[] = [
  { by: 'time' },
  { by: 'cells', level: 10, cells: 4 },
  { by: 'cells', level: 10, cells: 16 },
  { by: 'cells', level: 8, cells: 9 },
  { by: 'area' },
  { by: 'window' },
];
const ASKED_BY_INDEX: WayChoice = { by: 'planner' };

const random = randomNumbers(SEED);
const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
const column = () => 534 + Math.floor(random() * 4);
const longitude = (at: number) => (at / 1024) * 360 - 180;
const latitude = (row: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / 1024))) * 180) / Math.PI;

/** Often exactly on the edge of a cell. */
const someLongitude = () => longitude(column() + (random() < 0.3 ? 0 : random()));
const someLatitude = () => latitude(410 + Math.floor(random() * 4) + (random() < 0.3 ? 0 : random()));
const DAY_MS = 86_400_000;
const someTime = () =>
  new Date(Date.parse('2026-03-01T00:00:00Z') + Math.floor(random() * 60) * (DAY_MS / 2));

function someIncident() {
  const occurredAt = someTime();
  const until = new Date(occurredAt.getTime() + Math.floor(random() * 20) * DAY_MS);
  return anIncident({
    at: [someLongitude(), someLatitude()],
    kind: one(['smuggling_fuel', 'fire', 'distress']),
    severity: one(['minor', 'severe']),
    occurredAt: occurredAt.toISOString(),
    ...(random() < 0.3 && { occurredUntil: until.toISOString() }),
    source: '',
    tlp: one(['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED']),
    releasableTo: [],
  });
}

const withEdges = (edges: (string | number)[]) => edges.join();

function someBox(): string {
  const [west, east] = [someLongitude(), someLongitude()].sort((a, b) => a - b);
  const [south, north] = [someLatitude(), someLatitude()].sort((a, b) => a - b);
  return withEdges([west!, south!, east!, north!]);
}

function somePolygon(): string {
  const [lon, lat, size] = [someLongitude(), someLatitude(), 0.2 + random()];
  const corners = [
    [lon, lat],
    [lon + size, lat + size * random()],
    [lon + size * random(), lat + size],
    [lon, lat],
  ];
  return `POLYGON((${corners.map((corner) => corner.join(' ')).join(', ')}))`;
}

const area = () =>
  one([
    () => ({ bbox: someBox() }),
    () => ({ within: somePolygon() }),
    () => ({ filter: `S_INTERSECTS(geometry, ${somePolygon()})` }),
    () => ({ filter: `S_INTERSECTS(geometry, BBOX(${someBox()})) AND kind = 'fire'` }),
    () => ({
      bbox: someBox(),
      filter: `S_WITHIN(geometry, ${somePolygon()}) AND horizontalAccuracyMetres > 10`,
    }),
    () => ({}),
  ])();

function datetime() {
  const [from, to] = [someTime(), someTime()].sort((a, b) => a.getTime() - b.getTime());
  return one([
    `${from!.toISOString()}/${to!.toISOString()}`,
    `${from!.toISOString()}/..`,
    from!.toISOString(),
  ]);
}

const someQuestion = () => ({
  limit: one([1, 7, 100]),
  ...area(),
  ...(random() < 0.5 && { datetime: datetime() }),
  ...(random() < 0.3 && { kind: ['fire', 'distress'] }),
  ...(random() < 0.2 && { offset: 3 }),
  ...(random() < 0.3 && {
    sortby: one([['occurredAt'], ['-occurredAt'], ['-severity'], ['occurredUntil', '-kind']]),
  }),
});

const query = itemsQuery(incidentCollection, ['json']);

describe(`the newest incidents of an area, by each way (seed ${SEED})`, () => {
  let database: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    database = await testDatabase();
    db = openDatabase({ connection: database.connection, poolSize: 1, statementTimeoutSeconds: 120 });
    const reporters = VIEWERS.filter(({ country }) => country);
    const share = Math.ceil(INCIDENTS / reporters.length);
    for (const reporter of reporters) {
      const rows = Array.from({ length: share }, (_, line) => ({
        line,
        incident: someIncident() as never,
        state: undefined,
        isExported: false,
      }));
      expect((await importStore(db).writeSet(reporter, rows)).accepted).toBe(share);
    }
  });
  afterAll(async () => {
    await db.close();
    await database.drop();
  });

  /** As the stores ask, except where the planner decides: there strangers have no condition of their own. */
  const pageBy = async (way: WayChoice, caller: Caller, question: ReturnType<typeof query.parse>) => {
    const by = alwaysBy(way);
    const layer = way.by === 'planner' ? incidentCollection : collectionFor(caller, incidentCollection);
    const statement = pageStatement(layer, question, {
      by: (rows) => by.choose(caller, incidentCollection, rows),
    });
    const [row] = await db.query<PageRow>(caller, statement);
    return row!;
  };

  test('are the same, page by page, for every caller', async () => {
    let found = 0;
    for (let n = 0; n < QUESTIONS; n++) {
      const caller = one(VIEWERS);
      const asked = someQuestion();
      let question = query.parse(asked);
      for (let page = 0; page < 3; page++) {
        const expected = await pageBy(ASKED_BY_INDEX, caller, question);
        for (const way of WAYS)
          expect({ asked, page, way, ...(await pageBy(way, caller, question)) }).toEqual({
            asked,
            page,
            way,
            ...expected,
          });
        found += expected.found;
        if (expected.last === null) break;
        question = {
          ...question,
          offset: undefined,
          cursor: Buffer.from(expected.last).toString('base64url'),
        };
      }
      countRuns();
    }
    expect(found).toBeGreaterThan(QUESTIONS);
  });

  test('end their chunks at the same rows', async () => {
    for (let n = 0; n < QUESTIONS / 4; n++) {
      const caller = one(VIEWERS);
      const question = query.parse({ ...area(), limit: 10 });
      const ends = await Promise.all(
        [ASKED_BY_INDEX, ...WAYS].map((way) => {
          const by = alwaysBy(way);
          return db.query(
            caller,
            boundaryStatement(incidentCollection, question, 20, (rows) =>
              by.choose(caller, incidentCollection, rows),
            ),
          );
        }),
      );
      for (const end of ends) expect(end).toEqual(ends[0]);
      countRuns();
    }
  });

  test('are divided into the same parts', async () => {
    let parts = 0;
    for (let n = 0; n < QUESTIONS / 4; n++) {
      const caller = one(VIEWERS);
      const question = query.parse({ ...area(), ...(random() < 0.5 && { datetime: datetime() }) });
      const divide = (way: WayChoice) => {
        const layer = way.by === 'planner' ? incidentCollection : collectionFor(caller, incidentCollection);
        const by = alwaysBy(way);
        return db.query<{ keys: string[] | null; seen: number[] }>(
          caller,
          partitionStatement(layer, question, 3, (rows) => by.choose(caller, incidentCollection, rows)),
        );
      };
      const expected = await divide(ASKED_BY_INDEX);
      for (const way of WAYS) expect(await divide(way)).toEqual(expected);
      parts += expected[0]!.keys?.length ?? 0;
      countRuns();
    }
    expect(parts).toBeGreaterThan(0);
  });

  test('are counted alike', async () => {
    const numberBy = async (caller: Caller, count: Sql) =>
      (await db.query<{ n: number }>(caller, sql`SELECT (${count}) AS n, 0 AS seen_one`))[0]!.n;
    let counted = 0;
    for (let n = 0; n < QUESTIONS; n++) {
      const caller = one(VIEWERS);
      const asked = someQuestion();
      const question = query.parse(asked);
      const expected = await numberBy(caller, countsOf(incidentCollection, question).at(-1)!);
      for (const way of WAYS) {
        const layer = collectionFor(caller, incidentCollection);
        const count = countedBy(alwaysBy(way).choose(caller, layer, rowsOf(layer, question)));
        if (count)
          expect({ asked, way, n: await numberBy(caller, count) }).toEqual({ asked, way, n: expected });
      }
      counted += expected;
      countRuns();
    }
    expect(counted).toBeGreaterThan(QUESTIONS);
  });

  test('are the same as another country sees them', async () => {
    let found = 0;
    for (let n = 0; n < QUESTIONS / 4; n++) {
      const caller = one(VIEWERS.filter(({ country }) => country));
      const asked = IncidentQuery.parse({ as: one(['DZA', 'LBY', 'TUN']), bbox: someBox(), limit: 100 });
      const pages = await Promise.all(
        [ASKED_BY_INDEX, ...WAYS].map((way) =>
          incidentStore(db, { ways: alwaysBy(way) }).list(caller, asked),
        ),
      );
      for (const page of pages) expect(page).toEqual(pages[0]);
      found += pages[0]!.numberReturned;
      countRuns();
    }
    expect(found).toBeGreaterThan(QUESTIONS / 4);
  });

  test('are the same near a segment', async () => {
    const store = incidentStore(db, { ways: waysWithoutCounts });
    for (const withinMetres of [0, 1500, 19_000, 60_000, 149_000]) {
      for (const caller of VIEWERS) {
        const page = (await store.listNearSegment(caller, 'DZA-TUN-05', {
          withinMetres,
          match: 'point',
          limit: 1000,
        } as never))!;
        const ids = await db.query<{ id: string }>(
          caller,
          sql`SELECT i.id, 0 AS seen_one FROM incident AS i, segment AS s
            WHERE s.id = 'DZA-TUN-05' AND ST_Distance(i.geog, s.geog) <= ${withinMetres}::float
            ORDER BY i.occurred_at DESC, i.id DESC LIMIT 1000`,
        );
        const shown = JSON.parse(`[${page.features}]`).map((feature: { id: string }) => feature.id);
        expect(shown).toEqual(ids.map(({ id }) => id));
      }
    }
  });

  test('are the same in a zone and a window of time', async () => {
    const store = incidentStore(db, { ways: waysWithoutCounts });
    const owner = callerOf('TUN', 'operator');
    const geometry = aSquare([8.6, 33.1], 0.4);
    const { properties } = aZone({ tlp: 'CLEAR', releasableTo: [], geometry, participants: ['TUN'] });
    await zoneStore(db).create(
      owner,
      'window',
      { content: properties as never, shape: { drawn: geometry as never } },
      true,
    );
    let found = 0;
    for (let n = 0; n < QUESTIONS / 2; n++) {
      const caller = one(VIEWERS.filter(({ country }) => country === 'TUN'));
      const match = one(['point', 'possible']);
      const { datetime: interval, kind } = query.parse({
        datetime: datetime(),
        ...(random() < 0.3 && { kind: ['fire'] }),
      }).filters as { datetime: Interval; kind?: string[] };
      const asked = { match, datetime: interval, limit: 50, ...(kind && { kind }) };
      const page = (await store.listInZone(caller, 'window', asked as never))!;
      const ids = await db.query<{ id: string }>(
        caller,
        sql`SELECT i.id, 0 AS seen_one FROM incident_zone AS m JOIN incident AS i ON i.id = m.incident
          WHERE m.zone = 'window' AND (m.relation <> 'possible' OR ${match === 'possible'}::boolean)
            AND i.kind = ANY (${kind ?? ['fire', 'distress', 'smuggling_fuel']}::text[])
            AND i.period && tstzrange(${interval.from ?? null}, ${interval.to ?? null}, '[]')
          ORDER BY i.occurred_at DESC, i.id DESC LIMIT 50`,
      );
      const shown = JSON.parse(`[${page.features}]`).map((feature: { id: string }) => feature.id);
      expect(shown).toEqual(ids.map(({ id }) => id));
      found += ids.length;
      countRuns();
    }
    expect(found).toBeGreaterThan(0);
  });

  test('cells of a point on any edge contain it', async () => {
    const [row] = await db.query<{ missed: number; asked: number }>(
      VIEWERS[0]!,
      sql`SELECT count(*) FILTER (WHERE NOT (tripoint.cell_of(p.point) >> (2 * (14 - p.level)))
              = ANY (tripoint.cells_covering(p.point, p.level)))::int AS missed,
            count(*)::int AS asked, 0 AS seen_one
          FROM (SELECT ST_SetSRID(ST_MakePoint(x / 64.0 * 360 / 1024 - 180 + 180, degrees(atan(sinh(pi() * (1 - 2 * y / 64.0 / 1024))))), 4326) AS point, level
                FROM generate_series(64 * 24, 64 * 27, 16) AS x, generate_series(64 * 410, 64 * 413, 16) AS y,
                  unnest(ARRAY[8, 10, 12]) AS level) AS p`,
    );
    expect(row).toEqual({ missed: 0, asked: 13 * 13 * 3, seen_one: 0 });
  });
});
