import type { Knex } from 'knex';
import { asOwner } from '../src/db/migrations.ts';
import { DAYS, FIRST_DAY } from './incidents.seed.ts';
import { say } from './say.ts';

/** Incidents that the triggers place; more are copies of them. */
export const PLACED = 1_000_000;

const TEXTS = 20_000; // per statement
const TABLES = ['incident', 'incident_zone'];
const YEARS = `interval '${DAYS} days'`;

/**
 * Copies placed incidents, with other ids and times, some metres aside, with the memberships and sums that belong to them.
 * No trigger runs. The log of changes and the audit log stay as they are, and only CLEAR incidents get texts: nobody without
 * a key reads the others, and they would take 11 GB of 10,000,000 incidents.
 */
export const growIncidents = (url: string, count: number): Promise<void> =>
  asOwner(url, async (knex) => {
    await knex.raw(`SET session_replication_role = replica; SET maintenance_work_mem = '1GB'; SET work_mem = '256MB';
      SET synchronous_commit = off; SET max_parallel_workers_per_gather = 0`);
    await knex.raw(
      'TRUNCATE base.alert, base.alert_queue, base.change, base.distress_notice, base.incident_due CASCADE',
    );
    const indexes = await dropIndexes(knex);
    for (let copy = 1; copy * PLACED < count; copy++) {
      await copyOnce(knex, copy, Math.min(PLACED, count - copy * PLACED));
      say(`  ${Math.min(count, (copy + 1) * PLACED)} of ${count} incidents`);
    }
    await sumCells(knex);
    for (const index of indexes) {
      await knex.raw(index);
      say(`  ${index.slice(0, 80)}`);
    }
  });

/** Returns the statements that make them again: an index is made faster than it is kept. */
async function dropIndexes(knex: Knex): Promise<string[]> {
  const { rows } = await knex.raw(
    `SELECT i.indexrelid::regclass::text AS name, c.conname AS "constraint", i.indrelid::regclass::text AS "table",
       CASE WHEN c.oid IS NULL THEN pg_get_indexdef(i.indexrelid)
         ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) END AS made
     FROM pg_index AS i LEFT JOIN pg_constraint AS c ON c.conindid = i.indexrelid AND c.conrelid = i.indrelid
     WHERE i.indrelid = ANY (SELECT format('base.%I', t)::regclass FROM unnest(?::text[]) AS t)
       -- the foreign keys of other tables need it
       AND i.indexrelid <> 'base.incident_pkey'::regclass
     ORDER BY 1`,
    [TABLES],
  );
  for (const { name, constraint, table } of rows)
    await knex.raw(constraint ? `ALTER TABLE ${table} DROP CONSTRAINT ${constraint}` : `DROP INDEX ${name}`);
  return rows.map(({ made }: { made: string }) => made);
}

const COLUMNS = `kind, severity, certainty, nature, state, horizontal_accuracy_m, place_text, description, counts_best,
  counts_low, counts_high, source, owner, agency, tlp, releasable_to, content_hash, country, candidates, border, segment,
  border_km, distance_to_border_m`;

/** Each copy a tenth of the whole time later; past its end they go on at the start. */
async function copyOnce(knex: Knex, copy: number, most: number): Promise<void> {
  await knex.raw('DROP TABLE IF EXISTS copied');
  await knex.raw(
    `CREATE TEMP TABLE copied AS
     SELECT p.was, p.n, p.at, (lpad(to_hex((extract(epoch FROM p.at) * 1000)::bigint), 12, '0') || '7'
       || substr(md5(p.n::text), 1, 3) || '8' || substr(md5(p.n::text), 4, 15))::uuid AS id
     FROM (
       SELECT i.id AS was, i.external_id::int + ${copy * PLACED} AS n,
         i.occurred_at + ${copy} * ${YEARS} / 10 - CASE WHEN i.occurred_at + ${copy} * ${YEARS} / 10
           >= timestamptz '${FIRST_DAY}' + ${YEARS} THEN ${YEARS} ELSE interval '0' END AS at
       FROM base.incident AS i WHERE i.source = 'bench' AND i.external_id::int <= ${most}
     ) AS p`,
  );
  await knex.raw('ANALYZE copied');
  await knex.raw(
    `INSERT INTO base.incident (id, external_id, occurred_at, occurred_until, reported_at, point, ${COLUMNS})
     SELECT c.id, c.n::text, c.at, c.at + (i.occurred_until - i.occurred_at), c.at + interval '20 minutes',
       ST_SetSRID(ST_MakePoint(ST_X(i.point) + ${aside('c.n')}, ST_Y(i.point) + ${aside('c.n * 7')}), 4326), ${COLUMNS}
     FROM copied AS c JOIN base.incident AS i ON i.id = c.was`,
  );
  await knex.raw(
    `INSERT INTO base.incident_zone (zone, revision, incident, occurred_at, relation, audience, red_agency)
     SELECT m.zone, m.revision, c.id, c.at, m.relation, m.audience, m.red_agency
     FROM copied AS c JOIN base.incident_zone AS m ON m.incident = c.was`,
  );
  await knex.raw(
    `DO $$
     DECLARE ids uuid[];
     BEGIN
       FOR ids IN
         SELECT array_agg(c.id) FROM copied AS c JOIN base.incident AS i ON i.id = c.id AND i.tlp = 'CLEAR' GROUP BY c.n / ${TEXTS}
       LOOP PERFORM base.write_incident_texts(ids); END LOOP;
     END $$`,
  );
}

/** Up to 10 metres. */
const aside = (n: string): string => `((hashint4(${n}) % 100) * 1e-6)`;

/** What tripoint.fold_incident_cells sums from the deltas of writes. */
async function sumCells(knex: Knex): Promise<void> {
  await knex.raw('TRUNCATE base.incident_cell, base.incident_cell_day, base.incident_cell_delta');
  await knex.raw(
    `CREATE TEMP TABLE counted AS
     SELECT c.cell, c.day, k.id AS class, c.n FROM (
       SELECT tripoint.cell_of(i.point) AS cell, (i.occurred_at AT TIME ZONE 'UTC')::date AS day, i.kind, i.severity, i.nature,
         i.audience, tripoint.concern(i.tlp, i.owner) AS concern, count(*) AS n
       FROM base.incident AS i WHERE i.audience <> 0 AND i.state <> 'cancelled' GROUP BY 1, 2, 3, 4, 5, 6, 7) AS c
     JOIN base.incident_class AS k USING (kind, severity, nature, audience, concern)`,
  );
  await knex.raw(
    `INSERT INTO base.incident_cell (level, cell, class, n)
     SELECT l.level, g.cell >> (2 * (14 - l.level)), g.class, sum(g.n)
     FROM counted AS g CROSS JOIN unnest(ARRAY[0, 6, 8, 10, 12, 14]) AS l (level) GROUP BY 1, 2, 3`,
  );
  await knex.raw(
    `INSERT INTO base.incident_cell_day (level, cell, day, class, n)
     SELECT l.level, g.cell >> (2 * (14 - l.level)), g.day, g.class, sum(g.n)
     FROM counted AS g CROSS JOIN unnest(ARRAY[8, 14]) AS l (level) GROUP BY 1, 2, 3, 4`,
  );
  say('  counts of cells');
}
