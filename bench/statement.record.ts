import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createApp, serviceOf } from '../src/app.ts';
import { type Database, openDatabase } from '../src/db/database.ts';
import { render, type SqlValue } from '../src/db/sql.ts';
import { type PlanMode, planModeOf } from '../src/db/transaction.ts';
import { openHttpServer } from '../src/http/listen.ts';
import { withQuery } from '../test/support/database.query.ts';

export interface Statement {
  text: string;
  values: SqlValue[];
  /** As the service sets `plan_cache_mode`. */
  planMode: PlanMode;
}

export interface Recording {
  statements: Statement[];
  answer: string;
}

/** The statements that the service sends for requests, and the last answer. */
export async function recordStatements(url: string, ...paths: string[]): Promise<Recording> {
  const statements: Statement[] = [];
  const db = openDatabase({
    connection: { connectionString: url },
    poolSize: 1,
    statementTimeoutSeconds: 60,
  });
  const logger = pino({ level: 'silent' });
  const app = createApp(recording(db, statements), {}, logger);
  const service = serviceOf(app, {
    logger,
    ready: async () => [],
    requestTimeoutMs: 60_000,
    poolStats: db.poolStats,
  });
  const http = await openHttpServer(service, { host: '127.0.0.1', port: 0 });
  try {
    const { port } = http.server.address() as AddressInfo;
    let answer = '';
    for (const path of paths) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`);
      answer = await response.text();
      if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${answer}`);
    }
    return { statements, answer };
  } finally {
    await http.close();
    await db.close();
  }
}

const recording = (db: Database, statements: Statement[]): Database =>
  withQuery(db, (caller, statement) => {
    const rendered = render(statement);
    const { text, values } = rendered;
    // sent once per process or once a minute, not per answer
    if (!/postgis_libprotobuf_version|GROUP BY c.cell/.test(text))
      statements.push({ text, values, planMode: planModeOf(rendered) });
    return db.query(caller, statement);
  });
