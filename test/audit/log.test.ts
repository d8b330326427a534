import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from '../support/audit.ts';
import { startService, type TestService } from '../support/service.ts';
import { LABELLED_FUNCTIONS, LABELLED_VIEWS } from '../support/statement.text.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const owner = <Row>(statement: Parameters<typeof asTableOwner>[1]) =>
  asTableOwner<Row>(service.db, statement);

describe('nobody can change the log', () => {
  const changes = [
    'UPDATE base.audit_entry SET purpose = NULL',
    'DELETE FROM base.audit_entry',
    'TRUNCATE base.audit_entry',
    'UPDATE base.audit_seal SET seq = seq + 1000000',
    'DELETE FROM base.audit_seal',
    'TRUNCATE base.audit_seal',
  ];
  test.each(changes)('not even the owner of the tables: %s', async (text) => {
    await expect(owner(sql([text] as never))).rejects.toMatchObject({ code: '42501' });
  });

  test.each(changes)('and the sealer has no right to: %s', async (text) => {
    const refused = service.db.maintain('tripoint_sealer', sql([text] as never));
    await expect(refused).rejects.toMatchObject({ message: expect.stringContaining('permission denied') });
  });
});

test('the role of the service reaches no table of the log and cannot seal', async () => {
  const [rights] = await owner<{ tables: number; functions: number; sealer: boolean }>(sql`
    SELECT (SELECT count(*)::int FROM pg_class AS c
            WHERE c.relnamespace = 'base'::regnamespace AND c.relkind IN ('r', 'S')
              AND (has_table_privilege('tripoint_service', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
                OR has_any_column_privilege('tripoint_service', c.oid, 'SELECT, INSERT, UPDATE'))) AS tables,
           (SELECT count(*)::int FROM pg_proc AS p
            WHERE p.proname IN ('seal_audit', 'seal_range', 'audit_text', 'audit_writes')
              AND has_schema_privilege('tripoint_service', p.pronamespace, 'USAGE')) AS functions,
           pg_has_role('tripoint_service', 'tripoint_sealer', 'MEMBER') AS sealer`);
  expect(rights).toEqual({ tables: 0, functions: 0, sealer: false });
});

test('the function of the service adds only entries of reads', async () => {
  const forged = JSON.stringify([
    { action: 'remove', collection: 'zones', rows: 1, shares: [0, 0, 1], outcome: 'done' },
  ]);
  await expect(service.db.record(sql`SELECT audit_reads(${forged}::json)`)).rejects.toThrow(
    /not-null|action/,
  );
});

test('each table that the service writes leaves entries (schema/<room>/<table>.triggers.sql)', async () => {
  const rows = await owner<{ table: string; triggers: string | null }>(sql`
    SELECT t.relname AS table, string_agg(DISTINCT g.tgname, ',') FILTER (WHERE g.tgname LIKE 'audit%') AS triggers
    FROM pg_class AS v
    JOIN pg_rewrite AS w ON w.ev_class = v.oid
    JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
    JOIN pg_class AS t ON t.oid = d.refobjid AND t.relnamespace = 'base'::regnamespace AND t.relkind = 'r'
    LEFT JOIN pg_trigger AS g ON g.tgrelid = t.oid
    WHERE v.relnamespace = 'tripoint'::regnamespace
      AND (has_table_privilege('tripoint_service', v.oid, 'INSERT, UPDATE, DELETE')
        OR has_any_column_privilege('tripoint_service', v.oid, 'INSERT, UPDATE'))
    GROUP BY t.relname`);
  expect(rows.length).toBeGreaterThanOrEqual(6);
  const odd = rows.filter(({ triggers }) => triggers !== 'audit_delete,audit_insert,audit_update');
  // an alert is made by the database itself; the service may acknowledge it
  expect(odd).toEqual([
    { table: 'alert', triggers: 'audit_update' },
    // a correction is proposed and applied, and never deleted
    { table: 'correction', triggers: 'audit_insert,audit_update' },
    { table: 'zone', triggers: 'audit_zone' },
  ]);
});

// Reference rows, the same for everybody; and who may do what, where what goes and this log itself, which are of one country.
const WITHOUT_LABEL = [
  ...['schema_file', 'schema_program', 'country', 'border', 'border_edge', 'segment', 'agency'],
  ...['crossing', 'crossing_side', 'crossing_status', 'api_key', 'audit_entry', 'feed'],
  ...['subscription', 'webhook', 'delivery', 'world'],
  ...['border_version', 'segment_version', 'crossing_version', 'crossing_side_version', 'reaction_rule'],
];

const BARE_NAME = new RegExp(
  `(?:\\b(?:FROM|JOIN|INTO|UPDATE|USING)\\s+|sql\`)(?:tripoint\\.)?(?:${Object.keys(LABELLED_VIEWS).join('|')})\\b` +
    `|(?:tripoint\\.|SELECT |, )(?:${Object.keys(LABELLED_FUNCTIONS).join('|')})\\(`,
);
const BARE_WRITE =
  /sql`\s*(?:WITH [^`]*)?(?:INSERT INTO|UPDATE|DELETE FROM) (?:\$\{view|[a-z_]+ (?:AS|SET|\())/;

test('src names labelled views through `view`, functions through `call`, and writes by `writing`', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && path !== 'db/labelled.ts',
  );
  const bare = sources.flatMap((path) => {
    const text = readFileSync(join('src', path), 'utf8');
    const found = BARE_NAME.exec(text) ?? BARE_WRITE.exec(text);
    return found ? [`src/${path}: ${found[0]}`] : [];
  });
  expect(bare).toEqual([]);
});

test('each view is named in src/db/labelled.ts, or here as one whose rows carry no label', async () => {
  const views = await owner<{ name: string }>(sql`
    SELECT c.relname AS name FROM pg_class AS c
    WHERE c.relnamespace = 'tripoint'::regnamespace AND c.relkind = 'v' ORDER BY 1`);
  const known = [...Object.keys(LABELLED_VIEWS), ...WITHOUT_LABEL].sort();
  expect(views.map(({ name }) => name)).toEqual(known);
});

test('the labelled views and functions are those of the database (src/db/labelled.ts)', async () => {
  const views = await owner<{ name: string }>(sql`
    WITH RECURSIVE used AS (
      SELECT v.oid, v.relname, d.refobjid, a.attname
      FROM pg_class AS v
      JOIN pg_rewrite AS w ON w.ev_class = v.oid
      JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
      LEFT JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND a.attnum > 0
      WHERE v.relnamespace = 'tripoint'::regnamespace AND d.refobjid <> v.oid
    ), labelled AS (
      -- shifts have no label: they are of one agency, and its auditors read them
      SELECT u.oid, u.relname FROM used AS u
      WHERE u.attname IN ('audience', 'audience_after') OR u.relname = 'shift'
      UNION
      SELECT u.oid, u.relname FROM used AS u JOIN labelled AS l ON u.refobjid = l.oid
    )
    SELECT DISTINCT l.relname AS name FROM labelled AS l ORDER BY 1`);
  expect(views.map(({ name }) => name)).toEqual(Object.keys(LABELLED_VIEWS).sort());
  const functions = await owner<{ name: string }>(sql`
    SELECT p.proname AS name FROM pg_proc AS p
    WHERE p.pronamespace = 'tripoint'::regnamespace AND (p.prosrc ~ ${`\\mtripoint\\.(${Object.keys(LABELLED_VIEWS).join('|')})\\M`}
      -- reads them as the caller
      OR p.prosrc ~ 'base\\.placed_again\\(.*as_caller')
    ORDER BY 1`);
  expect(functions.map(({ name }) => name)).toEqual(Object.keys(LABELLED_FUNCTIONS).sort());
});
