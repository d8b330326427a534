import pg from 'pg';
import { type Caller, viewerOf } from '../access/caller.ts';
import { translateDatabaseError } from './errors.ts';
import { render, type Sql } from './sql.ts';

export interface Transaction {
  query<Row>(statement: Sql): Promise<Row[]>;
}

export interface Database {
  /** One statement as this caller: one round trip, a transaction of its own. */
  query<Row>(caller: Caller, statement: Sql): Promise<Row[]>;
  /** Several statements that succeed or fail together. */
  transaction<T>(caller: Caller, work: (tx: Transaction) => Promise<T>): Promise<T>;
  poolStats(): { total: number; idle: number; waiting: number };
  close(): Promise<void>;
}

export interface DatabaseSettings {
  connection: pg.ClientConfig;
  poolSize: number;
  statementTimeoutSeconds: number;
  /** Ends a statement that the database itself does not end in time (the embedded one blocks while it works). */
  endStuckStatement?: () => void;
}

// Bounds what the server keeps prepared for each connection; further texts are planned each time.
const MOST_PREPARED = 400;
const preparedNames = new Map<string, string>();

function nameOf(text: string): string | undefined {
  const known = preparedNames.get(text);
  if (known || preparedNames.size >= MOST_PREPARED) return known;
  const name = `q${preparedNames.size}`;
  preparedNames.set(text, name);
  return name;
}

const toQuery = (statement: Sql): pg.QueryConfig => {
  const { text, values } = render(statement);
  const name = statement.isPlannedEachTime ? undefined : nameOf(text);
  return { ...(name && { name }), text, values };
};

export function openDatabase(settings: DatabaseSettings): Database {
  const timeoutMs = settings.statementTimeoutSeconds * 1000;
  const pool = new pg.Pool({
    ...settings.connection,
    pipeline: true,
    max: settings.poolSize,
    connectionTimeoutMillis: timeoutMs,
    onConnect: (client: pg.ClientBase) => {
      // one that breaks under a query rejects the query; without a listener it would end the process as well
      client.on('error', () => {});
      return limitSession(client, timeoutMs);
    },
  } as pg.PoolConfig);
  // A connection that breaks while idle leaves the pool; the next query opens a new one.
  pool.on('error', () => {});

  async function withClient<T>(
    caller: Caller,
    work: (client: pg.PoolClient, asCaller: Promise<unknown>) => Promise<T>,
  ) {
    const client = await pool.connect().catch(translateDatabaseError);
    const stuck = settings.endStuckStatement && setTimeout(settings.endStuckStatement, timeoutMs);
    let broken = true;
    try {
      const result = await work(client, actAs(client, caller));
      broken = false;
      return result;
    } catch (error) {
      broken = !(error instanceof pg.DatabaseError);
      return translateDatabaseError(error);
    } finally {
      clearTimeout(stuck);
      client.release(broken);
    }
  }

  return {
    query: <Row>(caller: Caller, statement: Sql) =>
      withClient(caller, async (client, asCaller) => {
        const answer = client.query(toQuery(statement));
        answer.catch(() => {});
        await asCaller;
        return (await answer).rows as Row[];
      }),

    transaction: (caller, work) =>
      withClient(caller, async (client, asCaller) => {
        await asCaller;
        await client.query('BEGIN');
        try {
          const result = await work({
            query: async <Row>(statement: Sql) => (await client.query(toQuery(statement))).rows as Row[],
          });
          await client.query('COMMIT');
          return result;
        } catch (error) {
          await client.query('ROLLBACK').catch(() => {});
          throw error;
        }
      }),

    poolStats: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  };
}

/**
 * The service's role sees the views only; `RESET ROLE` is out of reach because callers never send SQL. No parallel
 * workers: questions are small and come many at a time, and workers for one would take the processors from the others.
 */
const limitSession = (client: pg.ClientBase, timeoutMs: number) =>
  client.query(`
    SET ROLE tripoint_service;
    SET search_path TO tripoint, public;
    SET TIME ZONE 'UTC';
    SET max_parallel_workers_per_gather TO 0;
    SET statement_timeout TO ${Math.trunc(timeoutMs)};
    SET idle_in_transaction_session_timeout TO ${Math.trunc(timeoutMs)}`);

const callerOfConnection = new WeakMap<pg.ClientBase, string>();

/**
 * Tells the database who is asking, when the connection last served somebody else. It is sent together with the
 * statement behind it; nothing of the answer is used unless this has succeeded too.
 */
async function actAs(client: pg.ClientBase, caller: Caller): Promise<void> {
  const viewer = String(viewerOf(caller));
  const agency = caller.agency ?? '';
  const key = `${viewer}/${agency}`;
  if (callerOfConnection.get(client) === key) return;
  callerOfConnection.delete(client);
  const statement = {
    name: 'act_as',
    text: `SELECT set_config('tripoint.viewer', $1, false), set_config('tripoint.agency', $2, false)`,
    values: [viewer, agency],
  };
  await client.query(statement).catch((cause) => {
    throw new Error('connection terminated: the caller could not be set', { cause });
  });
  callerOfConnection.set(client, key);
}
