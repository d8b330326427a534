import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import pg from 'pg';
import { openDatabase } from '../../src/db/database.ts';
import { asOwner, migrate } from '../../src/db/migrations.ts';
import { objectsOf } from '../../src/db/schema.apply.ts';
import { readCatalogue } from '../../src/db/schema.catalogue.ts';
import { migrationFiles, type SqlFile, schemaFiles } from '../../src/db/schema.files.ts';
import { requireFit } from '../../src/db/schema.fit.store.ts';
import { readCommitted } from '../support/committed.schema.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ isEmpty: true });
  await owner((knex) => migrate(knex));
});
afterAll(() => database.drop());

const owner = <T>(work: (knex: Knex) => Promise<T>) => asOwner(database.connection, work);
const ask = (text: string) => owner(async (knex) => (await knex.raw(text)).rows);

/** As if the database had been made by another text of these files. */
const outdate = (paths: string[]) =>
  owner((knex) => knex('base.schema_file').whereIn('path', paths).update({ checksum: 'another' }));

const structure = () => owner(readCatalogue);

test('the structure is that of schema/schema.sql (npm run schema writes it)', async () => {
  expect(await structure()).toBe(readCommitted('schema/schema.sql'));
});

test('migrating again does nothing', async () => {
  expect(await owner((knex) => migrate(knex))).toEqual([]);
});

test('names of migrations are numbered, each number once', () => {
  const numbers = migrationFiles().map(({ path }) =>
    Number(/^migrations\/(\d{4})_\w+\.sql$/.exec(path)?.[1]),
  );
  expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
  expect(numbers).not.toContain(Number.NaN);
});

test('a landed migration never changes: its checksum is that of migrations/checksums.sha256', () => {
  const lines = readCommitted('migrations/checksums.sha256').trim().split('\n');
  expect(migrationFiles().map(({ path, checksum }) => `${checksum}  ${path.split('/')[1]}`)).toEqual(lines);
});

test('each function, view and trigger is made by one file, and recorded with it', async () => {
  const made = schemaFiles().flatMap(objectsOf);
  expect(new Set(made).size).toBe(made.length);
  const found = await ask(`
    SELECT 'function ' || n.nspname || '.' || p.proname AS object FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('base', 'tripoint')
    UNION ALL SELECT 'view tripoint.' || relname FROM pg_class
    WHERE relkind = 'v' AND relnamespace = 'tripoint'::regnamespace
    UNION ALL SELECT 'trigger ' || tgname || ' ON ' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal`);
  const pinned = migrationFiles().flatMap(({ text }) =>
    [...text.matchAll(/^CREATE (?:FUNCTION|AGGREGATE) ([\w.]+)/gm)].map(([, name]) => `function ${name}`),
  );
  const dropped = migrationFiles().flatMap(({ text }) =>
    [...text.matchAll(/^DROP FUNCTION ([\w.]+)/gm)].map(([, name]) => `function ${name}`),
  );
  const kept = [...made, ...pinned.filter((name) => !dropped.includes(name))];
  const objects = found.map(({ object }: { object: string }) => object);
  expect(objects.sort()).toEqual(kept.sort());
  const recorded = await ask('SELECT unnest(objects) AS object FROM base.schema_file');
  expect(recorded.map(({ object }: { object: string }) => object).sort()).toEqual(made.sort());
});

test('a changed object is re-created, with its grants and its ENABLE ALWAYS guard', async () => {
  const before = await structure();
  await ask(`
    CREATE OR REPLACE FUNCTION base.cut_country() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
    DROP FUNCTION base.fire_overdue(int);
    CREATE FUNCTION base.fire_overdue(most bigint, less text) RETURNS text LANGUAGE sql AS 'SELECT 1::text';
    ALTER TABLE base.audit_entry DISABLE TRIGGER append_only;
    DROP VIEW tripoint.delivery`);
  expect(await structure()).not.toBe(before);
  const stale = [
    'schema/borders/country.triggers.sql',
    'schema/coordination/fire_overdue.function.sql',
    'schema/audit/audit_entry.triggers.sql',
  ];
  const lost = 'schema/webhooks/delivery.view.sql';
  await outdate(stale);
  expect((await owner((knex) => migrate(knex))).sort()).toEqual([...stale, lost].sort());
  expect(await structure()).toBe(before);
});

test('an object without a file is dropped', async () => {
  const before = await structure();
  await ask(`
    CREATE FUNCTION base.gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
    CREATE TRIGGER gone AFTER INSERT ON base.feed FOR EACH ROW EXECUTE FUNCTION base.gone();
    INSERT INTO base.schema_file (path, checksum, objects)
    VALUES ('schema/feed/gone.triggers.sql', 'x', ARRAY['function base.gone', 'trigger gone ON base.feed'])`);
  expect(await owner((knex) => migrate(knex))).toEqual(['schema/feed/gone.triggers.sql (removed)']);
  expect(await structure()).toBe(before);
});

test('a database whose migration was edited since, or whose schema is another, is not ready', async () => {
  const ready = async () => {
    const db = openDatabase({ ...database, statementTimeoutSeconds: 10 });
    try {
      await requireFit(db);
      return 'ready';
    } catch (error) {
      return (error as Error).message;
    } finally {
      await db.close();
    }
  };
  expect(await ready()).toBe('ready');
  await outdate(['schema/core/utc.function.sql']);
  expect(await ready()).toMatch(
    /^1 files of schema\/ differ .*schema\/core\/utc.function.sql.* npm run migrate$/,
  );
  await owner((knex) => migrate(knex));
  expect(await ready()).toBe('ready');

  const [{ checksum }] = await ask(`SELECT checksum FROM base.schema_file WHERE path LIKE '%/0005%'`);
  await outdate(['migrations/0005_crossings.sql']);
  expect(await ready()).toMatch(/^migrations\/0005_crossings.sql changed after it had made this database/);
  await expect(owner((knex) => migrate(knex))).rejects.toThrow(/Bring the file back/);
  await ask(`UPDATE base.schema_file SET checksum = '${checksum}' WHERE path LIKE '%/0005%'`);
});

test('a database made before the first release, or by a newer version, is refused with what to do', async () => {
  const withMigration = async (name: string) => {
    await ask(`INSERT INTO base.migration (name, batch, migration_time) VALUES ('${name}', 9, now())`);
    const refusal = await owner((knex) => migrate(knex)).catch((error: Error) => error.message);
    await ask(`DELETE FROM base.migration WHERE name = '${name}'`);
    return refusal;
  };
  expect(await withMigration('20261123090000_create_foundation')).toMatch(/Use a new database/);
  expect(await withMigration('0999_from_the_future')).toMatch(/newer version.*0999_from_the_future/);
});

const file = (name: string, text: string): SqlFile => ({
  path: `migrations/${name}.sql`,
  text,
  checksum: name,
});

test('a migration can run outside a transaction', async () => {
  const before = await structure();
  const files = [
    ...migrationFiles(),
    file('0801_column', 'ALTER TABLE base.feed ADD COLUMN extra int;'),
    file(
      '0802_index',
      '-- outside a transaction: writers go on\nCREATE INDEX CONCURRENTLY feed_extra_idx ON base.feed (extra)',
    ),
    file(
      '0803_undo',
      `ALTER TABLE base.feed DROP COLUMN extra; COMMENT ON COLUMN base.feed.is_one IS 'Really?';`,
    ),
  ];
  const names = ['0801_column', '0802_index', '0803_undo'];
  expect(await owner((knex) => migrate(knex, { files }))).toEqual(names);
  await ask(`COMMENT ON COLUMN base.feed.is_one IS NULL; DELETE FROM base.schema_file WHERE path ~ '/080'`);
  await ask(`DELETE FROM base.migration WHERE name LIKE '08%'`);
  expect(await structure()).toBe(before);
});

test('a failed migration leaves nothing behind, and the views stay', async () => {
  const before = await structure();
  const files = [
    ...migrationFiles(),
    file('0801_column', 'ALTER TABLE base.feed ADD COLUMN extra int;'),
    file('0802_wrong', 'ALTER TABLE base.nothing ADD COLUMN extra int;'),
  ];
  await expect(owner((knex) => migrate(knex, { files }))).rejects.toThrow(/base.nothing/);
  expect(await structure()).toBe(before);
});

test('while a lock is held, it names the holder, and continues after it', async () => {
  // the embedded database has one connection
  if (database.isEmbedded) return;
  const reader = new pg.Client({ ...database.connection, application_name: 'a long reader' });
  await reader.connect();
  await reader.query('BEGIN');
  await reader.query('SELECT count(*) FROM tripoint.delivery');
  await outdate(['schema/core/utc.function.sql']);
  const said: string[] = [];
  const log = (sentence: string) => {
    said.push(sentence);
    void reader.query('COMMIT');
  };
  expect(await owner((knex) => migrate(knex, { log }))).toEqual(['schema/core/utc.function.sql']);
  expect(said[0]).toMatch(
    /process \d+ \(a long reader, idle in transaction for \d+ s\) holds a lock. Trying again.$/,
  );
  await reader.end();
});
