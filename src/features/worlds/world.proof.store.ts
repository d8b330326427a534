import type { Knex } from 'knex';
import type { Stamped } from './stamp.store.ts';

export interface TableProof {
  table: string;
  rows: string;
  /** SHA-256 over the SHA-256 of each row as text, in the order of these hashes. */
  hash: string;
}

/** Of each table that has rows, in one state of the database. Anyone with a dump can compute the same. */
export async function proveTables(trx: Knex): Promise<TableProof[]> {
  await trx.raw('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
  // what the text of a row depends on
  await trx.raw(`SELECT set_config(s.name, s.value, true) FROM (VALUES ('TimeZone', 'UTC'), ('DateStyle', 'ISO'),
    ('IntervalStyle', 'postgres'), ('extra_float_digits', '1'), ('bytea_output', 'hex')) AS s (name, value)`);
  const proofs: TableProof[] = [];
  for (const table of await tableNames(trx)) {
    const { rows } = await trx.raw(
      `SELECT count(*)::text AS rows, encode(sha256(coalesce(string_agg(h.hash, '' ORDER BY h.hash), '')), 'hex') AS hash
       FROM (SELECT sha256(convert_to(t::text, 'UTF8')) AS hash FROM base.?? AS t) AS h`,
      [table],
    );
    if (rows[0].rows !== '0') proofs.push({ table, ...rows[0] });
  }
  return proofs;
}

async function tableNames(knex: Knex): Promise<string[]> {
  const { rows } = await knex.raw(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'base'::regnamespace AND relkind = 'r' ORDER BY relname`,
  );
  return rows.map(({ name }: { name: string }) => name);
}

/** Into the log of the actual world, for the auditors of those who took part. */
export async function recordProof(
  actual: Knex,
  world: Stamped,
  proofs: readonly TableProof[],
): Promise<void> {
  for (const { table, rows, hash } of proofs)
    await addEntry(actual, world, {
      action: 'purge',
      rows,
      said: `table ${table}: ${rows} rows; SHA-256 ${hash}`,
    });
}

export const recordDrop = (actual: Knex, world: Stamped): Promise<void> =>
  addEntry(actual, world, {
    action: 'remove',
    rows: '1',
    said: `exercise dropped; ended ${world.endedAt?.toISOString()}`,
  });

async function addEntry(
  actual: Knex,
  { id, participants }: Stamped,
  { action, rows, said }: { action: string; rows: string; said: string },
): Promise<void> {
  await actual.raw(
    `SELECT base.add_write_entry(:action, 'worlds', :id, :rows::bigint, ARRAY[
         (b.bits >> 1 & 1) * :rows::bigint, (b.bits >> 2 & 1) * :rows::bigint, (b.bits >> 3 & 1) * :rows::bigint], b.bits, :said)
     FROM tripoint.country_bits(:participants::text[]) AS b (bits)`,
    { action, id, rows, said, participants },
  );
}

/** Sessions of others: a service that still serves the world. */
export async function countSessions(owner: Knex): Promise<number> {
  const { rows } = await owner.raw(`
    SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`);
  return rows[0].count;
}

export async function databaseName(owner: Knex): Promise<string> {
  const { rows } = await owner.raw('SELECT current_database() AS name');
  return rows[0].name;
}

/** From another database of the same server. */
export async function dropDatabase(server: Knex, name: string): Promise<void> {
  await server.raw('DROP DATABASE ??', [name]);
}
