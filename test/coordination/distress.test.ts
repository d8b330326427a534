import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CountryCode } from '../../src/core/caller.ts';
import { sql } from '../../src/db/sql.ts';
import { ask, asTableOwner } from '../support/audit.ts';
import { readPages } from '../support/builders.pages.ts';
import { anIncident } from '../support/builders.ts';
import { follow, opsOf } from '../support/feed.ts';
import { releaseSteps } from '../support/release.ts';
import { keyFor, RESCUE_AGENCY } from '../support/rescue.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

type Headers = Record<string, string>;
type LonLat = [lon: number, lat: number];

let service: TestService;
let steps: ReturnType<typeof releaseSteps>;
const rescue = {} as Record<CountryCode, Headers>;
beforeAll(async () => {
  service = await startService();
  steps = releaseSteps(service);
  for (const country of ['DZA', 'LBY', 'TUN'] as const)
    rescue[country] = await keyFor(service, country, RESCUE_AGENCY[country], ['reporter']);
});
afterAll(() => service.stop());

const reporter = as(keyOf('TUN', 'reporter'));
const operator = as(keyOf('TUN', 'operator'));
const AT_LIBYA: LonLat = [11.2, 33.1];
const AT_ALGERIA: LonLat = [8.4, 34.9];

const distress = (more: Record<string, unknown> = {}) =>
  steps.create('/incidents', anIncident({ kind: 'distress', at: AT_LIBYA, tlp: 'RED', ...more }));
const report = (id: string, body: object, headers: Headers = reporter) =>
  service.api.post(`/v1/incidents/${id}/reports`).set(headers).send(body);

interface Alert {
  id: string;
  agency: string;
  notice: string;
  severity: string | null;
  certainty: string | null;
  nature: string;
  due: number | null;
  is_withdrawn: boolean;
  acknowledged_at: Date | null;
}
const alertsOf = (incident: string) =>
  asTableOwner<Alert>(
    service.db,
    sql`SELECT a.id, a.agency, a.notice, a.severity, a.certainty, a.nature, a.is_withdrawn, a.acknowledged_at,
          extract(epoch FROM a.due_at - i.reported_at)::float AS due
        FROM base.alert AS a JOIN base.incident AS i ON i.id = a.incident
        WHERE a.incident = ${incident} AND a.trigger = 'distress' ORDER BY a.agency`,
  );
const agenciesTold = async (incident: string) =>
  (await alertsOf(incident)).filter((alert) => !alert.is_withdrawn).map(({ agency }) => agency);

/** All bodies with a rescue mandate for the whole of a border, or the whole land border of a country at it. */
async function bodiesAt(border: string): Promise<string[]> {
  const rows = await asTableOwner<{ agency: string }>(
    service.db,
    sql`SELECT DISTINCT m.agency FROM base.mandate AS m JOIN base.agency AS a ON a.id = m.agency
        WHERE m.function IN ('search_rescue', 'civil_protection') AND a.country = ANY (string_to_array(${border}, '-'))
          AND m.scope_id IN (${border}, a.country) ORDER BY 1`,
  );
  return rows.map(({ agency }) => agency);
}

interface Notice {
  id: string;
  properties: {
    incident: string | null;
    assistanceDueAt: string;
    overdue: boolean;
    assistance: { state: string; outcome: string | null; agency: string }[];
  };
}
async function openOnes(headers: Headers, query = ''): Promise<Notice[]> {
  const { body } = await service.api.get(`/v1/distress/open?limit=1000${query}`).set(headers).expect(200);
  return body.features;
}
async function noticeOf(incident: string): Promise<string> {
  const [row] = await asTableOwner<{ id: string }>(
    service.db,
    sql`SELECT n.id FROM base.distress_notice AS n WHERE n.incident = ${incident}`,
  );
  return row!.id;
}
const assist = (notice: string, body: object, headers: Headers = reporter) =>
  service.api.post(`/v1/distress/${notice}/assistance`).set(headers).send(body);

describe('a distress alert', () => {
  test('goes to every rescue body on both sides of the border, with any label, without a subscription', async () => {
    const id = await distress();
    const bodies = await bodiesAt('LBY-TUN');
    expect(bodies).toEqual(expect.arrayContaining([RESCUE_AGENCY.LBY, RESCUE_AGENCY.TUN]));
    expect(await agenciesTold(id)).toEqual(bodies);
    const notice = await noticeOf(id);
    for (const alert of await alertsOf(id))
      expect(alert).toMatchObject({
        notice,
        severity: null,
        certainty: null,
        nature: 'actual',
        due: 6 * 3600,
      });
  });

  test('shows the severity to those who see the incident', async () => {
    const id = await distress({ tlp: 'AMBER+STRICT', severity: 'extreme' });
    const severities = (await alertsOf(id)).map(({ agency, severity }) => [agency.slice(0, 3), severity]);
    expect(new Set(severities.map(String))).toEqual(new Set(['lby,', 'tun,extreme']));
    await steps.release(id, { tlp: 'RED' });
    expect(new Set((await alertsOf(id)).map(({ severity }) => severity))).toEqual(new Set([null]));
  });

  test('is in the feed of the alerted agencies only', async () => {
    const readers = { LBY: rescue.LBY, DZA: rescue.DZA, owner: operator };
    const feeds = await Promise.all(Object.values(readers).map((headers) => follow(service, { headers })));
    const id = await distress();
    const mine = (await alertsOf(id)).find(({ agency }) => agency === RESCUE_AGENCY.LBY)!;
    const [lby, dza, owner] = await Promise.all(feeds.map((feed) => feed.news()));
    expect(opsOf(lby!, mine.id)).toEqual(['upsert']);
    expect(lby!.filter(({ collection }) => collection === 'incidents')).toEqual([]);
    expect(dza!).toEqual([]);
    expect(owner!.filter(({ collection }) => collection === 'alerts')).toEqual([]);
  });

  test.each(['actual', 'test'])('is raised for the nature %s, and says so', async (nature) => {
    const alerts = await alertsOf(await distress({ nature }));
    expect(alerts.length).toBeGreaterThan(1);
    for (const alert of alerts) expect(alert.nature).toBe(nature);
  });

  test('is raised once, however often the incident changes', async () => {
    const id = await distress();
    const before = await alertsOf(id);
    await report(id, { severity: 'extreme' }).expect(201);
    await report(id, { state: 'ongoing', counts: { best: 4 } }).expect(201);
    expect(await alertsOf(id)).toEqual(before);
  });

  test('goes to the new bodies when the incident moves to another border, and is withdrawn from the old ones', async () => {
    const id = await distress();
    await report(id, { geometry: { type: 'Point', coordinates: AT_ALGERIA } }).expect(201);
    expect(await agenciesTold(id)).toEqual(await bodiesAt('DZA-TUN'));
    await report(id, { geometry: { type: 'Point', coordinates: AT_LIBYA } }).expect(201);
    expect(await agenciesTold(id)).toEqual(await bodiesAt('LBY-TUN'));
    const all = await alertsOf(id);
    expect(new Set(all.map(({ agency }) => agency)).size).toBe(all.length);
  });

  test('is raised when an incident becomes distress, and removed when it is cancelled', async () => {
    const send = async (kind: string) => {
      const line = anIncident({
        kind,
        at: AT_LIBYA,
        tlp: 'RED',
        source: 'becomes',
        externalId: '1',
        occurredAt: new Date(Date.now() - 3_600_000).toISOString(),
      });
      const sent = service.api.post('/v1/incidents/import').set(reporter).type('application/geo+json-seq');
      const { body } = await sent.send(JSON.stringify(line)).expect(200);
      expect(body.rejected.total).toBe(0);
    };
    await send('other');
    const [row] = await asTableOwner<{ id: string }>(
      service.db,
      sql`SELECT i.id FROM base.incident AS i WHERE i.source = 'becomes'`,
    );
    expect(await agenciesTold(row!.id)).toEqual([]);
    await send('distress');
    expect(await agenciesTold(row!.id)).toEqual(await bodiesAt('LBY-TUN'));
    await report(row!.id, { state: 'cancelled' }).expect(201);
    expect(await agenciesTold(row!.id)).toEqual([]);
  });

  test('is not raised for an archive', async () => {
    const old = { source: 'archive', externalId: '7', occurredAt: '2024-05-01T00:00:00Z' };
    const id = await distress(old);
    expect(await alertsOf(id)).toEqual([]);
    const { body } = await service.api
      .get(`/v1/distress/${await noticeOf(id)}`)
      .set(rescue.LBY)
      .expect(200);
    expect(body.properties).toMatchObject({ assistanceDueAt: null, overdue: false });
    expect((await openOnes(rescue.LBY)).map((one) => one.id)).not.toContain(body.id);
  });
});

describe('the list of open notices', () => {
  test('has open notices, earliest deadline first, and marks overdue ones', async () => {
    const [late, fresh] = [await distress(), await distress()];
    await asTableOwner(
      service.db,
      sql`UPDATE base.distress_notice SET assistance_due_at = now() - interval '1 minute' WHERE incident = ${late}`,
    );
    const open = await openOnes(rescue.LBY);
    const times = open.map(({ properties }) => Date.parse(properties.assistanceDueAt));
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(open[0]).toMatchObject({
      id: await noticeOf(late),
      properties: { overdue: true, incident: null },
    });
    const [notice] = open.filter(({ id }) => id === open.at(-1)!.id);
    expect(notice).toMatchObject({ id: await noticeOf(fresh), properties: { overdue: false } });
    const idsOf = (list: Notice[]) => list.map(({ id }) => id);
    const lateOnes = open.filter(({ properties }) => properties.overdue);
    expect(idsOf(await openOnes(rescue.LBY, '&overdue=true'))).toEqual(idsOf(lateOnes));
    const others = open.filter(({ properties }) => !properties.overdue);
    expect(idsOf(await openOnes(rescue.LBY, '&overdue=false'))).toEqual(idsOf(others));
    await service.api.get('/v1/distress?overdue=true').set(rescue.LBY).expect(400);
    const pages = await readPages(service.api, '/v1/distress/open?limit=2', rescue.LBY);
    const found: Notice[] = pages.flatMap(({ features }) => features);
    expect(found.map(({ id }) => id)).toEqual(open.map(({ id }) => id));
  });

  test('is for rescue bodies and agencies that see the incident', async () => {
    const id = await distress({ tlp: 'AMBER+STRICT' });
    const notice = await noticeOf(id);
    const has = async (headers: Headers) => (await openOnes(headers)).find((one) => one.id === notice);
    expect((await has(rescue.LBY))!.properties.incident).toBeNull();
    expect((await has(operator))!.properties.incident).toBe(id);
    expect(await has(as(keyOf('LBY', 'operator')))).toBeUndefined();
    expect(await has(rescue.DZA)).toBeUndefined();
    await service.api.get('/v1/distress/open').expect(401);
  });

  test('keeps a notice while assistance is under way, and drops it once it is given', async () => {
    const id = await distress();
    const notice = await noticeOf(id);
    const isOpen = async () => (await openOnes(rescue.TUN)).some((one) => one.id === notice);
    await assist(notice, { state: 'under_way' }, rescue.LBY).expect(201);
    expect(await isOpen()).toBe(true);
    const given = { state: 'given', outcome: 'handed_over', counts: { best: 3 }, at: '2026-11-01T08:00:00Z' };
    const { body, headers } = await assist(notice, given, rescue.TUN).expect(201);
    expect(headers.location).toBe(`/v1/distress/${notice}`);
    expect(await isOpen()).toBe(false);
    expect(body.properties).toMatchObject({
      overdue: false,
      assistance: [
        { agency: RESCUE_AGENCY.LBY, state: 'under_way', outcome: null, counts: null },
        { agency: RESCUE_AGENCY.TUN, ...given },
      ],
    });
    const read = await service.api.get(`/v1/distress/${notice}`).set(rescue.LBY).expect(200);
    expect(read.body).toEqual(body);
  });
});

describe('assistance', () => {
  test('is recorded by rescue bodies of either side and the reporting agency only', async () => {
    const notice = await noticeOf(await distress({ tlp: 'GREEN' }));
    for (const headers of [rescue.LBY, rescue.TUN, reporter])
      await assist(notice, { state: 'under_way' }, headers).expect(201);
    const other = await assist(notice, { state: 'under_way' }, as(keyOf('DZA', 'operator'))).expect(403);
    expect(other.body.detail).toContain('Add a report');
    const hidden = await noticeOf(await distress());
    await assist(hidden, { state: 'under_way' }, as(keyOf('LBY', 'operator'))).expect(404);
    await assist(hidden, { state: 'under_way' }, as(keyOf('TUN', 'reader'))).expect(403);
    await assist(hidden, { state: 'under_way' }, {}).expect(401);
  });

  test.each([
    ['given without an outcome', { state: 'given' }, 422],
    ['under way with one', { state: 'under_way', outcome: 'rescued' }, 422],
    ['in the future', { state: 'under_way', at: '2100-01-01T00:00:00Z' }, 422],
    ['with an unknown outcome', { state: 'given', outcome: 'pushed_back' }, 400],
    ['with the name of somebody', { state: 'given', outcome: 'rescued', name: 'x' }, 400],
  ])('%s is refused', async (_, body, status) => {
    await assist(await noticeOf(await distress()), body).expect(status);
  });

  test('leaves an entry for the auditors of both countries at the border', async () => {
    const notice = await noticeOf(await distress());
    const { status, entries } = await ask(service, {
      path: `/distress/${notice}/assistance`,
      method: 'post',
      headers: rescue.LBY,
      body: { state: 'under_way' },
    });
    expect(status).toBe(201);
    const wrote = entries.filter(({ action }) => action === 'create');
    expect(wrote).toMatchObject([{ collection: 'distress', target: notice, shares: [0, 1, 1] }]);
  });
});

describe('closing a distress incident', () => {
  test.each([
    ['by a report', (id: string) => report(id, { state: 'closed' })],
    [
      'in its layer',
      (id: string) =>
        service.api
          .patch(`/v1/collections/incidents/items/${id}`)
          .set(reporter)
          .type('application/geo+json')
          .send({ type: 'Feature', properties: { state: 'closed' } }),
    ],
  ])('%s needs an outcome, and says how to give one', async (_, close) => {
    const id = await distress();
    const notice = await noticeOf(id);
    const refused = await close(id);
    expect(refused.status).toBe(409);
    expect(refused.body.type).toBe('/problems/outcome-missing');
    expect(refused.body.detail).toContain(`to the distress notice ${notice}`);
    await assist(notice, { state: 'given', outcome: 'rescued' }, rescue.LBY).expect(201);
    expect((await close(id)).status).toBeLessThan(300);
  });

  test('is refused by the database for every writer', async () => {
    const id = await distress();
    const close = asTableOwner(service.db, sql`UPDATE base.incident SET state = 'closed' WHERE id = ${id}`);
    await expect(close).rejects.toThrow(/became of the people/);
  });

  test('does not block its cancellation, nor closing others', async () => {
    await report(await distress(), { state: 'cancelled' }).expect(201);
    const fire = await steps.create('/incidents', anIncident({ kind: 'fire' }));
    await report(fire, { state: 'closed' }).expect(201);
  });

  test('is not final: a reopened incident needs assistance again, and the bodies are alerted', async () => {
    const id = await distress();
    const notice = await noticeOf(id);
    await assist(notice, { state: 'given', outcome: 'not_found' }).expect(201);
    await report(id, { state: 'closed' }).expect(201);
    await asTableOwner(service.db, sql`UPDATE base.alert SET acknowledged_at = now() WHERE incident = ${id}`);
    const before = Date.now();
    await report(id, { state: 'ongoing' }).expect(201);
    const [open] = (await openOnes(rescue.LBY)).filter((one) => one.id === notice);
    expect(Date.parse(open!.properties.assistanceDueAt)).toBeGreaterThanOrEqual(before + 6 * 3_600_000);
    for (const { acknowledged_at } of await alertsOf(id)) expect(acknowledged_at).toBeNull();
    await report(id, { state: 'closed' }).expect(409);
  });
});

test('the demo key of an agency without a mandate gets no alert', async () => {
  const id = await distress();
  expect(await agenciesTold(id)).not.toContain(agencyOf(keyOf('TUN', 'reporter')));
});
