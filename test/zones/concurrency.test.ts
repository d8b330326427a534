import { once } from 'node:events';
import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import supertest, { type Test } from 'supertest';
import { COUNTRY_CODES, type CountryCode } from '../../src/core/caller.ts';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { aSquare, aZone } from '../support/builders.ts';
import { agreeZone, decide, proposeZone, readZone } from '../support/builders.zones.ts';
import { expectTrueMembership } from '../support/membership.check.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';

// The embedded database has one connection: nothing can be decided at the same time there.
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;
const ROUNDS = 8;

onServer('coordinators and operators at the same time (on a server)', () => {
  let service: TestService;
  let server: Server;
  let api: TestService['api'];
  beforeAll(async () => {
    service = await startService();
    server = service.app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    api = supertest(server);
  });
  afterAll(async () => {
    server.close();
    await service.stop();
  });

  const operator = as(keyOf('DZA', 'operator'));
  const three = { participants: [...COUNTRY_CODES], geometry: aSquare([8.42, 35.2]) };
  const say = (id: string, country: CountryCode, decision: string, revision = 1) =>
    decide(api, id, country, { decision, revision, ...(decision === 'reject' && { reason: 'Too wide.' }) });
  const statusesOf = async (requests: Test[]) => (await Promise.all(requests)).map(({ status }) => status);
  const stateOf = async (id: string) => {
    const { state, revision } = (await readZone(api, 'DZA', id)).properties;
    return `${revision} ${state}`;
  };
  const rounds = Array.from({ length: ROUNDS }, (_, n) => n);
  /** How often the log tells that a revision came to be agreed. */
  const agreements = async (id: string): Promise<number> => {
    const [row] = await asTableOwner<{ count: number }>(
      service.db,
      sql`SELECT count(*)::int AS count FROM base.audit_entry AS e
          WHERE e.target = ${`${id}/1`} AND e.detail = 'proposed → agreed'`,
    );
    return row!.count;
  };

  test('approve, each twice: no consent is lost or counted twice, and it takes effect once', async () => {
    for (const _ of rounds) {
      const { id } = await proposeZone(api, 'DZA', three);
      const twice = [...COUNTRY_CODES, ...COUNTRY_CODES].map((country) => say(id, country, 'approve'));
      expect((await statusesOf(twice)).sort()).toEqual([200, 200, 200, 201, 201, 201]);
      expect(await stateOf(id)).toBe('1 active');
      const { body } = await api.get(`/v1/zones/${id}/consents`).set(operator).expect(200);
      expect(body.consents.map(({ country }: { country: string }) => country).sort()).toEqual([
        ...COUNTRY_CODES,
      ]);
      expect(await agreements(id)).toBe(1);
    }
  });

  test('approve a revision replaced meanwhile: it takes effect by all consents or not at all', async () => {
    for (const _ of rounds) {
      const { id } = await proposeZone(api, 'DZA', three);
      const change = { properties: { purpose: 'At night' } };
      const [changed, ...decided] = await statusesOf([
        api.patch(`/v1/zones/${id}`).set(operator).send(change),
        ...COUNTRY_CODES.map((country) => say(id, country, 'approve')),
      ]);
      expect(changed).toBe(200);
      expect(decided.filter((status) => status !== 201 && status !== 409)).toEqual([]);
      const isAgreed = decided.every((status) => status === 201);
      expect(await stateOf(id)).toBe(isAgreed ? '1 active' : '2 proposed');
    }
  });

  test('approve while one withdraws: it is not in force afterwards, in either order', async () => {
    const ends = new Set<string>();
    for (const _ of rounds) {
      const { id } = await proposeZone(api, 'DZA', three);
      for (const country of ['DZA', 'LBY'] as const) await say(id, country, 'approve').expect(201);
      const both = [say(id, 'TUN', 'approve'), say(id, 'DZA', 'withdraw')];
      expect(await statusesOf(both)).toEqual([201, 201]);
      ends.add(await stateOf(id));
    }
    expect([...ends].filter((end) => !['1 suspended', '1 proposed'].includes(end))).toEqual([]);
  });

  test('approve while the zone is withdrawn: it is withdrawn afterwards, and empty', async () => {
    for (const _ of rounds) {
      const { id } = await proposeZone(api, 'DZA', three);
      const [removed, ...decided] = await statusesOf([
        api.delete(`/v1/zones/${id}`).set(operator),
        ...COUNTRY_CODES.map((country) => say(id, country, 'approve')),
      ]);
      expect(removed).toBe(204);
      expect(decided.filter((status) => status !== 201 && status !== 409)).toEqual([]);
      expect(await stateOf(id)).toBe('1 withdrawn');
    }
  });

  test('propose the same draft: once', async () => {
    for (const _ of rounds) {
      const { body } = await api.post('/v1/zones').set(operator).send(aZone(three)).expect(201);
      const twice = [0, 1].map(() => api.post(`/v1/zones/${body.id}/proposal`).set(operator));
      expect((await statusesOf(twice)).sort()).toEqual([200, 409]);
    }
  });

  test('label, approve and change one zone: all take effect', async () => {
    for (const _ of rounds) {
      const { id } = await agreeZone(api, 'DZA', three);
      const statuses = await statusesOf([
        ...['GREEN', 'CLEAR', 'AMBER'].map((tlp) =>
          api
            .post('/v1/release')
            .set(as(keyOf('DZA', 'coordinator')))
            .send({ collection: 'zones', id, tlp }),
        ),
        ...['A', 'B', 'C'].map((purpose) =>
          api.patch(`/v1/zones/${id}`).set(operator).send({ properties: { purpose } }),
        ),
        ...COUNTRY_CODES.map((country) => say(id, country, 'approve')),
      ]);
      expect(statuses).toEqual(statuses.map(() => 200));
      const { body } = await api.get(`/v1/zones/${id}/revisions`).set(operator).expect(200);
      const revisions = body.features.map((one: { properties: { state: string } }) => one.properties.state);
      expect(revisions).toEqual(['active', 'withdrawn', 'withdrawn', 'proposed']);
      const labels = body.features.map((one: { properties: { tlp: string } }) => one.properties.tlp);
      expect(new Set(labels).size).toBe(1);
      expect((await readZone(api, 'DZA', id)).properties.tlp).toBe(labels[0]);
    }
  });

  test('leave a consistent state', async () => {
    await expectTrueMembership(service.db);
  });
});
