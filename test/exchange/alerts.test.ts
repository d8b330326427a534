import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { addAlert } from '../support/alerts.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { untilAfter } from '../support/eventually.ts';
import { follow, opsOf } from '../support/feed.ts';
import { releaseSteps } from '../support/release.ts';
import { keyFor } from '../support/rescue.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
let steps: ReturnType<typeof releaseSteps>;
beforeAll(async () => {
  service = await startService();
  steps = releaseSteps(service);
});
afterAll(() => service.stop());

const OWN = as(keyOf('TUN', 'reporter'));
const NEIGHBOUR = as(keyOf('DZA', 'reporter'));
const NEIGHBOUR_AGENCY = agencyOf(keyOf('DZA', 'reporter'));
const at: [number, number] = [8.42, 35.2];

const report = (more: object = {}) =>
  steps.create('/incidents', anIncident({ at, tlp: 'AMBER', releasableTo: ['DZA'], ...more }));
const list = async (query = '', headers: Record<string, string> = NEIGHBOUR) =>
  (await service.api.get(`/v1/alerts?limit=1000&${query}`).set(headers).expect(200)).body.features as {
    id: string;
    properties: Record<string, unknown>;
  }[];
const idsOf = async (query = '', headers?: Record<string, string>) =>
  (await list(query, headers)).map(({ id }) => id);
const acknowledge = (id: string, headers: Record<string, string> = NEIGHBOUR) =>
  service.api.post(`/v1/alerts/${id}/acknowledgement`).set(headers);

describe('many alerts', () => {
  const many = (body: object, headers: Record<string, string> = NEIGHBOUR) =>
    service.api.post('/v1/alerts/acknowledgements').set(headers).send(body);

  test('are acknowledged by one call, with a result and an entry in the audit log for each', async () => {
    const incident = await report();
    const [one, other, foreign] = [
      await addAlert(service, NEIGHBOUR_AGENCY, incident),
      await addAlert(service, NEIGHBOUR_AGENCY, incident),
      await addAlert(service, agencyOf(keyOf('TUN', 'reporter')), incident),
    ];
    await acknowledge(one).expect(200);
    const { body } = await many({ alerts: [other.toUpperCase(), one, foreign, other] }).expect(200);
    expect(body).toEqual({
      results: [
        { alert: other, result: 'acknowledged', acknowledgedAt: expect.any(String) },
        { alert: one, result: 'unchanged', acknowledgedAt: expect.any(String) },
        { alert: foreign, result: 'not-found', acknowledgedAt: null },
      ],
      isComplete: true,
    });
    const entries = await asTableOwner(
      service.db,
      sql`SELECT e.operation, e.target FROM base.audit_entry AS e
        WHERE e.collection = 'alerts' AND e.action = 'change' AND e.target IN (${one}, ${other}, ${foreign}) ORDER BY e.id`,
    );
    expect(entries).toEqual([
      { operation: 'acknowledgeAlert', target: one },
      { operation: 'acknowledgeAlerts', target: other },
    ]);
    expect(await idsOf('acknowledged=false', OWN)).toContain(foreign);
    await many({ alerts: [one] }, as(keyOf('DZA', 'reader'))).expect(403);
    for (const bad of [{}, { alerts: [] }, { alerts: [one], upTo: one }]) await many(bad).expect(400);
  });

  test('are acknowledged up to one of them, and later ones stay', async () => {
    const incident = await report();
    const made: string[] = [];
    for (let n = 0; n < 4; n++) {
      made.push(await addAlert(service, NEIGHBOUR_AGENCY, incident));
      // the clock of the embedded database has milliseconds, and alerts of one moment are ordered by their ids
      await untilAfter(Date.now());
    }
    const { body } = await many({ upTo: made[2] }).expect(200);
    expect(body.isComplete).toBe(true);
    const results = body.results.filter(({ alert }: { alert: string }) => made.includes(alert));
    expect(results.map(({ alert, result }: Record<string, string>) => [alert, result])).toEqual(
      made.slice(0, 3).map((id) => [id, 'acknowledged']),
    );
    expect(await idsOf('acknowledged=false')).toEqual([made[3]]);
    const own = await addAlert(service, agencyOf(keyOf('TUN', 'reporter')), incident);
    await many({ upTo: own }).expect(422);
  });

  test('are acknowledged a thousand at a time', async () => {
    const incident = await report();
    await asTableOwner(
      service.db,
      sql`INSERT INTO base.alert (agency, country, trigger, incident, nature, kind, occurred_at, point, horizontal_accuracy_m)
        SELECT ${NEIGHBOUR_AGENCY}, 'DZA', 'updated', i.id, i.nature, i.kind, i.occurred_at, i.point, 0
        FROM base.incident AS i CROSS JOIN generate_series(1, 1001) WHERE i.id = ${incident}`,
    );
    const [newest] = await idsOf();
    const calls = [await many({ upTo: newest }).expect(200), await many({ upTo: newest }).expect(200)];
    expect(calls.map(({ body }) => body.isComplete)).toEqual([false, true]);
    expect(await idsOf('acknowledged=false')).toEqual([]);
  });
});

describe('an alert', () => {
  test('shows what, where and when, to its agency only', async () => {
    const incident = await report({ kind: 'fire', severity: 'severe' });
    const id = await addAlert(service, NEIGHBOUR_AGENCY, incident);
    const [found] = await list(`incident=${incident}`);
    expect(found).toMatchObject({
      id,
      geometry: { type: 'Point', coordinates: at },
      properties: {
        trigger: 'created',
        incident,
        notice: null,
        kind: 'fire',
        severity: 'severe',
        agency: NEIGHBOUR_AGENCY,
        acknowledgedAt: null,
      },
    });
    for (const headers of [OWN, as(keyOf('DZA', 'reporter', { second: true }))]) {
      expect(await idsOf(`incident=${incident}`, headers)).toEqual([]);
      await service.api.get(`/v1/alerts/${id}`).set(headers).expect(404);
      await acknowledge(id, headers).expect(404);
    }
    await service.api.get('/v1/alerts').expect(401);
  });

  test.each([
    ['kind=fire', true],
    ['kind=flood,fire', true],
    ['kind=flood', false],
    ['trigger=created', true],
    ['trigger=enter', false],
    ['nature=actual', true],
    ['nature=test', false],
    ['bbox=8.4,35.1,8.5,35.3', true],
    ['bbox=9,35,10,36', false],
    ['acknowledged=false', true],
    ['acknowledged=true', false],
    ['datetime=2026-01-01/..', true],
    ['datetime=../2026-01-01', false],
  ])('is found by %s: %s', async (query, isFound) => {
    const incident = await report({ kind: 'fire' });
    const id = await addAlert(service, NEIGHBOUR_AGENCY, incident);
    expect((await idsOf(query)).includes(id)).toBe(isFound);
    const { body } = await service.api
      .get(`/v1/collections/alerts/items?limit=1000&${query}`)
      .set(NEIGHBOUR)
      .expect(200);
    expect(body.features.some((one: { id: string }) => one.id === id)).toBe(isFound);
  });
});

describe('an acknowledgement', () => {
  test('is stored with its time, and repeating it changes nothing', async () => {
    const id = await addAlert(service, NEIGHBOUR_AGENCY, await report());
    const feed = await follow(service, { headers: NEIGHBOUR });
    const before = Date.now();
    const { body: first } = await acknowledge(id).expect(200);
    expect(Date.parse(first.properties.acknowledgedAt)).toBeGreaterThanOrEqual(before);
    expect((await acknowledge(id).expect(200)).body).toEqual(first);
    expect(opsOf(await feed.news(), id)).toEqual(['upsert']);
    expect(await idsOf('acknowledged=true')).toContain(id);
  });

  test('is for reporters and operators', async () => {
    const id = await addAlert(service, NEIGHBOUR_AGENCY, await report());
    await acknowledge(id, as(keyOf('DZA', 'reader'))).expect(403);
    await acknowledge(id, as(keyOf('DZA', 'operator'))).expect(200);
  });
});

describe('an alert about an incident', () => {
  test('disappears when the agency may no longer see the incident, and returns with it', async () => {
    const incident = await report();
    const id = await addAlert(service, NEIGHBOUR_AGENCY, incident);
    const feed = await follow(service, { headers: NEIGHBOUR });
    await steps.release(incident, { tlp: 'AMBER+STRICT' });
    expect(await idsOf()).not.toContain(id);
    expect(opsOf(await feed.news(), id)).toEqual(['remove']);
    await acknowledge(id).expect(404);
    await steps.release(incident, { tlp: 'GREEN' });
    expect(await idsOf()).toContain(id);
    expect(opsOf(await feed.news(), id)).toEqual(['upsert']);
  });

  test('does not change with the incident', async () => {
    const incident = await report({ severity: 'minor' });
    const id = await addAlert(service, NEIGHBOUR_AGENCY, incident);
    const feed = await follow(service, { headers: NEIGHBOUR });
    await service.api
      .post(`/v1/incidents/${incident}/reports`)
      .set(OWN)
      .send({ severity: 'extreme' })
      .expect(201);
    expect(opsOf(await feed.news(), id)).toEqual([]);
    expect((await list(`incident=${incident}`))[0]!.properties.severity).toBe('minor');
  });

  test('stops naming the incident to a rescue body that now sees only the notice', async () => {
    const incident = await steps.create(
      '/incidents',
      anIncident({ kind: 'distress', at: [11.2, 33.1], tlp: 'GREEN' }),
    );
    const rescue = await keyFor(service, 'LBY');
    const id = (await list(`trigger=distress&incident=${incident}`, rescue))[0]!.id;
    const find = async () => (await list(`trigger=distress`, rescue)).find((one) => one.id === id)!;
    expect((await find()).properties).toMatchObject({ incident, notice: null });
    await steps.release(incident, { tlp: 'RED' });
    expect((await find()).properties).toMatchObject({ incident: null, notice: expect.any(String) });
  });
});
