import type pg from 'pg';
import { ANONYMOUS, type Caller, viewerOf } from '../core/caller.ts';
import { traceSetting } from './audit.setting.ts';
import { note } from './labelled.ts';
import { type PreparedNames, preparedNames } from './prepared.names.ts';
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

/** What pg does not declare of the connection behind a client. */
interface Connection {
  parsedStatements: Record<string, string>;
  close(message: { type: 'S'; name: string }): void;
}

const prepared = new WeakMap<pg.ClientBase, PreparedNames>();

function namesOf(client: pg.ClientBase): PreparedNames {
  const known = prepared.get(client) ?? preparedNames((name) => forget(client, name));
  prepared.set(client, known);
  return known;
}

/**
 * Travels with the statement that follows. The message of the protocol, because PgBouncer has names of its own and knows
 * nothing of DEALLOCATE.
 */
function forget(client: pg.ClientBase, name: string): void {
  const { connection } = client as unknown as { connection: Connection };
  connection.close({ type: 'S', name });
  delete connection.parsedStatements[name];
}

function configOf(
  client: pg.ClientBase,
  actor: TransactionActor,
  { text, values }: Rendered,
): pg.QueryConfig {
  const name = namesOf(client).nameOf(text, askerOf(actor));
  return { ...(name !== undefined && { name }), text, values };
}

const isPrepared = (client: pg.ClientBase, { name }: pg.QueryConfig): boolean =>
  name !== undefined &&
  (client as unknown as { connection: Connection }).connection.parsedStatements[name] !== undefined;

/** The service itself is one asker, a maintenance role another. */
const askerOf = ({ role, caller: { share, keyId, subject, agency } }: TransactionActor): string =>
  `${role} ${share ?? keyId ?? subject ?? agency ?? ''}`;

async function run<Row>(client: pg.ClientBase, actor: TransactionActor, rendered: Rendered): Promise<Row[]> {
  const result = await client.query(configOf(client, actor, rendered));
  note(actor.caller.trace, rendered, result);
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
 * workers: queries are small and concurrent, and workers for one would take processors from the others. No
 * compiled expressions: a few milliseconds of a statement never pay for them. A statement that is planned each time has a
 * name too: it is parsed once, and its views are expanded once.
 */
const SETTINGS = {
  name: 'settings',
  text: `SELECT num_nulls(
    set_config('role', $1, true),
    set_config('search_path', 'tripoint, public', true),
    set_config('timezone', 'UTC', true),
    set_config('max_parallel_workers_per_gather', '0', true),
    set_config('jit', 'off', true),
    set_config('plan_cache_mode', $8, true),
    set_config('client_min_messages', 'notice', true),
    set_config('statement_timeout', $2, true),
    set_config('idle_in_transaction_session_timeout', $7, true),
    set_config('tripoint.tells', 'on', true),
    set_config('tripoint.viewer', $3, true),
    set_config('tripoint.agency', $4, true),
    set_config('tripoint.roles', $5, true),
    set_config('tripoint.trace', $6, true))`,
};

/** PostgreSQL would plan the usual statements for each value, because it fears the plan for all of them. */
export type PlanMode = 'auto' | 'force_custom_plan' | 'force_generic_plan';

export function planModeOf({ isPlannedEachTime, isPlannedOnce }: Rendered): PlanMode {
  if (isPlannedEachTime) return 'force_custom_plan';
  return isPlannedOnce ? 'force_generic_plan' : 'auto';
}

const PLANNING = "SELECT set_config('plan_cache_mode', $1, true)";

const NOBODY: TransactionActor = { caller: ANONYMOUS, role: 'none', timeoutMs: 0, idleMs: 0 };

/** Once for each connection: every transaction begins with these settings. They end with this statement. */
export const prepareSettings = (client: pg.ClientBase): Promise<unknown> => settle(client, NOBODY);

const settle = (client: pg.ClientBase, actor: TransactionActor): Promise<unknown> =>
  client.query({ ...SETTINGS, values: settingsOf(actor, 'auto') });

function settingsOf({ caller, role, timeoutMs, idleMs }: TransactionActor, mode: PlanMode): string[] {
  const { agency = '', roles } = caller;
  const [limit, idle] = [timeoutMs, idleMs].map((ms) => String(Math.trunc(ms))) as [string, string];
  return [role, limit, String(viewerOf(caller)), agency, roles.join(), traceSetting(caller), idle, mode];
}

/** One statement in a transaction of its own: one round trip. */
export async function runOnce<Row>(
  client: pg.ClientBase,
  actor: TransactionActor,
  statement: Sql,
): Promise<Row[]> {
  const rendered = render(statement);
  const settings = settingsFor(actor, rendered);
  const result = await queryInTransaction(client, { settings, last: configOf(client, actor, rendered) });
  note(actor.caller.trace, rendered, result);
  return result.rows as Row[];
}

const settingsFor = (actor: TransactionActor, rendered: Rendered) => ({
  statement: SETTINGS.name,
  values: settingsOf(actor, planModeOf(rendered)),
});

/**
 * A statement that writes, and one that reads what it left, in one transaction and one round trip. The connection has
 * prepared both before: what it does not know it learns step by step, because `pg` notes one new name for an answer.
 */
export async function runBoth<Row>(
  client: pg.ClientBase,
  actor: TransactionActor,
  { write, read }: WriteAndRead,
): Promise<Row[]> {
  const [written, answered] = [render(write), render(read)];
  const [first, last] = [configOf(client, actor, written), configOf(client, actor, answered)];
  if (
    ![first, last].every((config) => isPrepared(client, config)) ||
    planModeOf(written) !== planModeOf(answered)
  )
    return runAll(client, actor, async (tx) => {
      await tx.query(write);
      return tx.query<Row>(read);
    });
  const result = await queryInTransaction(client, { settings: settingsFor(actor, answered), first, last });
  note(actor.caller.trace, written, { ...result, rowCount: result.written });
  note(actor.caller.trace, answered, result);
  return result.rows as Row[];
}

export interface WriteAndRead {
  write: Sql;
  read: Sql;
}

/** Several statements in one transaction. */
export async function runAll<T>(
  client: pg.ClientBase,
  actor: TransactionActor,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  // both are sent together; nothing else follows before both have succeeded
  const begun = await Promise.allSettled([client.query('BEGIN'), settle(client, actor)]);
  try {
    for (const step of begun) if (step.status === 'rejected') throw step.reason;
    const result = await work(transactionOf(client, actor));
    requireCommit(await client.query('COMMIT'));
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

function transactionOf(client: pg.ClientBase, actor: TransactionActor): Transaction {
  let mode: PlanMode = 'auto';

  async function query<Row>(statement: Sql): Promise<Row[]> {
    const rendered = render(statement);
    const wanted = planModeOf(rendered);
    const isSet = wanted === mode;
    mode = wanted;
    const set = isSet ? undefined : client.query({ name: 'planning', text: PLANNING, values: [wanted] });
    const [, rows] = await Promise.all([set, run<Row>(client, actor, rendered)]);
    return rows;
  }

  return { query, queryOne: async <Row>(statement: Sql) => oneRow(await query<Row>(statement)) };
}

/** The database answered COMMIT with the tag ROLLBACK, which it does after a failure, without an error. */
export class Uncommitted extends Error {}

function requireCommit({ command }: pg.QueryResult): void {
  if (command !== 'COMMIT') throw new Uncommitted(`The transaction ended with ${command} instead of COMMIT.`);
}
