import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { image as makeImage } from '../../src/commands/image.command.ts';
import { openEmbedded } from '../../src/db/embedded/embedded.ts';
import { findImage } from '../../src/db/new.database.ts';
import { thisProgram } from '../../src/db/program.ts';
import { openSource } from '../../src/db/start.ts';
import { eventually } from '../support/eventually.ts';
import { serveGuarded } from '../support/guarded.ts';

let root: string;
let image: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tripoint-new-'));
  await makeImage();
  image = findImage()!;
}, 120_000);
afterAll(() => rm(root, { recursive: true }));

const at = (name: string) => join(root, name);
const nonceIn = (folder: string) => readFile(join(folder, 'installation'), 'utf8');

async function ask<Row extends object>(connection: pg.ClientConfig, text: string): Promise<Row[]> {
  const client = new pg.Client(connection);
  await client.connect();
  return (await client.query<Row>(text).finally(() => client.end())).rows;
}

interface Column {
  table: string;
  column: string;
  type: string;
}

const COLUMNS = `
  SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, NULL) AS type
  FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
  WHERE c.relnamespace = 'base'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped`;
/** What may tell one database from another. */
const TELLING = ['uuid', 'bytea', 'timestamp with time zone', 'xid8', 'pg_snapshot'];

async function filled(connection: pg.ClientConfig, columns: readonly Column[]): Promise<string[]> {
  const asked = columns.map(
    ({ table, column }) =>
      `SELECT '${table}.${column}' AS name WHERE EXISTS (SELECT FROM base.${table} WHERE ${column} IS NOT NULL)`,
  );
  const rows = await ask<{ name: string }>(connection, `${asked.join(' UNION ALL ')} ORDER BY 1`);
  return rows.map(({ name }) => name);
}

test('an image has the rows of the migrations alone: no nonce, no instant, no key, no secret', async () => {
  const { connection, close } = await openEmbedded({ folder: 'memory', image });
  const columns = await ask<Column>(connection, COLUMNS);
  const tables = (await filled(connection, columns)).map((name) => name.split('.')[0]);
  expect([...new Set(tables)]).toEqual([
    'audit_sealing',
    'feed',
    'incident_text_renewal',
    'kind_limit',
    'migration',
    'migration_lock',
    'reaction_rule',
    'schema_file',
    'schema_program',
    'world',
  ]);
  const telling = columns.filter(({ type }) => TELLING.includes(type));
  expect(await filled(connection, telling)).toEqual([
    // constants: nothing is sealed, no text is made again
    'audit_sealing.done',
    'incident_text_renewal.last_id',
    // when the build made it
    'migration.migration_time',
    'schema_file.applied_at',
  ]);
  const passwords = await ask(connection, 'SELECT rolname FROM pg_authid WHERE rolpassword IS NOT NULL');
  expect(passwords).toEqual([]);
  await close();
}, 60_000);

interface Feed {
  birth: string;
  secret: string;
  reset_mark: string;
}

test('two folders that began as one image have identities of their own, and a database put into the other one is noticed', async () => {
  const feeds: Feed[] = [];
  for (const folder of [at('one'), at('two')]) {
    const service = await serveGuarded({ TRIPOINT_DATA: folder });
    expect((await service.ask('/v1/borders')).status).toBe(200);
    await service.stop();
    const source = await openSource(
      { TRIPOINT_DATA: folder, DATABASE_POOL_SIZE: 1, STATEMENT_TIMEOUT_SECONDS: 60 },
      () => {},
    );
    await ask(source.ownerConnection, 'SELECT tripoint.begin_feed()');
    const [feed] = await ask<Feed>(
      source.ownerConnection,
      'SELECT birth, secret::text, reset_mark FROM base.feed',
    );
    feeds.push(feed!);
    await source.close();
  }
  for (const name of ['birth', 'secret', 'reset_mark'] as const)
    expect(feeds[0]![name]).not.toBe(feeds[1]![name]);
  expect(await nonceIn(at('one'))).not.toBe(await nonceIn(at('two')));
  await rm(join(at('two'), 'database'), { recursive: true });
  await cp(join(at('one'), 'database'), join(at('two'), 'database'), { recursive: true });
  const closed = await serveGuarded({ TRIPOINT_DATA: at('two') });
  expect(await closed.ask('/v1/borders')).toMatchObject({ status: 503, body: { code: 'restored' } });
  await closed.stop();
}, 120_000);

test('an image that other files made is not found', () => {
  const program = thisProgram();
  const [first, ...others] = program.schema;
  expect(findImage({ ...program })).toBe(image);
  for (const other of [
    { ...program, number: program.number + 1 },
    { ...program, migrations: program.migrations.slice(1) },
    { ...program, schema: [{ ...first!, checksum: 'another' }, ...others] },
  ])
    expect(findImage(other)).toBeUndefined();
});

test('a folder that was killed while its files were copied starts whole', async () => {
  const folder = at('killed');
  const module = new URL('../../src/db/embedded/embedded.ts', import.meta.url).href;
  const script = `const { openEmbedded } = await import('${module}'); await openEmbedded(${JSON.stringify({ folder, image })});`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: 'ignore',
  });
  await eventually(() => existsSync(join(folder, 'database', 'base')));
  child.kill('SIGKILL');
  await once(child, 'exit');
  const { connection, close } = await openEmbedded({ folder, image });
  expect(await ask(connection, 'SELECT count(*)::int > 100 AS whole FROM base.schema_file')).toEqual([
    { whole: true },
  ]);
  expect(existsSync(join(folder, 'database.unfinished'))).toBe(false);
  await close();
}, 60_000);
