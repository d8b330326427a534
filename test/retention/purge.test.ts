import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { purgeAll, purgeStore } from '../../src/features/retention/purge.store.ts';
import { asTableOwner, type Entry } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { keyFor } from '../support/rescue.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const reporter = as(keyOf('TUN', 'reporter'));
const coordinator = as(keyOf('TUN', 'coordinator'));
const rule = { nature: 'test', kind: 'fire', days: 30 };
const purge = () => purgeAll(purgeStore(service.db), [rule]);
const isThere = async (id: string) =>
  (await service.api.get(`/v1/incidents/${id}`).set(reporter)).status === 200;

async function create(more: object = {}): Promise<string> {
  const incident = anIncident({ nature: 'test', kind: 'fire', ...more });
  const { body } = await service.api.post('/v1/incidents').set(reporter).send(incident).expect(201);
  return body.id;
}

/** As if nothing had changed it for so many days; the trigger that notes changes is passed by. */
const age = (ids: readonly string[], days: number) =>
  asTableOwner(
    service.db,
    sql`WITH quiet AS MATERIALIZED (SELECT set_config('session_replication_role', 'replica', true))
        UPDATE base.incident SET updated_at = now() - ${days}::int * interval '1 day' FROM quiet
        WHERE id = ANY (${ids}::uuid[])`,
  );

const proofs = () =>
  asTableOwner<Entry>(
    service.db,
    sql`SELECT e.row_count, e.shares, e.detail FROM base.audit_entry AS e WHERE e.action = 'purge' ORDER BY e.id`,
  );

test('deletes incidents unchanged for longer than their retention, and leaves a proof', async () => {
  const old = [await create(), await create()];
  const kept = [await create(), await create({ kind: 'flood' }), await create({ nature: 'actual' })];
  await service.api.post(`/v1/incidents/${old[0]}/reports`).set(reporter).send({ text: 'Seen.' }).expect(201);
  await age([...old, ...kept.slice(1)], 31);
  await age(kept.slice(0, 1), 29);
  expect(await purge()).toBe(2);
  expect(await Promise.all(old.map(isThere))).toEqual([false, false]);
  expect(await Promise.all(kept.map(isThere))).toEqual([true, true, true]);
  const ids = createHash('sha256')
    .update([...old].sort().join('\n'))
    .digest('hex');
  expect(await proofs()).toEqual([
    {
      row_count: 2,
      shares: [0, 0, 2],
      detail: `test fire, unchanged for 30 days; SHA-256 of the ids in order: ${ids}`,
    },
  ]);
});

test('deletes many in short transactions, so that the feed and the alerts are not held back', async () => {
  const lines = Array.from({ length: 250 }, (_, n) =>
    JSON.stringify(anIncident({ nature: 'test', kind: 'fire', source: 'many', externalId: String(n) })),
  );
  await service.api
    .post('/v1/incidents/import')
    .set({ ...reporter, 'Content-Type': 'application/geo+json-seq' })
    .send(lines.join('\n'))
    .expect(200);
  const rows = await asTableOwner<{ id: string }>(
    service.db,
    sql`SELECT i.id FROM base.incident AS i WHERE i.source = 'many'`,
  );
  const ids = rows.map(({ id }) => id);
  await age(ids, 31);
  const before = (await proofs()).length;
  expect(await purge()).toBe(250);
  expect((await proofs()).slice(before).map(({ row_count }) => row_count)).toEqual([100, 100, 50]);
});

test('keeps an incident with a newer report that has not changed it', async () => {
  const id = await create();
  const hidden = { text: 'For us.', tlp: 'RED' };
  await service.api.post(`/v1/incidents/${id}/reports`).set(reporter).send(hidden).expect(201);
  await age([id], 31);
  expect(await purge()).toBe(0);
  await asTableOwner(
    service.db,
    sql`UPDATE base.report SET recorded_at = now() - interval '31 days' WHERE incident = ${id}`,
  );
  expect(await purge()).toBe(1);
});

test('also deletes the notice of a distress incident', async () => {
  const at: [number, number] = [11.2, 33.1];
  const id = await create({ kind: 'distress', at, tlp: 'RED' });
  const rescue = await keyFor(service, 'TUN');
  const notices = async () => (await service.api.get('/v1/distress').set(rescue)).body.numberReturned;
  expect(await notices()).toBe(1);
  await age([id], 31);
  expect(await purgeAll(purgeStore(service.db), [{ ...rule, kind: 'distress' }])).toBe(1);
  expect(await notices()).toBe(0);
});

test('the proof reaches the auditors of the owner country, sealed', async () => {
  const id = await create();
  await age([id], 31);
  await purge();
  await asTableOwner(service.db, sql`SELECT base.seal_audit(5000)`);
  const purgesFor = async (country: 'TUN' | 'LBY') => {
    const { body } = await service.api
      .get('/v1/audit?limit=1000')
      .set(as(keyOf(country, 'auditor')))
      .expect(200);
    return body.entries.filter(({ action }: Entry) => action === 'purge');
  };
  expect((await purgesFor('TUN')).at(-1)).toMatchObject({ rows: 1, countries: ['TUN'], agency: null });
  expect(await purgesFor('LBY')).toEqual([]);
});

test('the service itself cannot purge, nor delete incidents', async () => {
  const caller = { country: 'TUN', agency: 'tun-garde-nationale', roles: [] } as const;
  for (const statement of [
    sql`SELECT base.purge_incidents('[]'::json, 1)`,
    sql`DELETE FROM incident`,
    sql`SELECT FROM base.legal_hold`,
  ])
    await expect(service.db.query(caller, statement)).rejects.toThrow(/permission denied/);
});

describe('a legal hold', () => {
  const hold = (id: string, headers = coordinator, reason = 'Court order of 3 November 2026') =>
    service.api.put(`/v1/incidents/${id}/legal-hold`).set(headers).send({ reason });

  test('keeps an incident until it is lifted', async () => {
    const id = await create();
    const { body, headers } = await hold(id).expect(201);
    expect(body).toMatchObject({ incident: id, country: 'TUN', reason: 'Court order of 3 November 2026' });
    await service.api.get(headers.location!).set(reporter).expect(200, body);
    await age([id], 400);
    expect(await purge()).toBe(0);
    await service.api.delete(`/v1/incidents/${id}/legal-hold`).set(coordinator).expect(204);
    await service.api.delete(`/v1/incidents/${id}/legal-hold`).set(coordinator).expect(404);
    expect(await purge()).toBe(1);
    expect(await isThere(id)).toBe(false);
  });

  test('may change its reason', async () => {
    const id = await create();
    await hold(id).expect(201);
    const { body } = await hold(id, coordinator, 'Appeal').expect(200);
    expect(body.reason).toBe('Appeal');
  });

  test('is placed and lifted by coordinators and admins of the owner country only', async () => {
    const id = await create({ tlp: 'GREEN' });
    await hold(id, {} as never).expect(401);
    await hold(id, reporter).expect(403);
    const { body } = await hold(id, as(keyOf('LBY', 'coordinator'))).expect(403);
    expect(body.detail).toMatch(/coordinator or admin of TUN/);
    await hold(id, as(keyOf('TUN', 'admin'))).expect(201);
    await service.api
      .delete(`/v1/incidents/${id}/legal-hold`)
      .set(as(keyOf('LBY', 'admin')))
      .expect(403);
  });

  test('does not exist for other countries, nor does a hidden incident', async () => {
    const [seen, hidden] = [await create({ tlp: 'GREEN' }), await create({ tlp: 'AMBER+STRICT' })];
    for (const id of [seen, hidden]) {
      await hold(id).expect(201);
      await service.api
        .get(`/v1/incidents/${id}/legal-hold`)
        .set(as(keyOf('LBY', 'reader')))
        .expect(404);
    }
    await hold(hidden, as(keyOf('LBY', 'coordinator'))).expect(404);
  });

  test('refuses a reason that names a person', async () => {
    const { body } = await hold(await create(), coordinator, 'Call +216 98 765 432').expect(422);
    expect(JSON.stringify(body)).not.toContain('98 765');
  });
});

test('takes along by when an agency should have acknowledged it', async () => {
  const id = await create({ nature: 'actual' });
  const due = () => asTableOwner(service.db, sql`SELECT 1 FROM base.incident_due WHERE incident = ${id}`);
  expect(await due()).toHaveLength(1);
  await age([id], 31);
  await purgeAll(purgeStore(service.db), [{ ...rule, nature: 'actual' }]);
  expect(await isThere(id)).toBe(false);
  expect(await due()).toEqual([]);
});
