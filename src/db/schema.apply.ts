import type { Knex } from 'knex';
import { type SchemaProgram, thisProgram } from './program.ts';
import { type SqlFile, schemaFiles } from './schema.files.ts';

/** A recorded object of a schema/ file: `function base.cut_border`, `trigger cut_border ON base.border`. */
export const objectsOf = ({ text }: SqlFile): string[] => [
  ...[...text.matchAll(/^CREATE OR REPLACE FUNCTION ([\w.]+)/gm)].map(([, name]) => `function ${name}`),
  ...[...text.matchAll(/^CREATE VIEW ([\w.]+)/gm)].map(([, name]) => `view ${name}`),
  ...[...text.matchAll(/^CREATE (?:CONSTRAINT )?TRIGGER (\w+)\b[^;]*? ON (base\.\w+)/gm)].map(
    ([, name, table]) => `trigger ${name} ON ${table}`,
  ),
];

interface Recorded {
  path: string;
  checksum: string;
  objects: string[];
}

/** The files that differ from their records, and the records of removed files. */
export async function schemaDifferences(knex: Knex): Promise<{ changed: SqlFile[]; gone: Recorded[] }> {
  const recorded = await recordedFiles(knex);
  const checksums = new Map(recorded.map(({ path, checksum }) => [path, checksum]));
  const paths = new Set(schemaFiles().map(({ path }) => path));
  return {
    changed: schemaFiles().filter(({ path, checksum }) => checksums.get(path) !== checksum),
    gone: recorded.filter(({ path }) => !paths.has(path)),
  };
}

async function recordedFiles(knex: Knex): Promise<Recorded[]> {
  const { rows } = await knex.raw(
    `SELECT path, checksum, objects FROM base.schema_file WHERE path LIKE 'schema/%' ORDER BY path`,
  );
  return rows;
}

/**
 * Brings functions, views and triggers up to date with schema/. All views are re-created, because any of them may depend
 * on a change; functions and triggers only if their file has changed.
 */
export async function applySchema(trx: Knex.Transaction): Promise<void> {
  await runSql(trx, 'SET LOCAL check_function_bodies = off');
  await dropViews(trx);
  const { changed, gone } = await schemaDifferences(trx);
  const old = await recordedObjects(
    trx,
    [...changed, ...gone].map(({ path }) => path),
  );
  await dropTriggers(trx, old);
  await dropUnused(trx, old);
  for (const file of schemaFiles()) {
    if (file.path.endsWith('.view.sql') || changed.includes(file)) await runFile(trx, file);
  }
  await dropRemoved(trx, old);
  await closeEnded(trx);
  await record(trx, changed, gone);
  await recordProgram(trx);
}

/** Has a file applied again that lost a function, a view or a trigger: a restore may lose one without a trace in the checksums. */
export async function markLost(knex: Knex): Promise<void> {
  await knex.raw(`
    UPDATE base.schema_file AS f SET checksum = 'lost'
    FROM (SELECT path, regexp_split_to_array(unnest(objects), ' ') AS words FROM base.schema_file) AS o
    WHERE f.path = o.path AND f.path LIKE 'schema/%' AND f.checksum <> 'lost' AND NOT CASE o.words[1]
      WHEN 'view' THEN to_regclass(o.words[2]) IS NOT NULL
      WHEN 'function' THEN EXISTS (
        SELECT FROM pg_proc AS p WHERE p.pronamespace::regnamespace || '.' || p.proname = o.words[2])
      ELSE EXISTS (SELECT FROM pg_trigger AS t WHERE t.tgname = o.words[2] AND t.tgrelid = to_regclass(o.words[4]))
      END`);
}

/** Says which programs may run on the schema of this one. */
async function recordProgram(trx: Knex): Promise<void> {
  const { number, oldest } = thisProgram();
  const row = { is_only: true, program: number, oldest_program: oldest };
  await trx('base.schema_program').insert(row).onConflict('is_only').merge();
}

export async function recordedProgram(knex: Knex): Promise<SchemaProgram | undefined> {
  const { rows } = await knex.raw(`SELECT to_regclass('base.schema_program') IS NOT NULL AS found`);
  return rows[0].found ? knex('base.schema_program').first('program', 'oldest_program') : undefined;
}

export async function dropViews(trx: Knex.Transaction): Promise<void> {
  const { rows } = await trx.raw(`SELECT string_agg(c.oid::regclass::text, ', ') AS views
    FROM pg_class AS c WHERE c.relnamespace = 'tripoint'::regnamespace AND c.relkind = 'v'`);
  if (rows[0].views) await runSql(trx, `DROP VIEW ${rows[0].views} CASCADE`);
}

async function recordedObjects(trx: Knex.Transaction, paths: string[]): Promise<string[]> {
  const recorded = await recordedFiles(trx);
  return recorded.filter(({ path }) => paths.includes(path)).flatMap(({ objects }) => objects);
}

async function dropTriggers(trx: Knex.Transaction, objects: readonly string[]): Promise<void> {
  const triggers = objects.filter((object) => object.startsWith('trigger '));
  await runSql(trx, triggers.map((trigger) => `DROP TRIGGER IF EXISTS ${trigger.slice(8)};`).join('\n'));
}

const functionNames = (objects: readonly string[]): string[] =>
  objects.filter((object) => object.startsWith('function ')).map((object) => object.slice(9));

/** A function may come back with another signature, which CREATE OR REPLACE refuses. Triggers of other files keep theirs. */
async function dropUnused(trx: Knex.Transaction, objects: readonly string[]): Promise<void> {
  const { rows } = await trx.raw(
    `SELECT string_agg(p.oid::regprocedure::text, ', ') AS functions
     FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
     WHERE n.nspname || '.' || p.proname = ANY (:names) AND NOT EXISTS (
       SELECT FROM pg_depend AS d WHERE d.refclassid = 'pg_proc'::regclass AND d.refobjid = p.oid AND d.deptype = 'n')`,
    { names: functionNames(objects) },
  );
  if (rows[0].functions) await runSql(trx, `DROP FUNCTION ${rows[0].functions}`);
}

/** Fails with PostgreSQL's message if something still uses a removed object. */
async function dropRemoved(trx: Knex.Transaction, objects: readonly string[]): Promise<void> {
  const made = new Set(schemaFiles().flatMap(objectsOf));
  const removed = functionNames(objects.filter((object) => !made.has(object)));
  if (removed.length > 0) await runSql(trx, `DROP FUNCTION IF EXISTS ${removed.join(', ')}`);
}

/** A new table of an exercise that has ended is read-only too. */
const closeEnded = (trx: Knex.Transaction) =>
  runSql(trx, 'SELECT base.close_world() FROM base.world WHERE ended_at IS NOT NULL');

async function runFile(trx: Knex.Transaction, { path, text }: SqlFile): Promise<void> {
  await runSql(trx, text).catch((cause) => {
    throw Object.assign(new Error(`${path}: ${cause.message}`, { cause }), { code: cause.code });
  });
}

async function record(
  trx: Knex.Transaction,
  changed: readonly SqlFile[],
  gone: readonly Recorded[],
): Promise<void> {
  const paths = gone.map(({ path }) => path);
  if (paths.length > 0) await trx('base.schema_file').whereIn('path', paths).delete();
  await recordFiles(trx, changed);
}

export async function recordFiles(trx: Knex, files: readonly SqlFile[]): Promise<void> {
  if (files.length === 0) return;
  const rows = files.map((file) => ({
    path: file.path,
    checksum: file.checksum,
    // a migration may replace a function that tables depend on, and makes nothing that is applied again
    objects: file.path.startsWith('schema/') ? objectsOf(file) : [],
    applied_at: trx.fn.now(),
  }));
  await trx('base.schema_file').insert(rows).onConflict('path').merge();
}

/** Question marks are part of the text here, not places for values. */
export async function runSql(knex: Knex, text: string): Promise<void> {
  if (text.trim() !== '') await knex.raw(text.replaceAll('?', '\\?'));
}
