import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { anIncident } from '../support/builders.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';
import { AUTUMN, stamp } from '../support/worlds.ts';

const key = keyOf('TUN', 'reporter');
const reporter = as(key);
const OWN = `/v1/collections/incidents/items?agency=${agencyOf(key)}`;

let autumn: TestService;
let actual: TestService;
beforeAll(async () => {
  autumn = await startService();
  await stamp(autumn.connection, AUTUMN);
  actual = await startService();
  for (const { api } of [autumn, actual])
    for (const externalId of ['one', 'two'])
      await api
        .post('/v1/incidents')
        .set(reporter)
        .send(anIncident({ source: 'drill', externalId, tlp: 'GREEN', description: 'سيارة – "كبيرة"' }))
        .expect(201);
});
afterAll(() => Promise.all([autumn.stop(), actual.stop()]));

const linesOf = async ({ api }: TestService, f: string) => {
  const { text } = await api.get(`${OWN}&f=${f}`).set(reporter).buffer(true).expect(200);
  return text.split(/\r?\n/).filter(Boolean);
};
const send = ({ api }: TestService, type: string, body: string) =>
  api
    .post('/v1/incidents/import')
    .set({ ...reporter, 'Content-Type': type })
    .send(body)
    .expect(200);

describe('each line of a download of an exercise names it', () => {
  test('CSV in its last column', async () => {
    const [header, ...lines] = await linesOf(autumn, 'csv');
    expect(header).toMatch(/,world$/);
    expect(lines.length).toBe(2);
    for (const line of lines) expect(line).toMatch(/,autumn$/);
    expect((await linesOf(actual, 'csv'))[0]).not.toContain('world');
  });

  test('GeoJSON beside the id', async () => {
    const features = (await linesOf(autumn, 'geojsonseq')).map((line) => JSON.parse(line.slice(1)));
    expect(features.map(({ world }) => world)).toEqual(['autumn', 'autumn']);
    expect(features[0].properties.description).toBe('سيارة – "كبيرة"');
    for (const line of await linesOf(actual, 'geojsonseq')) expect(line).not.toContain('world');
  });

  test('a page once, beside its features', async () => {
    for (const path of ['/v1/incidents', OWN]) {
      expect((await autumn.api.get(path).set(reporter).expect(200)).body.world).toBe('autumn');
      expect(Object.keys((await actual.api.get(path).set(reporter).expect(200)).body)).not.toContain('world');
    }
  });

  test('a question in a body as its address does', async () => {
    const { text, headers } = await autumn.api
      .post('/v1/collections/incidents/search')
      .set(reporter)
      .send({ f: 'csv' })
      .buffer(true)
      .expect(200);
    expect(text.split('\r\n')[0]).toMatch(/,world$/);
    expect(headers['content-disposition']).toBe('attachment; filename="autumn-incidents.csv"');
  });
});

test.each(['csv', 'geojsonseq', 'fgb', 'gpkg', 'parquet', 'fgb-stream', 'parquet-stream'])(
  'a file in %s is called after the exercise',
  async (f) => {
    const nameOf = async ({ api }: TestService) =>
      (await api.get(`${OWN}&f=${f}`).set(reporter).redirects(1).expect(200)).headers['content-disposition'];
    expect(await nameOf(autumn)).toMatch(/^attachment; filename="autumn-incidents\.\w+"$/);
    expect(await nameOf(actual)).toMatch(/^attachment; filename="incidents\.\w+"$/);
  },
);

const isInstalled = (() => {
  try {
    return execFileSync('ogrinfo', ['--formats'], { encoding: 'utf8' }).includes('FlatGeobuf');
  } catch {
    return false;
  }
})();
const withGdal = isInstalled ? describe : describe.skip;

withGdal('what GDAL reads of a file (skipped without ogrinfo)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'worlds-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const metadataOf = async ({ api }: TestService, f: string) => {
    const { body } = await api
      .get(`${OWN}&f=${f}`)
      .set(reporter)
      .responseType('blob')
      .redirects(1)
      .expect(200);
    const file = join(folder, `file.${f}`);
    writeFileSync(file, body);
    return execFileSync('ogrinfo', ['-json', file], { encoding: 'utf8' });
  };

  test.each(['fgb', 'gpkg'])('a layer in %s is titled after the exercise', async (f) => {
    expect(await metadataOf(autumn, f)).toContain('Incidents (exercise Autumn)');
    expect(await metadataOf(autumn, f)).toContain('Exercise Autumn: nothing here is real.');
    expect(await metadataOf(actual, f)).not.toContain('xercise Autumn');
  });
});

test('a GeoParquet file has the exercise in its metadata', async () => {
  const read = async ({ api }: TestService) =>
    String((await api.get(`${OWN}&f=parquet-stream`).set(reporter).responseType('blob').expect(200)).body);
  expect(await read(autumn)).toMatch(/world[\s\S]{1,4}autumn/);
  expect(await read(actual)).not.toMatch(/world[\s\S]{1,4}autumn/);
});

describe('an import', () => {
  const TYPES = [
    ['text/csv', 'csv'],
    ['application/geo+json-seq', 'geojsonseq'],
  ] as const;

  test.each(TYPES)('takes a download of its own world back unchanged, as %s', async (type, f) => {
    for (const world of [autumn, actual]) {
      const { body } = await send(world, type, `${(await linesOf(world, f)).join('\n')}\n`);
      expect(body).toMatchObject({ accepted: 0, unchanged: 2, rejected: { total: 0 } });
    }
  });

  test.each(TYPES)('refuses each line of another world, as %s', async (type, f) => {
    const [there, here] = [await linesOf(autumn, f), await linesOf(actual, f)];
    const refused = await send(actual, type, `${there.join('\n')}\n`);
    expect(refused.body).toMatchObject({ accepted: 0, unchanged: 0, rejected: { total: 2 } });
    for (const { code, params, reason } of refused.body.rejected.lines) {
      expect([code, params.fault.code]).toEqual(['line-invalid', 'line-of-other-world']);
      expect(reason).toContain('autumn');
    }
    const other = await send(autumn, type, `${here.join('\n')}\n`);
    expect(other.body).toMatchObject({ accepted: 0, rejected: { total: 2 } });
  });

  test('takes a line that names its world or none, and no other', async () => {
    const lines = [undefined, 'autumn', 'spring', 'actual', 7, null].map((world, n) =>
      JSON.stringify({
        ...anIncident({ source: 'lines', externalId: `n-${n}` }),
        ...(world !== undefined && { world }),
      }),
    );
    const { body } = await send(autumn, 'application/geo+json-seq', lines.join('\n'));
    expect(body).toMatchObject({ accepted: 3, rejected: { total: 3 } });
    expect(body.rejected.lines.map(({ line }: { line: number }) => line)).toEqual([3, 4, 5]);
    const flat = { ...anIncident({ source: 'lines', externalId: 'flat' }) };
    const inProperties = { ...flat, properties: { ...flat.properties, world: 'autumn' } };
    const document = { type: 'FeatureCollection', world: 'autumn', features: [inProperties] };
    expect((await send(autumn, 'application/geo+json', JSON.stringify(document))).body.accepted).toBe(1);
    expect((await send(actual, 'application/geo+json', JSON.stringify(document))).body.rejected.total).toBe(
      1,
    );
  });
});
