import { spawn } from 'node:child_process';
import { type EventEmitter, once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import {
  type EmbeddedDatabase,
  type EmbeddedSettings,
  openEmbedded,
} from '../../src/db/embedded/embedded.ts';
import { eventually } from '../support/eventually.ts';

const MODULE = new URL('../../src/db/embedded/embedded.ts', import.meta.url).href;
// a function of PostgreSQL reads outside of its memory
const BREAKDOWN = `CREATE FUNCTION textout(int) RETURNS cstring LANGUAGE internal AS 'textout'; SELECT textout(-1)`;

let root: string;
let image: string;
let count = 0;
const sentences: string[] = [];
const opened: EmbeddedDatabase[] = [];

const log = (sentence: string) => void sentences.push(sentence);
const aFolder = () => join(root, `folder-${count++}`);

async function open(settings: Partial<EmbeddedSettings> = {}): Promise<EmbeddedDatabase> {
  const database = await openEmbedded({ folder: 'memory', image, log, ...settings });
  opened.push(database);
  return database;
}

async function aClient({ connection }: EmbeddedDatabase, settings: object = {}): Promise<pg.Client> {
  const client = new pg.Client({ ...connection, ...settings });
  client.on('error', () => {});
  await client.connect();
  return client;
}

async function query(database: EmbeddedDatabase, sql: string): Promise<unknown[]> {
  const client = await aClient(database);
  const { rows } = await client.query(sql).finally(() => client.end());
  return rows;
}

/** Begins a query that takes hours; resolves when the database in the folder runs it. */
async function runAway(client: pg.Client, folder: string): Promise<{ ended: Promise<unknown> }> {
  const { rows } = await client.query('SHOW data_directory');
  const ended = client.query(
    `COPY (SELECT 1) TO '${rows[0].data_directory}/it-runs'; SELECT count(*) FROM generate_series(1, 3000000000)`,
  );
  const outcome = ended.catch((error: Error) => error.message);
  await eventually(() => existsSync(join(folder, 'database', 'it-runs')));
  return { ended: outcome };
}

/** Ends the connection as a process that crashes does. */
const leave = (client: pg.Client) => void streamOf(client).destroy();
const streamOf = (client: pg.Client) => (client as unknown as { connection: Protocol }).connection.stream;

interface Protocol extends EventEmitter {
  stream: NodeJS.WritableStream & { destroy(): void };
  parse(query: object): void;
  bind(values: object): void;
  execute(portal: object): void;
}

/** Sends a statement as pg does, but not the Sync at its end, and leaves when it was carried out. */
async function leaveHalfway(client: pg.Client, sql: string): Promise<void> {
  const { connection } = client as unknown as { connection: Protocol };
  connection.parse({ text: sql, name: '', types: [] });
  connection.bind({ portal: '', statement: '', values: [] });
  const isCarriedOut = Promise.race([once(connection, 'commandComplete'), once(connection, 'errorMessage')]);
  connection.execute({ portal: '' });
  await isCarriedOut;
  leave(client);
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tripoint-embedded-'));
  image = join(root, 'image');
  const database = await openEmbedded({ folder: aFolder() });
  await query(
    database,
    `CREATE EXTENSION postgis;
     CREATE ROLE visitor;
     CREATE TABLE note (id integer PRIMARY KEY, text text);
     GRANT SELECT ON note TO visitor;
     INSERT INTO note VALUES (1, 'from the image')`,
  );
  await database.copyTo(image);
  await database.close();
}, 120_000);
beforeEach(() => void sentences.splice(0));
afterAll(() => rm(root, { recursive: true }));

describe('a database', () => {
  afterEach(() => Promise.all(opened.splice(0).map((database) => database.close())));

  test('is reached through a socket that only this user can reach, until it is closed', async () => {
    const database = await open();
    const { host } = database.connection;
    expect((await stat(host)).mode & 0o777).toBe(0o700);
    expect(await query(database, 'SELECT text FROM note')).toEqual([{ text: 'from the image' }]);
    await aClient(database);
    await database.close();
    await database.close();
    expect(existsSync(host)).toBe(false);
    expect(sentences).toEqual([]);
  });

  test('in a folder is new once, locks the folder, and keeps its data', async () => {
    const folder = aFolder();
    const first = await open({ folder });
    expect(first.isNew).toBe(true);
    await expect(open({ folder })).rejects.toThrow(`${folder} is in use by process ${process.pid}`);
    await query(first, `INSERT INTO note VALUES (2, 'kept')`);
    await first.close();
    expect(await readdir(folder)).toEqual(['database']);
    const second = await open({ folder });
    expect(second.isNew).toBe(false);
    expect(await query(second, 'SELECT text FROM note WHERE id = 2')).toEqual([{ text: 'kept' }]);
  });

  test('is created again after an interrupted first start', async () => {
    const folder = aFolder();
    await mkdir(join(folder, 'database', 'base'), { recursive: true });
    await writeFile(join(folder, 'database', 'PG_VERSION'), '18');
    await writeFile(join(folder, 'database.unfinished'), '');
    const database = await open({ folder });
    expect(database.isNew).toBe(true);
    expect(await query(database, 'SELECT id FROM note')).toEqual([{ id: 1 }]);
    expect(existsSync(join(folder, 'database.unfinished'))).toBe(false);
  });

  test('is not overwritten if it is incomplete', async () => {
    const folder = aFolder();
    await mkdir(join(folder, 'database'), { recursive: true });
    await expect(open({ folder })).rejects.toThrow(/not a whole database.*TRIPOINT_DATA/);
    expect(await readdir(folder)).toEqual(['database']);
  });

  test('loses no acknowledged commit to kill -9', async () => {
    const folder = aFolder();
    const acknowledged = await writeUntilKilled(folder, 300);
    const database = await open({ folder });
    const [row] = await query(database, 'SELECT max(id) AS id, count(*)::int AS count FROM note');
    expect(row).toMatchObject({ id: expect.any(Number) });
    const { id, count } = row as { id: number; count: number };
    expect(id).toBeGreaterThanOrEqual(acknowledged);
    expect(count).toBe(id);
  });
});

/** Lets another process insert notes, kills it after some, and answers the last id that it saw committed. */
async function writeUntilKilled(folder: string, rows: number): Promise<number> {
  const script = `
    const { openEmbedded } = await import('${MODULE}');
    const { default: pg } = await import('pg');
    const { connection } = await openEmbedded(${JSON.stringify({ folder, image })});
    const client = new pg.Client(connection);
    await client.connect();
    for (let id = 2; ; id++) {
      await client.query('INSERT INTO note VALUES ($1, $2)', [id, 'x'.repeat(500)]);
      process.send(id);
    }`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let last = 0;
  child.on('message', (id: number) => {
    last = id;
    if (id === rows) child.kill('SIGKILL');
  });
  await once(child, 'exit');
  return last;
}

describe('a session', () => {
  let database: EmbeddedDatabase;
  beforeAll(async () => {
    database = await openEmbedded({ folder: 'memory', image, log });
  });
  afterAll(() => database.close());

  const count = async () => (await query(database, 'SELECT count(*)::int AS count FROM note'))[0];

  test('inherits nothing from the previous session', async () => {
    const before = await aClient(database);
    await before.query(`SET search_path TO pg_catalog; SELECT set_config('tripoint.viewer', '7', false)`);
    await before.query('CREATE TEMP TABLE leftover (id integer)');
    await before.query({ name: 'one', text: 'SELECT 1' });
    await before.query('SET ROLE visitor');
    await before.end();
    const after = await aClient(database);
    const { rows } = await after.query({
      name: 'one',
      text: `SELECT current_user, current_setting('search_path') AS path,
                    current_setting('tripoint.viewer', true) AS viewer, to_regclass('leftover') AS leftover`,
    });
    expect(rows).toEqual([{ current_user: 'postgres', path: 'public', viewer: '', leftover: null }]);
    await after.end();
  });

  test('does not inherit a transaction', async () => {
    const before = await aClient(database);
    await before.query(`BEGIN`);
    await before.query(`INSERT INTO note VALUES (100, 'never committed')`);
    leave(before);
    expect(await count()).toEqual({ count: 1 });
  });

  test('does not inherit half a request', async () => {
    await leaveHalfway(await aClient(database), `INSERT INTO note VALUES (101, 'never committed')`);
    expect(await count()).toEqual({ count: 1 });
  });

  test('does not inherit a request that failed halfway', async () => {
    const before = await aClient(database);
    await before.query('BEGIN');
    await leaveHalfway(before, 'SELECT 1 / 0');
    expect(await count()).toEqual({ count: 1 });
  });

  test('waits for the previous session, and is refused if that stays', async () => {
    const first = await aClient(database);
    const second = new pg.Client(database.connection);
    let isServed = false;
    const served = second.connect().then(() => {
      isServed = true;
    });
    await once(streamOf(second), 'connect');
    for (let n = 0; n < 10; n++) await first.query('SELECT 1');
    expect(isServed).toBe(false);
    await first.end();
    const third = aClient(database);
    await served;
    await second.query('SELECT 1');
    await expect(third).rejects.toThrow('serves one connection at a time');
    await second.end();
  }, 20_000);

  test('can pipeline requests', async () => {
    const client = await aClient(database, { pipeline: true });
    const answers = await Promise.allSettled([
      client.query('SELECT $1::int AS one', [1]),
      client.query('SELECT 1 / 0'),
      client.query({ name: 'three', text: 'SELECT $1::int AS three', values: [3] }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await client.end();
  });

  test('continues after thousands of errors', async () => {
    const client = await aClient(database);
    for (let round = 0; round < 3_000; round++)
      await expect(client.query('SELECT 1 / 0')).rejects.toThrow('division by zero');
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await client.end();
  });

  test('gets an SQL error for an exception of GEOS, and each later question its own answer', async () => {
    const client = await aClient(database, { pipeline: true });
    const hull = client.query(
      'SELECT ST_ConcaveHull(ST_MakePoint(i, 0), 7) FROM generate_series(1, $1::int) AS i',
      [1],
    );
    const next = Array.from({ length: 4 }, (_, n) => client.query('SELECT $1::int AS n', [n]));
    await expect(hull).rejects.toMatchObject({ code: 'XX000', message: expect.stringMatching(/GEOS/) });
    const answers = await Promise.all(next);
    expect(answers.map(({ rows }) => rows)).toEqual([[{ n: 0 }], [{ n: 1 }], [{ n: 2 }], [{ n: 3 }]]);
    await client.end();
  });

  test('gets an SQL error for a recursion without end', async () => {
    const client = await aClient(database);
    await client.query(`CREATE FUNCTION deeper(i integer) RETURNS integer LANGUAGE plpgsql
                        AS $$ BEGIN RETURN deeper(i + 1); END $$`);
    await expect(client.query('SELECT deeper(1)')).rejects.toMatchObject({ code: '54001' });
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await client.end();
  });
});

describe('a database that is stuck or broken', () => {
  afterEach(() => Promise.all(opened.splice(0).map((database) => database.close())));

  test('is restarted during a runaway query, with all commits', async () => {
    const folder = aFolder();
    const database = await open({ folder });
    const client = await aClient(database);
    await client.query(`INSERT INTO note VALUES (2, 'committed')`);
    await client.query('BEGIN');
    await client.query(`INSERT INTO note VALUES (3, 'not committed')`);
    const { ended } = await runAway(client, folder);
    await Promise.all([database.restart(), database.restart()]);
    expect(await ended).toBe('Connection terminated unexpectedly');
    expect(sentences).toEqual(['The embedded database starts again.']);
    expect(await query(database, 'SELECT id FROM note ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test('restarts after a crash, which no client mistakes for an answer', async () => {
    const database = await open({ folder: aFolder() });
    await query(database, `INSERT INTO note VALUES (2, 'committed')`);
    await expect(query(database, BREAKDOWN)).rejects.toThrow('Connection terminated unexpectedly');
    await eventually(() =>
      query(database, 'SELECT 1').then(
        () => true,
        () => false,
      ),
    );
    expect(await query(database, 'SELECT id FROM note ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test('in memory restarts from its image, and says so', async () => {
    const database = await open();
    await query(database, 'DELETE FROM note');
    await database.restart();
    expect(sentences).toEqual([
      'The embedded database starts again from its image: nothing is kept in memory.',
    ]);
    expect(await query(database, 'SELECT id FROM note')).toEqual([{ id: 1 }]);
  });

  test('can be closed during a runaway query', async () => {
    const folder = aFolder();
    const database = await open({ folder });
    const { ended } = await runAway(await aClient(database), folder);
    await database.close();
    expect(await ended).toBe('Connection terminated unexpectedly');
  }, 30_000);
});

describe('upkeep', () => {
  afterEach(() => Promise.all(opened.splice(0).map((database) => database.close())));

  test("tables are analysed and vacuumed when idle, and the client's role stays", async () => {
    const folder = aFolder();
    const database = await open({ folder });
    const client = await aClient(database);
    await client.query(`CREATE TABLE large AS SELECT i AS id FROM generate_series(1, 1000) AS i;
                        DELETE FROM large WHERE id > 500`);
    await client.query('SET ROLE visitor');
    const path = await client.query(`SELECT pg_relation_filepath('large') AS file`);
    // VACUUM writes the visibility map
    await eventually(() => existsSync(join(folder, 'database', `${path.rows[0].file}_vm`)));
    const { rows } =
      await client.query(`SELECT n_dead_tup::int AS dead, n_mod_since_analyze::int AS changed, current_user
                                         FROM pg_stat_user_tables WHERE relname = 'large'`);
    expect(rows).toEqual([{ dead: 0, changed: 0, current_user: 'visitor' }]);
    await client.end();
  });

  test('tables are vacuumed although a client asks something small again and again', async () => {
    const folder = aFolder();
    const client = await aClient(await open({ folder }));
    await client.query(`CREATE TABLE large AS SELECT i AS id FROM generate_series(1, 1000) AS i;
                        DELETE FROM large WHERE id > 500`);
    const path = await client.query(`SELECT pg_relation_filepath('large') AS file`);
    await eventually(async () => {
      await client.query('SELECT 1');
      return existsSync(join(folder, 'database', `${path.rows[0].file}_vm`));
    });
    await client.end();
  });

  test('the write-ahead log is truncated while a client writes', async () => {
    const client = await aClient(await open());
    await client.query('CREATE TABLE wide (id integer, text text)');
    await eventually(async () => {
      await client.query(`INSERT INTO wide SELECT i, repeat('x', 1000) FROM generate_series(1, 10000) AS i`);
      const { rows } = await client.query(
        `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 / 1e6 AS written, sum(size)::float8 / 1e6 AS kept
         FROM pg_ls_waldir()`,
      );
      return rows[0].written > 400 && rows[0].kept < 300;
    }, 150_000);
    await client.end();
  });
});
