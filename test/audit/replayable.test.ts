import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { auditChain } from '../../src/audit/audit.chain.store.ts';
import { sql } from '../../src/db/sql.ts';
import { purgeAll, purgeStore } from '../../src/features/retention/purge.store.ts';
import { asTableOwner } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';
import { openReceiver, type Receiver } from '../support/webhook.receiver.ts';
import { addHook, LOCAL } from '../support/webhooks.ts';

let service: TestService;
let receiver: Receiver;
beforeAll(async () => {
  service = await startService({ webhookTargets: LOCAL });
  receiver = await openReceiver();
});
afterAll(async () => {
  await receiver.close();
  await service.stop();
});

const reporter = as(keyOf('TUN', 'reporter'));
const coordinator = as(keyOf('TUN', 'coordinator'));
const admin = as(keyOf('TUN', 'admin'));
const agency = agencyOf(keyOf('TUN', 'admin'));

interface Exported {
  action: string;
  collection: string;
  target: string | null;
  rows: number;
  detail: string | null;
}

/** What an export of the whole log holds about these rows. */
async function exported(...targets: string[]): Promise<Omit<Exported, 'rows'>[]> {
  const chain = auditChain(service.db);
  await chain.seal();
  let text = '';
  await chain.export(async (lines) => {
    text += lines;
  });
  const entries: Exported[] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).entry);
  return entries
    .filter(({ target, action }) => targets.includes(target!) && !action.startsWith('read'))
    .map(({ action, collection, target, detail }) => ({ action, collection, target, detail }));
}

async function create(more: Parameters<typeof anIncident>[0] = {}): Promise<string> {
  const { body } = await service.api.post('/v1/incidents').set(reporter).send(anIncident(more)).expect(201);
  return body.id;
}

test('labels of incidents narrowed by one statement leave an entry each', async () => {
  const ids = [await create({ tlp: 'GREEN' }), await create({ tlp: 'GREEN' })];
  await service.db.query(
    { country: 'TUN', agency, roles: ['coordinator'] },
    sql`UPDATE incident SET tlp = 'AMBER', releasable_to = '{DZA}' WHERE id = ANY (${ids}::uuid[])`,
  );
  const narrowed = ids.map((target) => ({
    action: 'change',
    collection: 'incidents',
    target,
    detail: 'GREEN → AMBER DZA',
  }));
  expect(await exported(...ids)).toEqual(expect.arrayContaining(narrowed));
});

test('rows without a detail share an entry, as before', async () => {
  const ids = [await create(), await create()];
  await asTableOwner(
    service.db,
    sql`UPDATE base.incident SET severity = 'minor' WHERE id = ANY (${ids}::uuid[])`,
  );
  const [entry] = await asTableOwner(
    service.db,
    sql`SELECT e.row_count, e.target, e.detail FROM base.audit_entry AS e ORDER BY e.id DESC LIMIT 1`,
  );
  expect(entry).toEqual({ row_count: 2, target: null, detail: null });
});

test('a narrowed report is named with its new label', async () => {
  const incident = await create({ tlp: 'GREEN' });
  const { body } = await service.api
    .post(`/v1/incidents/${incident}/reports`)
    .set(reporter)
    .send({ text: 'Seen.' })
    .expect(201);
  await asTableOwner(service.db, sql`UPDATE base.report SET tlp = 'RED' WHERE id = ${body.id}::uuid`);
  const target = `${incident}/${body.id}`;
  expect((await exported(target)).at(-1)).toEqual({
    action: 'change',
    collection: 'reports',
    target,
    detail: 'as its incident → RED',
  });
});

test('a narrowed zone, a withdrawn consent and the end of an agreement are named with the new value', async () => {
  const zone = await agreeZone(service.api, 'TUN', { participants: ['DZA', 'TUN'], tlp: 'GREEN' });
  await asTableOwner(service.db, sql`UPDATE base.zone SET tlp = 'AMBER+STRICT' WHERE id = ${zone.id}`);
  await service.api
    .post(`/v1/zones/${zone.id}/consents`)
    .set(as(keyOf('DZA', 'coordinator')))
    .send({ revision: 1, decision: 'withdraw' })
    .expect(201);
  const revision = `${zone.id}/1`;
  expect(await exported(zone.id, revision)).toEqual(
    expect.arrayContaining([
      { action: 'change', collection: 'zones', target: zone.id, detail: 'GREEN → AMBER+STRICT' },
      {
        action: 'create',
        collection: 'consents',
        target: revision,
        detail: `withdraw of DZA by ${agencyOf(keyOf('DZA', 'coordinator'))}`,
      },
      { action: 'change', collection: 'revisions', target: revision, detail: 'agreed → suspended' },
    ]),
  );
});

test('a revoked key, an earlier end and a removal are named with the new value', async () => {
  const { body } = await service.api
    .post('/v1/keys')
    .set(admin)
    .send({ agency, roles: ['reader', 'operator'] })
    .expect(201);
  const change = (set: ReturnType<typeof sql>) =>
    asTableOwner(service.db, sql`UPDATE base.api_key SET ${set} WHERE id = ${body.id}::uuid`);
  await change(sql`expires_at = '2031-01-01T00:00:00Z'`);
  await service.api.delete(`/v1/keys/${body.id}`).set(admin).expect(204);
  await asTableOwner(service.db, sql`DELETE FROM base.api_key WHERE id = ${body.id}::uuid`);
  const entries = await exported(body.id);
  expect(entries.map(({ action, detail }) => [action, detail])).toEqual([
    ['create', null],
    ['change', 'reader operator → reader operator until 2031-01-01T00:00:00Z'],
    [
      'change',
      expect.stringMatching(/ → reader operator until 2031-01-01T00:00:00Z revoked \d{4}-[-\d]+T[:.\d]+Z$/),
    ],
    ['remove', 'removed'],
  ]);
});

test('a legal hold names its incident and who placed it', async () => {
  const id = await create();
  const path = `/v1/incidents/${id}/legal-hold`;
  await service.api.put(path).set(coordinator).send({ reason: 'Court order' }).expect(201);
  await service.api.delete(path).set(coordinator).expect(204);
  const entries = await exported(id);
  expect(entries.map(({ action, detail }) => [action, detail])).toEqual([
    ['create', null],
    ['create', `hold placed by ${agency}`],
    ['remove', 'hold lifted'],
  ]);
});

test('each purged incident has an entry of its own beside the proof', async () => {
  const ids = [
    await create({ nature: 'test', kind: 'fire' }),
    await create({ nature: 'test', kind: 'fire' }),
  ];
  await asTableOwner(
    service.db,
    sql`WITH quiet AS MATERIALIZED (SELECT set_config('session_replication_role', 'replica', true))
        UPDATE base.incident SET updated_at = now() - interval '31 days' FROM quiet WHERE id = ANY (${ids}::uuid[])`,
  );
  expect(await purgeAll(purgeStore(service.db), [{ nature: 'test', kind: 'fire', days: 30 }])).toBe(2);
  const removed = ids.map((target) => ({
    action: 'remove',
    collection: 'incidents',
    target,
    detail: 'removed',
  }));
  expect(await exported(...ids)).toEqual(expect.arrayContaining(removed));
});

test('the end of a mandate is named', async () => {
  const mandate = {
    agency,
    function: 'search_rescue',
    rank: 'primary',
    scope: { type: 'border', border: 'DZA-TUN' },
    source: 'test',
  };
  const { body } = await service.api.post('/v1/mandates').set(admin).send(mandate).expect(201);
  await asTableOwner(
    service.db,
    sql`UPDATE base.mandate SET valid_to = '2031-01-01T00:00:00Z' WHERE id = ${body.id}`,
  );
  expect((await exported(body.id)).at(-1)).toEqual({
    action: 'change',
    collection: 'mandates',
    target: body.id,
    detail: 'until further notice → until 2031-01-01T00:00:00Z',
  });
});

test('a webhook that gets another address or is disabled or removed says so, without the address', async () => {
  const hook = await addHook(service, receiver.url);
  const path = `/v1/webhooks/${hook.id}`;
  await service.api.patch(path).set(coordinator).send({ enabled: false }).expect(200);
  await asTableOwner(service.db, sql`UPDATE base.webhook SET url = url || '/b' WHERE id = ${hook.id}::uuid`);
  await service.api.delete(path).set(coordinator).expect(204);
  const entries = await exported(hook.id);
  expect(entries.map(({ action, detail }) => [action, detail]).slice(-3)).toEqual([
    ['change', 'disabled'],
    ['change', 'new address'],
    ['remove', 'removed'],
  ]);
});
