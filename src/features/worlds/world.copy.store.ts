import type { Knex } from 'knex';

/** What a new exercise may take from the actual world beside the reference data. */
export interface Choices {
  mandates: boolean;
  zones: boolean;
  statuses: boolean;
}

interface CopiedTable {
  table: string;
  /** Condition on its alias `t`. */
  where?: string;
  /** Triggers that would judge a copied row as if it were written now. */
  without?: readonly string[];
  /** Columns that mean nothing without tables that stay behind. */
  leaves?: readonly string[];
}

// Corrections and earlier versions stay behind: the exercise begins with what holds now.
const VERSION = ['valid_from', 'correction'];

const REFERENCE: readonly CopiedTable[] = [
  { table: 'country' },
  { table: 'border', leaves: VERSION },
  { table: 'segment', leaves: VERSION },
  { table: 'agency' },
  { table: 'crossing', leaves: VERSION },
  { table: 'crossing_side', leaves: VERSION },
];

// The newest agreed revision that has not ended. What was proposed after it is not agreed.
const agreedOf = (zone: string): string => `(
  SELECT max(a.revision) FROM base.zone_revision AS a
  WHERE a.id = ${zone} AND coalesce(upper(a.effective), 'infinity') > now() AND a.effective IS NOT NULL)`;

const ZONES: readonly CopiedTable[] = [
  {
    table: 'zone_revision',
    where: `t.proposed_at IS NOT NULL AND t.revision <= ${agreedOf('t.id')}`,
    without: ['follow_zone', 'settle_revision'],
  },
  { table: 'zone_consent', where: `t.revision <= ${agreedOf('t.zone')}`, without: ['number_consent'] },
];

const mandatesWith = (zones: boolean): CopiedTable => ({
  table: 'mandate',
  where: `coalesce(t.valid_from, '-infinity') <= now() AND coalesce(t.valid_to, 'infinity') > now()
    AND (t.scope_type <> 'zone' OR ${zones ? `${agreedOf('t.scope_id')} IS NOT NULL` : 'false'})`,
});

const STATUSES: CopiedTable = {
  table: 'crossing_status',
  where: `t.withdrawn_at IS NULL AND coalesce(t.valid_to, 'infinity') > now()`,
};

export type CopiedRows = Record<string, number>;

/**
 * Copies rows from one database into another, each inside a transaction of its own. Values travel as the text that
 * PostgreSQL writes and reads without loss. Only tables that are named here are copied: no incident, key, subscription or webhook.
 */
export async function copyWorld(from: Knex, into: Knex, choices: Choices): Promise<CopiedRows> {
  await from.raw('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
  await from.raw('SET LOCAL extra_float_digits = 1');
  const tables = [
    ...REFERENCE,
    ...(choices.zones ? ZONES : []),
    ...(choices.mandates ? [mandatesWith(choices.zones)] : []),
    ...(choices.statuses ? [STATUSES] : []),
  ];
  const copied: CopiedRows = {};
  for (const one of tables) copied[one.table] = await copyTable(from, into, one);
  if (choices.zones) await settleZones(into);
  return copied;
}

const ROWS_AT_ONCE = 200;

interface CopiedColumn {
  name: string;
  type: string;
}

async function copyTable(
  from: Knex,
  into: Knex,
  { table, where, without = [], leaves = [] }: CopiedTable,
): Promise<number> {
  const all = await sameColumns(from, into, table);
  const columns = all.filter(({ name }) => !leaves.includes(name));
  const values = columns.map(({ name }) => `t.${name}::text`).join(', ');
  await from.raw(
    `DECLARE copied CURSOR FOR SELECT jsonb_build_array(${values}) AS row FROM base.${table} AS t WHERE ${where ?? 'true'}`,
  );
  for (const trigger of without) await into.raw(`ALTER TABLE base.${table} DISABLE TRIGGER ${trigger}`);
  let count = 0;
  for (;;) {
    const { rows } = await from.raw(`FETCH ${ROWS_AT_ONCE} FROM copied`);
    if (rows.length === 0) break;
    await insertRows(into, { table, columns, rows: rows.map(({ row }: { row: unknown }) => row) });
    count += rows.length;
  }
  for (const trigger of without) await into.raw(`ALTER TABLE base.${table} ENABLE TRIGGER ${trigger}`);
  await from.raw('CLOSE copied');
  return count;
}

async function insertRows(
  into: Knex,
  { table, columns, rows }: { table: string; columns: readonly CopiedColumn[]; rows: readonly unknown[] },
): Promise<void> {
  const values = columns.map(({ type }, n) => `(r.v->>${n})::${type}`).join(', ');
  const names = columns.map(({ name }) => name).join(', ');
  await into.raw(
    `INSERT INTO base.${table} (${names}) OVERRIDING SYSTEM VALUE
     SELECT ${values} FROM jsonb_array_elements(?::jsonb) AS r (v)`,
    [JSON.stringify(rows)],
  );
}

/** Both databases are of one version, or a value would be lost. */
async function sameColumns(from: Knex, into: Knex, table: string): Promise<CopiedColumn[]> {
  const [theirs, ours] = await Promise.all([from, into].map((knex) => columnsOf(knex, table)));
  if (JSON.stringify(theirs) !== JSON.stringify(ours))
    throw new Error(
      `The actual world has another version of the table ${table}. Run migrate on it with this version, and then this command again.`,
    );
  return ours!;
}

async function columnsOf(knex: Knex, table: string): Promise<CopiedColumn[]> {
  const { rows } = await knex.raw(
    `SELECT quote_ident(a.attname) AS name, format_type(a.atttypid, a.atttypmod) AS type
     FROM pg_attribute AS a
     WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     ORDER BY a.attname`,
    [`base.${table}`],
  );
  return rows;
}

/** Works out what each viewer is shown, and judges the copied agreements again. */
async function settleZones(into: Knex): Promise<void> {
  await into.raw('SELECT base.settle_zone(z.id) FROM (SELECT DISTINCT id FROM base.zone_revision) AS z');
  const { rows } = await into.raw(`
    SELECT r.name FROM base.zone_revision AS r, unnest(r.participants) AS p (country)
    WHERE r.effective @> now() AND r.agency IS NOT NULL AND base.last_decision(r, p.country) IS DISTINCT FROM 'approve'
    ORDER BY r.name LIMIT 1`);
  if (rows.length > 0) throw new Error(`Not every participant has approved the zone ${rows[0].name}.`);
}
