import { basename, dirname } from 'node:path';
import type { Database } from '../../src/db/database.ts';
import { migrationFiles, schemaFiles } from '../../src/db/schema.files.ts';
import { type Sql, sql } from '../../src/db/sql.ts';
import { asTableOwner } from './audit.ts';

/** What the catalogue and the files say about the database, for docs/database.md. */

export interface Column {
  table: string;
  name: string;
  type: string;
  nullable: boolean;
  generated: string | null;
  isKey: boolean;
  comment: string | null;
}

export interface ForeignKey {
  table: string;
  columns: string[];
  target: string;
  cascades: boolean;
  isUnique: boolean;
  nullable: boolean;
}

export interface Check {
  table: string;
  name: string;
  definition: string;
  comment: string | null;
  /** It has a name that says the rule, and not one that PostgreSQL gave it. */
  isNamed: boolean;
}

export interface Trigger {
  table: string;
  name: string;
  /** before or after */
  moment: string;
  events: string[];
  level: 'each row' | 'the statement';
  function: string;
  comment: string | null;
  isConstraint: boolean;
}

export interface View {
  name: string;
  comment: string | null;
  rights: string;
}

interface Table {
  name: string;
  comment: string | null;
}

export interface RoleRight {
  role: string;
  object: string;
  rights: string;
}

export interface DatabaseObjects {
  tables: Table[];
  columns: Column[];
  foreignKeys: ForeignKey[];
  checks: Check[];
  triggers: Trigger[];
  views: View[];
  rights: RoleRight[];
  /** By name, without the schema. */
  functionComments: Map<string, string>;
  deferredTriggers: string[];
}

const tables = sql`
  SELECT c.relname AS name, obj_description(c.oid, 'pg_class') AS comment FROM pg_class AS c
  WHERE c.relnamespace = 'base'::regnamespace AND c.relkind = 'r' AND c.relname NOT IN ('migration', 'migration_lock')
  ORDER BY c.relname`;

const columns = sql`
  SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable,
    CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END AS generated,
    EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)) AS "isKey",
    col_description(c.oid, a.attnum) AS comment
  FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
  LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relnamespace = 'base'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY c.relname, a.attnum`;

const foreignKeys = sql`
  SELECT c.relname AS table, f.relname AS target, k.confdeltype = 'c' AS cascades,
    ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS n (attnum, ord)
      JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = n.attnum ORDER BY n.ord) AS columns,
    EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = c.oid AND i.indisunique AND i.indpred IS NULL
      AND (i.indkey::int2[])[0:i.indnkeyatts - 1] <@ k.conkey) AS "isUnique",
    EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum = ANY (k.conkey) AND NOT a.attnotnull) AS nullable
  FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid JOIN pg_class AS f ON f.oid = k.confrelid
  WHERE k.contype = 'f' AND c.relnamespace = 'base'::regnamespace
  ORDER BY c.relname, k.conname`;

const checks = sql`
  SELECT c.relname AS table, k.conname AS name, pg_get_constraintdef(k.oid) AS definition,
    obj_description(k.oid, 'pg_constraint') AS comment, k.conname !~ '_check[0-9]*$' AS "isNamed"
  FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid
  WHERE k.contype = 'c' AND c.relnamespace = 'base'::regnamespace AND c.relkind = 'r'
  UNION ALL
  SELECT c.relname, n.relname,
    regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE (UNIQUE) INDEX .* USING btree ', '\\1 '),
    obj_description(i.indexrelid, 'pg_class'), true
  FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indrelid JOIN pg_class AS n ON n.oid = i.indexrelid
  WHERE i.indisunique AND c.relnamespace = 'base'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = i.indexrelid)
  ORDER BY 1, 2`;

// In the order in which they fire: before each row, after each row, after the statement, and then by name.
const triggers = sql`
  SELECT c.relname AS table, t.tgname AS name, p.proname AS function, obj_description(p.oid, 'pg_proc') AS comment,
    t.tgconstraint <> 0 AS "isConstraint", m.moment, m.events, m.level
  FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_proc AS p ON p.oid = t.tgfoid
  CROSS JOIN LATERAL (
    SELECT CASE WHEN t.tgtype & 2 <> 0 THEN 'before' ELSE 'after' END AS moment,
      array_remove(ARRAY[CASE WHEN t.tgtype & 4 <> 0 THEN 'insert' END, CASE WHEN t.tgtype & 16 <> 0 THEN 'update' END,
        CASE WHEN t.tgtype & 8 <> 0 THEN 'delete' END, CASE WHEN t.tgtype & 32 <> 0 THEN 'truncate' END], NULL) AS events,
      CASE WHEN t.tgtype & 1 <> 0 THEN 'each row' ELSE 'the statement' END AS level
  ) AS m
  WHERE c.relnamespace = 'base'::regnamespace AND NOT t.tgisinternal
  ORDER BY c.relname, m.moment DESC, m.level, t.tgname`;

const views = sql`
  SELECT c.relname AS name, obj_description(c.oid, 'pg_class') AS comment,
    (SELECT string_agg(r.name, ', ' ORDER BY r.name) FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS r (name)
     WHERE has_table_privilege('tripoint_service', c.oid, r.name)
       OR r.name <> 'DELETE' AND has_any_column_privilege('tripoint_service', c.oid, r.name)) AS rights
  FROM pg_class AS c WHERE c.relnamespace = 'tripoint'::regnamespace AND c.relkind = 'v'
  ORDER BY c.relname`;

const rights = sql`
  SELECT g.role, g.object, string_agg(DISTINCT lower(g.privilege), ', ' ORDER BY lower(g.privilege)) AS rights
  FROM (
    SELECT x.grantee::regrole::text AS role, n.nspname || '.' || c.relname AS object, x.privilege_type AS privilege
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace, aclexplode(c.relacl) AS x
    WHERE n.nspname IN ('base', 'tripoint') AND c.relkind IN ('r', 'v') AND x.grantee <> c.relowner
    UNION ALL
    SELECT x.grantee::regrole::text, n.nspname || '.' || c.relname, x.privilege_type
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace JOIN pg_attribute AS a ON a.attrelid = c.oid,
      aclexplode(a.attacl) AS x
    WHERE n.nspname IN ('base', 'tripoint') AND x.grantee <> c.relowner
    UNION ALL
    SELECT x.grantee::regrole::text, n.nspname || '.' || p.proname || '()', x.privilege_type
    FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace, aclexplode(p.proacl) AS x
    WHERE n.nspname IN ('base', 'tripoint') AND x.grantee <> p.proowner
  ) AS g
  WHERE g.role LIKE 'tripoint\\_%'
  GROUP BY g.role, g.object ORDER BY g.role, g.object COLLATE "C"`;

const functions = sql`
  SELECT p.proname AS name, obj_description(p.oid, 'pg_proc') AS comment FROM pg_proc AS p
  WHERE p.pronamespace IN ('base'::regnamespace, 'tripoint'::regnamespace) AND obj_description(p.oid, 'pg_proc') IS NOT NULL`;

const deferred = sql`
  SELECT t.tgrelid::regclass || ' ' || t.tgname AS name FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
  WHERE c.relnamespace = 'base'::regnamespace AND (t.tgdeferrable OR t.tgconstraint <> 0 AND NOT t.tgisinternal)`;

export async function readObjects(db: Database): Promise<DatabaseObjects> {
  const ask = <Row>(statement: Sql) => asTableOwner<Row>(db, statement);
  const comments = await ask<{ name: string; comment: string }>(functions);
  return {
    tables: await ask<Table>(tables),
    columns: await ask<Column>(columns),
    foreignKeys: await ask<ForeignKey>(foreignKeys),
    checks: await ask<Check>(checks),
    triggers: await ask<Trigger>(triggers),
    views: await ask<View>(views),
    rights: await ask<RoleRight>(rights),
    functionComments: new Map(comments.map(({ name, comment }) => [name, comment])),
    deferredTriggers: (await ask<{ name: string }>(deferred)).map(({ name }) => name),
  };
}

/** The room of a table: the folder of its triggers or of its view, else the name of its migration. */
export function roomsOfTables(): Map<string, string> {
  const rooms = new Map<string, string>();
  for (const { path, text } of migrationFiles())
    for (const [, table] of text.matchAll(/^CREATE (?:UNLOGGED )?TABLE base\.(\w+)/gm))
      rooms.set(table!, basename(path).replace(/^\d+_(\w+)\.sql$/, '$1'));
  for (const { path } of schemaFiles()) {
    const [, table] = /(\w+)\.(?:view|triggers)\.sql$/.exec(path) ?? [];
    if (table && rooms.has(table)) rooms.set(table, basename(dirname(path)));
  }
  return rooms;
}

/** The files of migrations/ and of schema/ by what they make. */
export const fileOf = (made: string): string | undefined =>
  [...schemaFiles(), ...migrationFiles()].find(({ text }) => text.includes(made))?.path;

/** What stands in `-- Test: test/a.test.ts, test/b.test.ts` above a function, by its name without the schema. */
export function testsOfFunctions(): Map<string, string[]> {
  const tests = new Map<string, string[]>();
  for (const { text } of schemaFiles())
    for (const [, comment, name] of text.matchAll(
      /((?:^--.*\n)+)CREATE OR REPLACE FUNCTION (?:base|tripoint)\.(\w+)/gm,
    )) {
      const line = /^-- Test: (.+)$/m.exec(comment!)?.[1];
      if (line) tests.set(name!, line.split(', '));
    }
  return tests;
}

/** The roles that migrations/ makes, each with the sentence behind its name in a comment. */
export function rolesInWords(): [role: string, sentence: string][] {
  const text = migrationFiles()[0]!.text;
  return [...text.matchAll(/^-- (tripoint_\w+): (.+)$/gm)].map(([, role, sentence]) => [role!, sentence!]);
}
