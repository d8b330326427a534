import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { anIncident } from '../support/builders.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const reporter = () => as(keyOf('TUN', 'reporter'));
const send = (body: string | Buffer, type: string, query = '', headers = reporter()) =>
  service.api.post(`/v1/incidents/import${query}`).set(headers).set('Content-Type', type).send(body);

const lines = (count: number, source: string, change: Record<string, unknown> = {}) =>
  Array.from({ length: count }, (_, n) =>
    JSON.stringify(anIncident({ at: [9 + n / 1000, 33], source, externalId: `n-${n}`, ...change })),
  );
const SEQ = 'application/geo+json-seq';
const HEADER =
  'lon,lat,kind,severity,certainty,nature,occurredAt,horizontalAccuracyMetres,source,externalId,tlp,releasableTo,countsBest';

test('a file that is sent twice changes nothing', async () => {
  const file = lines(50, 'twice').join('\n');
  expect((await send(file, SEQ).expect(200)).body).toMatchObject({ accepted: 50, updated: 0, unchanged: 0 });
  expect((await send(file, SEQ).expect(200)).body).toMatchObject({ accepted: 0, updated: 0, unchanged: 50 });
});

test('a line with changed content under the same identity updates the incident with a report', async () => {
  await send(lines(3, 'update').join('\n'), SEQ).expect(200);
  const { body } = await send(lines(3, 'update', { severity: 'extreme' }).join('\n'), SEQ).expect(200);
  expect(body).toMatchObject({ accepted: 0, updated: 3, unchanged: 0 });
  const list = await service.api.get('/v1/incidents?source=update').set(reporter());
  expect(list.body.features.map((f: { properties: { severity: string } }) => f.properties.severity)).toEqual(
    Array(3).fill('extreme'),
  );
  const reports = await service.api.get(`/v1/incidents/${list.body.features[0].id}/reports`).set(reporter());
  expect(reports.body.reports).toHaveLength(1);
});

test('good lines are kept despite bad ones, and each bad line is reported with its number', async () => {
  const [first, second] = lines(2, 'mixed');
  const future = JSON.stringify(anIncident({ occurredAt: '2100-01-01T00:00:00Z', source: 'mixed' }));
  const file = [
    first,
    '{"type":',
    '',
    future,
    JSON.stringify(anIncident({ description: 'Tel. +216 22 345 678' })),
    second,
  ];
  const { body } = await send(file.join('\n'), SEQ).expect(200);
  expect(body.accepted).toBe(2);
  expect(body.rejected.lines.map(({ line }: { line: number }) => line)).toEqual([2, 4, 5]);
  expect(body.rejected.lines[1].reason).toMatch(/occurredAt.*future/);
  expect(JSON.stringify(body)).not.toContain('345 678');
});

test('the same identity twice in one file: the later line changes the earlier one', async () => {
  const file = [...lines(1, 'again'), ...lines(1, 'again', { severity: 'extreme' })].join('\n');
  expect((await send(file, SEQ).expect(200)).body).toMatchObject({ accepted: 1, updated: 1 });
});

test('a line without an identity is recognised by its content', async () => {
  const file = [anIncident({ source: 'nameless' }), anIncident({ source: 'nameless', severity: 'minor' })]
    .map((one) => JSON.stringify(one))
    .join('\n');
  expect((await send(file, SEQ).expect(200)).body).toMatchObject({ accepted: 2 });
  expect((await send(file, SEQ).expect(200)).body).toMatchObject({ accepted: 0, unchanged: 2 });
});

test('a FeatureCollection and a CSV are accepted too', async () => {
  const features = lines(2, 'collection').map((line) => JSON.parse(line));
  const collection = JSON.stringify({ type: 'FeatureCollection', features });
  expect((await send(collection, 'application/geo+json').expect(200)).body).toMatchObject({ accepted: 2 });

  const csv = `${HEADER}\r\n8.4,35.2,fire,minor,likely,actual,2026-01-05T00:00:00Z,50,csv,1,AMBER,DZA;LBY,4\r\n200,35.2,fire,minor,likely,actual,2026-01-05T00:00:00Z,50,csv,2,,,\r\n`;
  const { body } = await send(csv, 'text/csv').expect(200);
  expect(body).toMatchObject({ accepted: 1, rejected: { total: 1, lines: [{ line: 3 }] } });
  const list = await service.api.get('/v1/incidents?source=csv').set(as(keyOf('LBY', 'reader')));
  expect(list.body.features[0].properties).toMatchObject({
    tlp: 'AMBER',
    releasableTo: ['DZA', 'LBY'],
    counts: { best: 4 },
  });
});

test('the Missing Migrants CSV becomes distress incidents with counts and an accuracy', async () => {
  const csv = readFileSync('test/fixtures/iom-missing-migrants.csv');
  const rows = csv.toString().trim().split('\n').length - 1;
  const { body } = await send(csv, 'text/csv', '?format=iom-missing-migrants').expect(200);
  expect(body.accepted + body.rejected.total).toBe(rows);
  const { body: again } = await send(csv, 'text/csv', '?format=iom-missing-migrants').expect(200);
  expect(again).toMatchObject({ accepted: 0, updated: 0, unchanged: body.accepted });
  const list = await service.api.get('/v1/incidents?kind=distress&tlp=CLEAR&limit=1');
  const { properties } = list.body.features[0];
  expect(properties).toMatchObject({
    nature: 'actual',
    source: expect.stringMatching(/^IOM Missing Migrants/),
  });
  expect(properties.counts.best).toBeGreaterThanOrEqual(properties.counts.low);
  expect(properties.horizontalAccuracyMetres).toBeGreaterThan(1000);
});

test('an unknown column, a missing key and a foreign media type stop the whole file', async () => {
  expect((await send(`${HEADER},driver\n`, 'text/csv').expect(400)).body.detail).toMatch(/driver/);
  await service.api.post('/v1/incidents/import').set('Content-Type', SEQ).send('{}').expect(401);
  await send('x', 'text/plain').expect(415);
  await send('{}', SEQ, '', as(keyOf('TUN', 'auditor'))).expect(403);
});

test('an id of another country is rejected without details', async () => {
  const id = '0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c10';
  await service.api
    .put(`/v1/incidents/${id}`)
    .set(as(keyOf('LBY', 'reporter')))
    .send(anIncident())
    .expect(201);
  const { body } = await send(JSON.stringify(anIncident({ id })), SEQ).expect(200);
  expect(body).toMatchObject({
    accepted: 0,
    rejected: { total: 1, lines: [{ line: 1, reason: 'id: it is taken by another incident' }] },
  });
});

test('thousands of lines are written in sets, and every line is accounted for', async () => {
  const file = lines(2500, 'many').map((line, n) => (n % 100 === 99 ? '{"type":"Feature"}' : line));
  const { body } = await send(file.join('\n'), SEQ).expect(200);
  expect(body).toMatchObject({ accepted: 2475, rejected: { total: 25 } });
});
