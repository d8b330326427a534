import { types } from 'node:util';
import pg from 'pg';
import type { Database } from '../../src/db/database.ts';
import { type Rendered, render, type SqlValue, sql } from '../../src/db/sql.ts';
import { planModeOf } from '../../src/db/transaction.ts';
import { withQuery } from './database.query.ts';

export interface PlanReader {
  /** Stands in for the database of a store: answers nothing, and keeps what it was asked. */
  db: Database;
  /** The plan of what was asked last, for these very values. */
  planForValues(): Promise<string>;
  /** The plan in use after a connection has asked the same several times, as the connections of the service do. */
  planInUse(): Promise<string>;
  /** Whether that plan is one for all values from the first time on. */
  isPlannedOnce(): boolean;
  close(): Promise<void>;
}

const OFTEN = 8; // PostgreSQL may keep one plan for all values from the sixth time on

/** Reads plans as the role of the service, with the planner left alone. */
export async function openPlanReader(connection: pg.ClientConfig): Promise<PlanReader> {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query(`
    SET ROLE tripoint_service;
    SET search_path TO tripoint, public;
    SET max_parallel_workers_per_gather TO 0;
    SELECT set_config('tripoint.viewer', '9', false), set_config('tripoint.agency', 'tun-garde-nationale', false)`);
  let asked: Rendered = render(sql``);
  let count = 0;

  const explain = async (statement: string, values: SqlValue[] = []): Promise<string> => {
    const { rows } = await client.query(`EXPLAIN ${statement}`, values as unknown[]);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };
  const db = withQuery({} as Database, async (_caller, statement) => {
    asked = render(statement);
    return [{ features: '', found: 0, last: null }] as never[];
  });

  return {
    db,
    planForValues: () => explain(asked.text, asked.values),
    planInUse: async () => {
      const name = `asked_${count++}`;
      const { text, values } = asked;
      await client.query(`SET plan_cache_mode TO ${planModeOf(asked)}`);
      for (let n = 0; n < OFTEN; n++) await client.query({ name, text, values });
      return explain(`EXECUTE ${name}(${asked.values.map(literal).join(', ')})`);
    },
    isPlannedOnce: () => planModeOf(asked) === 'force_generic_plan',
    close: () => client.end(),
  };
}

function literal(value: SqlValue): string {
  if (value === null || value === undefined) return 'NULL';
  if (types.isDate(value)) return pg.escapeLiteral(value.toISOString());
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.map((one) => JSON.stringify(one)).join()}}`);
  return pg.escapeLiteral(String(value));
}

/** How often each index was scanned until now, as the server counts it. */
export async function countScans(client: pg.Client): Promise<Map<string, number>> {
  await client.query('SELECT pg_stat_force_next_flush()');
  await client.query('SELECT pg_stat_clear_snapshot()');
  const { rows } = await client.query(
    'SELECT indexrelname, idx_scan::int AS count FROM pg_stat_user_indexes',
  );
  return new Map(rows.map(({ indexrelname, count }) => [indexrelname, count]));
}
