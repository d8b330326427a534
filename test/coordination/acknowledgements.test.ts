import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { startOverdueWatch } from '../../src/features/coordination/overdue.job.ts';
import { overdueStore } from '../../src/features/coordination/overdue.store.ts';
import { INCIDENT_KINDS } from '../../src/features/incidents/incident.vocabulary.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident, aSquare } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { releaseSteps } from '../support/release.ts';
import { keyFor } from '../support/rescue.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';

type Headers = Record<string, string>;

let service: TestService;
let steps: ReturnType<typeof releaseSteps>;
beforeAll(async () => {
  service = await startService();
  steps = releaseSteps(service);
});
afterAll(() => service.stop());

const reporter = as(keyOf('TUN', 'reporter'));
const admin = as(keyOf('TUN', 'admin'));
const AT: [number, number] = [8.42, 35.2];
const create = (more: Record<string, unknown> = {}) =>
  steps.create('/incidents', anIncident({ at: AT, tlp: 'GREEN', ...more }));
const acknowledge = (id: string, headers: Headers = reporter) =>
  service.api.post(`/v1/incidents/${id}/acknowledgements`).set(headers);
const listed = async (id: string, headers: Headers = reporter) => {
  const { body } = await service.api.get(`/v1/incidents/${id}/acknowledgements`).set(headers).expect(200);
  return body.acknowledgements.map(({ agency }: { agency: string }) => agency);
};
const report = (id: string, body: object) =>
  service.api.post(`/v1/incidents/${id}/reports`).set(reporter).send(body).expect(201);

/** A body that answers for nothing yet. */
let made = 0;
async function newAgency(): Promise<{ id: string; headers: Headers }> {
  made += 1;
  const id = `tun-exercise-desk-${made}`;
  const properties = { names: { en: 'Desk' }, country: 'TUN', type: 'customs', source: 'test' };
  const agency = { type: 'Feature', geometry: null, properties };
  await service.api.put(`/v1/agencies/${id}`).set(admin).send(agency).expect(201);
  return { id, headers: await keyFor(service, 'TUN', id, ['operator']) };
}
const mandate = (agency: string, scope: object, more: object = {}) =>
  service.api
    .post('/v1/mandates')
    .set(admin)
    .send({ agency, function: 'customs_control', rank: 'supporting', source: 'test', scope, ...more })
    .expect(201);

describe('an acknowledgement', () => {
  test('is recorded once per agency', async () => {
    const id = await create();
    const first = await acknowledge(id).expect(201);
    expect(first.body).toEqual({
      agency: agencyOf(keyOf('TUN', 'reporter')),
      country: 'TUN',
      at: expect.stringMatching(/Z$/),
    });
    const again = await acknowledge(id, as(keyOf('TUN', 'operator'))).expect(200);
    expect(again.body).toEqual(first.body);
    await acknowledge(id, as(keyOf('DZA', 'reporter'))).expect(201);
    expect(await listed(id)).toEqual([
      agencyOf(keyOf('TUN', 'reporter')),
      agencyOf(keyOf('DZA', 'reporter')),
    ]);
  });

  const cases: [mandate: string, make: () => Promise<object> | object | undefined, status: number][] = [
    ['none', () => undefined, 403],
    ['the whole land border', () => ({ scope: { type: 'country-border' } }), 201],
    ['this border', () => ({ scope: { type: 'border', border: 'DZA-TUN' } }), 201],
    ['another border', () => ({ scope: { type: 'border', border: 'LBY-TUN' } }), 403],
    ['its segment', () => ({ scope: { type: 'segment', segment: 'DZA-TUN-07' } }), 201],
    ['another segment', () => ({ scope: { type: 'segment', segment: 'DZA-TUN-01' } }), 403],
    ['the crossing nearby', () => ({ scope: { type: 'crossing-side', crossing: 'bouchebka' } }), 201],
    ['another crossing', () => ({ scope: { type: 'crossing-side', crossing: 'ras-ajdir' } }), 403],
    [
      'a zone around it',
      async () => ({
        scope: {
          type: 'zone',
          zone: await steps.makeZone('TUN', { geometry: aSquare(AT), participants: ['TUN'] }),
        },
      }),
      201,
    ],
    [
      'a zone elsewhere',
      async () => ({
        scope: {
          type: 'zone',
          zone: await steps.makeZone('TUN', { geometry: aSquare([9.5, 34]), participants: ['TUN'] }),
        },
      }),
      403,
    ],
    ['it, but no longer', () => ({ scope: { type: 'country-border' }, validTo: '2026-01-01' }), 403],
  ];
  test.each(cases)('needs a mandate at the place: %s', async (_, make, status) => {
    const desk = await newAgency();
    const terms = (await make()) as { scope: object } | undefined;
    if (terms) await mandate(desk.id, terms.scope, terms);
    const id = await create({ at: [8.403, 35.17] });
    const answer = await acknowledge(id, desk.headers);
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body.detail).toContain('no mandate');
  });

  test('is visible to agencies that see the incident, also after label changes, and to nobody without a key', async () => {
    const id = await create({ tlp: 'CLEAR' });
    await acknowledge(id, as(keyOf('DZA', 'reporter'))).expect(201);
    const path = `/v1/incidents/${id}/acknowledgements`;
    expect(await listed(id, as(keyOf('LBY', 'reader')))).toHaveLength(1);
    await service.api.get(path).expect(401);
    await steps.release(id, { tlp: 'AMBER+STRICT' });
    await service.api
      .get(path)
      .set(as(keyOf('DZA', 'reader')))
      .expect(404);
    await acknowledge(id, as(keyOf('DZA', 'operator'))).expect(404);
    expect(await listed(id)).toHaveLength(1);
  });
});

interface Alert {
  agency: string;
  kind: string;
  late: number;
}
const alertsOf = (incident: string) =>
  asTableOwner<Alert>(
    service.db,
    sql`SELECT a.agency, a.kind, extract(epoch FROM a.due_at - i.reported_at)::float AS late
        FROM base.alert AS a JOIN base.incident AS i ON i.id = a.incident
        WHERE a.incident = ${incident} AND a.trigger = 'overdue' ORDER BY a.agency`,
  );
/** As if this incident had been reported so long ago. */
const age = (incident: string, by: string) =>
  asTableOwner(
    service.db,
    sql`UPDATE base.incident_due SET due_at = due_at - ${by}::interval WHERE incident = ${incident}`,
  );
const isWaitedFor = async (incident: string) =>
  (await asTableOwner(service.db, sql`SELECT 1 FROM base.incident_due AS d WHERE d.incident = ${incident}`))
    .length > 0;
const fire = () => overdueStore(service.db).fire();
const told = async (incident: string) => {
  await fire();
  return (await alertsOf(incident)).map(({ agency }) => agency);
};

describe('an incident that nobody acknowledges', () => {
  test('alerts the reporter and the responsible agencies, if they see it', async () => {
    const [both, own] = [await create(), await create({ tlp: 'AMBER+STRICT' })];
    await age(both, '25 hours');
    await age(own, '25 hours');
    const agencies = await told(both);
    expect(agencies).toContain(agencyOf(keyOf('TUN', 'reporter')));
    expect(agencies).toContain(agencyOf(keyOf('DZA', 'reporter')));
    expect(agencies.filter((agency) => agency.startsWith('lby'))).toEqual([]);
    const strict = await told(own);
    expect(strict.length).toBeGreaterThan(0);
    expect(strict.filter((agency) => !agency.startsWith('tun'))).toEqual([]);
  });

  test('alerts only its agency if it is RED', async () => {
    const id = await create({ tlp: 'RED' });
    await age(id, '25 hours');
    expect(await told(id)).toEqual([agencyOf(keyOf('TUN', 'reporter'))]);
  });

  test('alerts once, after its deadline', async () => {
    const id = await create();
    await age(id, '23 hours 59 minutes');
    expect(await told(id)).toEqual([]);
    await age(id, '2 minutes');
    const agencies = await told(id);
    expect(new Set(agencies).size).toBe(agencies.length);
    expect(agencies.length).toBeGreaterThan(0);
    expect(await told(id)).toEqual(agencies);
  });

  test('has the deadline of its kind', async () => {
    const rows = await asTableOwner<{ kind: string; hours: number }>(
      service.db,
      sql`SELECT k.kind, extract(epoch FROM k.acknowledge_within)::float / 3600 AS hours FROM base.kind_limit AS k`,
    );
    const limits = Object.fromEntries(rows.map(({ kind, hours }) => [kind, hours]));
    expect(Object.keys(limits).sort()).toEqual([...INCIDENT_KINDS].sort());
    for (const [kind, hours] of Object.entries(limits)) expect(hours).toBe(kind === 'distress' ? 0.5 : 24);
    const id = await create({ kind: 'distress' });
    await age(id, '31 minutes');
    expect(await told(id)).not.toEqual([]);
  });

  test('raises no alert once it is acknowledged or over', async () => {
    const [taken, closed, cancelled] = [await create(), await create(), await create()];
    await acknowledge(taken, as(keyOf('DZA', 'operator'))).expect(201);
    await report(closed, { state: 'closed' });
    await report(cancelled, { state: 'cancelled' });
    for (const id of [taken, closed, cancelled]) {
      expect(await isWaitedFor(id)).toBe(false);
      expect(await told(id)).toEqual([]);
    }
  });

  test('has a deadline unless it is a test or an archive', async () => {
    const cases: [object, boolean][] = [
      [{ nature: 'actual' }, true],
      [{ nature: 'actual' }, true],
      [{ nature: 'test' }, false],
      [{ source: 'old', externalId: '1', occurredAt: '2025-01-01T00:00:00Z' }, false],
      [{ source: 'new', externalId: '2', occurredAt: new Date(Date.now() - 3_600_000).toISOString() }, true],
    ];
    for (const [more, expected] of cases) expect(await isWaitedFor(await create({ ...more }))).toBe(expected);
  });

  test('raises no alert for incidents deleted meanwhile', async () => {
    const id = await create();
    await age(id, '25 hours');
    await asTableOwner(service.db, sql`DELETE FROM base.incident WHERE id = ${id}`);
    await fire();
    expect(await isWaitedFor(id)).toBe(false);
  });

  test('is alerted by the job, once even with two concurrent jobs', async () => {
    const id = await create();
    await age(id, '25 hours');
    const report = { failed() {}, wentWell() {} };
    const jobs = [1, 2].map(() => startOverdueWatch(overdueStore(service.db), report));
    await eventually(async () => (await alertsOf(id)).length > 0);
    for (const job of jobs) await job.stop();
    const agencies = (await alertsOf(id)).map(({ agency }) => agency);
    expect(new Set(agencies).size).toBe(agencies.length);
  });
});
