import type { Knex } from 'knex';

/**
 * The structure of the schemas base and tripoint as text, one row per object, identical on every supported server version.
 * Function bodies are hashed with normalised white space; view bodies are those of schema/. Runs with
 * `search_path = pg_catalog`, so that every name is qualified.
 */
export const CATALOGUE = `
WITH ours AS (
  SELECT n.oid, n.nspname, n.nspacl, n.nspowner FROM pg_namespace AS n WHERE n.nspname IN ('base', 'tripoint')
), relation AS (
  SELECT c.oid, c.relkind, c.relacl, c.relowner, c.reloptions, o.nspname || '.' || c.relname AS name
  FROM pg_class AS c JOIN ours AS o ON o.oid = c.relnamespace
  WHERE c.relname NOT IN ('migration', 'migration_lock')
), grants (object, owner, acl, holder) AS (
  SELECT 'schema ' || o.nspname, o.nspowner, o.nspacl, NULL FROM ours AS o
  UNION ALL SELECT r.name, r.relowner, r.relacl, NULL FROM relation AS r WHERE r.relkind IN ('r', 'v', 'p')
  UNION ALL SELECT r.name, r.relowner, a.attacl, quote_ident(a.attname)
  FROM relation AS r JOIN pg_attribute AS a ON a.attrelid = r.oid WHERE a.attacl IS NOT NULL
  UNION ALL SELECT p.oid::regprocedure::text, p.proowner, coalesce(p.proacl, acldefault('f', p.proowner)), NULL
  FROM pg_proc AS p JOIN ours AS o ON o.oid = p.pronamespace
), columns AS (
  SELECT r.oid, r.name, r.relkind, a.attnum, a.attname, format('%I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END,
    CASE
      WHEN a.attidentity <> '' THEN ' GENERATED ALWAYS AS IDENTITY'
      WHEN a.attgenerated <> '' THEN format(' GENERATED ALWAYS AS (%s) STORED', pg_get_expr(d.adbin, d.adrelid))
      WHEN d.adbin IS NOT NULL THEN ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)
      ELSE '' END) AS definition,
    col_description(r.oid, a.attnum) AS comment
  FROM relation AS r JOIN pg_attribute AS a ON a.attrelid = r.oid
  LEFT JOIN pg_attrdef AS d ON d.adrelid = r.oid AND d.adnum = a.attnum
  WHERE r.relkind IN ('r', 'p', 'v', 'c') AND a.attnum > 0 AND NOT a.attisdropped
), object (rank, kind, name, definition) AS (
  SELECT 1, 'role', r.rolname::text, concat_ws(' ', 'ROLE', r.rolname, CASE WHEN r.rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END,
    CASE WHEN r.rolinherit THEN 'INHERIT' ELSE 'NOINHERIT' END, CASE WHEN r.rolsuper THEN 'SUPERUSER' END)
  FROM pg_roles AS r WHERE r.rolname LIKE 'tripoint\\_%' AND NOT r.rolcanlogin
  UNION ALL
  SELECT 2, CASE c.relkind WHEN 'v' THEN 'view' WHEN 'c' THEN 'type' ELSE 'table' END, c.name,
    format(E'%s %s%s (\\n%s\\n)', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END, c.name,
      (SELECT ' WITH (' || array_to_string(r.reloptions, ', ') || ')' FROM relation AS r WHERE r.oid = c.oid),
      string_agg('  ' || c.definition, E',\\n' ORDER BY c.attnum))
  FROM columns AS c GROUP BY c.oid, c.name, c.relkind
  UNION ALL
  SELECT 3, 'constraint', r.name || ' ' || k.conname, format('CONSTRAINT %s ON %s %s%s', k.conname, r.name, pg_get_constraintdef(k.oid),
    CASE WHEN k.convalidated THEN '' ELSE ' NOT VALID' END)
  FROM pg_constraint AS k JOIN relation AS r ON r.oid = k.conrelid WHERE k.contype IN ('p', 'u', 'f', 'c', 'x')
  UNION ALL
  SELECT 4, 'index', r.name || ' ' || i.indexrelid::regclass, pg_get_indexdef(i.indexrelid)
  FROM pg_index AS i JOIN relation AS r ON r.oid = i.indrelid
  WHERE NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
  UNION ALL
  SELECT 5, CASE p.prokind WHEN 'a' THEN 'aggregate' ELSE 'function' END, p.oid::regprocedure::text, concat_ws(' ',
    CASE p.prokind WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END,
    o.nspname || '.' || p.proname || '(' || pg_get_function_arguments(p.oid) || ')',
    'RETURNS ' || pg_get_function_result(p.oid), 'LANGUAGE ' || l.lanname,
    CASE p.provolatile WHEN 'i' THEN 'IMMUTABLE' WHEN 's' THEN 'STABLE' ELSE 'VOLATILE' END,
    CASE WHEN p.proisstrict THEN 'STRICT' END, CASE WHEN p.prosecdef THEN 'SECURITY DEFINER' END,
    CASE p.proparallel WHEN 's' THEN 'PARALLEL SAFE' END, 'SET ' || array_to_string(p.proconfig, ', '),
    CASE WHEN p.prokind = 'f' THEN 'BODY '
      || left(encode(sha256(convert_to(btrim(regexp_replace(p.prosrc, '\\s+', ' ', 'g')), 'UTF8')), 'hex'), 16) END)
  FROM pg_proc AS p JOIN ours AS o ON o.oid = p.pronamespace JOIN pg_language AS l ON l.oid = p.prolang
  UNION ALL
  SELECT 6, 'trigger', r.name || ' ' || t.tgname, pg_get_triggerdef(t.oid)
    || CASE t.tgenabled WHEN 'O' THEN '' WHEN 'A' THEN ' ENABLE ALWAYS' ELSE ' DISABLED OR FOR REPLICAS' END
  FROM pg_trigger AS t JOIN relation AS r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal
  UNION ALL
  SELECT 7, 'grant', concat_ws(' ', g.object, g.holder, x.who), format('GRANT %s%s ON %s TO %s',
    string_agg(x.privilege_type, ', ' ORDER BY x.privilege_type), ' (' || g.holder || ')', g.object, x.who)
  FROM grants AS g CROSS JOIN LATERAL (
    SELECT a.privilege_type, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END AS who
    FROM aclexplode(g.acl) AS a WHERE a.grantee <> g.owner) AS x
  GROUP BY g.object, g.holder, x.who
  UNION ALL
  SELECT 8, 'comment', c.name || '.' || c.attname, format('COMMENT ON COLUMN %s IS %s', c.name || '.' || c.attname, quote_literal(c.comment))
  FROM columns AS c WHERE c.comment IS NOT NULL
  UNION ALL
  SELECT 8, 'comment', r.name, format('COMMENT ON %s IS %s', r.name, quote_literal(obj_description(r.oid, 'pg_class')))
  FROM relation AS r WHERE obj_description(r.oid, 'pg_class') IS NOT NULL
  UNION ALL
  SELECT 8, 'comment', r.name || ' ' || k.conname, format('COMMENT ON CONSTRAINT %s ON %s IS %s', k.conname, r.name,
    quote_literal(obj_description(k.oid, 'pg_constraint')))
  FROM pg_constraint AS k JOIN relation AS r ON r.oid = k.conrelid WHERE obj_description(k.oid, 'pg_constraint') IS NOT NULL
  UNION ALL
  SELECT 8, 'comment', p.oid::regprocedure::text, format('COMMENT ON FUNCTION %s IS %s', p.oid::regprocedure,
    quote_literal(obj_description(p.oid, 'pg_proc')))
  FROM pg_proc AS p JOIN ours AS o ON o.oid = p.pronamespace WHERE obj_description(p.oid, 'pg_proc') IS NOT NULL
)
SELECT kind, name, definition FROM object ORDER BY rank, name COLLATE "C", definition COLLATE "C"`;

/** The catalogue as the text of schema/schema.sql, over a connection of the owner. */
export async function readCatalogue(knex: Knex): Promise<string> {
  return knex.transaction(async (trx) => {
    await trx.raw('SET LOCAL search_path = pg_catalog');
    const { rows } = await trx.raw(CATALOGUE);
    return `${HEAD}\n${rows.map(({ definition }: { definition: string }) => `${definition};\n`).join('')}`;
  });
}

// An operator may drop an index or change a comment; roles belong to the server.
const COMPARED = /^(?:TABLE|VIEW|TYPE|CONSTRAINT|FUNCTION|AGGREGATE|CREATE (?:CONSTRAINT )?TRIGGER|GRANT) /;

/** The first lines of definitions that the text of schema/schema.sql has, and the database lacks. */
export function lostObjects(found: readonly string[], committed: string): string[] {
  const known = new Set(found.map(withoutStorage));
  return committed
    .split(/;\n/)
    .map((definition) => definition.trimStart())
    .filter((definition) => COMPARED.test(definition) && !known.has(withoutStorage(definition)))
    .map((definition) => definition.split('\n', 1)[0]!.slice(0, 100));
}

/** Storage parameters, such as those of vacuum, are the operator's to tune. */
const withoutStorage = (definition: string): string =>
  definition.replace(/^(TABLE \S+) WITH \([^)]*\)/, '$1');

const HEAD = `-- The structure of the database, written by \`npm run schema\` and compared by test/database/migrations.test.ts.
-- Nothing reads it: migrations/ makes the tables, schema/ functions, views and triggers.`;
