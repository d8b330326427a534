import pg from 'pg';
import { ANONYMOUS, type Caller, viewerOf } from '../core/caller.ts';
import { Problem } from '../core/problem.ts';
import { traceSetting } from './audit.setting.ts';
import { CHANGE_NOTICE, CHANNEL, type ChangeLog, changeLog, readChange, sessionOf } from './change.log.ts';
import { translateDatabaseError } from './errors.ts';
import { note } from './labelled.ts';
import { type Rendered, render, type Sql } from './sql.ts';

export interface Transaction {
  query<Row>(statement: Sql): Promise<Row[]>;
  queryOne<Row>(statement: Sql): Promise<Row>;
}

export interface Database {
  /** One statement as this caller: one round trip, its own transaction. */
  query<Row>(caller: Caller, statement: Sql): Promise<Row[]>;
  /** The same for a statement that always gives one row. */
  queryOne<Row>(caller: Caller, statement: Sql): Promise<Row>;
  /** A statement without rows that does not depend on the caller. */
  record(statement: Sql): Promise<void>;
  /** Several statements in one transaction. */
  transaction<T>(caller: Caller, work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** One statement as a maintenance role, such as the sealer of the audit log. */
  maintain<Row>(role: MaintenanceRole, statement: Sql): Promise<Row[]>;
  maintainOne<Row>(role: MaintenanceRole, statement: Sql): Promise<Row>;
  /** Changes by this process, and by others as notified (src/db/change.listener.ts). */
  changes: ChangeLog;
  /** `size`: the maximum. */
  poolStats(): { size: number; total: number; idle: number; waiting: number };
  close(): Promise<void>;
}

export type MaintenanceRole =
  | 'tripoint_sealer'
  | 'tripoint_purger'
  | 'tripoint_clock'
  | 'tripoint_watch'
  | 'tripoint_alerter'
  | 'tripoint_courier';

export interface DatabaseSettings {
  connection: pg.ClientConfig;
  poolSize: number;
  statementTimeoutSeconds: number;
  /** Whether other processes use the database and need notifications. Default: true. */
  isShared?: boolean;
  /** The change log of another connection of this process to the same database. Default: its own. */
  changes?: ChangeLog;
  /** Ends a statement past its time limit that the database does not end (the embedded one blocks while it works). */
  endStuckStatement?: () => void;
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

async function run<Row>(client: pg.ClientBase, { trace }: Caller, statement: Sql): Promise<Row[]> {
  const rendered = render(statement);
  const name = nameOf(client, rendered);
  const { text, values } = rendered;
  const result = await client.query({ ...(name !== undefined && { name }), text, values });
  note(trace, rendered, result);
  return result.rows as Row[];
}

const transactionOf = (client: pg.ClientBase, caller: Caller): Transaction => ({
  query: (statement) => run(client, caller, statement),
  queryOne: async <Row>(statement: Sql) => oneRow(await run<Row>(client, caller, statement)),
});

export function oneRow<Row>(rows: readonly Row[]): Row {
  if (rows.length !== 1) throw new Error(`A statement that gives one row gave ${rows.length}.`);
  return rows[0]!;
}

export function openDatabase(settings: DatabaseSettings): Database {
  const timeoutMs = settings.statementTimeoutSeconds * 1000;
  const { changes = changeLog() } = settings;
  const pool = new pg.Pool({
    ...settings.connection,
    pipeline: true,
    max: settings.poolSize,
    connectionTimeoutMillis: timeoutMs,
    onConnect: (client: pg.ClientBase) => {
      // a connection that breaks during a query rejects the query; without a listener it would also end the process
      client.on('error', () => {});
      hearOwnChanges(client);
      changes.sessions.add(sessionOf(client));
      return limitSession(client, timeoutMs);
    },
  } as pg.PoolConfig);
  pool.on('remove', (client) => changes.sessions.delete(sessionOf(client)));
  // A broken idle connection leaves the pool; the next query opens a new one.
  pool.on('error', () => {});

  async function withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect().catch(translateDatabaseError);
    const stuck = settings.endStuckStatement && setTimeout(settings.endStuckStatement, timeoutMs);
    let broken = true;
    try {
      const result = await work(client);
      broken = false;
      return result;
    } catch (error) {
      broken = !(error instanceof pg.DatabaseError || error instanceof Problem);
      return translateDatabaseError(error);
    } finally {
      clearTimeout(stuck);
      release(client, broken);
    }
  }

  /** Reports writes to this process before the answer leaves, and to the others at the same time. */
  function release(client: pg.PoolClient, broken: boolean): void {
    // after a broken connection it is unknown whether the commit succeeded
    const said = ownChanges.get(client)!.splice(0);
    for (const change of said) changes.tell(readChange(change));
    const isToTell = said.length > 0 && settings.isShared !== false;
    if (broken || !isToTell) client.release(broken);
    if (!isToTell) return;
    const teller = broken ? pool.connect() : Promise.resolve(client);
    teller.then((one) => announce(one, said)).catch(() => {});
  }

  const query: Database['query'] = <Row>(caller: Caller, statement: Sql) =>
    withClient(async (client) => {
      const asCaller = actAs(client, caller);
      const answer = run<Row>(client, caller, statement);
      answer.catch(() => {});
      await asCaller;
      return answer;
    });

  const maintain: Database['maintain'] = <Row>(role: MaintenanceRole, statement: Sql) =>
    withClient((client) =>
      inTransaction(client, ANONYMOUS, async () => {
        await client.query(`SET LOCAL ROLE ${role}`);
        return run<Row>(client, ANONYMOUS, statement);
      }),
    );

  return {
    query,
    queryOne: async <Row>(caller: Caller, statement: Sql) => oneRow(await query<Row>(caller, statement)),
    maintain,
    maintainOne: async <Row>(role: MaintenanceRole, statement: Sql) =>
      oneRow(await maintain<Row>(role, statement)),

    record: (statement) =>
      withClient(async (client) => {
        await run(client, ANONYMOUS, statement);
      }),

    transaction: (caller, work) =>
      withClient((client) =>
        inTransaction(client, caller, () => work(transactionOf(client, caller))).catch((error) => {
          if (caller.trace) caller.trace.hasWritten = false;
          throw error;
        }),
      ),

    changes,
    poolStats: () => ({
      size: settings.poolSize,
      total: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close: () => pool.end(),
  };
}

/**
 * The service's role sees only the views; `RESET ROLE` is impossible because callers never send SQL. No parallel workers:
 * queries are small and concurrent, and workers for one would take processors from the others.
 */
const limitSession = (client: pg.ClientBase, timeoutMs: number) =>
  client.query(`
    SET ROLE tripoint_service;
    SET search_path TO tripoint, public;
    SET TIME ZONE 'UTC';
    SET max_parallel_workers_per_gather TO 0;
    SET client_min_messages TO notice;
    SET tripoint.tells TO 'on';
    SET statement_timeout TO ${Math.trunc(timeoutMs)};
    SET idle_in_transaction_session_timeout TO ${Math.trunc(timeoutMs)}`);

/** In a separate transaction: NOTIFY in a writing one would serialise all writers. */
const announce = (client: pg.PoolClient, said: readonly string[]): Promise<void> =>
  client
    .query({
      name: 'announce',
      text: `SELECT pg_notify('${CHANNEL}', said) FROM unnest($1::text[]) AS said`,
      values: [[...new Set(said)]],
    })
    .then(
      () => client.release(),
      () => client.release(true),
    );

const ownChanges = new WeakMap<pg.ClientBase, string[]>();

/** The database reports the changes of a statement in a notice (base.tell). */
function hearOwnChanges(client: pg.ClientBase): void {
  const heard: string[] = [];
  ownChanges.set(client, heard);
  client.on('notice', ({ code, message }) => {
    if (code === CHANGE_NOTICE && message !== undefined) heard.push(message);
  });
}

async function inTransaction<T>(client: pg.ClientBase, caller: Caller, work: () => Promise<T>): Promise<T> {
  const asCaller = actAs(client, caller);
  // both are sent together; nothing else follows before both have succeeded
  const begun = client.query('BEGIN');
  begun.catch(() => {});
  await asCaller;
  await begun;
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

const callerOfConnection = new WeakMap<pg.ClientBase, string>();

/**
 * Sets the caller if the connection last served another one. It is sent together with the next statement, whose result
 * is used only if this succeeded too.
 */
async function actAs(client: pg.ClientBase, caller: Caller): Promise<void> {
  const viewer = String(viewerOf(caller));
  const agency = caller.agency ?? '';
  const roles = caller.roles.join();
  const trace = traceSetting(caller);
  const key = `${viewer}/${agency}/${roles}/${trace}`;
  if (callerOfConnection.get(client) === key) return;
  callerOfConnection.delete(client);
  const statement = {
    name: 'act_as',
    text: `SELECT set_config('tripoint.viewer', $1, false), set_config('tripoint.agency', $2, false),
                  set_config('tripoint.roles', $3, false), set_config('tripoint.trace', $4, false)`,
    values: [viewer, agency, roles, trace],
  };
  await client.query(statement).catch((cause) => {
    throw new Error('connection terminated: the caller could not be set', { cause });
  });
  callerOfConnection.set(client, key);
}
