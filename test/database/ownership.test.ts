import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Caller } from '../../src/core/caller.ts';
import { seedDoubles, seedLabels, seedOtherSide } from '../support/label.world.ts';
import { becomeOwner, becomeService } from '../support/service.role.ts';
import { agencyOf, keyOf, startService, type TestService } from '../support/service.ts';

/** Writable views, with the country of a row `r` of the table of the same name. */
const OWNERS: Record<string, string> = {
  agency: 'r.country',
  alert: 'r.country',
  api_key: 'r.country',
  assistance: 'r.country',
  crossing_status: 'r.country',
  double_decision: 'r.country',
  impact_assessment: 'r.country',
  incident: 'r.owner',
  indicator: 'r.country',
  incident_acknowledgement: 'r.country',
  incident_request: 'r.country',
  incident_response: 'r.country',
  joint_consent: 'r.country',
  joint_proposal: 'r.country',
  legal_hold: 'r.country',
  correction: 'r.country',
  mandate: '(SELECT a.country FROM base.agency AS a WHERE a.id = r.agency)',
  offer: 'r.owner',
  procedure_version: 'r.country',
  reaction: 'r.country',
  report: 'r.owner',
  shift: 'r.country',
  shift_item: '(SELECT s.country FROM base.shift AS s WHERE s.id = r.shift)',
  shift_note: '(SELECT s.country FROM base.shift AS s WHERE s.id = r.shift)',
  subscription: 'r.country',
  webhook: 'r.country',
  zone: 'r.country',
  zone_consent: 'r.country',
  zone_revision: 'r.country',
};
/** The agency of a row `r`, where it is not a column. */
const AGENCIES: Record<string, string> = {
  reaction: 'r.done_by',
  agency: 'r.id',
  shift_item: '(SELECT s.agency FROM base.shift AS s WHERE s.id = r.shift)',
  shift_note: '(SELECT s.agency FROM base.shift AS s WHERE s.id = r.shift)',
};
const agencyIn = (view: string): string => AGENCIES[view] ?? 'r.agency';

// What another country writes of a row, and what follows from it: a report makes a new revision of its incident, a consent
// decides about a revision of a zone, and who is asked answers.
const SHARED: Record<string, readonly string[]> = {
  incident: ['revision', 'updated_at'],
  zone_revision: [
    'agreed_at',
    'suspended_at',
    'starts_at',
    'effective',
    'audience',
    'replaced_at',
    'asked_after',
  ],
  joint_proposal: ['agreed_at', 'ended_at', 'ended_as', 'updated_at'],
  incident_request: ['state', 'answer', 'answered_by', 'updated_at'],
};

// Rows that their own country can still change.
const CHANGING: Record<string, string> = { reaction: 'AND r.cancelled_at IS NULL' };

const TUNISIA: Caller = {
  country: 'TUN',
  agency: agencyOf(keyOf('TUN', 'reporter')),
  roles: ['reporter', 'operator', 'coordinator', 'admin'],
};
const ALGERIA: Caller = { ...TUNISIA, country: 'DZA', agency: agencyOf(keyOf('DZA', 'reporter')) };

const SECOND = agencyOf(keyOf('DZA', 'reporter', { second: true }));

let service: TestService;
let client: pg.Client;
beforeAll(async () => {
  service = await startService();
  const things = await seedLabels(service, 'DZA');
  await seedOtherSide(service);
  await seedDoubles(service, things);
  await service.disconnect();
  client = new pg.Client(service.connection);
  await client.connect();
  await client.query(`
    INSERT INTO base.crossing_status (id, crossing, country, state, valid_from, source, agency)
    SELECT gen_random_uuid(), s.crossing, s.country, 'open', now(), 'a test', a.id
    FROM base.crossing_side AS s JOIN LATERAL (
      SELECT id FROM base.agency AS a WHERE a.country = s.country ORDER BY id LIMIT 1) AS a ON true
    WHERE s.country = 'DZA' LIMIT 3`);
});
afterAll(async () => {
  await client.end();
  await service.stop();
});

type Row = Record<string, unknown>;
const rowsOf = async <T = Row>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await client.query(text, values)).rows as T[];

const mayWrite = (right: string) => `
  SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type FROM pg_attribute AS a
  WHERE a.attrelid = ('tripoint.' || $1)::regclass AND a.attnum > 0
    AND pg_column_is_updatable(a.attrelid, a.attnum, false)
    AND has_column_privilege('tripoint_service', a.attrelid, a.attnum, '${right}')`;

const mayDelete = async (view: string): Promise<boolean> =>
  (
    await rowsOf<{ may: boolean }>(
      `SELECT has_table_privilege('tripoint_service', 'tripoint.' || $1, 'DELETE') AS may`,
      [view],
    )
  )[0]!.may;

/** The columns of the primary key; those that the view has are enough to find a row through it. */
const keyOfTable = async (table: string, seenThrough = 'base'): Promise<string[]> =>
  (
    await rowsOf<{ name: string }>(
      `SELECT a.attname AS name FROM pg_index AS i JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
       JOIN pg_attribute AS v ON v.attrelid = ($2 || '.' || $1)::regclass AND v.attname = a.attname
       WHERE i.indisprimary AND i.indrelid = ('base.' || $1)::regclass`,
      [table, seenThrough],
    )
  ).map(({ name }) => name);

/** Rows of Algeria, as the owner of the tables sees them. */
const algerian = (view: string) =>
  rowsOf<{ row: Row; agency: string | null }>(
    `SELECT to_jsonb(r) AS row, ${agencyIn(view)} AS agency FROM base.${view} AS r
     WHERE ${OWNERS[view]} = 'DZA' ${CHANGING[view] ?? ''} LIMIT 12`,
  );

const inRollback = async <T>(work: () => Promise<T>): Promise<T> => {
  await client.query('BEGIN');
  try {
    return await work();
  } finally {
    await client.query('ROLLBACK');
    await becomeOwner(client);
  }
};

/** As the service for a caller; a refusal is no failure here. */
async function attempt(caller: Caller, text: string, values: unknown[]): Promise<boolean> {
  await client.query('SAVEPOINT attempt');
  await becomeService(client, caller);
  try {
    const { rowCount } = await client.query(text, values);
    return rowCount! > 0;
  } catch {
    await client.query('ROLLBACK TO attempt');
    return false;
  } finally {
    await becomeOwner(client);
  }
}

const VARIANTS: Record<string, string> = {
  text: `'another'`,
  'text[]': `ARRAY['TUN']`,
  integer: '7',
  boolean: 'true',
  jsonb: `'{"en": "another"}'`,
  uuid: 'gen_random_uuid()',
  bytea: `'\\x01'`,
  'timestamp with time zone': `now() + interval '1 hour'`,
  'double precision': '7',
  geometry: 'NULL',
  tlp: `'AMBER'`,
};

const keyed = (key: readonly string[], row: Row) => ({
  condition: key.map((name, i) => `r.${name}::text = $${i + 1}`).join(' AND '),
  values: key.map((name) => String(row[name])),
});

const updates = async (view: string) =>
  (await rowsOf<{ name: string; type: string }>(mayWrite('UPDATE'), [view])).map(({ name, type }) => ({
    name,
    value:
      name === 'owner' || name === 'country'
        ? `'TUN'`
        : name === 'agency'
          ? `'${TUNISIA.agency}'`
          : (VARIANTS[name] ?? VARIANTS[type]),
  }));

const insertStatement = async (view: string) => {
  const columns = (await rowsOf<{ name: string }>(mayWrite('INSERT'), [view])).map(({ name }) => name);
  const list = columns.join(', ');
  return `INSERT INTO tripoint.${view} (${list}) SELECT ${list} FROM jsonb_populate_record(NULL::tripoint.${view}, $1)`;
};

/** The same row under another key, as somebody of a country says it. */
function copyOf(view: string, row: Row, change: Row): Row {
  const id =
    view === 'agency' || view === 'zone_revision' || view === 'mandate'
      ? `copy-${row.id}`
      : crypto.randomUUID();
  return {
    ...row,
    ...(row.id !== undefined && { id }),
    ...(row.hash !== undefined && { hash: '\\x0102' }),
    ...change,
  };
}

/** A proposal of the next version of a procedure, for a copy of it. */
async function proposeNext({ procedure, version, proposal }: Row): Promise<Row> {
  const next = (version as number) + 1;
  const [made] = await rowsOf<{ id: string }>(
    `INSERT INTO base.joint_proposal (id, subject_type, subject, path, participants, country, agency, open_until)
     SELECT gen_random_uuid(), subject_type, $1, path, participants, country, agency, open_until
     FROM base.joint_proposal WHERE id = $2 RETURNING id`,
    [`${procedure}/${next}`, proposal],
  );
  return { version: next, proposal: made!.id };
}

/** Rows that Tunisia may not have written: of another country, or with an agency of one. */
async function foreignRows(view: string): Promise<number> {
  const [row] = await rowsOf<{ n: number }>(`
    SELECT count(*)::int AS n FROM base.${view} AS r
    WHERE ${OWNERS[view]} <> 'TUN' OR (SELECT a.country FROM base.agency AS a WHERE a.id = ${agencyIn(view)}) <> 'TUN'`);
  return row!.n;
}

test('each writable view is tried here', async () => {
  const views = await rowsOf<{ name: string }>(`
    SELECT c.relname AS name FROM pg_class AS c WHERE c.relnamespace = 'tripoint'::regnamespace AND c.relkind = 'v'
      AND (has_any_column_privilege('tripoint_service', c.oid, 'INSERT, UPDATE')) ORDER BY 1`);
  expect(views.map(({ name }) => name)).toEqual(Object.keys(OWNERS).sort());
});

describe.each(Object.keys(OWNERS))('through the view %s', (view) => {
  test('nothing of a row of another country can be changed, but what is shared', async () => {
    const key = await keyOfTable(view);
    const found = await algerian(view);
    const shared = [...(SHARED[view] ?? []), 'content_hash'];
    expect(found.length).toBeGreaterThan(0);
    for (const { row } of found) {
      const through = keyed(await keyOfTable(view, 'tripoint'), row);
      const { condition, values } = keyed(key, row);
      const after = await inRollback(async () => {
        for (const { name, value } of await updates(view)) {
          const update = `UPDATE tripoint.${view} AS r SET ${name} = ${value} WHERE ${through.condition}`;
          await attempt(TUNISIA, update, through.values);
        }
        if (await mayDelete(view)) {
          const remove = `DELETE FROM tripoint.${view} AS r WHERE ${through.condition}`;
          await attempt(TUNISIA, remove, through.values);
        }
        return rowsOf<{ row: Row }>(
          `SELECT to_jsonb(r) AS row FROM base.${view} AS r WHERE ${condition}`,
          values,
        );
      });
      const without = (one: Row | undefined) =>
        Object.fromEntries(Object.entries(one ?? {}).filter(([name]) => !shared.includes(name)));
      expect(without(after[0]?.row)).toEqual(without(row));
    }
  });

  test('no row of another country, or with an agency of one, can be added', async () => {
    const insert = await insertStatement(view);
    if (insert.includes('()')) return;
    const owner = OWNERS[view] === 'r.owner' ? 'owner' : 'country';
    const found = await algerian(view);
    const changes: Row[] = [
      {},
      { [owner]: 'DZA', agency: TUNISIA.agency, author: TUNISIA.agency },
      { [owner]: 'TUN', agency: ALGERIA.agency, author: ALGERIA.agency },
    ];
    for (const { row } of found)
      for (const change of changes) {
        const tried = await inRollback(async () => {
          const before = await foreignRows(view);
          const copy = copyOf(view, row, change);
          await attempt(TUNISIA, insert, [JSON.stringify(copy)]);
          return { copy, added: (await foreignRows(view)) - before };
        });
        expect(tried).toEqual({ copy: tried.copy, added: 0 });
      }
  });

  test('what is refused to another country can be done by the own one', async () => {
    const key = await keyOfTable(view, 'tripoint');
    const insert = await insertStatement(view);
    const done = await inRollback(async () => {
      let successes = 0;
      // one acknowledgement an agency and incident
      const other = view === 'incident_acknowledgement' ? { agency: SECOND } : {};
      for (const { row, agency } of await algerian(view)) {
        const next = view === 'procedure_version' ? await proposeNext(row) : {};
        const caller = { ...ALGERIA, agency: agency ?? ALGERIA.agency! };
        const { condition, values } = keyed(key, row);
        if (!insert.includes('()'))
          successes += Number(
            await attempt(caller, insert, [JSON.stringify(copyOf(view, row, { ...other, ...next }))]),
          );
        for (const { name, value } of await updates(view))
          successes += Number(
            await attempt(
              caller,
              `UPDATE tripoint.${view} AS r SET ${name} = ${value} WHERE ${condition}`,
              values,
            ),
          );
        if (await mayDelete(view))
          successes += Number(
            await attempt(caller, `DELETE FROM tripoint.${view} AS r WHERE ${condition}`, values),
          );
      }
      return successes;
    });
    expect(done).toBeGreaterThan(0);
  });
});
