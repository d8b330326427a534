import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { importStore } from '../../src/features/incidents/import.store.ts';
import { GRID } from '../../src/ogc/tiles/tile.grid.ts';
import { anIncident } from '../support/builders.ts';
import { VIEWERS } from '../support/callers.ts';
import { randomNumbers } from '../support/random.ts';
import { startService, type TestService } from '../support/service.ts';
import { pathOfTile, readTile, unitsOf } from '../support/tiles.ts';

const SEED = 20261130;
const Z = 12;
const [COLUMN, ROW] = [2144, 1620];
const random = randomNumbers(SEED);
const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

/** Often on the edge of a tile, or of what a tile draws beyond it. */
const along = (first: number): number =>
  first + Math.floor(random() * 3) + one([0, 0, 0.5, 1 / 128, 1 / 64, 1 - 1 / 128]);
const longitude = (column: number) => (column / 2 ** Z) * 360 - 180;
const latitude = (row: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / 2 ** Z))) * 180) / Math.PI;

let service: TestService;
beforeAll(async () => {
  service = await startService();
  for (const reporter of VIEWERS.filter(({ country }) => country)) {
    const rows = Array.from({ length: 40 }, (_, line) => ({
      line,
      incident: anIncident({
        at: [longitude(along(COLUMN)), latitude(along(ROW))],
        source: '',
        externalId: `edge-${line}`,
        tlp: one(['CLEAR', 'CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED']),
        releasableTo: [],
      }) as never,
      state: line % 8 === 0 ? ('cancelled' as const) : undefined,
      isExported: false,
    }));
    expect((await importStore(service.db).writeSet(reporter, rows)).accepted).toBe(40);
  }
});
afterAll(() => service.stop());

interface Row {
  id: string;
  lon: number;
  lat: number;
  state: string;
}

test(`tiles hold the incidents on their edges that the caller sees, and each tile on its own (seed ${SEED})`, async () => {
  let shown = 0;
  for (const caller of VIEWERS) {
    const rows = await service.db.query<Row>(
      caller,
      sql`SELECT i.id, ST_X(i.point) AS lon, ST_Y(i.point) AS lat, i.state, 0 AS seen_one FROM incident AS i`,
    );
    for (const tile of [0, 1, 2].flatMap((x) =>
      [0, 1, 2].map((y) => ({ z: Z, x: COLUMN + x, y: ROW + y })),
    )) {
      const isWithin = ({ lon, lat, state }: Row, margin: number) =>
        state !== 'cancelled' &&
        unitsOf(tile, [lon, lat]).every((unit) => unit >= -margin && unit <= GRID.extent + margin);
      const { incidents = [] } = await readTile(service.api, pathOfTile('incidents', tile), caller.headers);
      const ids = incidents.map(({ properties }) => properties.id as string);
      const must = rows.filter((row) => isWithin(row, GRID.buffer - 1)).map(({ id }) => id);
      const may = new Set(rows.filter((row) => isWithin(row, GRID.buffer + 1)).map(({ id }) => id));
      expect({ caller: caller.name, tile, missing: must.filter((id) => !ids.includes(id)) }).toEqual({
        caller: caller.name,
        tile,
        missing: [],
      });
      expect(ids.filter((id) => !may.has(id))).toEqual([]);
      expect(ids).toEqual([...ids].sort());
      shown += ids.length;
    }
  }
  expect(shown).toBeGreaterThan(300);
});
