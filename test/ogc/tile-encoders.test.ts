import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Caller } from '../../src/core/caller.ts';
import { sql } from '../../src/db/sql.ts';
import { strangerLimits } from '../../src/ogc/collection/stranger.limits.store.ts';
import { tileStore } from '../../src/ogc/tiles/tile.store.ts';
import { seedLabels } from '../support/label.world.ts';
import { COLLECTIONS } from '../support/ogc.ts';
import { startService, type TestService } from '../support/service.ts';
import { decodeTile, type TileAddress, type TileFeature, tileOf } from '../support/tiles.ts';

let service: TestService;
const caller: Caller = { country: 'TUN', agency: 'none', roles: ['reader'] };
const PLACES = [
  [8.42, 35.2],
  [11.5, 33.1],
  [9.5, 30.2],
  [10, 37.4],
] as const;
const ZOOMS = [0, 3, 5, 7, 9, 11, 13, 16];

beforeAll(async () => {
  service = await startService({ withDemo: true });
  await seedLabels(service, 'TUN');
});
afterAll(() => service.stop());

const read = async (
  encoding: 'database' | 'service',
  layer: string,
  tile: TileAddress,
): Promise<TileFeature[]> => {
  const collection = COLLECTIONS.find(({ id }) => id === layer)!;
  const selection = {
    filters: {},
    equal: [],
    projectedBox: undefined,
    ids: undefined,
    filter: undefined,
    sort: [],
  };
  const [made] = await tileStore(service.db, strangerLimits(service.db), { encoding }).read(caller, tile, [
    { collection, selection, fields: collection.fields },
  ]);
  const { [layer]: features = [] } = decodeTile(made!.bytes);
  return features.sort((one, other) => (String(one.properties.id) < String(other.properties.id) ? -1 : 1));
};

/** How far the outlines of two geometries are from each other at most, in units. */
async function distances(pairs: [string, string][]): Promise<number[]> {
  const statement = sql`
    SELECT ST_HausdorffDistance(ST_GeomFromText(p.pair ->> 0), ST_GeomFromText(p.pair ->> 1)) AS units
    FROM json_array_elements(${JSON.stringify(pairs)}::json) WITH ORDINALITY AS p (pair, n) ORDER BY p.n`;
  return (await service.db.query<{ units: number }>(caller, statement)).map(({ units }) => units);
}

const outline = ({ parts }: TileFeature): string => {
  const lines = parts.map((part) => (part.length === 1 ? [part[0]!, part[0]!] : part));
  return `MULTILINESTRING(${lines.map((line) => `(${line.map((point) => point.join(' ')).join()})`).join()})`;
};

const canEncode = !!process.env.TEST_DATABASE_URL;

describe('the encoder of the service', () => {
  test.each(['borders', 'segments', 'crossings', 'zones', 'incidents'])(
    'gives the same features of %s as PostGIS, each within one unit',
    async (layer) => {
      let compared = 0;
      for (const place of PLACES)
        for (const z of ZOOMS) {
          const tile = tileOf(z, place);
          const mine = await read('service', layer, tile);
          // the embedded database has nothing to compare with
          const theirs = canEncode ? await read('database', layer, tile) : mine;
          const named = (features: TileFeature[]) =>
            features.map(({ type, properties }) => ({ type, properties }));
          expect({ layer, tile, features: named(mine) }).toEqual({ layer, tile, features: named(theirs) });
          const off = await distances(mine.map((one, i) => [outline(one), outline(theirs[i]!)]));
          expect({ layer, tile, most: Math.max(0, ...off) <= 1.42 || off }).toEqual({
            layer,
            tile,
            most: true,
          });
          compared += mine.length;
        }
      expect(compared).toBeGreaterThan(10);
    },
    120_000,
  );
});
