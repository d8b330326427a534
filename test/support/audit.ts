import { randomUUID } from 'node:crypto';
import type { Database, MaintenanceRole } from '../../src/db/database.ts';
import { type Sql, sql } from '../../src/db/sql.ts';
import { eventually } from './eventually.ts';
import { openClient } from './http.client.ts';
import type { TestService } from './service.ts';

/** A statement as the owner of the tables, over the connections of the service: the embedded database has one. */
export const asTableOwner = <Row>(db: Database, statement: Sql): Promise<Row[]> =>
  db.maintain<Row>('none' as MaintenanceRole, statement);

export interface Entry {
  action: string;
  agency: string | null;
  country: string | null;
  key_id: string | null;
  subject: string | null;
  roles: string[] | null;
  operation: string | null;
  method: string | null;
  collection: string;
  target: string | null;
  row_count: number;
  shares: number[];
  purpose: string | null;
  outcome: string;
  detail: string | null;
  filter_hash: string | null;
}

const columns = sql`e.action, e.agency, e.country, e.key_id, e.subject, e.roles, e.operation, e.method, e.collection, e.target,
  e.row_count, e.shares, e.purpose, e.outcome, e.detail, encode(e.filter_hash, 'hex') AS filter_hash`;

/** What the log holds about one request, whether it is sealed or not. */
export const entriesOf = (db: Database, requestId: string): Promise<Entry[]> =>
  asTableOwner<Entry>(
    db,
    sql`SELECT ${columns} FROM base.audit_entry AS e WHERE e.request_id = ${requestId} ORDER BY e.id`,
  );

/** The same once there are as many entries: the end of an answer is told after the answer. */
export async function entriesSoon(
  { db, reads }: Pick<TestService, 'db' | 'reads'>,
  requestId: string,
  count: number,
): Promise<Entry[]> {
  let entries: Entry[] = [];
  await eventually(async () => {
    await reads.flush();
    entries = await entriesOf(db, requestId);
    return entries.length >= count;
  });
  return entries;
}

export interface Asked {
  path: string;
  method?: 'get' | 'post' | 'put' | 'patch' | 'delete';
  headers?: Record<string, string>;
  body?: object | string;
}

/** What is there: the rest would never end. */
async function askStream(app: TestService['app'], path: string, headers: Record<string, string>) {
  const client = await openClient(app);
  const answer = await client.ask({ path, headers });
  await client.close();
  return answer;
}

/** Sends a request and answers what came back, and what the log holds about it once it has ended. */
export async function ask(
  { api, app, db, reads, atRest }: TestService,
  { path, method = 'get', headers = {}, body }: Asked,
) {
  const requestId = randomUUID();
  const traced = { 'X-Request-Id': requestId, ...headers };
  const sent = () => api[method](`/v1${path}`).set(traced);
  const answer = path.startsWith('/stream')
    ? await askStream(app, path, traced)
    : await (body === undefined ? sent() : sent().send(body));
  // the answer is here before the service has seen the end of it, and a stream ends when its connection has
  await atRest();
  let entries: Entry[] = [];
  await eventually(async () => {
    await reads.flush();
    entries = await entriesOf(db, requestId);
    return countOf(entries, 'read', 'begun') === countOf(entries, 'read-end');
  });
  return { status: answer.status, body: answer.body, text: answer.text, entries };
}

const countOf = (entries: readonly Entry[], action: string, outcome?: string): number =>
  entries.filter((entry) => entry.action === action && (outcome ?? entry.outcome) === entry.outcome).length;
