import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { createKey } from '../../src/access/key.store.ts';
import type { CountryCode } from '../../src/core/caller.ts';
import { openDatabase } from '../../src/db/database.ts';
import { asOwner } from '../../src/db/migrations.ts';
import { sql } from '../../src/db/sql.ts';
import { eventually } from '../support/eventually.ts';
import { as, keyOf, serviceOver, startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const admin = (country: CountryCode = 'TUN') => as(keyOf(country, 'admin'));
const aKey = (change: object = {}) => ({ agency: 'tun-garde-nationale', roles: ['reporter'], ...change });
const make = (body: object = {}, headers = admin()) =>
  service.api.post('/v1/keys').set(headers).send(aKey(body));
const made = async (body?: object) => (await make(body).expect(201)).body;
const rotate = (id: string, body: object, headers = admin()) =>
  service.api.post(`/v1/keys/${id}/rotation`).set(headers).send(body);
const revoke = (id: string, headers = admin()) => service.api.delete(`/v1/keys/${id}`).set(headers);
const read = async (id: string) => (await service.api.get(`/v1/keys/${id}`).set(admin()).expect(200)).body;
const show = (key: string) => service.api.get('/v1/incidents?limit=1').set(as(key));
interface KeyPage {
  keys: { id: string; agency: string }[];
  links: { rel: string; href: string }[];
}
const listAt = async (path: string): Promise<KeyPage> =>
  (await service.api.get(path).set(admin()).expect(200)).body;
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

describe('a new key', () => {
  test('is shown once, acts for its agency, and is listed without its secret', async () => {
    const { body, headers } = await make({ name: 'QGIS of the duty desk' }).expect(201);
    expect(body.key).toMatch(/^tp_[\w-]{43}$/);
    expect(headers['cache-control']).toBe('no-store');
    await show(body.key).expect(200);
    const { key, ...rest } = body;
    const known = await read(body.id);
    expect({ ...known, lastUsedAt: null }).toEqual(rest);
    expect(rest).toMatchObject({
      agency: 'tun-garde-nationale',
      country: 'TUN',
      roles: ['reporter'],
      name: 'QGIS of the duty desk',
      expiresAt: null,
      revokedAt: null,
      replacedBy: null,
    });
    const { text } = await service.api.get('/v1/keys?limit=10000').set(admin()).expect(200);
    expect(text).toContain(body.id);
    expect(text).not.toContain(key);
    expect(text).not.toMatch(/tp_|hash/);
  });

  test('may do only what its roles allow', async () => {
    const { key } = await made({ roles: ['reader'] });
    await service.api.get('/v1/keys').set(as(key)).expect(403);
    await service.api.post('/v1/incidents').set(as(key)).send({}).expect(403);
  });

  test('ends when it expires', async () => {
    const { key } = await made({ expiresAt: inSeconds(3) });
    await show(key).expect(200);
    await eventually(async () => (await show(key)).status === 401);
  });

  test('shows its last use, without delaying any request', async () => {
    const { id, key, createdAt } = await made();
    expect((await read(id)).lastUsedAt).toBeNull();
    await show(key).expect(200);
    await eventually(async () => (await read(id)).lastUsedAt !== null);
    const { lastUsedAt } = await read(id);
    expect(Date.parse(lastUsedAt)).toBeGreaterThanOrEqual(Date.parse(createdAt));
    await service.db.query({ roles: [] }, sql`SELECT note_key_use(${[id]}::uuid[])`);
    expect((await read(id)).lastUsedAt).toBe(lastUsedAt);
  });

  const refused: [what: string, body: object, status: number][] = [
    ['no roles', { roles: [] }, 400],
    ['a role that does not exist', { roles: ['owner'] }, 400],
    ['a country', { country: 'LBY' }, 400],
    ['an id of its own', { id: uuidv7() }, 400],
    ['isDemo', { isDemo: true }, 400],
    ['an end in the past', { expiresAt: '2020-01-01T00:00:00Z' }, 422],
    ['a name with a phone number', { name: 'call +216 98 123 456' }, 422],
    ['a name with a NUL', { name: 'a\0b' }, 400],
  ];
  test.each(refused)('is refused with %s', async (_what, body, status) => {
    await make(body).expect(status);
  });
});

describe('keys across countries', () => {
  test('an agency of another country gets the answer of a missing one', async () => {
    const [foreign, missing] = ['lby-douanes', 'tun-nowhere'];
    const answers = await Promise.all([foreign, missing].map((agency) => make({ agency }).expect(422)));
    const [one, other] = answers.map(({ body }, i) => {
      const { requestId: _, ...rest } = body;
      return JSON.parse(JSON.stringify(rest).replaceAll([foreign, missing][i]!, 'X'));
    });
    expect(one).toEqual(other);
  });

  test('a key of another country gets the answer of a missing one, and stays unchanged', async () => {
    const { id, key } = await made();
    const lby = admin('LBY');
    for (const one of [id, uuidv7()]) {
      await service.api.get(`/v1/keys/${one}`).set(lby).expect(404);
      await rotate(one, {}, lby).expect(404);
      await revoke(one, lby).expect(404);
    }
    await show(key).expect(200);
    expect(await read(id)).toMatchObject({ revokedAt: null, replacedBy: null, expiresAt: null });
    const { body } = await service.api.get('/v1/keys?limit=10000').set(lby).expect(200);
    expect(new Set(body.keys.map((one: { country: string }) => one.country))).toEqual(new Set(['LBY']));
  });

  test('the database itself shows and accepts only keys of the country', async () => {
    const { id } = await made();
    const lby = { agency: 'lby-douanes', country: 'LBY' as const, roles: [] };
    const rows = await service.db.query<{ country: string }>(lby, sql`SELECT DISTINCT country FROM api_key`);
    expect(rows).toEqual([{ country: 'LBY' }]);
    expect(await service.db.query({ roles: [] }, sql`SELECT id FROM api_key`)).toEqual([]);
    const updated = await service.db.query(
      lby,
      sql`UPDATE api_key SET revoked_at = now() WHERE id = ${id} RETURNING id`,
    );
    expect(updated).toEqual([]);
    const insert = (agency: string, country: string) =>
      service.db.query(
        lby,
        sql`INSERT INTO api_key (id, hash, agency, country, roles)
            VALUES (${uuidv7()}, ${Buffer.from(uuidv7())}, ${agency}, ${country}, ARRAY['reader'])`,
      );
    await expect(insert('tun-douane', 'TUN')).rejects.toThrow();
    await expect(insert('tun-douane', 'LBY')).rejects.toThrow();
    await expect(service.db.query(lby, sql`SELECT hash FROM api_key`)).rejects.toThrow(/permission denied/);
    await expect(service.db.query(lby, sql`UPDATE api_key SET roles = ARRAY['admin']`)).rejects.toThrow(
      /permission denied/,
    );
  });

  test.each(['reader', 'reporter', 'operator', 'coordinator', 'auditor'] as const)(
    'a %s manages no keys',
    async (role) => {
      const key = as(keyOf('TUN', role));
      await service.api.get('/v1/keys').set(key).expect(403);
      await service.api.get(`/v1/keys/${uuidv7()}`).set(key).expect(403);
      await make({}, key).expect(403);
      await rotate(uuidv7(), {}, key).expect(403);
      await revoke(uuidv7(), key).expect(403);
    },
  );

  test('without a key nobody does', async () => {
    await service.api.get('/v1/keys').expect(401);
    await service.api.post('/v1/keys').send(aKey()).expect(401);
  });
});

describe('rotation', () => {
  test('makes a second key with the same rights; both are valid for the overlap', async () => {
    const old = await made({ roles: ['reporter', 'operator'], name: 'feed' });
    await show(old.key).expect(200);
    const { body } = await rotate(old.id, { overlapSeconds: 4 }).expect(201);
    expect(body).toMatchObject({ agency: old.agency, roles: old.roles, name: 'feed', expiresAt: null });
    expect(body.key).not.toBe(old.key);
    await show(old.key).expect(200);
    await show(body.key).expect(200);
    const { replacedBy, expiresAt } = await read(old.id);
    expect(replacedBy).toBe(body.id);
    expect(Date.parse(expiresAt) - Date.parse(body.createdAt)).toBe(4_000);
    await eventually(async () => (await show(old.key)).status === 401);
    await show(body.key).expect(200);
  });

  test('without overlap ends the old key at once', async () => {
    const old = await made();
    await show(old.key).expect(200);
    await rotate(old.id, {}).expect(201);
    await show(old.key).expect(401);
  });

  test('never extends the old key, and gives the new one the same lifetime', async () => {
    const old = await made({ expiresAt: inSeconds(60) });
    const { body } = await rotate(old.id, { overlapSeconds: 86_400 }).expect(201);
    expect((await read(old.id)).expiresAt).toBe(old.expiresAt);
    const lifetime = (one: { createdAt: string; expiresAt: string }) =>
      Date.parse(one.expiresAt) - Date.parse(one.createdAt);
    expect(Math.abs(lifetime(body) - lifetime(old))).toBeLessThan(2);
  });

  test('of a revoked or replaced key is refused', async () => {
    const [revoked, replaced] = [await made(), await made()];
    await revoke(revoked.id).expect(204);
    await rotate(replaced.id, { overlapSeconds: 60 }).expect(201);
    for (const { id } of [revoked, replaced]) {
      const { body } = await rotate(id, {}).expect(409);
      expect(body.type).toBe('/problems/key-ended');
    }
  });

  test('twice concurrently makes one new key', async () => {
    const { id } = await made();
    const answers = await Promise.all([1, 2, 3, 4].map(() => rotate(id, { overlapSeconds: 60 })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });
});

describe('a revoked key', () => {
  test('ends at once in this process, stays in the list, and may be revoked again', async () => {
    const { id, key } = await made();
    await show(key).expect(200);
    await revoke(id).expect(204);
    await show(key).expect(401);
    const { revokedAt } = await read(id);
    expect(revokedAt).not.toBeNull();
    await revoke(id).expect(204);
    expect((await read(id)).revokedAt).toBe(revokedAt);
  });

  test('ends in another process too, after its next lookup', async () => {
    if (service.isEmbedded) return; // it has one process
    const db = openDatabase({ connection: service.connection, poolSize: 1, statementTimeoutSeconds: 10 });
    const other = supertest(serviceOver(db));
    const { id, key } = await made();
    await other.get('/v1/borders').set(as(key)).expect(200);
    await revoke(id).expect(204);
    await eventually(async () => (await other.get('/v1/borders').set(as(key))).status === 401);
    await db.close();
  });

  test('is not accepted even if it was being looked up meanwhile', async () => {
    const { id, key } = await made();
    await Promise.all([show(key), revoke(id), show(key), show(key)]);
    await show(key).expect(401);
  });
});

describe('the list of keys', () => {
  test('is paged in order of creation, and can be filtered by agency', async () => {
    for (const _ of [1, 2, 3]) await made({ agency: 'tun-douane' });
    const seen: string[] = [];
    let next: string | undefined = '/v1/keys?agency=tun-douane&limit=2';
    while (next) {
      const { keys, links } = await listAt(next);
      expect(keys.filter(({ agency }) => agency !== 'tun-douane')).toEqual([]);
      seen.push(...keys.map(({ id }) => id));
      const href = links.find(({ rel }) => rel === 'next')?.href;
      next = href && new URL(href).pathname + new URL(href).search;
    }
    expect(seen.length).toBeGreaterThanOrEqual(3);
    expect(seen).toEqual([...new Set(seen)].sort());
  });
});

describe('demo keys', () => {
  let demo: TestService;
  beforeAll(async () => {
    demo = await startService();
  });
  afterAll(() => demo.stop());

  test('stay while other keys are created, and end in all countries with the first admin key', async () => {
    const works = async (key: string) => (await demo.api.get('/v1/borders').set(as(key))).status;
    const post = (roles: string[]) =>
      demo.api.post('/v1/keys').set(admin()).send(aKey({ roles })).expect(201);
    await post(['operator', 'coordinator']);
    const { body: list } = await demo.api.get('/v1/keys?limit=10000').set(admin());
    const { id } = list.keys.find(({ name, roles }: { name: string; roles: string[] }) => {
      return name === 'demo' && roles.includes('admin');
    });
    const rotated = await demo.api
      .post(`/v1/keys/${id}/rotation`)
      .set(admin())
      .send({ overlapSeconds: 60 })
      .expect(201);
    expect(await works(keyOf('LBY', 'reader'))).toBe(200);
    const { body } = await post(['admin']);
    for (const key of [keyOf('TUN', 'admin'), keyOf('LBY', 'reader'), rotated.body.key])
      expect(await works(key)).toBe(401);
    expect(await works(body.key)).toBe(200);
    await demo.api
      .post('/v1/keys')
      .set(as(body.key))
      .send(aKey({ roles: ['admin'] }))
      .expect(201);
  });

  test('end with an admin key that the command makes, too', async () => {
    const { connection, api, stop } = await startService();
    await asOwner(connection, (knex) => createKey(knex, { agency: 'lby-douanes', roles: ['admin'] }));
    await api.get('/v1/borders').set(admin('DZA')).expect(401);
    await stop();
  });
});
