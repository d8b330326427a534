import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { cellStore } from '../../src/features/incidents/cell.store.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { ANYBODY, type NamedCaller, VIEWERS } from '../support/callers.ts';
import { countRuns, samples } from '../support/runs.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { pathOfTile, readTile, type TileAddress, tileOf } from '../support/tiles.ts';

let service: TestService;
const reader = as(keyOf('TUN', 'reader'));
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const fold = async () => {
  while (await cellStore(service.db).fold());
};

/** Incidents of all agencies, kinds and labels over ten days and a region, some of which last for days. */
const scatter = (count: number, seed: number) =>
  asTableOwner(
    service.db,
    sql`
    INSERT INTO base.incident (id, kind, severity, certainty, nature, occurred_at, occurred_until, point,
      horizontal_accuracy_m, owner, agency, tlp, releasable_to, content_hash)
    SELECT gen_random_uuid(), (ARRAY['fire', 'flood', 'distress', 'other'])[1 + r.a % 4],
      (ARRAY['minor', 'moderate', 'severe', 'extreme'])[1 + r.b % 4], 'likely', (ARRAY['exercise', 'test'])[1 + r.c % 2],
      r.at, CASE r.d % 5 WHEN 0 THEN r.at + r.e % 90 * interval '1 hour' END,
      ST_SetSRID(ST_MakePoint(7.5 + r.b % 4001 / 1000.0, 31 + r.c % 6007 / 1000.0), 4326),
      100, a.country, a.id, (ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'])[1 + r.e % 5],
      CASE r.e % 5 WHEN 2 THEN ARRAY[(ARRAY['DZA', 'LBY', 'TUN'])[1 + r.d % 3]] ELSE '{}' END, ''
    FROM (
      SELECT h.*, timestamptz '2026-03-01' + (h.d % 14400) * interval '1 minute' AS at
      FROM generate_series(1, ${count}::int) AS s (n)
      CROSS JOIN LATERAL (SELECT
        abs(hashint4(s.n * 7 + ${seed}::int)) AS a, abs(hashint4(s.n * 11 + ${seed}::int)) AS b,
        abs(hashint4(s.n * 13 + ${seed}::int)) AS c, abs(hashint4(s.n * 17 + ${seed}::int)) AS d,
        abs(hashint4(s.n * 19 + ${seed}::int)) AS e) AS h
    ) AS r
    JOIN LATERAL (SELECT id, country FROM base.agency ORDER BY hashtext(id || r.a), id LIMIT 1) AS a ON true`,
  );

/** Changes in ways in which incidents change: moved, labelled, relabelled, cancelled, redated, purged. */
const churn = (seed: number) =>
  asTableOwner(
    service.db,
    sql`
    WITH gone AS (DELETE FROM base.incident WHERE abs(hashtext(id::text || ${seed}::int)) % 10 = 0)
    UPDATE base.incident AS i SET
      point = CASE h.n % 7 WHEN 1 THEN ST_Translate(i.point, 0.5, -0.25) ELSE i.point END,
      tlp = CASE h.n % 7 WHEN 2 THEN 'RED' WHEN 3 THEN 'CLEAR' WHEN 4 THEN 'AMBER+STRICT' ELSE i.tlp END,
      releasable_to = CASE h.n % 7 WHEN 2 THEN '{}' WHEN 3 THEN '{}' WHEN 4 THEN '{}' ELSE i.releasable_to END,
      severity = CASE h.n % 11 WHEN 1 THEN 'extreme' ELSE i.severity END,
      state = CASE h.n % 13 WHEN 1 THEN 'cancelled' ELSE i.state END
    FROM (SELECT b.id, abs(hashtext(b.id::text || ${seed + 1}::int)) AS n FROM base.incident AS b) AS h
    WHERE h.id = i.id AND h.n % 3 <> 0 AND abs(hashtext(i.id::text || ${seed}::int)) % 10 <> 0`,
  );

/** All viewers, or every third. */
const SOME = VIEWERS.filter((_, n) => n % samples(1, 3) === 0);
const ZOOMS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].filter((z) => z % samples(1, 3) === 0);

type Counts = Record<string, Record<string, number>>;
interface Item {
  geometry: { coordinates: [number, number] };
  properties: { kind: string; severity: string; state: string };
}

/** Cells as the tiles have them. */
async function cellsIn(caller: NamedCaller, tiles: readonly TileAddress[], query: string): Promise<Counts> {
  const cells: Counts = {};
  for (const tile of tiles) {
    const { 'incidents-cells': found = [], ...others } = await readTile(
      service.api,
      pathOfTile('incidents', tile, query),
      caller.headers,
    );
    expect(Object.keys(others)).toEqual([]);
    for (const { properties, parts } of found) {
      const { id: _, ...counts } = properties;
      const [x, y] = parts[0]![0]!;
      cells[`${tile.x}/${tile.y}/${x}/${y}`] = counts as Record<string, number>;
    }
  }
  return cells;
}

/** The same worked out from the items that the caller sees. */
function expected(items: readonly Item[], z: number): { tiles: TileAddress[]; cells: Counts } {
  const across = [64, 32, 16, 32, 16, 32, 16, 32, 16, 32, 16][z]!;
  const tiles = new Map<string, TileAddress>();
  const cells: Counts = {};
  for (const { geometry, properties } of items) {
    const tile = tileOf(z, geometry.coordinates);
    tiles.set(`${tile.x}/${tile.y}`, tile);
    const inner = tileOf(z + Math.log2(across), geometry.coordinates);
    const middle = (n: number) => Math.round(((n % across) + 0.5) * (4096 / across));
    const key = `${tile.x}/${tile.y}/${middle(inner.x)}/${middle(inner.y)}`;
    cells[key] ??= { count: 0 };
    for (const name of ['count', `kind_${properties.kind}`, `severity_${properties.severity}`])
      cells[key]![name] = (cells[key]![name] ?? 0) + 1;
  }
  return { tiles: [...tiles.values()], cells };
}

async function compare(caller: NamedCaller, z: number, query = ''): Promise<number> {
  const { body } = await service.api
    .get(`/v1/collections/incidents/items${query ? `${query}&` : '?'}limit=10000`)
    .set(caller.headers)
    .expect(200);
  countRuns();
  const shown = body.features.filter(({ properties }: Item) => properties.state !== 'cancelled');
  const { tiles, cells } = expected(shown, z);
  expect({ caller: caller.name, z, query, cells: await cellsIn(caller, tiles, query) }).toEqual({
    caller: caller.name,
    z,
    query,
    cells,
  });
  return shown.length;
}

describe('counts per cell', () => {
  test('equal those of the rows, for each caller and at every zoom, after any writes and folds', async () => {
    await scatter(400, 1);
    for (const z of ZOOMS) expect(await compare(VIEWERS[1]!, z)).toBeGreaterThan(50);
    for (let round = 0; round < 2; round++) {
      await fold();
      for (const caller of VIEWERS.slice(0, 3)) await compare(caller, 4);
      await churn(round);
      await scatter(60, 100 + round);
      // part of it in sums, part of it appended
      for (const caller of SOME) expect(await compare(caller, 6)).toBeGreaterThan(20);
    }
    await fold();
    for (const z of [3, 10]) for (const caller of SOME) await compare(caller, z);
  }, 240_000);

  test('exclude RED incidents from sums; their own agency counts them', async () => {
    const red = await asTableOwner<{ n: number }>(
      service.db,
      sql`SELECT coalesce(sum(n), 0)::int AS n FROM base.incident_cell JOIN base.incident_class AS k ON k.id = class WHERE k.audience = 0`,
    );
    expect(red).toEqual([{ n: 0 }]);
    const [, owner] = VIEWERS;
    const { body } = await service.api
      .get('/v1/collections/incidents/items?tlp=RED&limit=1000')
      .set(owner!.headers);
    expect(body.features.length).toBeGreaterThan(0);
  });

  test.each([
    '?kind=fire,flood',
    '?severity=extreme',
    '?nature=test&kind=other',
    '?datetime=2026-03-04',
    '?datetime=2026-03-04/2026-03-06&kind=fire',
    '?datetime=2026-03-07/..',
    '?datetime=../2026-03-03&severity=minor,severe',
    // counted row by row
    '?state=open',
    '?owner=TUN&kind=fire',
    '?datetime=2026-03-04T11:00:00Z/2026-03-06',
    `?filter=${encodeURIComponent("severity = 'extreme' OR kind = 'fire'")}`,
    '?bbox=8,32,9,35',
    '?revision=1',
  ])('follow the filter %s', async (query) => {
    const counts = [];
    for (const caller of [ANYBODY, VIEWERS[1]!, VIEWERS[5]!])
      for (const z of samples(2, 1) === 2 ? [4, 9] : [4]) counts.push(await compare(caller, z, query));
    expect(Math.max(...counts)).toBeGreaterThan(0);
  });

  test('leave out cancelled incidents, as tiles of features do; lists keep them with their state', async () => {
    const { body } = await service.api
      .get('/v1/collections/incidents/items?state=cancelled&limit=10000')
      .set(VIEWERS[1]!.headers);
    expect(body.features.length).toBeGreaterThan(0);
    for (const z of [4, 9, 12]) {
      const [feature] = body.features;
      const tile = tileOf(z, feature.geometry.coordinates);
      const query = '?state=cancelled';
      const layers = await readTile(service.api, pathOfTile('incidents', tile, query), VIEWERS[1]!.headers);
      expect(Object.values(layers).flat()).toEqual([]);
    }
  });

  test('leave no empty rows behind', async () => {
    const empty = await asTableOwner<{ n: number }>(
      service.db,
      sql`SELECT (SELECT count(*) FROM base.incident_cell WHERE n = 0)::int
            + (SELECT count(*) FROM base.incident_cell_day WHERE n = 0)::int
            + (SELECT count(*) FROM base.incident_cell_delta)::int AS n`,
    );
    expect(empty).toEqual([{ n: 0 }]);
  });

  test('are audited like their incidents', async () => {
    const { body } = await service.api.get('/v1/collections/incidents/items?limit=10000').set(reader);
    const secret = body.features.filter(
      ({ properties }: { properties: { tlp: string; state: string } }) =>
        properties.tlp !== 'CLEAR' && properties.state !== 'cancelled',
    );
    const id = 'tile-of-cells';
    await service.api
      .get(pathOfTile('incidents', tileOf(0, [9, 34])))
      .set({ ...reader, 'X-Request-Id': id })
      .expect(200);
    const entries = await asTableOwner<{ row_count: number; collection: string; target: string | null }>(
      service.db,
      sql`SELECT e.row_count::int, e.collection, e.target FROM base.audit_entry AS e
          WHERE e.request_id = ${id} AND e.action = 'read'`,
    );
    expect(entries).toEqual([{ row_count: secret.length, collection: 'incidents', target: null }]);
  });
});

describe('filters without sums', () => {
  const far = tileOf(4, [-100, 40]);

  test('are 422 with the first working zoom, if too many rows would be counted', async () => {
    await asTableOwner(
      service.db,
      sql`INSERT INTO base.incident_cell_delta (cell, day, kind, severity, nature, audience, concern, n)
          VALUES (tripoint.cell_of(ST_SetSRID(ST_MakePoint(-100, 40), 4326)), '2026-01-01', 'fire', 'minor', 'test', 15, 0, 50001)`,
    );
    const { body } = await service.api
      .get(pathOfTile('incidents', far, '?state=open'))
      .set(reader)
      .expect(422);
    expect(body).toMatchObject({
      type: '/problems/too-many-to-count',
      detail:
        'This filter needs the incidents of this tile counted one by one, and there are more than 50000. From zoom 11 on every filter works; before it these do, with whole days: kind, severity, nature, datetime.',
    });
    await service.api
      .get(pathOfTile('incidents', far, '?kind=fire'))
      .set(reader)
      .expect(200);
    // the part of the filter that sums know says that few are left
    await service.api
      .get(pathOfTile('incidents', far, '?state=open&kind=flood'))
      .set(reader)
      .expect(204);
    await service.api
      .get(pathOfTile('incidents', tileOf(11, [-100, 40]), '?state=open'))
      .set(reader)
      .expect(204);
  });
});

test('a tile becomes empty once its incident is removed', async () => {
  const place: [number, number] = [-60, -30];
  const path = pathOfTile('incidents', tileOf(5, place));
  const { body } = await service.api
    .post('/v1/incidents')
    .set(as(keyOf('TUN', 'reporter')))
    .send(anIncident({ at: place }))
    .expect(201);
  await service.api.get(path).set(reader).expect(200);
  await fold();
  await asTableOwner(service.db, sql`DELETE FROM base.incident WHERE id = ${body.id}::uuid`);
  await service.api.get(path).set(reader).expect(204);
});
