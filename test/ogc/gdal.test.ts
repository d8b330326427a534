import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { typeOf } from '../../src/ogc/collection/collection.sql.ts';
import { anIncident } from '../support/builders.ts';
import { COLLECTIONS, CRS, OPEN_LAYERS } from '../support/ogc.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

const run = promisify(execFile);
const isInstalled = (() => {
  try {
    return execFileSync('ogrinfo', ['--formats'], { encoding: 'utf8' }).includes('OAPIF');
  } catch {
    return false;
  }
})();

const withGdal = isInstalled ? describe : describe.skip;
const SOME = 1100; // more than GDAL requests at once without a larger page limit

let service: TestService;
let server: Server;
let folder: string;
/** Path and query of every request since the test began, decoded. */
let asked: string[] = [];
/** Bytes of bodies whose length was told. */
let sent = 0;

beforeAll(async () => {
  service = await startService({ withDemo: true });
  const features = Array.from({ length: SOME }, (_, n) =>
    anIncident({
      at: [8 + (n % 100) / 100, 33 + (n % 70) / 100],
      source: 'gdal',
      externalId: `gdal-${n}`,
      tlp: 'CLEAR',
    }),
  );
  await service.api
    .post('/v1/incidents/import')
    .set({ ...as(keyOf('TUN', 'reporter')), 'Content-Type': 'application/geo+json' })
    .send(JSON.stringify({ type: 'FeatureCollection', features }))
    .expect(200);
  server = createServer((req, res) => {
    asked.push(decodeURIComponent(req.url!).replaceAll('+', ' '));
    if (req.method === 'GET')
      res.once('finish', () => (sent += Number(res.getHeader('content-length') ?? 0)));
    service.app(req, res);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  folder = mkdtempSync(join(tmpdir(), 'gdal-'));
});
beforeEach(() => {
  asked = [];
  sent = 0;
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  server.close();
  await service.stop();
});

const root = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
const source = () => `OAPIF:${root()}/`;
const ogrinfo = async (...args: string[]) =>
  JSON.parse((await run('ogrinfo', ['-json', ...args], BIG)).stdout);
const BIG = { maxBuffer: 100_000_000 };

interface Feature {
  properties: Record<string, unknown>;
  geometry: { coordinates: number[] } | null;
}

const ogr2ogr = async (...args: string[]): Promise<Feature[]> => {
  const { stdout } = await run('ogr2ogr', ['-f', 'GeoJSON', '/vsistdout/', ...args], BIG);
  return JSON.parse(stdout).features;
};
const list = async (path: string) => (await service.api.get(`/v1/collections/${path}`).expect(200)).body;

withGdal('GDAL', () => {
  test('sees every layer with its fields in their types, its geometry and its extent', async () => {
    const { layers } = await ogrinfo('-ro', '-so', source());
    expect(layers.map(({ name }: { name: string }) => name)).toEqual(OPEN_LAYERS);
    const types = {
      text: 'String',
      list: 'String',
      instant: 'DateTime',
      integer: 'Integer',
      number: 'Real',
      boolean: 'Integer',
    };
    for (const { id, fields, geometry } of COLLECTIONS) {
      if (!OPEN_LAYERS.includes(id)) continue;
      const layer = layers.find(({ name }: { name: string }) => name === id);
      const found = layer.fields.map(({ name, type }: { name: string; type: string }) => [name, type]);
      const known = fields.map((field) => [field.name, types[typeOf(field)]]);
      expect(found).toEqual([['id', 'String'], ...known]);
      const [place] = layer.geometryFields;
      if (geometry) expect([place.type, place.extent.length]).toEqual([geometry.type, 4]);
    }
  });

  test.each(OPEN_LAYERS)('counts %s without reading the features', async (id) => {
    const { numberMatched } = await list(`${id}/items?resultType=hits`);
    const { layers } = await ogrinfo('-ro', '-so', source(), id);
    expect(layers[0].featureCount).toBe(numberMatched);
    expect(asked.filter((path) => /cursor=/.test(path))).toEqual([]);
  });

  test('reads every layer completely, in pages of a thousand', async () => {
    for (const id of OPEN_LAYERS) {
      const { features } = await list(`${id}/items?limit=10000`);
      const read = await ogr2ogr(source(), id);
      expect([id, read.map(({ properties }) => properties.id)]).toEqual([
        id,
        features.map((feature: { id: string }) => feature.id),
      ]);
    }
    expect(asked.filter((path) => /incidents\/items\?.*limit=1000(?!0)/.test(path))).toHaveLength(2);
  });

  test('follows the pages of a long list', async () => {
    const read = await ogr2ogr('-oo', 'PAGE_SIZE=200', source(), 'incidents');
    expect(new Set(read.map(({ properties }) => properties.id)).size).toBe(read.length);
    expect(read.length).toBeGreaterThan(SOME);
    expect(asked.filter((path) => /incidents\/items\?.*cursor=/.test(path)).length).toBeGreaterThanOrEqual(5);
  });

  test('sends a box', async () => {
    const read = await ogr2ogr('-spat', '8', '33', '8.5', '34', source(), 'incidents');
    const { numberMatched } = await list('incidents/items?bbox=8,33,8.5,34&limit=10000');
    expect(read).toHaveLength(numberMatched);
    expect(asked.some((path) => /incidents\/items\?.*bbox=8,33,8\.5,34/.test(path))).toBe(true);
  });

  test.each<[where: string, pushed: RegExp, filter: string]>([
    ["kind = 'fire'", /filter=.*kind.*'fire'.*filter-lang=cql-text/, "kind = 'fire'"],
    [
      "countsBest > 5 AND severity <> 'minor'",
      /filter=.*countsBest.*> ?5/,
      "countsBest > 5 AND severity <> 'minor'",
    ],
    ['countsBest BETWEEN 3 AND 8', /filter=.*countsBest/, 'countsBest BETWEEN 3 AND 8'],
    ["kind LIKE 'smug%'", /filter=.*LIKE.*smug/, "kind LIKE 'smug%'"],
    ["kind ILIKE 'FIRE'", /filter=.*ILIKE.*FIRE/, "kind = 'fire'"],
    ['occurredUntil IS NOT NULL', /filter=.*occurredUntil.*NULL/, 'occurredUntil IS NOT NULL'],
    ["participants LIKE '%TUN%'", /filter=.*participants/, "A_CONTAINS(participants, ('TUN'))"],
  ])('sends the condition %s', async (where, pushed, filter) => {
    const layer = where.startsWith('participants') ? 'zones' : 'incidents';
    const read = await ogr2ogr('-where', where, source(), layer);
    const hits = `${layer}/items?resultType=hits&filter=${encodeURIComponent(filter)}`;
    expect(read).toHaveLength((await list(hits)).numberMatched);
    expect(read.length).toBeGreaterThan(0);
    expect(asked.filter((path) => pushed.test(path)).length).toBeGreaterThan(0);
  });

  test('sends a range of times', async () => {
    const where = "occurredAt >= '2026-10-01T00:00:00Z' AND occurredAt <= '2026-10-31T23:59:59Z'";
    const read = await ogr2ogr('-where', where, source(), 'incidents');
    const { numberMatched } = await list(
      'incidents/items?resultType=hits&datetime=2026-10-01T00:00:00Z/2026-10-31T23:59:59Z',
    );
    expect(read).toHaveLength(numberMatched);
    expect(asked.some((path) => /items\?.*(datetime=2026-10-01|filter=.*2026-10-01)/.test(path))).toBe(true);
  });

  test('requests a single feature by id', async () => {
    const [read] = await ogr2ogr('-where', "id = 'ras-ajdir'", source(), 'crossings');
    expect(read!.properties.nameEn).toBe('Ras Ajdir');
    expect(asked.some((path) => /crossings\/items\/ras-ajdir/.test(path))).toBe(true);
  });

  test('sends a key as the password of HTTP Basic, and sees its rows', async () => {
    await service.api
      .post('/v1/incidents')
      .set(as(keyOf('TUN', 'reporter')))
      .send(anIncident({ source: 'gdal-secret', tlp: 'RED' }))
      .expect(201);
    const where = ['-where', "source = 'gdal-secret'", source(), 'incidents'];
    expect(await ogr2ogr(...where)).toHaveLength(0);
    expect(await ogr2ogr('-oo', `USERPWD=gdal:${keyOf('TUN', 'reporter')}`, ...where)).toHaveLength(1);
  });

  test('reads only the part of a FlatGeobuf for a box', async () => {
    const file = `/vsicurl/${root()}/collections/incidents/items?f=fgb`;
    const box = [8.1, 33.1, 8.13, 33.13];
    const read = await ogr2ogr('-spat', ...box.map(String), file);
    const { features } = await list(`incidents/items?bbox=${box}&limit=10000`);
    expect(read.map(({ properties }) => properties.id).sort()).toEqual(
      features.map(({ id }: { id: string }) => id).sort(),
    );
    expect(read.length).toBeGreaterThan(2);
    const whole = await fetch(`${root()}/collections/incidents/items?f=fgb`, { method: 'HEAD' });
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(Number(whole.headers.get('content-length')) / 2);
  });

  test('converts a layer to GeoPackage', async () => {
    const file = join(folder, 'layers.gpkg');
    await run('ogr2ogr', ['-f', 'GPKG', file, source(), 'segments', 'zones', 'incidents']);
    const { layers } = await ogrinfo('-so', file);
    for (const { name, featureCount } of layers)
      expect([name, featureCount]).toEqual([
        name,
        (await list(`${name}/items?resultType=hits`)).numberMatched,
      ]);
  });

  test.each(['EPSG:32632', 'EPSG:3857'])(
    'reads coordinates in %s as it would have computed them',
    async (crs) => {
      const own = await ogr2ogr(
        '-lco',
        'COORDINATE_PRECISION=4',
        '-lco',
        'RFC7946=NO',
        '-t_srs',
        crs,
        source(),
        'crossings',
      );
      const uri = crs === 'EPSG:3857' ? CRS.mercator : CRS.utm;
      const { features } = await list(`crossings/items?limit=100&precision=4&crs=${encodeURIComponent(uri)}`);
      for (const [i, { geometry }] of own.entries())
        for (const [axis, value] of geometry!.coordinates.entries())
          expect(Math.abs(value - features[i].geometry.coordinates[axis])).toBeLessThan(0.01);
    },
  );

  test.each(['fgb', 'csv', 'geojsonseq', 'gpkg'])('reads every layer as %s', async (f) => {
    for (const id of OPEN_LAYERS) {
      const file = join(folder, `${id}.${f}`);
      const answer = await fetch(`${root()}/collections/${id}/items?f=${f}`);
      writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
      const source = f === 'geojsonseq' ? `GeoJSONSeq:${file}` : file;
      // a GeoPackage has the table of styles beside its layer
      const read = await ogr2ogr(source, ...(f === 'gpkg' ? [id] : []));
      expect([id, read.length]).toEqual([id, (await list(`${id}/items?resultType=hits`)).numberMatched]);
    }
  });
});
