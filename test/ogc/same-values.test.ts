import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import { type Collection, type FieldType, typeOf } from '../../src/ogc/collection/collection.sql.ts';
import { addAlerts } from '../support/alerts.ts';
import { anIncident } from '../support/builders.ts';
import { readFlatGeobuf } from '../support/flatgeobuf.ts';
import { readGeoPackage } from '../support/geopackage.ts';
import { addIndicators } from '../support/indicators.ts';
import { COLLECTIONS, CRS } from '../support/ogc.ts';
import { randomNumbers } from '../support/random.ts';
import { importIncidents } from '../support/served.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';
import { readWkb } from '../support/wkb.ts';

const run = promisify(execFile);
const hasGdal = (() => {
  try {
    return execFileSync('ogrinfo', ['--version'], { encoding: 'utf8' }).startsWith('GDAL');
  } catch {
    return false;
  }
})();
const withGdal = hasGdal ? test : test.skip;

let service: TestService;
let folder: string;
/** Of the feed, before the incidents. */
let start: string;
const reader = as(keyOf('TUN', 'reader'));
const SOME = 200;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'values-'));
  service = await startService({ withDemo: true });
  await addAlerts(service, agencyOf(keyOf('TUN', 'reader')));
  await addIndicators(service);
  const random = randomNumbers(13);
  // the seventh decimal is a 5: formats that round in different ways differ
  const degrees = (from: number) => Number(`${(from + random()).toFixed(6)}5`);
  const features = Array.from({ length: SOME }, (_, n) =>
    anIncident({
      at: [degrees(8), degrees(34)],
      occurredAt: `2026-02-01T06:30:00.${String(n).padStart(3, '0')}Z`,
      horizontalAccuracyMetres: n / 7,
      counts: { best: n, high: 1_000_000 - n },
      placeText: n % 2 ? `place, "${n}"\n\\` : undefined,
      externalId: `v-${n}`,
      source: 'values',
      tlp: n % 3 ? 'GREEN' : 'AMBER',
      releasableTo: n % 3 ? [] : ['DZA', 'LBY'],
    }),
  );
  start = (await service.api.get('/v1/changes').set(reader).expect(200)).body.cursor;
  await importIncidents(service, features);
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

interface Value {
  geometry: unknown;
  properties: Record<string, unknown>;
}

async function bytesOf(path: string): Promise<Buffer> {
  const answer = await service.api
    .get(`/v1/collections/${path}`)
    .set(reader)
    .redirects(1)
    .buffer(true)
    .parse((res, done) => {
      const parts: Buffer[] = [];
      res.on('data', (part: Buffer) => parts.push(part));
      res.on('end', () => done(null, Buffer.concat(parts)));
    });
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.body;
}
const featureValue = ({ id, geometry, properties }: GeoJson): Value => ({
  geometry: geometry && { type: geometry.type, coordinates: geometry.coordinates },
  properties: { id, ...properties },
});
interface GeoJson {
  id: string;
  geometry: { type: string; coordinates: unknown } | null;
  properties: Record<string, unknown>;
}

const READERS: Record<string, (bytes: Buffer, collection: Collection) => Promise<Value[]> | Value[]> = {
  geojson: (bytes) => (JSON.parse(String(bytes)).features as GeoJson[]).map(featureValue),
  geojsonseq: (bytes) =>
    String(bytes)
      .split('\x1e')
      .slice(1)
      .map((record) => featureValue(JSON.parse(record))),
  csv: (bytes, { geometry }) =>
    (parse(bytes, { columns: true }) as Record<string, string>[]).map(
      ({ longitude, latitude, WKT, world: _, ...properties }) => ({
        geometry:
          geometry?.type === 'Point'
            ? { type: 'Point', coordinates: [Number(longitude), Number(latitude)] }
            : (WKT ?? null),
        properties,
      }),
    ),
  fgb: (bytes) => readFlatGeobuf(bytes).features as Value[],
  gpkg: (bytes, { id }) => readGeoPackage(bytes, id).features as Value[],
  parquet: async (bytes) => {
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
    const parsers = { timestampFromMicroseconds: (microseconds: bigint) => microseconds };
    const rows = await parquetReadObjects({ file, geoparquet: false, utf8: false, parsers } as never);
    // the box serves readers that skip row groups
    return rows.map(({ geometry, bbox: _, ...properties }) => ({
      geometry: geometry ? readWkb(geometry) : null,
      properties,
    }));
  },
};

/** The one form of a value: instants in microseconds, and nothing for missing ones. */
function plain({ geometry, properties }: Value, { fields }: Collection): Value {
  const types = new Map(fields.map((field) => [field.name, typeOf(field)]));
  const given = Object.entries(properties).filter(
    ([, value]) => value !== null && value !== undefined && value !== '',
  );
  return {
    geometry,
    properties: Object.fromEntries(given.map(([name, value]) => [name, plainValue(types.get(name), value)])),
  };
}

function plainValue(type: FieldType | undefined, value: unknown): unknown {
  if (type === 'instant') return typeof value === 'bigint' ? value : microsecondsOf(String(value));
  if (type === 'integer' || type === 'number') return Number(value);
  return type === 'boolean' ? ['true', '1'].includes(String(value)) : value;
}

function microsecondsOf(text: string): bigint {
  const [, start, decimals = ''] = /^([^.]+?)(?:\.(\d+))?Z$/.exec(text)!;
  return BigInt(Date.parse(`${start}Z`)) * 1000n + BigInt(decimals.padEnd(6, '0'));
}

const byId = (values: Value[]): Value[] =>
  values.toSorted((a, b) => (String(a.properties.id) < String(b.properties.id) ? -1 : 1));
const read = async (collection: Collection, f: string, query = ''): Promise<Value[]> => {
  const bytes = await bytesOf(`${collection.id}/items?f=${f}&limit=10000${query}`);
  const values = await READERS[f]!(bytes, collection);
  return byId(values.map((one) => plain(one, collection)));
};

const layers = COLLECTIONS.map((collection) => [collection.id, collection] as const);

describe.each(layers)('the values of %s', (id, collection) => {
  test.each(['geojsonseq', 'csv', 'fgb', 'gpkg', 'parquet'])('as %s are those of GeoJSON', async (f) => {
    const wanted = await read(collection, 'geojson');
    expect(wanted.length).toBeGreaterThan(0);
    const found = await read(collection, f, '&dialect=raw');
    // lines and areas of CSV are text: download.test.ts reads them
    const isText = f === 'csv' && collection.geometry?.type !== 'Point';
    const shown = ({ geometry, properties }: Value) => (isText ? { properties } : { geometry, properties });
    expect(found.map(shown)).toEqual(wanted.map(shown));
  });

  test('are the same in a single item, in the feed and under the noun', async () => {
    const [wanted] = await read(collection, 'geojson');
    const featureId = String(wanted!.properties.id);
    const item = JSON.parse(String(await bytesOf(`${id}/items/${featureId}`)));
    expect(plain(featureValue(item), collection)).toEqual(wanted);
    // the noun of this layer is a segment
    if (id === 'impact') return;
    const noun = await service.api.get(`/v1/${id}?limit=10000`).set(reader).expect(200);
    const rows: GeoJson[] = noun.body.features ?? noun.body[id];
    const nested = rows.find((row) => row.id === featureId)!;
    expect(nested.geometry ?? null).toEqual(wanted!.geometry);
    const shared = Object.entries(nested.properties ?? nested).filter(
      ([name, value]) => name in wanted!.properties && typeof value !== 'object',
    );
    expect(shared.length).toBeGreaterThan(1);
    const types = new Map(collection.fields.map((field) => [field.name, typeOf(field)]));
    for (const [name, value] of shared)
      expect([name, plainValue(types.get(name), value)]).toEqual([name, wanted!.properties[name]]);
  });
});

test('the feed has the values of the layer', async () => {
  const incidents = COLLECTIONS.find(({ id }) => id === 'incidents')!;
  const wanted = new Map((await read(incidents, 'geojson')).map((one) => [one.properties.id, one]));
  const { body } = await service.api
    .get(`/v1/changes?include=feature&limit=1000&after=${start}`)
    .set(reader)
    .expect(200);
  const told = body.changes.filter(({ feature }: { feature?: GeoJson }) => wanted.has(feature?.id));
  expect(told.length).toBeGreaterThan(SOME / 2);
  for (const { feature } of told)
    expect(plain(featureValue(feature), incidents)).toEqual(wanted.get(feature.id));
});

test.each([
  ['precision=2', '&precision=2'],
  ['UTM', `&crs=${CRS.utm}`],
  ['Web Mercator', `&crs=${CRS.mercator}&precision=1`],
])('formats agree with %s', async (_, query) => {
  const crossings = COLLECTIONS.find(({ id }) => id === 'crossings')!;
  const wanted = await read(crossings, 'geojson', query);
  for (const f of ['geojsonseq', 'fgb', 'gpkg', 'parquet'])
    expect(await read(crossings, f, query)).toEqual(wanted);
});

withGdal(
  'GDAL reads the same types from all files, and joins them on the time of the last change',
  async () => {
    const path = (f: string) => join(folder, `incidents.${f}`);
    for (const f of ['geojson', 'fgb', 'gpkg'])
      writeFileSync(path(f), await bytesOf(`incidents/items?f=${f}&limit=10000&source=values`));
    const typesIn = async (f: string) => {
      const { stdout } = await run('ogrinfo', ['-json', '-al', '-nocount', path(f)], { maxBuffer: 1e9 });
      const fields: { name: string; type: string }[] = JSON.parse(stdout).layers[0].fields;
      return Object.fromEntries(fields.map(({ name, type }) => [name, type]));
    };
    const types = await typesIn('gpkg');
    expect(types).toMatchObject({ revision: 'Integer', countsBest: 'Integer', updatedAt: 'DateTime' });
    expect(await typesIn('fgb')).toEqual(types);
    const { revision, countsBest, updatedAt } = await typesIn('geojson');
    expect({ revision, countsBest, updatedAt }).toEqual({
      revision: 'Integer',
      countsBest: 'Integer',
      updatedAt: 'DateTime',
    });
    const layer = (name: string, f: string) =>
      `<OGRVRTLayer name="${name}"><SrcDataSource>${path(f)}</SrcDataSource><SrcLayer>incidents</SrcLayer></OGRVRTLayer>`;
    const both = path('vrt');
    writeFileSync(
      both,
      `<OGRVRTDataSource>${layer('g', 'gpkg')}${layer('j', 'geojson')}${layer('f', 'fgb')}</OGRVRTDataSource>`,
    );
    const joined = `SELECT count(*) AS n FROM g
    JOIN j ON j.id = g.id AND j.updatedAt = g.updatedAt JOIN f ON f.id = g.id AND f.updatedAt = g.updatedAt`;
    const counted = ['-f', 'CSV', '/vsistdout/', both, '-dialect', 'sqlite', '-sql', joined];
    expect((await run('ogr2ogr', counted)).stdout.trim().split(/\s+/)).toEqual(['n', String(SOME)]);
  },
);
