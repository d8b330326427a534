import pg from 'pg';

/** What a database held when it was new. */
export interface Beginning {
  marks: string;
  /** The rows of each table that tests may write, as texts. */
  rows: Map<string, string[]>;
  sequences: { name: string; value: string; isCalled: boolean }[];
}

const LARGE = 200; // rows: reference data that is not worth copying

/** Reads what a new database holds, to bring it back to that: a tenth of the time of opening another one. */
export const beginningOf = (connection: pg.ClientConfig): Promise<Beginning> =>
  withClient(connection, readBeginning);

/** Answers false where a test changed more than rows, or reference data that was not copied. */
export const bringBack = (connection: pg.ClientConfig, beginning: Beginning): Promise<boolean> =>
  withClient(connection, (client) => restore(client, beginning));

async function withClient<T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const namesIn = async (client: pg.Client, text: string): Promise<string[]> =>
  (await client.query<{ name: string }>(text)).rows.map(({ name }) => name);

const TABLES = `SELECT oid::regclass::text AS name FROM pg_class WHERE relnamespace = 'base'::regnamespace AND relkind = 'r'`;

/** Large tables, and what they refer to: the others can be emptied without them. */
async function fixedTables(client: pg.Client, tables: readonly string[]): Promise<string[]> {
  const counts = tables
    .map((table) => `SELECT '${table}' AS name, count(*) FROM ${table}`)
    .join(' UNION ALL ');
  return namesIn(
    client,
    `WITH RECURSIVE fixed AS (
       SELECT c.name::regclass AS id FROM (${counts}) AS c WHERE c.count > ${LARGE}
       UNION
       SELECT k.confrelid::regclass FROM pg_constraint AS k JOIN fixed AS f ON f.id = k.conrelid WHERE k.contype = 'f')
     SELECT f.id::text AS name FROM fixed AS f`,
  );
}

async function readBeginning(client: pg.Client): Promise<Beginning> {
  const tables = await namesIn(client, TABLES);
  const fixed = await fixedTables(client, tables);
  const rows = new Map<string, string[]>();
  for (const table of tables.filter((one) => !fixed.includes(one)))
    rows.set(table, await namesIn(client, `SELECT t::text AS name FROM ${table} AS t`));
  const { rows: sequences } = await client.query(
    `SELECT format('%I.%I', schemaname, sequencename) AS name, coalesce(last_value, start_value)::text AS value,
       last_value IS NOT NULL AS "isCalled" FROM pg_sequences`,
  );
  return { marks: await marksOf(client, fixed), rows, sequences };
}

const CATALOGUES = [
  'pg_attribute',
  'pg_auth_members',
  'pg_authid',
  'pg_constraint',
  'pg_db_role_setting',
  'pg_namespace',
  'pg_proc',
  'pg_rewrite',
  'pg_type',
];

/** Differs as soon as a fixed table, or the structure, has changed. */
async function marksOf(client: pg.Client, fixed: readonly string[]): Promise<string> {
  const marks = [...CATALOGUES, ...fixed].map(
    (table) => `SELECT '${table} ' || count(*) || ' ' || max(xmin::text::bigint) AS name FROM ${table}`,
  );
  const triggers = `SELECT md5(string_agg(concat(tgrelid, tgname, tgenabled), ' ' ORDER BY oid)) FROM pg_trigger`;
  const grants = `SELECT md5(string_agg(concat(relname, relacl), ' ' ORDER BY oid)) FROM pg_class WHERE relkind <> 't'`;
  return (await namesIn(client, [...marks, triggers, grants].join(' UNION ALL '))).join('\n');
}

async function restore(client: pg.Client, { marks, rows, sequences }: Beginning): Promise<boolean> {
  const fixed = marks.split('\n').flatMap((mark) => (mark.startsWith('base.') ? [mark.split(' ')[0]!] : []));
  if ((await marksOf(client, fixed)) !== marks) return false;
  // no trigger fires but those of the audit log, which always do
  await client.query('BEGIN; SET LOCAL session_replication_role = replica');
  await client.query('ALTER TABLE base.audit_entry DISABLE TRIGGER append_only');
  await client.query('ALTER TABLE base.audit_seal DISABLE TRIGGER append_only');
  const used = await changedTables(client, rows);
  if (used.length > 0) await client.query(`TRUNCATE ${used.join(', ')} CASCADE`);
  for (const [table, texts] of rows) await fill(client, table, texts);
  // statistics of rows that are gone: "invalid function selectivity" in plans over areas
  await client.query(`DELETE FROM pg_statistic WHERE starelid::regclass::text LIKE 'base.%'`);
  for (const { name, value, isCalled } of sequences)
    await client.query('SELECT setval($1, $2, $3)', [name, value, isCalled]);
  await client.query('ALTER TABLE base.audit_entry ENABLE ALWAYS TRIGGER append_only');
  await client.query('ALTER TABLE base.audit_seal ENABLE ALWAYS TRIGGER append_only');
  await client.query('COMMIT');
  return true;
}

/** Tables whose rows are not those of the beginning. */
async function changedTables(client: pg.Client, rows: Beginning['rows']): Promise<string[]> {
  const used = [];
  for (const [table, texts] of rows) {
    const now = await namesIn(client, `SELECT t::text AS name FROM ${table} AS t LIMIT ${texts.length + 1}`);
    if (now.length !== texts.length || now.sort().join() !== texts.toSorted().join()) used.push(table);
  }
  return used;
}

async function fill(client: pg.Client, table: string, texts: readonly string[]): Promise<void> {
  if (texts.length === 0) return;
  const columns = await namesIn(
    client,
    `SELECT format('%I', attname) AS name FROM pg_attribute
     WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
  );
  const values = columns.map((column) => `(r.one).${column}`).join(', ');
  await client.query(
    `INSERT INTO ${table} (${columns.join(', ')}) OVERRIDING SYSTEM VALUE
     SELECT ${values} FROM (SELECT t::${table} AS one FROM unnest($1::text[]) AS t OFFSET 0) AS r
     WHERE NOT EXISTS (SELECT FROM ${table})`,
    [texts],
  );
}
