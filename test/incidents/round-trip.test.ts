import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { anIncident } from '../support/builders.ts';
import { randomNumbers } from '../support/random.ts';
import { samples } from '../support/runs.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

const MANY = samples(10_000, 1200); // more than one set
const SEQ = 'application/geo+json-seq';

let service: TestService;
beforeAll(async () => {
  service = await startService();
  const random = randomNumbers(35);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const TEXTS = [
    undefined,
    '=1+1',
    "'=1+1",
    "''-2",
    "l'oued",
    'says "so", twice',
    'back\\slash',
    'two\nlines',
    'two\r\nlines',
    '',
    'وادي جديد',
    '-',
    '@ km 3',
    '12',
    'null',
  ];
  const lines = Array.from({ length: MANY }, (_, n) => {
    const tlp = one(['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED']);
    const best = Math.floor(random() * 50);
    return anIncident({
      at: [8 + random() * 3, 31 + random() * 5],
      kind: one(['fire', 'distress', 'smuggling_fuel', 'other']),
      severity: one(['minor', 'moderate', 'severe', 'extreme']),
      certainty: one(['observed', 'likely', 'possible']),
      nature: one(['actual', 'test']),
      occurredAt: new Date(Date.UTC(2026, 0, 1) + Math.floor(random() * 2e10)).toISOString(),
      occurredUntil: random() < 0.3 ? '2026-10-01T00:00:00.5Z' : undefined,
      horizontalAccuracyMetres: random() * 1000,
      placeText: one(TEXTS),
      description: one(TEXTS),
      accessNote: one(TEXTS),
      counts: one([undefined, { best }, { best, low: 0, high: best + 1 }]),
      source: one(['', 'round trip', '+source']),
      // with an id in the source, with an id of the service, with nothing
      externalId: n % 3 === 0 ? `r-${n}` : undefined,
      tlp,
      releasableTo: tlp === 'AMBER' ? one([[], ['DZA'], ['LBY', 'DZA']]) : [],
    });
  });
  const { body } = await send(lines.map((line) => JSON.stringify(line)).join('\n'), SEQ);
  expect(body).toMatchObject({ accepted: MANY, rejected: { total: 0 } });
});
afterAll(() => service.stop());

const reporter = () => as(keyOf('TUN', 'reporter'));
const send = (body: string, type: string, query = '') =>
  service.api
    .post(`/v1/incidents/import${query}`)
    .set(reporter())
    .set('Content-Type', type)
    .send(body)
    .expect(200);
async function bytesOf(query: string, path = 'collections/incidents/items'): Promise<Buffer> {
  const answer = await service.api
    .get(`/v1/${path}?${query}`)
    .set(reporter())
    .redirects(1)
    .buffer(true)
    .parse((res, done) => {
      const pieces: Buffer[] = [];
      res.on('data', (piece: Buffer) => pieces.push(piece));
      res.on('end', () => done(null, Buffer.concat(pieces)));
    })
    .expect(200);
  return answer.body;
}
const download = async (query: string, path?: string): Promise<string> => String(await bytesOf(query, path));

const OWN = `agency=${agencyOf(keyOf('TUN', 'reporter'))}`;

interface Feature {
  id: string;
  geometry: { coordinates: number[] };
  properties: Record<string, unknown>;
}
const pageOf = async (query: string): Promise<Feature[]> => JSON.parse(await download(query)).features;
/** One own incident, of a kind that may be closed. */
const anOwn = async (): Promise<Feature> => {
  const made = await service.api
    .post('/v1/incidents')
    .set(reporter())
    .send(anIncident({ placeText: '=SUM(A1)', counts: { best: 3 }, tlp: 'GREEN' }))
    .expect(201);
  return (await pageOf(`ids=${made.body.id}`))[0]!;
};
const now = async ({ id }: Feature) => (await pageOf(`ids=${id}`))[0]!;
const sequence = (...features: object[]) => features.map((one) => `\x1e${JSON.stringify(one)}\n`).join('');
/** The feature with other properties. */
const edited = (feature: Feature, change: Record<string, unknown>): Feature => ({
  ...feature,
  properties: { ...feature.properties, ...change },
});
const sendOne = async (feature: object) => (await send(sequence(feature), SEQ)).body;

const unchanged = (count: number) => ({
  accepted: 0,
  updated: 0,
  unchanged: count,
  rejected: { total: 0, lines: [] },
});

describe('a download of the own agency goes back in unchanged', () => {
  test.each([
    ['csv', 'f=csv', 'text/csv', ''],
    ['csv for Excel', 'f=csv&dialect=excel', 'text/csv', '?dialect=excel'],
    ['raw csv', 'f=csv&dialect=raw', 'text/csv', '?dialect=raw'],
    ['a GeoJSON sequence', 'f=geojsonseq', SEQ, ''],
    ['GeoJSON', 'f=geojson&limit=10000', 'application/geo+json', ''],
  ])('as %s', async (_, query, type, more) => {
    const { body } = await send(await download(`${OWN}&${query}`), type, more);
    expect(body).toEqual(unchanged(body.unchanged));
    expect(body.unchanged).toBeGreaterThanOrEqual(MANY);
  });

  test('as nested GeoJSON of /v1/incidents, and as a single answer with its zones', async () => {
    const { body } = await send(await download(`${OWN}&limit=10000`, 'incidents'), 'application/geo+json');
    expect(body).toEqual(unchanged(body.unchanged));
    const { id } = await anOwn();
    const one = await download('', `incidents/${id}`);
    expect((await send(one, 'application/geo+json')).body).toEqual(unchanged(1));
  });

  test('with lon and lat for longitude and latitude, and computed columns of any value', async () => {
    const file = await download(`${OWN}&f=csv&limit=500`);
    const [header, ...rows] = file.split('\r\n');
    const names = header!.replace('longitude,latitude', 'lon,lat').split(',');
    expect((await send([names.join(), ...rows].join('\r\n'), 'text/csv')).body).toEqual(unchanged(500));
    const own = await anOwn();
    const wrong = {
      borderKm: -1,
      revision: 'none',
      updatedAt: null,
      owner: 'LBY',
      candidates: 'x',
      zones: [],
    };
    expect(await sendOne(edited(own, wrong))).toEqual(unchanged(1));
    expect(await now(own)).toEqual(own);
  });
});

const hasGdal = (() => {
  try {
    return execFileSync('ogrinfo', ['--version'], { encoding: 'utf8' }).startsWith('GDAL');
  } catch {
    return false;
  }
})();
const withGdal = hasGdal ? describe : describe.skip;

withGdal('what GDAL makes of a download goes back in unchanged', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gdal-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['csv', 'CSV', 'csv', 'text/csv'],
    ['gpkg', 'GeoJSONSeq', 'geojsonl', SEQ],
    ['fgb', 'GeoJSON', 'geojson', 'application/geo+json'],
  ])('%s as %s', async (f, driver, ending, type) => {
    const [from, to] = [join(folder, `from.${f}`), join(folder, `${f}.${ending}`)];
    const bytes = await bytesOf(`${OWN}&source=round%20trip&limit=400&f=${f}`);
    writeFileSync(from, bytes);
    // a GeoPackage has the table of styles beside its layer
    const layer = f === 'gpkg' ? ['incidents'] : [];
    execFileSync('ogr2ogr', ['-f', driver, to, from, ...layer], { stdio: 'ignore' });
    const { body } = await send(readFileSync(to, 'utf8'), type);
    expect(body).toEqual(unchanged(body.unchanged));
    expect(body.unchanged).toBeGreaterThan(200);
  });
});

describe('an edited download is an update', () => {
  test('in CSV, with a report that says what changed', async () => {
    const own = await anOwn();
    const file = await download(`ids=${own.id}&f=csv`);
    expect(file).toContain(`,"'=SUM(A1)",`);
    const edit = file.replace('moderate', 'severe').replace('=SUM(A1)', '=SUM(A2)');
    expect((await send(edit, 'text/csv')).body).toMatchObject({ updated: 1, unchanged: 0, accepted: 0 });
    const changed = await now(own);
    expect(changed.properties).toMatchObject({ severity: 'severe', placeText: '=SUM(A2)', revision: 2 });
    expect(changed.geometry).toEqual(own.geometry);
    const { body } = await service.api.get(`/v1/incidents/${own.id}/reports`).set(reporter());
    expect(body.reports).toMatchObject([{ severity: 'severe', text: 'Updated by import.' }]);
    expect((await send(edit, 'text/csv')).body).toEqual(unchanged(1));
  });

  test('an explicit null and an empty cell take a value away', async () => {
    const own = await anOwn();
    expect(await sendOne(edited(own, { placeText: null, countsBest: null }))).toMatchObject({ updated: 1 });
    expect((await now(own)).properties).toMatchObject({ placeText: null, countsBest: null });
    const other = await anOwn();
    const file = (await download(`ids=${other.id}&f=csv`)).replace(`"'=SUM(A1)"`, '');
    expect((await send(file, 'text/csv')).body).toMatchObject({ updated: 1 });
    expect((await now(other)).properties).toMatchObject({ placeText: null, countsBest: 3 });
  });

  test('what is set back to the first content is an update too', async () => {
    const own = await anOwn();
    expect(await sendOne(edited(own, { severity: 'extreme' }))).toMatchObject({ updated: 1 });
    expect(await sendOne(own)).toMatchObject({ updated: 1, unchanged: 0 });
    expect((await now(own)).properties).toMatchObject({ severity: 'moderate', revision: 3 });
  });

  test('the source that repeats itself does not undo it', async () => {
    const line = anIncident({ source: 'repeats', externalId: 'one', tlp: 'GREEN' });
    await sendOne(line);
    const [own] = await pageOf('source=repeats');
    await sendOne(edited(own!, { severity: 'extreme' }));
    expect(await sendOne(line)).toEqual(unchanged(1));
    expect((await now(own!)).properties.severity).toBe('extreme');
  });

  test('a state that may follow is taken, another one is refused with its reason', async () => {
    const own = await anOwn();
    expect(await sendOne(edited(own, { state: 'closed' }))).toMatchObject({ updated: 1 });
    expect((await now(own)).properties.state).toBe('closed');
    const { body } = await service.api.get(`/v1/incidents/${own.id}/reports`).set(reporter());
    expect(body.reports[0].state).toBe('closed');
    const { rejected, updated } = await sendOne(edited(own, { state: 'open' }));
    expect([updated, rejected.lines]).toEqual([
      0,
      [
        expect.objectContaining({
          line: 1,
          reason: expect.stringMatching(/^state: open cannot follow closed/),
        }),
      ],
    ]);
  });

  test('an incident without an identity in its source gets one, and keeps it', async () => {
    const own = await anOwn();
    expect(await sendOne(edited(own, { source: 'register', externalId: 'X-1' }))).toMatchObject({
      updated: 1,
    });
    expect((await now(own)).properties).toMatchObject({ source: 'register', externalId: 'X-1' });
    expect(await sendOne(edited(own, { source: 'register' }))).toEqual(unchanged(1));
    expect((await now(own)).properties.externalId).toBe('X-1');
  });

  test('a wider label needs a coordinator', async () => {
    const own = await anOwn();
    const { rejected } = await sendOne(edited(own, { tlp: 'CLEAR' }));
    expect(rejected.lines).toEqual([expect.objectContaining({ code: 'line-invalid', line: 1 })]);
    expect(await sendOne(edited(own, { tlp: 'AMBER', releasableTo: 'DZA,LBY' }))).toMatchObject({
      updated: 1,
    });
    expect((await now(own)).properties).toMatchObject({ tlp: 'AMBER', releasableTo: 'DZA,LBY' });
  });
});

test('a download of another installation keeps its states, and closed distress is refused', async () => {
  const own = await anOwn();
  const elsewhere = (id: string, change: object) => edited({ ...own, id }, { ...change });
  const body = await sendOne(elsewhere('0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c11', { state: 'closed' }));
  expect(body).toMatchObject({ accepted: 1 });
  expect((await pageOf('ids=0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c11'))[0]!.properties.state).toBe('closed');
  const distress = { state: 'closed', kind: 'distress' };
  const { rejected } = await sendOne(elsewhere('0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c12', distress));
  expect(rejected.lines).toEqual([
    expect.objectContaining({ reason: expect.stringMatching(/^state: .*outcome/) }),
  ]);
});

test('rows of other agencies stay theirs, and unknown properties are refused', async () => {
  const other = anIncident({ tlp: 'CLEAR' });
  await service.api
    .post('/v1/incidents')
    .set(as(keyOf('DZA', 'reporter')))
    .send(other)
    .expect(201);
  const others = await download(`owner=DZA&f=geojsonseq&limit=20`);
  const { body } = await send(others, SEQ);
  expect([body.accepted, body.updated, body.unchanged]).toEqual([0, 0, 0]);
  expect(body.rejected.total).toBeGreaterThan(0);
  const { rejected } = await sendOne(edited(await anOwn(), { driver: 'x' }));
  expect(rejected.lines).toEqual([expect.objectContaining({ reason: expect.stringMatching(/driver/) })]);
});
