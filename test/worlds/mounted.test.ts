import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createKey } from '../../src/access/key.store.ts';
import { asOwner } from '../../src/db/migrations.ts';
import { callerOf } from '../support/callers.ts';
import { eventually } from '../support/eventually.ts';
import type { HttpClient } from '../support/http.client.ts';
import { copyOf, type ServedWorlds, serveWorlds } from '../support/served.worlds.ts';
import { createServerDatabase, dropServerDatabase } from '../support/server.database.ts';
import { startService } from '../support/service.ts';
import { stamp } from '../support/worlds.ts';

const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;

const exercise = (id: string) => ({
  kind: 'exercise' as const,
  id,
  names: { en: id, fr: id, ar: id },
  purpose: 'Try what WORLDS says.',
  participants: ['DZA' as const],
});

onServer('the exercises of WORLDS', () => {
  let worlds: ServedWorlds;
  let client: HttpClient;
  let autumnUrl: string;
  const closings: (() => Promise<unknown>)[] = [];

  const databaseOf = async (id?: string) => {
    const service = await startService();
    if (id) await stamp(service.connection, exercise(id));
    await service.disconnect();
    const copy = await copyOf(service);
    closings.push(copy.drop, service.stop);
    return copy.url;
  };

  beforeAll(async () => {
    const actual = await databaseOf();
    const otherActual = await databaseOf();
    autumnUrl = await databaseOf('autumn');
    const spring = await databaseOf('spring');
    const empty = await createServerDatabase();
    closings.push(() => dropServerDatabase(empty.name));
    const nowhere = new URL(actual);
    nowhere.pathname = '/tripoint_no_such_database';
    const databases = {
      autumn: autumnUrl,
      summer: spring,
      winter: otherActual,
      empty: empty.connection.connectionString,
      nowhere: nowhere.href,
    };
    const WORLDS = Object.entries(databases).map((entry) => entry.join('='));
    worlds = await serveWorlds({ DATABASE_URL: actual, WORLDS: WORLDS.join() });
    client = worlds.client;
  });
  afterAll(async () => {
    await worlds?.stop();
    for (const close of closings.reverse()) await close();
  });

  const ask = (prefix: string, path: string, headers = {}) => client.ask({ prefix, path, headers });

  test('answer at their own address, which the case of letters does not change', async () => {
    for (const prefix of ['/exercises/autumn/v1', '/Exercises/AUTUMN/v1'])
      expect((await ask(prefix, '/world')).body).toMatchObject({ id: 'autumn', kind: 'exercise' });
    expect((await ask('/v1', '/world')).body).toMatchObject({ id: 'actual', kind: 'actual' });
  });

  test('have a page, a health, a readiness and figures of their own', async () => {
    const root = '/exercises/autumn';
    const redirect = await ask(root, '');
    expect([redirect.status, redirect.headers.get('location')]).toEqual([302, `${root}/v1/`]);
    for (const path of ['/healthz', '/metrics', '/docs/', '/v1/openapi.json'])
      expect((await ask(root, path)).status).toBe(200);
    await eventually(async () => (await ask(root, '/readyz')).status === 200);
  });

  test('that are not in WORLDS are not served', async () => {
    expect((await ask('/exercises/nobody/v1', '/world')).status).toBe(404);
  });

  test.each([
    ['summer', /exercise summer is the world spring/],
    ['winter', /exercise winter is the world actual/],
    ['empty', /does not fit this version/],
    ['nowhere', /cannot be reached|not there|at the moment/],
  ])('a fault of %s is answered there, and the other worlds go on', async (id, reason) => {
    for (const path of ['/world', '/incidents']) {
      const { status, body } = await ask(`/exercises/${id}/v1`, path);
      expect([status, body.detail]).toEqual([503, expect.stringMatching(reason)]);
    }
    expect((await ask('/v1', '/world')).status).toBe(200);
    expect((await ask('/exercises/autumn/v1', '/world')).status).toBe(200);
  });

  test('a key is of one world', async () => {
    const { key } = await asOwner(autumnUrl, (knex) =>
      createKey(knex, { agency: callerOf('TUN', 'operator').agency!, roles: ['operator'], name: 'drill' }),
    );
    const headers = { Authorization: `Bearer ${key}` };
    expect((await ask('/exercises/autumn/v1', '/me', headers)).status).toBe(200);
    expect((await ask('/v1', '/me', headers)).status).toBe(401);
  });
});
