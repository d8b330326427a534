import type pg from 'pg';
import { ANONYMOUS, type Caller, viewerOf } from '../core/caller.ts';
import { traceSetting } from './audit.setting.ts';
import { note } from './labelled.ts';
import { type Rendered, render, type Sql } from './sql.ts';
import { queryInTransaction } from './transaction.query.ts';

export interface Transaction {
  query<Row>(statement: Sql): Promise<Row[]>;
  queryOne<Row>(statement: Sql): Promise<Row>;
}

/** For whom, with which rights and for how long a transaction works. */
export interface TransactionActor {
  caller: Caller;
  role: string;
  timeoutMs: number;
  /** How long it may wait for its next statement. */
  idleMs: number;
}

// Limits the prepared statements per connection; further texts are planned each time.
const MOST_PREPARED = 400;
const prepared = new WeakMap<pg.ClientBase, Map<string, string>>();

function nameOf(client: pg.ClientBase, { text, isPlannedEachTime }: Rendered): string | undefined {
  if (isPlannedEachTime) return undefined;
  const names = prepared.get(client) ?? new Map<string, string>();
  prepared.set(client, names);
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_PREPARED) return known;
  const name = `q${names.size}`;
  names.set(text, name);
  return name;
}

function configOf(client: pg.ClientBase, rendered: Rendered): pg.QueryConfig {
  const name = nameOf(client, rendered);
  const { text, values } = rendered;
  return { ...(name !== undefined && { name }), text, values };
}

async function run<Row>(client: pg.ClientBase, { trace }: Caller, statement: Sql): Promise<Row[]> {
  const rendered = render(statement);
  const result = await client.query(configOf(client, rendered));
  note(trace, rendered, result);
  return result.rows as Row[];
}

export function oneRow<Row>(rows: readonly Row[]): Row {
  if (rows.length !== 1) throw new Error(`A statement that gives one row gave ${rows.length}.`);
  return rows[0]!;
}

/**
 * Everything that a statement depends on, for one transaction only: behind a pooler the next transaction may run in
 * another session, and the session may serve another process next. A view that is read without these settings answers
 * nothing. The service's role sees only the views; `RESET ROLE` is impossible because callers never send SQL. No parallel
 * workers: queries are small and concurrent, and workers for one would take processors from the others.
 */
const SETTINGS = {
  name: 'settings',
  text: `SELECT num_nulls(
    set_config('role', $1, true),
    set_config('search_path', 'tripoint, public', true),
    set_config('timezone', 'UTC', true),
    set_config('max_parallel_workers_per_gather', '0', true),
    set_config('client_min_messages', 'notice', true),
    set_config('statement_timeout', $2, true),
    set_config('idle_in_transaction_session_timeout', $7, true),
    set_config('tripoint.tells', 'on', true),
    set_config('tripoint.viewer', $3, true),
    set_config('tripoint.agency', $4, true),
    set_config('tripoint.roles', $5, true),
    set_config('tripoint.trace', $6, true))`,
};

const NOBODY: TransactionActor = { caller: ANONYMOUS, role: 'none', timeoutMs: 0, idleMs: 0 };

/** Once for each connection: every transaction begins with these settings. They end with this statement. */
export const prepareSettings = (client: pg.ClientBase): Promise<unknown> => settle(client, NOBODY);

const settle = (client: pg.ClientBase, actor: TransactionActor): Promise<unknown> =>
  client.query({ ...SETTINGS, values: settingsOf(actor) });

function settingsOf({ caller, role, timeoutMs, idleMs }: TransactionActor): string[] {
  const { agency = '', roles } = caller;
  const [limit, idle] = [timeoutMs, idleMs].map((ms) => String(Math.trunc(ms))) as [string, string];
  return [role, limit, String(viewerOf(caller)), agency, roles.join(), traceSetting(caller), idle];
}

/** One statement in a transaction of its own: one round trip. */
export async function runOnce<Row>(
  client: pg.ClientBase,
  actor: TransactionActor,
  statement: Sql,
): Promise<Row[]> {
  const rendered = render(statement);
  const settings = { statement: SETTINGS.name, values: settingsOf(actor) };
  const result = await queryInTransaction(client, configOf(client, rendered), settings);
  note(actor.caller.trace, rendered, result);
  return result.rows as Row[];
}

/** Several statements in one transaction. */
export async function runAll<T>(
  client: pg.ClientBase,
  actor: TransactionActor,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const { caller } = actor;
  // both are sent together; nothing else follows before both have succeeded
  const begun = await Promise.allSettled([client.query('BEGIN'), settle(client, actor)]);
  try {
    for (const step of begun) if (step.status === 'rejected') throw step.reason;
    const result = await work({
      query: (statement) => run(client, caller, statement),
      queryOne: async <Row>(statement: Sql) => oneRow(await run<Row>(client, caller, statement)),
    });
    requireCommit(await client.query('COMMIT'));
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** The database answered COMMIT with the tag ROLLBACK, which it does after a failure, without an error. */
export class Uncommitted extends Error {}

function requireCommit({ command }: pg.QueryResult): void {
  if (command !== 'COMMIT') throw new Uncommitted(`The transaction ended with ${command} instead of COMMIT.`);
}
