import type { Knex } from 'knex';
import { migrationFiles } from './schema.files.ts';

export interface Login {
  name: string;
  /** The roles that it may act as. */
  roles: readonly string[];
  /** As PostgreSQL keeps it; absent: unchanged. */
  verifier?: string | undefined;
}

const MAKES_ROLE = /^DO \$\$ BEGIN (?:CREATE ROLE|GRANT) (tripoint_\w+) .*\$\$;$/gm;

/** The roles that the migrations make: they have rights and no login. */
export function roleNames(
  text = migrationFiles()
    .map((file) => file.text)
    .join('\n'),
): string[] {
  return [...new Set([...text.matchAll(MAKES_ROLE)].map(([, name]) => name!))];
}

/** A migration without what makes roles, for an owner that may not make them: `tripoint roles` has. */
export async function withoutRoles(knex: Knex, text: string): Promise<string> {
  const names = roleNames(text);
  if (names.length === 0) return text;
  const { rows } = await knex.raw(
    `SELECT rolsuper OR rolcreaterole AS may FROM pg_roles WHERE rolname = current_user`,
  );
  if (rows[0].may) return text;
  const missing = await missingRoles(knex, names);
  if (missing.length === 0) return text.replace(MAKES_ROLE, '');
  throw new Error(
    `The roles ${missing.join(', ')} are missing, and this login may not create them. Run first, as a superuser: tripoint roles`,
  );
}

async function missingRoles(knex: Knex, names: readonly string[]): Promise<string[]> {
  const { rows } = await knex.raw(
    'SELECT name FROM unnest(:names::text[]) AS name WHERE to_regrole(name) IS NULL',
    { names },
  );
  return rows.map(({ name }: { name: string }) => name);
}

/** Creates the database, if it is missing. */
export async function createDatabase(server: Knex, name: string): Promise<void> {
  const { rows } = await server.raw('SELECT FROM pg_database WHERE datname = ?', [name]);
  if (rows.length > 0) return;
  await server.raw(`CREATE DATABASE ?? ENCODING 'UTF8' TEMPLATE template0`, [name]);
}

export interface FoundLogin {
  name: string;
  isSuperuser: boolean;
  /** One that it may connect to by name, or null. */
  otherDatabase: string | null;
}

/** Those of these logins that exist. */
export async function findLogins(knex: Knex, names: readonly string[]): Promise<FoundLogin[]> {
  const { rows } = await knex.raw(
    `SELECT r.rolname AS name, r.rolsuper AS "isSuperuser", (
       SELECT min(d.datname) FROM pg_database AS d CROSS JOIN LATERAL aclexplode(d.datacl) AS a
       WHERE d.datname <> current_database() AND a.grantee = r.oid AND a.privilege_type = 'CONNECT') AS "otherDatabase"
     FROM pg_roles AS r WHERE r.rolname = ANY (:names)`,
    { names },
  );
  return rows;
}

/** Makes roles and logins, with exactly these memberships, and gives the database to the owner. */
export async function applyLogins(
  knex: Knex,
  { owner, others }: { owner: Login; others: readonly Login[] },
): Promise<void> {
  await knex.transaction(async (trx) => {
    for (const name of await missingRoles(trx, roleNames()))
      await trx.raw('CREATE ROLE ?? NOLOGIN NOINHERIT', [name]);
    for (const login of [owner, ...others]) await applyLogin(trx, login);
    await closeToOthers(trx);
    await trx.raw('CREATE EXTENSION IF NOT EXISTS postgis');
    await giveTo(trx, owner.name);
  });
}

async function applyLogin(trx: Knex, { name, roles, verifier }: Login): Promise<void> {
  if ((await missingRoles(trx, [name])).length > 0) await trx.raw('CREATE ROLE ??', [name]);
  await trx.raw(
    'ALTER ROLE ?? LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS',
    [name],
  );
  if (verifier !== undefined) await trx.raw(`ALTER ROLE ?? PASSWORD '${verifier}'`, [name]);
  await grantRoles(trx, name, roles);
  const { rows } = await trx.raw('SELECT current_database() AS database');
  await trx.raw('GRANT CONNECT ON DATABASE ?? TO ??', [rows[0].database, name]);
}

async function grantRoles(trx: Knex, name: string, wanted: readonly string[]): Promise<void> {
  const { rows } = await trx.raw(
    `SELECT m.roleid::regrole::text AS role FROM pg_auth_members AS m WHERE m.member = to_regrole(quote_ident(?))`,
    [name],
  );
  const held: string[] = rows.map(({ role }: { role: string }) => role);
  for (const role of roleNames()) {
    if (wanted.includes(role)) await trx.raw('GRANT ?? TO ??', [role, name]);
    else if (held.includes(role)) await trx.raw('REVOKE ?? FROM ??', [role, name]);
  }
}

/** Only logins that are let in by name may connect: those of other worlds live on the same server. */
export async function closeToOthers(knex: Knex): Promise<void> {
  const { rows } = await knex.raw('SELECT current_database() AS database');
  await knex.raw('REVOKE ALL ON DATABASE ?? FROM PUBLIC', [rows[0].database]);
}

/** The database, and everything that an earlier owner has made in it. Sequences of columns follow their tables. */
async function giveTo(trx: Knex, owner: string): Promise<void> {
  const { rows } = await trx.raw(
    `
    WITH ours AS (SELECT oid, nspname, nspowner FROM pg_namespace WHERE nspname IN ('base', 'tripoint'))
    SELECT 'DATABASE ' || quote_ident(datname) AS object FROM pg_database
    WHERE datname = current_database() AND datdba <> :owner::regrole
    UNION ALL SELECT 'SCHEMA ' || quote_ident(nspname) FROM ours WHERE nspowner <> :owner::regrole
    UNION ALL
    SELECT CASE c.relkind WHEN 'v' THEN 'VIEW ' WHEN 'S' THEN 'SEQUENCE ' WHEN 'c' THEN 'TYPE ' ELSE 'TABLE ' END || c.oid::regclass
    FROM pg_class AS c JOIN ours AS o ON o.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'S', 'c') AND c.relowner <> :owner::regrole AND NOT EXISTS (
      SELECT FROM pg_depend AS d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND c.relkind = 'S')
    UNION ALL
    SELECT 'ROUTINE ' || p.oid::regprocedure FROM pg_proc AS p JOIN ours AS o ON o.oid = p.pronamespace
    WHERE p.proowner <> :owner::regrole`,
    { owner: `"${owner.replaceAll('"', '""')}"` },
  );
  for (const { object } of rows) await trx.raw(`ALTER ${object} OWNER TO ??`, [owner]);
}
