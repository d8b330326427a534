import { afterEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { ANONYMOUS } from '../../src/core/caller.ts';
import { openDatabase } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { eventually } from '../support/eventually.ts';
import { serveGuarded } from '../support/guarded.ts';
import { createServerDatabase, dropServerDatabase } from '../support/server.database.ts';
import { keyOf } from '../support/service.ts';

// the embedded database cannot be exchanged under a service: its folder is locked
const onServer = process.env.TEST_DATABASE_URL ? describe : describe.skip;

const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

async function database(template: string): Promise<string> {
  const { name, connection } = await createServerDatabase(template);
  ending.push(() => dropServerDatabase(name));
  return connection.connectionString;
}

const nameOf = (url: string): string => new URL(url).pathname.slice(1);

/** Puts one database in the place of another, faster than anybody does it by hand. */
async function exchange(url: string, other: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
  await client.connect();
  await client.query(`DROP DATABASE ${nameOf(url)} WITH (FORCE)`);
  await client.query(`ALTER DATABASE ${nameOf(other)} RENAME TO ${nameOf(url)}`);
  await client.end();
}

/** A service that compares when told to, and a copy of its database. */
async function serveBesideCopy() {
  const url = await database(process.env.TRIPOINT_TEST_TEMPLATE!);
  await (await serveGuarded({ DATABASE_URL: url })).stop();
  const copy = await database(nameOf(url));
  const service = await serveGuarded(
    { DATABASE_URL: url, DATABASE_JOBS_URL: url },
    { lookEveryMs: 3_600_000 },
  );
  ending.push(service.stop);
  return { service, exchange: () => exchange(url, copy) };
}

/** The first answer that is not about a session that ends, of which the service has not heard yet. */
async function answerTo<T extends { code?: unknown }>(ask: () => Promise<T>): Promise<T> {
  let answer: T | undefined;
  await eventually(async () => {
    answer = await ask();
    return answer.code !== 'database-away';
  });
  return answer!;
}

const one = sql`SELECT 1 AS one`;

onServer('a database that is exchanged between two comparisons', () => {
  test('is not read by a request: the first one is told so, and closes the service', async () => {
    const { service, exchange } = await serveBesideCopy();
    const key = keyOf('TUN', 'reporter');
    expect((await service.ask('/v1/incidents', { key })).status).toBe(200);
    await exchange();
    const answer = await answerTo(async () => {
      const { status, body } = await service.ask('/v1/incidents', { key });
      return { status, code: body.code };
    });
    expect(answer).toEqual({ status: 503, code: 'restored' });
    await eventually(() => service.log.some(({ msg }) => msg.startsWith('restored: ')));
    for (const path of ['/v1/borders', '/v1/incidents', '/readyz'])
      expect((await service.ask(path, { key })).body.code).toBe('restored');
  }, 60_000);

  test('is not read by statements apart, nor written by jobs with a login of their own', async () => {
    const { service, exchange } = await serveBesideCopy();
    const { db } = service;
    const refusalOf = async (ask: () => Promise<unknown>): Promise<unknown> =>
      (
        await answerTo<{ code?: unknown }>(() =>
          ask().then(
            () => ({ code: 'answered' }),
            ({ code }) => ({ code }),
          ),
        )
      ).code;
    await db.apart().query(ANONYMOUS, one);
    await exchange();
    expect({
      apart: await refusalOf(() => db.apart().query(ANONYMOUS, one)),
      jobs: await refusalOf(() => db.maintain('tripoint_sealer', one)),
      jobsApart: await refusalOf(() => db.apart().maintain('tripoint_alerter', one)),
      service: await refusalOf(() => db.query(ANONYMOUS, one)),
    }).toEqual({ apart: 'restored', jobs: 'restored', jobsApart: 'restored', service: 'restored' });
  }, 60_000);

  test('is compared over each new connection itself, once', async () => {
    const { connection } = await createServerDatabase();
    ending.push(() => dropServerDatabase(nameOf(connection.connectionString)));
    const db = openDatabase({
      connection,
      poolSize: 2,
      statementTimeoutSeconds: 20,
    });
    ending.push(db.close);
    const session = sql`SELECT pg_backend_pid() AS pid`;
    const compared: number[] = [];
    db.admit(async (there) => {
      compared.push((await there!.queryOne<{ pid: number }>(ANONYMOUS, session)).pid);
    });
    for (const place of [db, db, db.apart(), db.apart()]) {
      const { pid } = await place.queryOne<{ pid: number }>(ANONYMOUS, session);
      expect(compared.at(-1)).toBe(pid);
    }
    expect(compared).toHaveLength(2);
  }, 60_000);
});
