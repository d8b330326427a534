import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type Server, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { deserialize } from 'flatgeobuf/lib/mjs/geojson.js';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import type { ChangeListener } from '../../src/db/change.listener.ts';
import { type Collection, typeOf } from '../../src/ogc/collection/collection.sql.ts';
import { removeLeftOvers } from '../../src/ogc/download/download.folder.store.ts';
import { addAlerts } from '../support/alerts.ts';
import { entriesSoon } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { readFlatGeobuf } from '../support/flatgeobuf.ts';
import { readGeoPackage } from '../support/geopackage.ts';
import { addIndicators } from '../support/indicators.ts';
import { hearingChanges } from '../support/live.changes.ts';
import { COLLECTIONS, CRS } from '../support/ogc.ts';
import { importIncidents, listening } from '../support/served.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';
import { readWkb } from '../support/wkb.ts';

let service: TestService;
let server: Server;
let folder: string;
let listener: ChangeListener;
const reader = as(keyOf('TUN', 'reader'));
const MANY = 2500; // more than fit into one piece

interface Feature {
  id: string;
  geometry: { type: string; coordinates: unknown } | null;
  properties: Record<string, string | number | boolean | null>;
}
type Read = { geometry: unknown; properties: Record<string, unknown> };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
  service = await startService({ withDemo: true, layers: { files: { folder, mostBytes: 2 ** 30 } } });
  listener = await hearingChanges(service, service.db);
  await addAlerts(service, agencyOf(keyOf('TUN', 'reader')));
  await addIndicators(service);
  const features = Array.from({ length: MANY }, (_, n) =>
    anIncident({
      at: [8 + (n % 100) / 100, 33 + (n % 70) / 100],
      externalId: `many-${n}`,
      source: 'many',
      tlp: n % 2 ? 'GREEN' : 'AMBER+STRICT',
    }),
  );
  await importIncidents(service, features);
  server = await listening(service);
});
afterAll(async () => {
  server.close();
  await listener.stop();
  await service.stop();
  rmSync(folder, { recursive: true });
});

const url = (path: string) =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/collections/${path}`;
const ask = (path: string, headers: Record<string, string> = reader, method = 'GET') =>
  fetch(url(path), { headers, method });
async function download(path: string, headers: Record<string, string> = reader): Promise<Buffer> {
  const answer = await ask(path, headers);
  expect([path, answer.status < 300]).toEqual([path, true]);
  return Buffer.from(await answer.arrayBuffer());
}
const page = async (path: string, headers = reader): Promise<Feature[]> =>
  (await (await ask(path, headers)).json()).features;

const bufferOf = (bytes: Buffer): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;

async function readParquet(bytes: Buffer): Promise<Read[]> {
  const file = bufferOf(bytes);
  const rows = await parquetReadObjects({ file, geoparquet: false, utf8: false });
  return rows.map(({ geometry, bbox: _, ...properties }) => ({
    geometry: geometry ? readWkb(geometry) : null,
    properties,
  }));
}

const READERS: Record<string, (bytes: Buffer, collection: Collection) => Promise<Read[]>> = {
  fgb: async (bytes) => readFlatGeobuf(bytes).features,
  gpkg: async (bytes, { id }) => readGeoPackage(bytes, id).features,
  parquet: readParquet,
};

/** Values as JSON has them: instants as texts, booleans for 1 and 0, no microseconds, and nothing for NULL. */
function plain({ geometry, properties }: Read, { fields }: Collection) {
  const types = Object.fromEntries(fields.map((field) => [field.name, typeOf(field)]));
  const told = Object.entries(properties).filter(([, value]) => value !== null && value !== undefined);
  const values = told.map(([name, value]) => [name, toldValue(types[name], value)]);
  return { geometry, properties: Object.fromEntries(values) };
}

function toldValue(type: string | undefined, value: unknown): unknown {
  if (type === 'instant') return new Date(value as string).toISOString();
  return type === 'boolean' ? Boolean(value) : value;
}

const byId = (features: Read[]): Read[] =>
  features.toSorted((a, b) => (String(a.properties.id) < String(b.properties.id) ? -1 : 1));

describe.each(COLLECTIONS.map((collection) => [collection.id, collection] as const))(
  'the file of %s',
  (id, collection) => {
    const filter = id === 'incidents' ? '&source=demo%20scenario' : '';

    test.each([
      ['gpkg', 'application/geopackage+sqlite3', {}],
      ['parquet', 'application/vnd.apache.parquet', {}],
      ['parquet', 'application/vnd.apache.parquet', { Range: 'bytes=0-' }],
      ['fgb', 'application/flatgeobuf', { Range: 'bytes=0-' }],
    ])('as %s (%s, %p) has each feature with geometry and properties', async (f, mediaType, more) => {
      const answer = await ask(`${id}/items?f=${f}${filter}`, { ...reader, ...more });
      expect(answer.status).toBe('Range' in more ? 206 : 200);
      expect(answer.headers.get('content-type')).toBe(mediaType);
      expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="demo-${id}.${f}"`);
      const read = await READERS[f]!(Buffer.from(await answer.arrayBuffer()), collection);
      const wanted = (await page(`${id}/items?limit=10000${filter}`)).map((feature) => ({
        geometry: feature.geometry,
        properties: { id: feature.id, ...feature.properties },
      }));
      const [found, expected] = [read, wanted].map((all) => byId(all.map((one) => plain(one, collection))));
      expect(found!.length).toBeGreaterThan(0);
      expect(found).toEqual(expected);
      // those that are no index have the order of the layer
      if (f !== 'fgb')
        expect(read.map(({ properties }) => properties.id)).toEqual(
          wanted.map(({ properties }) => properties.id),
        );
    });

    test('without features is a complete file', async () => {
      for (const f of Object.keys(READERS))
        for (const headers of [reader, { ...reader, Range: 'bytes=0-' }]) {
          const bytes = await download(`${id}/items?f=${f}&ids=none`, headers);
          expect([f, await READERS[f]!(bytes, collection)]).toEqual([f, []]);
        }
    });

    test('as GeoPackage has its types, CRS and credit', async () => {
      const file = readGeoPackage(await download(`${id}/items?f=gpkg${filter}`), id);
      expect([file.check, file.applicationId, file.systems]).toEqual([
        'ok',
        0x47504b47,
        [-1, 0, 3857, 4326, 32632],
      ]);
      const types = {
        text: 'TEXT',
        list: 'TEXT',
        integer: 'MEDIUMINT',
        number: 'DOUBLE',
        boolean: 'BOOLEAN',
        instant: 'DATETIME',
      };
      const place = collection.geometry && { geom: collection.geometry.type.toUpperCase() };
      expect(file.columns).toEqual({
        fid: 'INTEGER',
        ...place,
        id: 'TEXT',
        ...Object.fromEntries(collection.fields.map((field) => [field.name, types[typeOf(field)]])),
      });
      const [contents] = file.contents;
      expect(contents).toMatchObject({
        table_name: id,
        identifier: `${collection.title} (exercise Demo)`,
        data_type: place ? 'features' : 'attributes',
        srs_id: place ? 4326 : null,
      });
      const changes = file.features.map(({ properties }) =>
        Date.parse(String(properties.updatedAt ?? '1970-01-01')),
      );
      expect(contents!.last_change).toBe(new Date(Math.max(...changes)).toISOString());
      expect(file.extensions).toEqual(
        [...(place ? ['gpkg_rtree_index'] : []), 'gpkg_schema', 'gpkg_metadata'].sort((a, b) =>
          a < b ? -1 : 1,
        ),
      );
      expect(file.metadata.join()).toMatch(/OpenStreetMap/);
      expect(file.indexed).toBe(place ? file.features.length : undefined);
      if (place)
        expect(file.geometryColumns[0]).toMatchObject({ column_name: 'geom', srs_id: 4326, z: 0, m: 0 });
    });
  },
);

describe('a file in another CRS', () => {
  test.each([
    ['32632', CRS.utm],
    ['3857', CRS.mercator],
  ])('has the coordinates of EPSG:%s, and says so', async (code, crs) => {
    const query = `crs=${encodeURIComponent(crs)}`;
    const features = await page(`crossings/items?${query}`);
    const wanted = Object.fromEntries(
      features.map(({ id, geometry }) => [id, geometry!.coordinates as number[]]),
    );
    const expectClose = (read: Read[]) => {
      expect(read).toHaveLength(features.length);
      for (const { properties, geometry } of read)
        for (const [axis, value] of (geometry as { coordinates: number[] }).coordinates.entries())
          expect(Math.abs(value - wanted[String(properties.id)]![axis]!)).toBeLessThan(1e-6);
    };
    const gpkg = readGeoPackage(await download(`crossings/items?f=gpkg&${query}`), 'crossings');
    expectClose(gpkg.features);
    expect([gpkg.contents[0]!.srs_id, gpkg.features[0]!.srid]).toEqual([Number(code), Number(code)]);
    const parquet = await download(`crossings/items?f=parquet&${query}`);
    expectClose(await readParquet(parquet));
    const { columns } = geoOf(parquet);
    expect(columns.geometry.crs.id).toEqual({ authority: 'EPSG', code: Number(code) });
    const fgb = readFlatGeobuf(await download(`crossings/items?f=fgb&${query}`));
    expectClose(fgb.features);
    expect(fgb.srid).toBe(Number(code));
  });
});

/** All longitudes, and all latitudes. */
function positionsOf(coordinates: unknown): [number[], number[]] {
  const flat = (coordinates as unknown[]).flat(Number.POSITIVE_INFINITY) as number[];
  return [flat.filter((_, i) => i % 2 === 0), flat.filter((_, i) => i % 2 === 1)];
}

function geoOf(bytes: Buffer) {
  const { key_value_metadata } = parquetMetadata(bufferOf(bytes));
  return JSON.parse(key_value_metadata!.find(({ key }) => key === 'geo')!.value!);
}

describe('GeoParquet', () => {
  test('has geometry type and extent in its metadata', async () => {
    const bytes = await download('segments/items?f=parquet');
    const geo = geoOf(bytes);
    expect(geo).toMatchObject({ version: '1.1.0', primary_column: 'geometry' });
    const { encoding, geometry_types, crs, bbox } = geo.columns.geometry;
    expect([encoding, geometry_types, crs]).toEqual(['WKB', ['LineString'], undefined]);
    expect(bbox).toEqual(readFlatGeobuf(await download('segments/items?f=fgb')).envelope);
  });

  test.each(['segments', 'zones', 'crossings'])(
    'has a box around each of %s, which its metadata name',
    async (id) => {
      const bytes = await download(`${id}/items?f=parquet`);
      const sides = Object.fromEntries(
        ['xmin', 'ymin', 'xmax', 'ymax'].map((side) => [side, ['bbox', side]]),
      );
      expect(geoOf(bytes).columns.geometry.covering).toEqual({ bbox: sides });
      const boxes = await parquetReadObjects({ file: bufferOf(bytes), columns: ['id', 'bbox'] });
      const features = await page(`${id}/items?limit=10000`);
      expect(boxes.map((row) => row.id)).toEqual(features.map((feature) => feature.id));
      for (const [i, { bbox }] of boxes.entries()) {
        const [xs, ys] = positionsOf(features[i]!.geometry!.coordinates);
        // of single precision, and never too small
        for (const [low, high, values] of [
          [bbox.xmin, bbox.xmax, xs],
          [bbox.ymin, bbox.ymax, ys],
        ] as const) {
          expect(low).toBeLessThanOrEqual(Math.min(...values!));
          expect(high).toBeGreaterThanOrEqual(Math.max(...values!));
          expect(high - low - (Math.max(...values!) - Math.min(...values!))).toBeLessThan(1e-5);
        }
      }
      const { row_groups } = parquetMetadata(bufferOf(bytes));
      const told = row_groups[0]!.columns.find(
        ({ meta_data }) => meta_data!.path_in_schema.join('.') === 'bbox.xmin',
      );
      expect(told!.meta_data!.statistics!.min_value).toBe(Math.min(...boxes.map(({ bbox }) => bbox.xmin)));
    },
  );

  test('without geometry is plain Parquet', async () => {
    const { key_value_metadata } = parquetMetadata(bufferOf(await download('agencies/items?f=parquet')));
    expect(key_value_metadata).toEqual([{ key: 'world', value: 'demo' }]);
  });

  test('has row groups of bounded size, in streams and files', async () => {
    const [stream, file] = [
      await download('incidents/items?f=parquet'),
      await download('incidents/items?f=parquet', { ...reader, Range: 'bytes=0-' }),
    ];
    expect(stream.equals(file)).toBe(true);
    const { row_groups, num_rows } = parquetMetadata(bufferOf(stream));
    expect(Number(num_rows)).toBeGreaterThan(MANY);
    for (const group of row_groups) expect(Number(group.num_rows)).toBeLessThanOrEqual(5100);
  });
});

describe('parts of a file', () => {
  // `fetch` would ask for a new answer whatever the tag says
  const again = (path: string, headers: Record<string, string>) =>
    service.api.get(`/v1/collections/${path}`).set({ ...reader, ...headers });
  const path = 'incidents/items?f=gpkg&source=many';

  test('together are the file, and each has its Content-Range', async () => {
    const whole = await ask(path);
    const bytes = Buffer.from(await whole.arrayBuffer());
    const [etag, length] = ['etag', 'content-length'].map((name) => whole.headers.get(name)!);
    expect([whole.headers.get('accept-ranges'), Number(length)]).toEqual(['bytes', bytes.length]);
    expect(etag).toMatch(/^"demo:[\w-]+"$/);
    const half = Math.floor(bytes.length / 2);
    const parts = [];
    for (const range of [`bytes=0-${half - 1}`, `bytes=${half}-`]) {
      const part = await ask(path, { ...reader, Range: range, 'If-Range': etag! });
      expect([part.status, part.headers.get('etag')]).toEqual([206, etag]);
      parts.push(Buffer.from(await part.arrayBuffer()));
    }
    expect(Buffer.concat(parts).equals(bytes)).toBe(true);
    const last = await ask(path, { ...reader, Range: 'bytes=-10' });
    expect(last.headers.get('content-range')).toBe(
      `bytes ${bytes.length - 10}-${bytes.length - 1}/${bytes.length}`,
    );
    expect(Buffer.from(await last.arrayBuffer()).equals(bytes.subarray(-10))).toBe(true);
  });

  test('of a file rebuilt since are the whole file', async () => {
    const { headers } = await ask(path, { ...reader, Range: 'bytes=0-9' });
    const again = await ask(path, { ...reader, Range: 'bytes=0-9', 'If-Range': '"another"' });
    expect(again.status).toBe(200);
    expect(again.headers.get('etag')).toBe(headers.get('etag'));
    await again.arrayBuffer();
  });

  test('beyond its end are 416, several at once give the whole file, and an invalid range is ignored', async () => {
    const beyond = await ask(path, { ...reader, Range: 'bytes=999999999-9999999999' });
    expect([beyond.status, beyond.headers.get('content-type')]).toEqual([416, 'application/problem+json']);
    expect(beyond.headers.get('content-range')).toMatch(/^bytes \*\/\d+$/);
    for (const range of ['bytes=0-1,5-6', 'bytes=nonsense', 'rows=0-5']) {
      const answer = await ask(path, { ...reader, Range: range });
      expect([range, answer.status]).toEqual([range, 200]);
      await answer.arrayBuffer();
    }
  });

  test('work after HEAD, and are not sent again if unchanged', async () => {
    const head = await ask(path, reader, 'HEAD');
    const [etag, length] = ['etag', 'content-length'].map((name) => head.headers.get(name)!);
    const part = await ask(path, { ...reader, Range: 'bytes=0-0' });
    expect(part.headers.get('content-range')).toBe(`bytes 0-0/${length}`);
    const fresh = await again(path, { Range: 'bytes=0-0', 'If-None-Match': etag! });
    expect([fresh.status, fresh.headers.etag]).toEqual([304, etag]);
  });

  test('of small layers are current, and the same while nothing changes', async () => {
    const first = await ask('crossings/items?f=fgb', { ...reader, Range: 'bytes=0-99' });
    const second = await ask('crossings/items?f=fgb', { ...reader, Range: 'bytes=100-199' });
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    const unchanged = await again('crossings/items?f=fgb', { 'If-None-Match': first.headers.get('etag')! });
    expect(unchanged.status).toBe(304);
  });
});

describe('a file is built for one caller', () => {
  const path = 'incidents/items?f=gpkg&source=many';
  const countFor = async (headers: Record<string, string>) =>
    readGeoPackage(await download(path, headers), 'incidents').features.length;

  test('and contains what that caller sees', async () => {
    const range = { Range: 'bytes=0-' };
    const callers = [reader, as(keyOf('DZA', 'reader')), {}];
    for (const headers of [...callers, ...callers.map((caller) => ({ ...caller, ...range }))]) {
      const { numberMatched } = await (
        await ask('incidents/items?source=many&resultType=hits', headers)
      ).json();
      expect(await countFor(headers)).toBe(numberMatched);
    }
    expect(await countFor(reader)).toBe(MANY);
    expect(await countFor({})).toBe(0);
  });

  test('a plain GET has the current rows', async () => {
    const before = await countFor(reader);
    const added = anIncident({ source: 'many', externalId: 'one-more', tlp: 'RED' });
    await service.api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(added)
      .expect(201);
    expect(await countFor({ ...reader, Range: 'bytes=0-' })).toBe(before);
    expect(await countFor(as(keyOf('TUN', 'reporter')))).toBe(before + 1);
  });

  test('and each range is audited with all rows of the file', async () => {
    const dza = as(keyOf('DZA', 'reader'));
    const entryFor = async (id: string, headers: Record<string, string>) => {
      await (await ask(path, { ...dza, 'X-Request-Id': id, ...headers })).arrayBuffer();
      return entriesSoon(service, id, 2);
    };
    for (const [id, headers] of Object.entries({ 'file-whole': {}, 'file-part': { Range: 'bytes=0-99' } })) {
      const entries = await entryFor(id, headers);
      const told = entries.map(({ action, outcome, collection, row_count, shares }) => [
        action,
        outcome,
        collection,
        row_count,
        shares,
      ]);
      expect(told).toEqual([
        ['read', 'begun', 'incidents', MANY / 2, [0, 0, MANY / 2]],
        ['read-end', 'complete', 'incidents', MANY / 2, [0, 0, MANY / 2]],
      ]);
    }
  });
});

describe('FlatGeobuf with its index', () => {
  test('gives the features of a box to range readers', async () => {
    const [west, south, east, north] = [8.1, 33.1, 8.2, 33.2];
    let bytes = 0;
    const quiet = jest.spyOn(console, 'debug').mockImplementation(() => {});
    const fetchPlain = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const answer = await fetchPlain(input, init);
      bytes += Number(answer.headers.get('content-length'));
      return answer;
    };
    const read: string[] = [];
    try {
      const rect = { minX: west, minY: south, maxX: east, maxY: north };
      const headers = new Headers(reader);
      const file = url('incidents/items?f=fgb&properties=kind');
      for await (const feature of deserialize(file, { rect, headers } as never))
        read.push(String(feature.properties!.id));
    } finally {
      globalThis.fetch = fetchPlain;
      quiet.mockRestore();
    }
    const wanted = await page(`incidents/items?bbox=${west},${south},${east},${north}&limit=10000`);
    expect(wanted.length).toBeGreaterThan(10);
    expect(read.toSorted()).toEqual(wanted.map(({ id }) => id).toSorted());
    const whole = await download('incidents/items?f=fgb&properties=kind', { ...reader, Range: 'bytes=0-' });
    expect(bytes).toBeLessThan(whole.length / 2);
  });
});

describe('a file without disk space', () => {
  const ask507 = async (path: string, files: { folder: string; mostBytes: number }) => {
    const answer = await service
      .apiWith({ layers: { files } })
      .get(`/v1/collections/${path}`)
      .set({ ...reader, Range: 'bytes=0-9' });
    expect([path, answer.status, answer.body.type]).toEqual([path, 507, '/problems/no-room']);
    expect(answer.body.detail).toMatch(/f=csv/);
    const names = readdirSync(files.folder, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => /d-/.test(name.replace('downloads-', '')))).toEqual([]);
  };

  test.each(['gpkg', 'fgb', 'parquet'])('as %s is refused above the total limit', (f) =>
    ask507(`incidents/items?f=${f}`, { folder, mostBytes: 20_000 }),
  );

  const small = mkdtempSync(join(tmpdir(), 'small-'));
  const isSmall = (() => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  })();
  afterAll(() => {
    if (isSmall) execFileSync('umount', ['-l', small]);
    rmSync(small, { recursive: true });
  });

  const onSmallDisk = isSmall ? test : test.skip;
  onSmallDisk.each(['gpkg', 'fgb', 'parquet'])('as %s is refused where the disk is full', (f) =>
    ask507(`incidents/items?f=${f}`, { folder: small, mostBytes: 2 ** 30 }),
  );
});

describe('a temporary file', () => {
  const lying = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\/d-/.test(name));

  test('is unlinked once the file is complete', async () => {
    await download('incidents/items?f=gpkg');
    expect(lying()).toEqual([]);
  });

  test('is removed when the reader leaves meanwhile', async () => {
    const req = send(url('incidents/items?f=gpkg&kind=fire,smuggling_fuel'), { headers: reader });
    req.on('error', () => {});
    req.end();
    await eventually(() => lying().length > 0);
    req.destroy();
    await eventually(() => lying().length === 0);
  });

  test('of a dead process is removed at the next start, and nothing else', () => {
    const of = (name: string) => join(folder, `tripoint-downloads-${name}`);
    const owners = {
      dead: { ...JSON.parse(ownFile()), pid: 2 ** 22 + 1, startTick: '1' },
      alive: JSON.parse(ownFile()),
      elsewhere: { ...JSON.parse(ownFile()), machine: 'another' },
    };
    for (const [name, owner] of Object.entries(owners)) {
      mkdirSync(join(of(name), 'd-1'), { recursive: true });
      writeFileSync(join(of(name), 'd-1', 'file'), 'left over');
      writeFileSync(join(of(name), 'owner.json'), JSON.stringify(owner));
    }
    removeLeftOvers(folder);
    const left = readdirSync(folder);
    expect(left.filter((name) => /dead|alive|elsewhere/.test(name)).sort()).toEqual([
      'tripoint-downloads-alive',
      'tripoint-downloads-elsewhere',
    ]);
    for (const name of ['alive', 'elsewhere']) rmSync(of(name), { recursive: true });
  });

  const ownFile = () => {
    const own = readdirSync(folder).find((name) => name.startsWith('tripoint-downloads-'))!;
    return readFileSync(join(folder, own, 'owner.json'), 'utf8');
  };
});
