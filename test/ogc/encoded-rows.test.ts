import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DatabaseSync } from '@photostructure/sqlite';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { listed, sql } from '../../src/db/sql.ts';
import { readNumber, readPlace } from '../../src/ogc/download/encoding/place.text.ts';
import { recordReader } from '../../src/ogc/download/encoding/record.text.ts';
import { anIncident } from '../support/builders.ts';
import { readFlatGeobuf } from '../support/flatgeobuf.ts';
import { readGeoPackage } from '../support/geopackage.ts';
import { importIncidents } from '../support/served.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
const reader = as(keyOf('TUN', 'reader'));
const MANY = 5600; // more than a row group, and than two levels of an index

beforeAll(async () => {
  service = await startService();
  const features = Array.from({ length: MANY }, (_, n) =>
    anIncident({
      at: [8 + (n % 100) / 100, 33 + (n % 70) / 100],
      kind: n % 3 ? 'fire' : 'distress',
      externalId: `many-${n}`,
      source: 'many',
      placeText: n % 5 ? `الحدود "${n % 7}", \\ ${n % 7}` : undefined,
      counts: n % 4 ? { best: n % 50 } : undefined,
    }),
  );
  await importIncidents(service, features);
});
afterAll(() => service.stop());

async function bytesOf(f: string): Promise<Buffer> {
  const answer = await service.api
    .get(`/v1/collections/incidents/items?f=${f}&source=many`)
    .set(reader)
    .redirects(1)
    .responseType('blob');
  expect([f, answer.status]).toEqual([f, 200]);
  return answer.body;
}

type Row = Record<string, unknown>;

/** Without what is not there; times to the millisecond, which all formats have. */
const plainRow = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name, value]) => value !== null && value !== undefined && name !== 'bbox')
      .map(([name, value]) => [name, / ?At$/.test(name) ? new Date(value as string).toISOString() : value]),
  );
const byId = (rows: Row[]) => rows.map(plainRow).sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));

async function rowsOfLayer(): Promise<Row[]> {
  const lines = (await bytesOf('geojsonseq')).toString().split('\n').filter(Boolean);
  return lines.map((line) => {
    const { id, properties } = JSON.parse(line.slice(1));
    return { id, ...properties };
  });
}

describe('thousands of rows', () => {
  test('are the same in every format', async () => {
    const wanted = byId(await rowsOfLayer());
    expect(wanted).toHaveLength(MANY);
    for (const f of ['fgb', 'fgb-stream']) {
      const { features } = readFlatGeobuf(await bytesOf(f));
      expect(byId(features.map(({ properties }) => properties))).toEqual(wanted);
    }
    const { features } = readGeoPackage(await bytesOf('gpkg'), 'incidents');
    expect(byId(features.map(({ properties }) => properties))).toEqual(wanted);
    const bytes = await bytesOf('parquet');
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
    const rows = await parquetReadObjects({ file, geoparquet: false, utf8: false });
    expect(byId(rows.map(({ geometry: _, ...row }) => row))).toEqual(wanted);
    const { row_groups } = parquetMetadata(file);
    expect(row_groups).toHaveLength(2);
    const kind = row_groups[1]!.columns.find(({ meta_data }) => meta_data!.path_in_schema[0] === 'kind')!;
    expect(kind.meta_data!.encodings).toEqual(['RLE_DICTIONARY']);
    expect(kind.meta_data!.statistics).toMatchObject({
      min_value: 'distress',
      max_value: 'fire',
      null_count: 0n,
    });
  });

  test('have an index in a GeoPackage that SQLite takes for its own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'index-'));
    const path = join(folder, 'file.gpkg');
    writeFileSync(path, await bytesOf('gpkg'));
    const db = new DatabaseSync(path);
    const index = 'rtree_incidents_geom';
    const check = () => db.prepare(`SELECT rtreecheck('${index}') AS found`).get()!.found;
    expect(check()).toBe('ok');
    const count = (sql: string) => db.prepare(`SELECT count(*) AS n FROM ${index} ${sql}`).get()!.n;
    expect(count('')).toBe(MANY);
    const inBox = Array.from({ length: MANY }, (_, n) => [n % 100, n % 70] as const).filter(
      ([x, y]) => x >= 10 && x <= 19 && y >= 20 && y <= 39,
    );
    expect(count('WHERE maxx > 8.095 AND minx < 8.195 AND maxy > 33.195 AND miny < 33.395')).toBe(
      inBox.length,
    );
    // others edit it
    db.exec(`DELETE FROM ${index} WHERE id % 2 = 0; INSERT INTO ${index} VALUES (99999, 8, 8, 33, 33)`);
    expect([check(), count('')]).toEqual(['ok', MANY / 2 + 1]);
    db.close();
    rmSync(folder, { recursive: true });
  });
});

test.each([
  '0',
  '-0',
  '8.5',
  '-8.123456',
  '36.000001',
  '123456789.123456',
  '1e-7',
  '-1.5e+22',
  '12345678901234567',
])('the number %s is read as JavaScript reads it', (text) => {
  expect(readNumber(text, 0, text.length)).toBe(Number(text));
  const { xy } = readPlace(`POINT(${text} ${text})`);
  expect(xy).toEqual([Number(text), Number(text)]);
});

test('polygons are read with their rings', () => {
  const ring = '0 0,1 0,1 1,0 0';
  const { xy, polygons, box } = readPlace(`MULTIPOLYGON(((${ring}),(${ring})),((${ring},0 0)))`);
  expect(polygons).toEqual([[4, 4], [5]]);
  expect([xy.length, box]).toEqual([26, [0, 0, 1, 1]]);
  expect(readPlace('MULTIPOLYGON EMPTY')).toEqual({ xy: [], polygons: [], box: undefined });
});

test('a record keeps NULL, the empty text, quotes, backslashes, commas and parentheses apart', async () => {
  const texts = [null, '', 'a', 'a,b', '(")', '\\', '"', ' ', '\n', 'é', '""\\\\'];
  const values = listed(texts.map((text) => sql`${text}::text`));
  const rows = await service.db.query<{ record: string }>(
    { roles: [] },
    sql`SELECT ROW(${values})::text || ',' || ROW(${values})::text AS record`,
  );
  const cells: (string | null)[][] = [];
  expect(recordReader(texts.length)(rows[0]!.record, (row) => cells.push([...row]))).toBe(2);
  expect(cells).toEqual([texts, texts]);
});
