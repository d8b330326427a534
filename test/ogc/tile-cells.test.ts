import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { cellStore } from '../../src/features/incidents/cell.store.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { ANYBODY, type NamedCaller, VIEWERS } from '../support/callers.ts';
import { countRuns, samples } from '../support/runs.ts';
import { churn, scatter } from '../support/scattered.incidents.ts';
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
    await scatter(service.db, 400, 1);
    for (const z of ZOOMS) expect(await compare(VIEWERS[1]!, z)).toBeGreaterThan(50);
    for (let round = 0; round < 2; round++) {
      await fold();
      for (const caller of VIEWERS.slice(0, 3)) await compare(caller, 4);
      await churn(service.db, round);
      await scatter(service.db, 60, 100 + round);
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
