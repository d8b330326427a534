import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { fingerprintOf } from '../../src/access/key.secret.ts';
import { sql } from '../../src/db/sql.ts';
import { type HttpServer, openHttpServer } from '../../src/http/listen.ts';
import { asTableOwner, entriesOf } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { as, keyOf, startService, type TestService } from '../support/service.ts';
import { cookieIn, OWN_PAGE, setCookies, signIn } from '../support/sessions.ts';
import { openStream } from '../support/stream.ts';

const key = keyOf('TUN', 'reporter');
const admin = keyOf('TUN', 'admin');
const CLEARED = 'tripoint-session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax';

let service: TestService;
let http: HttpServer;
let port: number;
let strict: string;
const log: string[] = [];
const logger = pino({ level: 'trace' }, { write: (line) => void log.push(line) });
beforeAll(async () => {
  service = await startService({ logger });
  http = await openHttpServer(service.app, { host: '127.0.0.1', port: 0 });
  ({ port } = http.server.address() as { port: number });
  const { body } = await service.api.post('/v1/incidents').set(as(key)).send(anIncident()).expect(201);
  strict = body.id;
});
afterAll(async () => {
  await http.close();
  await service.stop();
});

const start = (body: object, headers: Record<string, string> = OWN_PAGE) =>
  service.api.post('/session').set(headers).send(body);
const secretOf = ({ Cookie = '' }: Record<string, string>) => Cookie.split('=')[1]!;
const hashOf = (headers: Record<string, string>) => Buffer.from(fingerprintOf(secretOf(headers)), 'hex');

/** A key of its own, for tests that end it. */
async function newKey(roles = ['reporter']) {
  const { body } = await service.api
    .post('/v1/keys')
    .set(as(admin))
    .send({ agency: 'tun-garde-nationale', roles })
    .expect(201);
  return body as { id: string; key: string };
}

const expectEnded = async (headers: Record<string, string>) => {
  const answer = await service.api.get('/v1/incidents').set(headers).expect(401);
  expect(answer.body).toMatchObject({ type: '/problems/session-ended', code: 'session-ended' });
  expect(setCookies(answer.headers)).toEqual([CLEARED]);
  return answer;
};

describe('signing in with a key', () => {
  test('sets a cookie that scripts cannot read, and says until when', async () => {
    const { body, headers } = await start({ key }).expect(201);
    expect(setCookies(headers)).toEqual([
      expect.stringMatching(/^tripoint-session=tp_session_[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    expect(body).toMatchObject({
      signedIn: true,
      agency: 'tun-garde-nationale',
      country: 'TUN',
      roles: ['reporter'],
      endsInSeconds: 43_200,
      idleSeconds: 1800,
      openId: null,
    });
    expect(headers['cache-control']).toBe('no-store');
    expect(JSON.stringify(body)).not.toContain(key);
  });

  test('lets the cookie read, write and follow what the key may', async () => {
    const browser = await signIn(service.api, key);
    await service.api.get(`/v1/incidents/${strict}`).set(browser).expect(200);
    const { body } = await service.api.post('/v1/incidents').set(browser).send(anIncident()).expect(201);
    expect(body.properties.agency).toBe('tun-garde-nationale');
    const { body: me } = await service.api.get('/v1/me').set(browser).expect(200);
    expect(me).toMatchObject({ agency: 'tun-garde-nationale', credential: 'session' });
    expect(Date.parse(me.expiresAt)).toBeGreaterThan(Date.now());
    const stream = await openStream({ port, headers: { Cookie: browser.Cookie! } });
    expect(stream.status).toBe(200);
    stream.close();
    await service.api.get('/v1/collections/incidents/items?f=csv').set(browser).expect(200);
    await service.api.get(`/v1/incidents/${strict}`).expect(404);
  });

  test('by the form of a page without a script leads back to the page', async () => {
    const { text } = await service.api.get('/session?return=/v1/zones').set('Accept', 'text/html');
    expect(text).toContain('type="password" autocomplete="off"');
    const answer = await service.api
      .post('/session')
      .set(OWN_PAGE)
      .type('form')
      .send({ key, return: '/v1/zones' })
      .expect(303);
    expect(answer.headers.location).toBe('/v1/zones');
    const page = await service.api
      .get('/v1/')
      .set({ Cookie: cookieIn(answer.headers), Accept: 'text/html' })
      .expect(200);
    expect(page.text).toContain('Signed in: <bdi>tun-garde-nationale</bdi>');
    await service.api
      .post('/session/end')
      .set({ ...OWN_PAGE, Cookie: cookieIn(answer.headers) })
      .type('form')
      .send({ return: '/v1/' })
      .expect(303);
    await expectEnded({ Cookie: cookieIn(answer.headers) });
  });

  test('refuses what is no key, with the problem that a key in a header gets', async () => {
    for (const wrong of ['tp_wrong', keyOf('TUN', 'reporter').slice(0, -1), 'a.b.c'])
      expect((await start({ key: wrong }).expect(401)).body.code).toBe('key-invalid');
    await start({}).expect(400);
    await start({ key, more: 1 }).expect(400);
    const { headers } = await start({ key: 'tp_wrong' });
    expect(setCookies(headers)).toEqual([]);
  });

  test('again ends the session that the browser had', async () => {
    const first = await signIn(service.api, key);
    const { headers } = await start({ key: admin }, first).expect(201);
    await expectEnded(first);
    await service.api
      .get('/v1/keys')
      .set({ Cookie: cookieIn(headers) })
      .expect(200);
  });
});

describe('the state of a browser', () => {
  const read = (headers: Record<string, string> = {}) => service.api.get('/session').set(headers).expect(200);

  test('is told without a problem, to strangers and to keys, too', async () => {
    for (const headers of [{}, as(key)])
      expect((await read(headers)).body).toMatchObject({ signedIn: false, hasEnded: false, agency: null });
    const browser = await signIn(service.api, key);
    expect((await read(browser)).body).toMatchObject({ signedIn: true, agency: 'tun-garde-nationale' });
    await service.api.delete('/session').set(browser).expect(204);
    const { body, headers } = await read(browser);
    expect(body).toMatchObject({ signedIn: false, hasEnded: true });
    expect(setCookies(headers)).toEqual([CLEARED]);
  });
});

describe('a session ends', () => {
  test('by signing out, for other tabs and open streams as well', async () => {
    const browser = await signIn(service.api, key);
    const stream = await openStream({ port, headers: { Cookie: browser.Cookie! } });
    const { headers } = await service.api.delete('/session').set(browser).expect(204);
    expect(setCookies(headers)).toEqual([CLEARED]);
    await stream.ended;
    await expectEnded(browser);
    // signing out again is no error
    await service.api.delete('/session').set(browser).expect(204);
  });

  test('with its key, and so do its streams', async () => {
    const { id, key: own } = await newKey();
    const browser = await signIn(service.api, own);
    const stream = await openStream({ port, headers: { Cookie: browser.Cookie! } });
    await service.api.delete(`/v1/keys/${id}`).set(as(admin)).expect(204);
    await stream.ended;
    await expectEnded(browser);
  });

  test('when its key does: a rotation shortens it', async () => {
    const { id, key: own } = await newKey();
    const browser = await signIn(service.api, own);
    await service.api.post(`/v1/keys/${id}/rotation`).set(as(admin)).send({ overlapSeconds: 60 }).expect(201);
    const { body } = await service.api.get('/session').set(browser).expect(200);
    expect(body.endsInSeconds).toBeLessThanOrEqual(60);
  });

  test.each([
    ['by its age', sql`ends_at = now()`],
    ['without use', sql`last_used_at = now() - interval '31 minutes'`],
  ])('%s, and the purge deletes its row', async (_why, change) => {
    const browser = await signIn(service.api, key);
    const other = service.apiWith({ logger });
    const hash = hashOf(browser);
    await asTableOwner(service.db, sql`UPDATE base.session SET ${change} WHERE hash = ${hash}`);
    // a process that has not seen it yet
    const { body } = await other.get('/v1/incidents').set(browser).expect(401);
    expect(body.code).toBe('session-ended');
    await service.db.maintain('tripoint_purger', sql`SELECT base.purge_sessions(interval '30 minutes')`);
    const rows = await asTableOwner(service.db, sql`SELECT id FROM base.session WHERE hash = ${hash}`);
    expect(rows).toEqual([]);
  });

  test('not while it is used', async () => {
    const browser = await signIn(service.api, key);
    const hash = hashOf(browser);
    await asTableOwner(
      service.db,
      sql`UPDATE base.session SET last_used_at = now() - interval '20 minutes' WHERE hash = ${hash}`,
    );
    const [{ id }] = (await asTableOwner(
      service.db,
      sql`SELECT id FROM base.session WHERE hash = ${hash}`,
    )) as [{ id: string }];
    await service.db.query({ roles: [] }, sql`SELECT note_session_use(${[id]}::uuid[])`);
    const rows = await asTableOwner(
      service.db,
      sql`SELECT id FROM base.session WHERE hash = ${hash} AND last_used_at > now() - interval '1 minute'`,
    );
    expect(rows).toHaveLength(1);
  });

  test('when the service is opened after a restore', async () => {
    await signIn(service.api, key);
    await asTableOwner(service.db, sql`SELECT base.open_installation(NULL::uuid, 'a test')`);
    expect(await asTableOwner(service.db, sql`SELECT id FROM base.session`)).toEqual([]);
  });
});

describe('a request with a cookie and a header', () => {
  test('of the same key is answered, of different callers it is 400', async () => {
    const browser = await signIn(service.api, key);
    for (const headers of [as(key), { 'X-API-Key': key }])
      await service.api
        .get('/v1/me')
        .set({ ...browser, ...headers })
        .expect(200);
    for (const other of [admin, keyOf('DZA', 'reporter')]) {
      const { body } = await service.api
        .get('/v1/me')
        .set({ ...browser, ...as(other) })
        .expect(400);
      expect(body.code).toBe('session-differs');
    }
    // of a session that has ended only the header is left
    await service.api.delete('/session').set(browser).expect(204);
    const { body } = await service.api
      .get('/v1/me')
      .set({ ...browser, ...as(admin) })
      .expect(200);
    expect(body.credential).toBe('key');
  });
});

describe('the secret of a session', () => {
  test('is no key, and a key is no session', async () => {
    const browser = await signIn(service.api, key);
    await service.api.get('/v1/me').set(browser).expect(200);
    await service.api
      .get('/v1/me')
      .set(as(secretOf(browser)))
      .expect(401);
    await expectEnded({ Cookie: `tripoint-session=${key}` });
    await service.api
      .get('/v1/me')
      .set({ Cookie: `other=${secretOf(browser)}` })
      .expect(401);
  });

  test('is stored as a hash, which the service itself cannot read', async () => {
    const browser = await signIn(service.api, key);
    const rows = await asTableOwner<{ text: string }>(
      service.db,
      sql`SELECT s::text AS text FROM base.session AS s WHERE hash = ${hashOf(browser)}`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.text).not.toContain(secretOf(browser));
    const refused = service.db.query({ roles: [] }, sql`SELECT hash FROM base.session`);
    await expect(refused).rejects.toThrow();
  });

  test('and the key that was typed stand in no line of the log', async () => {
    const browser = await signIn(service.api, key);
    await service.api.get('/v1/incidents').set(browser).expect(200);
    await service.api.post('/session').set(OWN_PAGE).type('form').send({ key, return: '/' }).expect(303);
    await service.api.get('/session/callback?code=abc-def&state=ghi').expect(404);
    const lines = log.join('');
    expect(lines).toContain('"url":"/session"');
    for (const secret of [key, secretOf(browser), secretOf(browser).slice(-24), 'abc-def'])
      expect(lines.includes(secret)).toBe(false);
  });

  test('stands not in the audit log, where signing in and out do', async () => {
    const { headers } = await start({ key }).set('X-Request-Id', 'sign-in-1').expect(201);
    const browser = { ...OWN_PAGE, Cookie: cookieIn(headers) };
    await service.api.delete('/session').set(browser).set('X-Request-Id', 'sign-out-1').expect(204);
    const [entered] = await entriesOf(service.db, 'sign-in-1');
    const [left] = await entriesOf(service.db, 'sign-out-1');
    const by = { agency: 'tun-garde-nationale', country: 'TUN', collection: 'sessions', row_count: 1 };
    expect(entered).toMatchObject({ ...by, action: 'create', operation: 'startSession' });
    expect(left).toMatchObject({ ...by, action: 'remove', operation: 'endSession', target: entered!.target });
    expect(entered!.key_id).not.toBeNull();
    expect(JSON.stringify([entered, left])).not.toContain(secretOf(browser));
  });
});

describe('the cookie', () => {
  const secure = { 'X-Forwarded-Proto': 'https' };

  test('behind TLS is Secure, and its prefix keeps pages without TLS from setting it', async () => {
    const behind = service.apiWith({ trustProxy: 1, logger });
    const { headers } = await behind
      .post('/session')
      .set({ ...OWN_PAGE, ...secure })
      .send({ key })
      .expect(201);
    expect(setCookies(headers)).toEqual([
      expect.stringMatching(/^__Host-tripoint-session=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
    const cookie = cookieIn(headers);
    await behind
      .get('/v1/me')
      .set({ ...secure, Cookie: cookie })
      .expect(200);
    await behind
      .get('/v1/me')
      .set({ ...secure, Cookie: cookie.replace('__Host-', '') })
      .expect(401);
    const byUrl = service.apiWith({ publicUrl: 'https://tripoint.example', logger });
    const { headers: set } = await byUrl.post('/session').set(OWN_PAGE).send({ key }).expect(201);
    expect(cookieIn(set)).toMatch(/^__Host-/);
    // who is no trusted proxy does not say what is secure
    const { headers: plain } = await start({ key }, { ...OWN_PAGE, ...secure });
    expect(cookieIn(plain)).toMatch(/^tripoint-session=/);
  });

  test('of an exercise has its own name and path, and both worlds tell theirs', async () => {
    const root = '/exercises/autumn';
    const exercise = service.apiWith({ root, logger });
    const { headers } = await exercise.post(`${root}/session`).set(OWN_PAGE).send({ key }).expect(201);
    expect(setCookies(headers)).toEqual([
      expect.stringMatching(
        /^tripoint-autumn-session=[^;]+; Path=\/exercises\/autumn; HttpOnly; SameSite=Lax$/,
      ),
    ]);
    const actual = await signIn(service.api, admin);
    const both = { Cookie: `${actual.Cookie}; ${cookieIn(headers)}` };
    const inExercise = await exercise.get(`${root}/v1/me`).set(both).expect(200);
    const inActual = await service.api.get('/v1/me').set(both).expect(200);
    expect([inExercise.body.roles, inActual.body.roles]).toEqual([['reporter'], ['admin']]);
    await exercise.get(`${root}/v1/me`).set(actual).expect(401);
    const tls = service.apiWith({ root, publicUrl: 'https://tripoint.example', logger });
    const set = await tls.post(`${root}/session`).set(OWN_PAGE).send({ key }).expect(201);
    expect(cookieIn(set.headers)).toMatch(/^__Secure-tripoint-autumn-session=/);
  });
});

test('of more than 500 sessions of a key the one that was least used ends', async () => {
  const { id, key: own } = await newKey();
  const browser = await signIn(service.api, own);
  await asTableOwner(
    service.db,
    sql`INSERT INTO base.session (id, hash, key_id, agency, country, last_used_at, ends_at)
        SELECT gen_random_uuid(), sha256(n::text::bytea), ${id}::uuid, 'tun-garde-nationale', 'TUN',
          now() + make_interval(secs => n), now() + interval '1 hour'
        FROM generate_series(1, 499) AS n`,
  );
  await signIn(service.api, own);
  const rows = await asTableOwner(service.db, sql`SELECT id FROM base.session WHERE key_id = ${id}::uuid`);
  expect(rows).toHaveLength(500);
  const gone = await asTableOwner(
    service.db,
    sql`SELECT id FROM base.session WHERE hash = ${hashOf(browser)}`,
  );
  expect(gone).toEqual([]);
});
