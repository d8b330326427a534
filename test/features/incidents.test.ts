import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { anIncident } from '../support/builders.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const reporter = () => as(keyOf('TUN', 'reporter'));
const post = (body: object, headers = reporter()) =>
  service.api.post('/v1/incidents').set(headers).send(body);
const put = (id: string, body: object, headers = reporter()) =>
  service.api.put(`/v1/incidents/${id}`).set(headers).send(body);

describe('a reported incident', () => {
  test('is placed by the database: country, segment, chainage, distance and zones', async () => {
    const { body, headers } = await post(anIncident({ at: [11.2, 33.1] })).expect(201);
    expect(body.properties).toMatchObject({
      country: 'TUN',
      candidates: null,
      border: 'LBY-TUN',
      segment: 'LBY-TUN-01',
    });
    expect(body.properties.distanceToBorderMetres).toBeGreaterThan(30_000);
    const read = await service.api.get(headers.location!).set(reporter()).expect(200);
    expect(read.body).toEqual(body);
  });

  test('near the line is undetermined and names both candidates', async () => {
    const { body } = await post(anIncident({ at: [8.38, 35.2], horizontalAccuracyMetres: 5000 })).expect(201);
    expect(body.properties).toMatchObject({ country: 'undetermined', candidates: ['DZA', 'TUN'] });
  });

  test('outside the three countries has no country', async () => {
    const { body } = await post(anIncident({ at: [15.5, 38] })).expect(201);
    expect(body.properties).toMatchObject({ country: null, candidates: null });
  });

  test('belongs to the agency of the key, and is AMBER+STRICT by default', async () => {
    const { body } = await post(anIncident({ tlp: undefined })).expect(201);
    expect(body.properties).toMatchObject({
      owner: 'TUN',
      agency: 'tun-garde-nationale',
      tlp: 'AMBER+STRICT',
    });
    await service.api.get(`/v1/incidents/${body.id}`).expect(404);
    await service.api
      .get(`/v1/incidents/${body.id}`)
      .set(as(keyOf('DZA', 'coordinator')))
      .expect(404);
  });

  test('returns times with an offset in UTC', async () => {
    const { body } = await post(anIncident({ occurredAt: '2026-03-01T10:00:00+02:00' })).expect(201);
    expect(body.properties.occurredAt).toBe('2026-03-01T08:00:00Z');
  });
});

describe("PUT under a client's id", () => {
  test('is idempotent: repeating the content answers 200 with the same incident', async () => {
    const id = uuidv7();
    const first = await put(id, anIncident()).expect(201);
    const again = await put(id, anIncident()).expect(200);
    expect(again.body).toEqual(first.body);
  });

  test('answers 409 for other content, and keeps the first', async () => {
    const id = uuidv7();
    await put(id, anIncident({ severity: 'minor' })).expect(201);
    const { body } = await put(id, anIncident({ severity: 'extreme' })).expect(409);
    expect(body.type).toBe('/problems/id-taken');
    const read = await service.api.get(`/v1/incidents/${id}`).set(reporter());
    expect(read.body.properties.severity).toBe('minor');
  });

  test('of another country answers 409 and shows nothing of the existing incident', async () => {
    const id = uuidv7();
    await put(id, anIncident()).expect(201);
    const { body } = await put(id, anIncident(), as(keyOf('LBY', 'reporter'))).expect(409);
    expect(JSON.stringify(body)).not.toMatch(/smuggling|TUN/);
  });

  test('still answers 200 after a report has changed the incident', async () => {
    const id = uuidv7();
    await put(id, anIncident()).expect(201);
    await service.api
      .post(`/v1/incidents/${id}/reports`)
      .set(reporter())
      .send({ state: 'ongoing' })
      .expect(201);
    const { body } = await put(id, anIncident()).expect(200);
    expect(body.properties.state).toBe('ongoing');
  });

  test('accepts only UUIDs of version 7', () =>
    put('6f9619ff-8b86-4d01-b42d-00cf4fc964ff', anIncident()).expect(400));
});

describe('a report', () => {
  test('changes its named properties and is listed', async () => {
    const { body: incident } = await post(anIncident({ counts: { best: 3, high: 5 } })).expect(201);
    const reports = `/v1/incidents/${incident.id}/reports`;
    const said = { text: 'Seen again.', severity: 'extreme', counts: { best: 4 }, state: 'ongoing' };
    const { headers } = await service.api.post(reports).set(reporter()).send(said).expect(201);
    const changed = await service.api.get(`/v1/incidents/${incident.id}`).set(reporter());
    expect(changed.body.properties).toMatchObject({
      severity: 'extreme',
      counts: { best: 4 },
      state: 'ongoing',
      revision: 2,
    });
    expect((await service.api.get(headers.location!).set(reporter())).body).toMatchObject(said);
    expect((await service.api.get(reports).set(reporter())).body.reports).toHaveLength(1);
  });

  test('that moves the incident recomputes its place', async () => {
    const { body: incident } = await post(anIncident({ at: [11.2, 33.1] })).expect(201);
    const geometry = { type: 'Point', coordinates: [7.5, 35.5] };
    await service.api
      .post(`/v1/incidents/${incident.id}/reports`)
      .set(reporter())
      .send({ geometry })
      .expect(201);
    const { body } = await service.api.get(`/v1/incidents/${incident.id}`).set(reporter());
    expect(body.properties).toMatchObject({ country: 'DZA', border: 'DZA-TUN' });
  });

  test('may not reopen a cancelled incident', async () => {
    const { body: incident } = await post(anIncident()).expect(201);
    const reports = `/v1/incidents/${incident.id}/reports`;
    await service.api.post(reports).set(reporter()).send({ state: 'cancelled' }).expect(201);
    const { body } = await service.api.post(reports).set(reporter()).send({ state: 'open' }).expect(409);
    expect(body.detail).toBe('open cannot follow cancelled. Allowed: nothing.');
  });

  test('of another country that sees the incident may add text only', async () => {
    const { body: incident } = await post(anIncident({ tlp: 'GREEN' })).expect(201);
    const reports = `/v1/incidents/${incident.id}/reports`;
    const other = as(keyOf('DZA', 'reporter'));
    await service.api.post(reports).set(other).send({ state: 'closed' }).expect(403);
    await service.api.post(reports).set(other).send({ text: 'Nothing seen on our side.' }).expect(201);
  });

  test('about a hidden incident is 404', async () => {
    const { body: incident } = await post(anIncident({ tlp: 'RED' })).expect(201);
    const reports = `/v1/incidents/${incident.id}/reports`;
    await service.api
      .post(reports)
      .set(as(keyOf('TUN', 'reporter', { second: true })))
      .send({ text: 'x' })
      .expect(404);
  });
});

describe('what is refused', () => {
  const cases: [what: string, change: Record<string, unknown>, status: number, words: RegExp][] = [
    ['a time to come', { occurredAt: '2100-01-01T00:00:00Z' }, 422, /occurredAt.*future/],
    ['an end before its start', { occurredUntil: '2020-01-01T00:00:00Z' }, 422, /occurredUntil/],
    ['a phone number', { description: 'Call +216 22 345 678' }, 422, /description.*phone/],
    ['an e-mail address', { placeText: 'post@example.org' }, 422, /placeText.*e-mail/],
    ['an unknown property', { suspectName: 'x' }, 400, /suspectName/],
    ['an unknown kind', { kind: 'illegal_crossing' }, 400, /kind/],
    ['counts out of order', { counts: { low: 5, best: 2 } }, 400, /counts.*order/],
    ['a release without AMBER', { tlp: 'GREEN', releasableTo: ['DZA'] }, 422, /releasableTo/],
    ['a NUL in a text', { description: 'a\u0000b' }, 400, /description/],
  ];
  test.each(cases)('%s', async (_what, change, status, words) => {
    const { body } = await post(anIncident(change)).expect(status);
    expect(body.detail).toMatch(words);
    expect(body.detail).not.toMatch(/345 678|example\.org/);
  });

  test('a longitude of 181', async () => {
    const { body } = await post(anIncident({ at: [181, 33] })).expect(400);
    expect(body.detail).toMatch(/181/);
  });

  test('reporting without a key, with an invalid key, with the wrong role', async () => {
    await service.api.post('/v1/incidents').send(anIncident()).expect(401);
    await post(anIncident(), as('tp_wrong')).expect(401);
    await post(anIncident(), as(keyOf('TUN', 'reader'))).expect(403);
  });
});
