import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { asOwner, migrate } from '../../src/db/migrations.ts';
import { endWorld, stampOf } from '../../src/features/worlds/stamp.store.ts';
import { anIncident } from '../support/builders.ts';
import { agreeZone } from '../support/builders.zones.ts';
import { testDatabase } from '../support/database.ts';
import { becomeOwner, becomeService } from '../support/service.role.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { stampDemo } from '../support/worlds.ts';

const operator = as(keyOf('TUN', 'operator'));
const coordinator = as(keyOf('TUN', 'coordinator'));
const admin = as(keyOf('TUN', 'admin'));

let service: TestService;
let client: pg.Client;
let incident: string;
let zone: string;
beforeAll(async () => {
  service = await startService();
  await stampDemo(service.connection);
  const { body } = await service.api.post('/v1/incidents').set(operator).send(anIncident()).expect(201);
  incident = body.id;
  zone = (await agreeZone(service.api, 'TUN')).id;
  await service.api
    .post('/v1/subscriptions')
    .set(operator)
    .send({ triggers: ['created'] })
    .expect(201);
  await service.atRest();
  await asOwner(service.connection, (knex) => knex.transaction(endWorld));
});
afterAll(() => service.stop());

describe('an exercise that has ended', () => {
  const writes: [
    what: string,
    write: () => Promise<{ status: number; body: { type: string; detail: string } }>,
  ][] = [
    ['a report', () => service.api.post('/v1/incidents').set(operator).send(anIncident())],
    [
      'a status',
      () =>
        service.api
          .post('/v1/crossings/ras-ajdir/status')
          .set(operator)
          .send({ state: 'closed', source: 'a test' }),
    ],
    [
      'a consent',
      () =>
        service.api
          .post(`/v1/zones/${zone}/consents`)
          .set(coordinator)
          .send({ decision: 'withdraw', revision: 1 }),
    ],
    [
      'a subscription',
      () =>
        service.api
          .post('/v1/subscriptions')
          .set(operator)
          .send({ triggers: ['created'] }),
    ],
    ['an edit of a layer', () => service.api.delete(`/v1/collections/zones/items/${zone}`).set(operator)],
  ];
  test.each(writes)('refuses %s and says the way out', async (_, write) => {
    const { status, body } = await write();
    expect(`${status} ${body.type}`).toBe('409 /problems/world-ended');
    expect(body.detail).toMatch(/^The exercise demo ended at 20\d\d-.*Z and is read-only\..*new exercise/);
  });

  test('refuses an import as a whole', async () => {
    const { body } = await service.api
      .post('/v1/incidents/import')
      .set({ ...operator, 'Content-Type': 'application/geo+json-seq' })
      .send(
        [1, 2, 3].map((n) => JSON.stringify(anIncident({ source: 'end', externalId: `${n}` }))).join('\n'),
      )
      .expect(409);
    expect(body.type).toBe('/problems/world-ended');
  });

  test.each([
    '/v1/world',
    '/v1/',
    '/v1/me',
    '/v1/incidents',
    '/v1/zones',
    '/v1/changes',
    '/v1/alerts',
    '/v1/subscriptions',
    '/v1/crossings/ras-ajdir',
    '/v1/collections/incidents/items',
    '/v1/collections/incidents/tiles/WebMercatorQuad/5/12/16',
    '/v1/audit',
  ])('still answers GET %s', async (path) => {
    const key = path === '/v1/audit' ? keyOf('TUN', 'auditor') : keyOf('TUN', 'operator');
    const { status, body } = await service.api.get(path).set(as(key));
    expect({ status, body: status < 300 ? undefined : body }).toEqual({
      status: expect.any(Number),
      body: undefined,
    });
    if (path === '/v1/world') expect(body.endedAt).toMatch(/^20/);
  });

  test('still logs who reads, and lets keys be revoked', async () => {
    await service.api.get(`/v1/incidents/${incident}`).set(operator).expect(200);
    await service.atRest();
    const made = await service.api
      .post('/v1/keys')
      .set(admin)
      .send({ agency: 'tun-douane', roles: ['reader'] })
      .expect(201);
    await service.api.delete(`/v1/keys/${made.body.id}`).set(admin).expect(204);
    const rows = await owned(
      `SELECT action FROM base.audit_entry WHERE target = '${incident}' AND action = 'read'`,
    );
    expect(rows.length).toBeGreaterThan(0);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: rows of any statement
const owned = (text: string): Promise<any[]> =>
  asOwner(service.connection, async (knex) => (await knex.raw(text.replaceAll('?', '\\?'))).rows);

describe('the database of an ended exercise', () => {
  beforeAll(async () => {
    await service.disconnect();
    client = new pg.Client(service.connection);
    await client.connect();
  });
  afterAll(() => client.end());

  test('refuses each write that the service may do, whatever it writes', async () => {
    const { rows: may } = await client.query(`
      SELECT c.relname AS view,
        min(a.attname) FILTER (WHERE has_column_privilege('tripoint_service', c.oid, a.attname, 'INSERT')) AS inserted,
        min(a.attname) FILTER (WHERE has_column_privilege('tripoint_service', c.oid, a.attname, 'UPDATE')) AS updated,
        has_table_privilege('tripoint_service', c.oid, 'DELETE') AS deletes
      FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
      WHERE c.relnamespace = 'tripoint'::regnamespace AND c.relkind = 'v' AND c.relname <> 'api_key'
      GROUP BY c.relname, c.oid ORDER BY 1`);
    const statements = may.flatMap(({ view, inserted, updated, deletes }) => [
      ...(inserted ? [`INSERT INTO tripoint.${view} (${inserted}) SELECT NULL WHERE false`] : []),
      ...(updated ? [`UPDATE tripoint.${view} SET ${updated} = NULL WHERE false`] : []),
      ...(deletes ? [`DELETE FROM tripoint.${view} WHERE false`] : []),
    ]);
    expect(statements.length).toBeGreaterThan(25);
    await becomeService(client, { agency: 'tun-garde-nationale', country: 'TUN', roles: ['operator'] });
    for (const statement of statements) {
      const refused = await client.query(statement).then(
        () => undefined,
        ({ code }) => code,
      );
      expect({ statement, refused }).toEqual({ statement, refused: 'TPEND' });
    }
    await becomeOwner(client);
  });

  test('stays ended', async () => {
    await expect(client.query('UPDATE base.world SET ended_at = NULL')).rejects.toThrow(/has ended/);
    expect(await asOwner(service.connection, endWorld)).toBe(false);
  });

  test('closes a table that a later version makes', async () => {
    await client.query(
      `CREATE TABLE base.later (id int); UPDATE base.schema_file SET checksum = 'old' WHERE path ~ 'world.view'`,
    );
    await asOwner(service.connection, (knex) => migrate(knex));
    const { rows } = await client.query(
      `SELECT tgname FROM pg_trigger WHERE tgrelid = 'base.later'::regclass`,
    );
    expect(rows).toEqual([{ tgname: 'world_has_ended' }]);
    await client.query('DROP TABLE base.later');
  });
});

test('an older backup of an ended exercise ends again', async () => {
  const copy = await testDatabase();
  await stampDemo(copy.connection);
  await asOwner(copy.connection, async (knex) => {
    const replay = () =>
      knex.transaction(async (trx) => {
        await trx.raw(`CREATE TEMPORARY TABLE logged ON COMMIT DROP AS
          SELECT 1::bigint AS seq, now() AS at, NULL AS agency, 'worlds' AS collection, 'demo' AS target, 'open → ended' AS detail`);
        const { rows } = await trx.raw('SELECT * FROM base.replay_entries(0) WHERE done > 0');
        return rows;
      });
    expect(await replay()).toEqual([{ kind: 'exercises ended', done: '1' }]);
    expect((await stampOf(knex)).endedAt).not.toBeNull();
    expect(await replay()).toEqual([]);
  });
  await copy.drop();
});
