import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { everyStatement } from '../matrix/every.statement.ts';
import { type NamedCaller, VIEWERS } from '../support/callers.ts';
import { settled } from '../support/feed.ts';
import { seedLabels } from '../support/label.world.ts';
import { samples } from '../support/runs.ts';
import { becomeOwner, becomeService } from '../support/service.role.ts';
import { startService, type TestService } from '../support/service.ts';
import { withoutFilters } from '../support/statement.filters.ts';
import type { RecordedStatement } from '../support/statement.record.ts';
import { readsInText, writesInText } from '../support/statement.text.ts';
import { VIEW_RULES } from '../support/view.rules.ts';

// What these answer does not hang on the caller: they are given the hash of a secret, or take notes. Each is a SECURITY
// DEFINER function that test/database/privileges.test.ts lists with its reason. Plans are estimates over the rows of all labels
// (SECURITY.md, known limits).
const NOT_BY_CALLER = /^\s*EXPLAIN|\b(caller_of_key|note_key_use|note_attempts|audit_reads|lease_requests)\(/;

// Of the rest no row is hidden from anyone, so that it makes no difference which of them are chosen.
const hiding = Object.keys(VIEW_RULES).filter((view) => !VIEW_RULES[view]!.isOpen);
const MAY_HIDE = new RegExp(`\\b(${hiding.join('|')}|responsible)\\b`);

let service: TestService;
let client: pg.Client;
let statements: RecordedStatement[];
/** Each statement as it is, and without its conditions. */
let forms: RecordedStatement[];
/** Tables that the service writes through a view. */
let writable: Set<string>;
beforeAll(async () => {
  service = await startService();
  const things = await seedLabels(service, 'DZA');
  statements = (await everyStatement(service, things)).filter(({ text }) => !NOT_BY_CALLER.test(text));
  const all = statements.flatMap((form) => (MAY_HIDE.test(form.text) ? withoutFilters(form) : [form]));
  const byText = new Map(all.map((form) => [form.text, form]));
  forms = [...byText.values()];
  await settled(service);
  await service.disconnect();
  client = new pg.Client(service.connection);
  await client.connect();
  // each form is run twice for each caller, and to plan it takes longer than to run it
  await client.query('SET plan_cache_mode TO force_generic_plan');
  const { rows } = await client.query(`
    SELECT relname AS name FROM pg_class WHERE relnamespace = 'tripoint'::regnamespace
      AND has_any_column_privilege('tripoint_service', oid, 'INSERT, UPDATE')
      OR relnamespace = 'tripoint'::regnamespace AND has_table_privilege('tripoint_service', oid, 'DELETE')`);
  writable = new Set(rows.map(({ name }) => VIEW_RULES[name]?.table ?? name));
});
afterAll(async () => {
  await client.end();
  await service.stop();
});

interface Hidden {
  table: string;
  key: string;
  keys: string[];
  /** Of these, the ones that no write of the caller may change. */
  fixed: string[];
  unlock?: string;
}

/** The rows that a caller is not to see, by the rules; it knows nothing of views. */
async function hiddenFrom(caller: NamedCaller): Promise<Hidden[]> {
  const hidden = new Map<string, Hidden>();
  for (const { table, key, facts, sees, follows, unlock } of Object.values(VIEW_RULES)) {
    const { rows } = await client.query(
      `SELECT (${key})::text AS key ${facts ? `, ${facts}` : ''} FROM base.${table} AS r`,
    );
    const unseen = rows.filter((row) => !sees(row, caller));
    const keys = unseen.map((row) => row.key as string);
    const fixed = unseen.filter((row) => !follows?.(row, caller)).map((row) => row.key as string);
    // of several views over one table one may show what another does not
    const others = hidden.get(table) ?? { keys, fixed };
    const both = (one: string[], other: string[]) => one.filter((name) => other.includes(name));
    hidden.set(table, {
      table,
      key,
      keys: both(keys, others.keys),
      fixed: both(fixed, others.fixed),
      ...(unlock && { unlock }),
    });
  }
  return [...hidden.values()].filter(({ keys }) => keys.length > 0);
}

async function deleteRows(hidden: Hidden[]): Promise<void> {
  // neither triggers nor references: exactly these rows go
  await client.query('SET LOCAL session_replication_role TO replica');
  for (const { table, key, keys, unlock } of hidden) {
    if (unlock) await client.query(unlock);
    await client.query(`DELETE FROM base.${table} WHERE (${key})::text = ANY ($1)`, [keys]);
  }
  await client.query('SET LOCAL session_replication_role TO DEFAULT');
}

const FAILED = 'failed with';

interface Outcome {
  /** What came back, in no order, or that it failed. */
  answer: string;
  /** The hidden rows after a write, in short. */
  hidden?: string;
}

const nameOf = (text: string): string => createHash('md5').update(text).digest('hex');

async function run({ text, values, writes }: RecordedStatement, hidden: Hidden[]): Promise<Outcome> {
  await client.query('SAVEPOINT before');
  try {
    const { rows } = await client.query({ name: nameOf(text), text, values: values as unknown[] });
    if (!writes) return { answer: unordered(rows) };
    await becomeOwner(client);
    return { answer: unordered(rows), hidden: await digestOf(hidden) };
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    return { answer: `${FAILED} ${error.code}` };
  } finally {
    // whose connection it is goes back as well
    await client.query('ROLLBACK TO SAVEPOINT before');
  }
}

async function digestOf(hidden: Hidden[]): Promise<string> {
  // pairs are not written, they follow the zones and incidents that are
  const written = hidden.filter(({ table }) => writable.has(table));
  const parts = written.map(
    ({ table, key }, n) =>
      `(SELECT md5(string_agg(r::text, ' ' ORDER BY r::text)) FROM base.${table} AS r WHERE (${key})::text = ANY ($${n + 1}))`,
  );
  if (parts.length === 0) return '';
  const { rows } = await client.query(
    `SELECT concat_ws(' ', ${parts.join()}) AS digest`,
    written.map(({ fixed }) => fixed),
  );
  return rows[0].digest;
}

/** JSON with the members of every list in one order: without its conditions a statement owes none. */
function unordered(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(unordered).sort().join()}]`;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string') return fromText(value);
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([name, member]) => `${name}:${unordered(member)}`)
    .sort()
    .join()}}`;
}

// features and the like come as the text of one or more JSON values
function fromText(text: string): string {
  if (!/^[[{]/.test(text)) return text;
  try {
    return unordered(JSON.parse(`[${text}]`));
  } catch {
    return text;
  }
}

// a writing transaction holds back the feed of every database of the server, which other tests read
const TOGETHER = 600;

/** What differs of a statement, in any form, when the rows that a caller is not to see are gone. */
async function compare(caller: NamedCaller): Promise<object[]> {
  const differing: object[] = [];
  for (let from = 0; from < forms.length; from += TOGETHER)
    differing.push(...(await compareSome(caller, forms.slice(from, from + TOGETHER))));
  return differing;
}

async function compareSome(caller: NamedCaller, some: readonly RecordedStatement[]): Promise<object[]> {
  const differing: object[] = [];
  await client.query('BEGIN');
  const hidden = await hiddenFrom(caller);
  const untouched = await digestOf(hidden);
  const outcomes: Outcome[] = [];
  await becomeService(client, caller);
  for (const form of some) outcomes.push(await run(form, hidden));
  await becomeOwner(client);
  await deleteRows(hidden);
  await becomeService(client, caller);
  for (const [n, form] of some.entries()) {
    const { answer, hidden: after = untouched } = outcomes[n]!;
    const { answer: other } = await run(form, []);
    if (isSame(form, answer, other) && after === untouched) continue;
    differing.push({ text: form.text, ...difference(answer, other), isTouched: after !== untouched });
  }
  await becomeOwner(client);
  await client.query('ROLLBACK');
  return differing;
}

const TIME = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
// the newest row of the feed leaves in sealed cursors only; a cursor is lost if its own row is gone
const FEED = /\bhead:\[[^\]]*\]|\bstate:\w+/g;
// asked for all who wait: any write wakes them, and each then reads for itself
const WAKING = /\bAS newest\b/;

// A part that is to give one row gives many without its condition, and fails or not as the plan comes to it or not.
const MORE_THAN_ONE = '21000';

// A write tells when it happened. Where it is refused, for whatever reason, nothing of hidden rows is told.
function isSame({ text, writes }: RecordedStatement, one: string, other: string): boolean {
  if (WAKING.test(text)) return true;
  if ([one, other].includes(`${FAILED} ${MORE_THAN_ONE}`)) return true;
  if (!writes) return one.replaceAll(FEED, '') === other.replaceAll(FEED, '');
  if ([one, other].some((answer) => answer.startsWith(FAILED))) return true;
  return one.replaceAll(TIME, '') === other.replaceAll(TIME, '');
}

/** Around the first place where two answers are not the same. */
function difference(one: string, other: string): { found: string; expected: string } {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const around = (text: string) => text.slice(Math.max(0, at - 100), at + 200);
  return { found: around(one), expected: around(other) };
}

test('the statements of all operations are recorded, with their conditions', () => {
  process.stdout.write(`${statements.length} statements in ${forms.length} forms\n`);
  expect(statements.length).toBeGreaterThan(100);
  expect(forms.length).toBeGreaterThan(2 * statements.length);
});

test('each statement knows from its parts what it reads for the audit log, and whether it writes', () => {
  for (const { text, reads, writes } of statements) {
    expect({ text, writes }).toEqual({ text, writes: writesInText(text) });
    // what a write returns is in the log of the triggers
    if (!writes) expect({ text, reads: [...reads].sort() }).toEqual({ text, reads: readsInText(text) });
  }
});

// One of each country, and one of another agency of one.
const all = VIEWERS.filter(({ name }) => !/^(LBY|TUN) .* another/.test(name));
const KINDS = all.filter((_, n) => n % 2 === 1 || samples(1, 0) === 1);

// What a statement answers must not hang on rows that the caller may not see, whatever condition is forgotten.
describe('no statement, with any of its conditions removed, shows or writes hidden rows', () => {
  test.each(KINDS)('as $name', async (caller) => {
    expect(await compare(caller)).toEqual([]);
  });
});
