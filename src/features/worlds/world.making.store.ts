import type { Knex } from 'knex';
import { type Stamp, stampWorld } from './stamp.store.ts';
import type { CopiedRows } from './world.copy.store.ts';

/** Throws unless the database is new: it holds nothing of this service, and nothing of another. */
export async function refuseUsed(owner: Knex): Promise<void> {
  const { rows: foreign } = await owner.raw(`
    SELECT c.oid::regclass::text AS name FROM pg_class AS c
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relnamespace::regnamespace::text !~ '^(pg_|information_schema$|base$|tripoint$)'
      AND NOT EXISTS (SELECT FROM pg_depend AS d
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    ORDER BY 1 LIMIT 1`);
  if (foreign.length > 0)
    throw new Error(`The database holds a table of something else, ${foreign[0].name}. ${NEW_ONE}`);
  const { rows: made } = await owner.raw(`SELECT to_regclass('base.country') IS NOT NULL AS found`);
  if (!made[0].found) return;
  for (const table of FIRST_USED) {
    const { rows } = await owner.raw(`SELECT EXISTS (SELECT FROM base.${table}) AS used`);
    if (rows[0].used) throw new Error(`The database is in use: base.${table} has rows. ${NEW_ONE}`);
  }
}

// whatever else there is needs one of these
const FIRST_USED = ['country', 'agency', 'api_key', 'incident', 'audit_entry'];
const NEW_ONE = 'A world needs a new, empty database.';

/** Throws if any login of the server may connect. */
export async function refuseOpen(owner: Knex): Promise<void> {
  const { rows } = await owner.raw(
    `SELECT current_database() AS name, has_database_privilege('public', current_database(), 'CONNECT') AS open`,
  );
  if (rows[0].open)
    throw new Error(
      `Every login of the server may connect to the database ${rows[0].name}, and this login does not own it. Run first, as a superuser: tripoint roles`,
    );
}

/** In the transaction that copies: a world is made whole or not at all. */
export async function recordMaking(owner: Knex, stamp: Stamp, copied: CopiedRows): Promise<void> {
  await stampWorld(owner, stamp);
  await owner.raw('UPDATE base.world SET made_at = clock_timestamp()');
  const total = Object.values(copied).reduce((sum, count) => sum + count, 0);
  const said = Object.entries(copied).map(([table, count]) => `${table} ${count}`);
  await owner.raw(
    `SELECT base.add_write_entry('create', 'worlds', w.id, :total, ARRAY[
         (bits >> 1 & 1) * :total, (bits >> 2 & 1) * :total, (bits >> 3 & 1) * :total]::bigint[], bits, :detail)
     FROM base.world AS w
     CROSS JOIN LATERAL (SELECT tripoint.country_bits(coalesce(w.participants, ARRAY['DZA', 'LBY', 'TUN'])) AS bits) AS b`,
    {
      total,
      detail: said.length > 0 ? `copied: ${said.join(', ')}` : 'with the reference data of the program',
    },
  );
}
