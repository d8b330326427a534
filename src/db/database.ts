import pg from 'pg';
import { ANONYMOUS, type Caller, type Lane } from '../core/caller.ts';
import { Problem } from '../core/problem.ts';
import { CHANGE_NOTICE, CHANNEL, type ChangeLog, changeLog, noticeOf, readChange } from './change.log.ts';
import { translateDatabaseError } from './errors.ts';
import { type LaneStats, type Lanes, openLanes } from './lanes.ts';
import type { Sql } from './sql.ts';
import {
  oneRow,
  prepareSettings,
  runAll,
  runBoth,
  runOnce,
  type Transaction,
  type TransactionActor,
  Uncommitted,
  type WriteAndRead,
} from './transaction.ts';

export type { Transaction } from './transaction.ts';

export interface Database {
  /** One statement as this caller: one round trip, its own transaction. */
  query<Row>(caller: Caller, statement: Sql): Promise<Row[]>;
  /** The same for a statement that always gives one row. */
  queryOne<Row>(caller: Caller, statement: Sql): Promise<Row>;
  /** A statement without rows that does not depend on the caller. */
  record(statement: Sql): Promise<void>;
  /** A write and the answer about it: one transaction and one round trip. The rows are those of the answer. */
  writeAndRead<Row>(caller: Caller, statements: WriteAndRead): Promise<Row[]>;
  /** Several statements in one transaction. */
  transaction<T>(caller: Caller, work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** One statement as a maintenance role, such as the sealer of the audit log. */
  maintain<Row>(role: MaintenanceRole, statement: Sql): Promise<Row[]>;
  maintainOne<Row>(role: MaintenanceRole, statement: Sql): Promise<Row>;
  /**
   * The same database over one connection of its own, which stays open with its plans: for work that must not wait for
   * others, nor for plans. Where there is only one connection, that one.
   */
  apart(): Database;
  /** Every connection that is opened from now on, also by `apart`, is tried by this before its first statement. */
  admit(check: Admission): void;
  /** Changes by this process, and by others as notified (src/db/change.listener.ts). */
  changes: ChangeLog;
  /** `size`: the maximum. */
  poolStats(): { size: number; total: number; idle: number; lanes: LaneStats[] };
  close(): Promise<void>;
}

/**
 * Asks a new connection, and rejects to refuse it. The statement that waits for the connection is answered with that error.
 * The connection is undefined if its login is not that of the service.
 */
export type Admission = (connection?: Pick<Database, 'queryOne'>) => Promise<void>;

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
  /** Tells the siblings of this process what it wrote. Awaited before a write is acknowledged. */
  tellSiblings?: ((changes: readonly string[]) => Promise<unknown>) | undefined;
  /** Default: by the size of the pool. */
  lanes?: Lanes;
  /** Default: its own. */
  admission?: { check?: Admission };
  /** Whether connections stay open while they have nothing to do. Default: false. */
  staysOpen?: boolean;
  /** Ends a statement past its time limit that the database does not end (the embedded one blocks while it works). */
  endStuckStatement?: () => void;
}

const SERVICE_ROLE = 'tripoint_service';

export function openDatabase(settings: DatabaseSettings): Database {
  const timeoutMs = settings.statementTimeoutSeconds * 1000;
  const { changes = changeLog(), lanes = openLanes(settings.poolSize), admission = {} } = settings;
  const pool = new pg.Pool({
    ...settings.connection,
    pipeline: true,
    max: settings.poolSize,
    ...(settings.staysOpen && { idleTimeoutMillis: 0 }),
    connectionTimeoutMillis: timeoutMs,
    onConnect: (client: pg.ClientBase) => {
      // a connection that breaks during a query rejects the query; without a listener it would also end the process
      client.on('error', () => {});
      hearOwnChanges(client);
      return prepareSettings(client);
    },
    verify: (client: pg.PoolClient, done: (refusal?: Error) => void) =>
      void tryNew(client).then(() => done(), done),
  } as pg.PoolConfig);
  const announce = announcer();
  // A broken idle connection leaves the pool; the next query opens a new one.
  pool.on('error', () => {});

  async function withClient<T>(
    { lane, share }: LanePlace,
    work: (client: pg.PoolClient) => Promise<T>,
  ): Promise<T> {
    const give = await lanes.take(lane, share, timeoutMs).catch(translateDatabaseError);
    const client = await pool.connect().catch((error) => {
      give();
      return translateDatabaseError(error);
    });
    const stuck = settings.endStuckStatement && setTimeout(settings.endStuckStatement, timeoutMs);
    let end: TransactionEnd = 'unknown';
    try {
      const result = await work(client);
      end = 'committed';
      return result;
    } catch (error) {
      end = endOf(error);
      return translateDatabaseError(error);
    } finally {
      clearTimeout(stuck);
      const said = release(client, end, give);
      if (said.length > 0) await settings.tellSiblings?.(said);
    }
  }

  /** Reports writes to this process before the answer leaves, and to other services at the same time. Returns them. */
  function release(client: pg.PoolClient, end: TransactionEnd, give: () => void): readonly string[] {
    const heard = ownChanges.get(client)!.splice(0);
    const said = end === 'rolled back' ? [] : heard;
    for (const change of said) changes.tell(readChange(change));
    const isToTell = said.length > 0 && settings.isShared !== false;
    const isBroken = end === 'unknown';
    if (isBroken || !isToTell) client.release(isBroken);
    if (!isToTell) {
      give();
      return said;
    }
    const teller = isBroken ? pool.connect() : Promise.resolve(client);
    const notices = said.map((change) => noticeOf(changes.nonce, change));
    teller
      .then((one) => announce(one, notices))
      .catch(() => {})
      .finally(give);
    return said;
  }

  const asRole = (role: string, caller: Caller): TransactionActor => ({
    caller,
    role,
    timeoutMs: Math.min(timeoutMs, caller.statementMs ?? timeoutMs),
    idleMs: timeoutMs,
  });
  const asService = (caller: Caller) => asRole(SERVICE_ROLE, caller);

  async function tryNew(client: pg.PoolClient): Promise<void> {
    await admission.check?.({
      queryOne: async <Row>(caller: Caller, statement: Sql) =>
        oneRow(await runOnce<Row>(client, asService(caller), statement)),
    });
  }

  const query: Database['query'] = <Row>(caller: Caller, statement: Sql) =>
    withClient(placeOf(caller), (client) => runOnce<Row>(client, asService(caller), statement)).catch(
      unwritten(caller),
    );

  const maintain: Database['maintain'] = <Row>(role: MaintenanceRole, statement: Sql) =>
    withClient(JOB, (client) => runOnce<Row>(client, asRole(role, ANONYMOUS), statement));

  let own: Database | undefined;
  const api: Database = {
    query,
    queryOne: async <Row>(caller: Caller, statement: Sql) => oneRow(await query<Row>(caller, statement)),
    maintain,
    maintainOne: async <Row>(role: MaintenanceRole, statement: Sql) =>
      oneRow(await maintain<Row>(role, statement)),

    record: async (statement) => {
      await query(ANONYMOUS, statement);
    },

    writeAndRead: <Row>(caller: Caller, statements: WriteAndRead) =>
      withClient(placeOf(caller), (client) => runBoth<Row>(client, asService(caller), statements)).catch(
        unwritten(caller),
      ),

    transaction: (caller, work) =>
      withClient(placeOf(caller), (client) => runAll(client, asService(caller), work)).catch(
        unwritten(caller),
      ),

    apart() {
      if (settings.poolSize === 1) return api;
      own ??= openDatabase({
        ...settings,
        changes,
        admission,
        lanes: openLanes(1),
        poolSize: 1,
        staysOpen: true,
      });
      return own;
    },
    admit(check) {
      admission.check = check;
    },
    changes,
    poolStats: () => ({
      size: settings.poolSize,
      total: pool.totalCount,
      idle: pool.idleCount,
      lanes: lanes.stats(),
    }),
    close: async () => void (await Promise.all([pool.end(), own?.close()])),
  };
  return api;
}

interface LanePlace {
  lane: Lane;
  share: string;
}

const JOB: LanePlace = { lane: 'jobs', share: '' };

const placeOf = ({ lane, country, share, keyId, subject, agency }: Caller): LanePlace => ({
  lane: lane ?? country ?? 'service',
  share: share ?? keyId ?? subject ?? agency ?? '',
});

const unwritten =
  ({ trace }: Caller) =>
  (error: unknown): never => {
    if (trace) trace.hasWritten = false;
    throw error;
  };

/** `unknown`: the connection broke, maybe after the commit. */
type TransactionEnd = 'committed' | 'rolled back' | 'unknown';

const SESSION_ENDED = /^(08|57P)/;

function endOf(error: unknown): TransactionEnd {
  if (error instanceof Problem || error instanceof Uncommitted) return 'rolled back';
  if (!(error instanceof pg.DatabaseError)) return 'unknown';
  return SESSION_ENDED.test(error.code ?? '') ? 'unknown' : 'rolled back';
}

type Announce = (client: pg.PoolClient, said: readonly string[]) => Promise<void>;

/**
 * In a separate transaction: NOTIFY in a writing one would serialise all writers. Writers that come while one announces wait
 * for its end together, so that many writers cost few transactions.
 */
function announcer(): Announce {
  let waiting = new Set<string>();
  let current: Promise<unknown> = Promise.resolve();
  let isOneNext = false;
  return async (client, said) => {
    for (const one of said) waiting.add(one);
    if (isOneNext) return client.release();
    isOneNext = true;
    await current;
    isOneNext = false;
    const sent = waiting;
    waiting = new Set();
    current = client.query({ ...ANNOUNCEMENT, values: [[...sent]] }).then(
      () => client.release(),
      () => {
        client.release(true);
        for (const one of sent) waiting.add(one);
      },
    );
    await current;
  };
}

// not durable: after a crash of the database nobody listens
const ANNOUNCEMENT = {
  name: 'announce',
  text: `SELECT set_config('synchronous_commit', 'off', true), pg_notify('${CHANNEL}', said) FROM unnest($1::text[]) AS said`,
};

const ownChanges = new WeakMap<pg.ClientBase, string[]>();

/** The database reports the changes of a statement in a notice (base.tell). */
function hearOwnChanges(client: pg.ClientBase): void {
  const heard: string[] = [];
  ownChanges.set(client, heard);
  client.on('notice', ({ code, message }) => {
    if (code === CHANGE_NOTICE && message !== undefined) heard.push(message);
  });
}
