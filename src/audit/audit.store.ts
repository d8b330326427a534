import { ANONYMOUS, type Caller } from '../core/caller.ts';
import type { Database } from '../db/database.ts';
import { type Sql, sql } from '../db/sql.ts';
import type { AttemptCount } from './attempt.log.ts';
import type { AuditQuery } from './audit.schema.ts';
import type { ReadEntry } from './read.log.ts';

const FIRST = '00000000-0000-0000-0000-000000000000';
const MOST_SEALED = 500; // per statement: the embedded database does nothing else meanwhile

export interface AuditPage {
  /** Comma-separated JSON of the entries. */
  entries: string;
  /** The last one, if more follow. */
  last: string | null;
}

/** `sealed` is called after each statement that sealed something. */
export const auditStore = (db: Database, sealed: () => void = () => {}) => ({
  /** Sealed entries in the order of the chain. */
  list(caller: Caller, query: AuditQuery): Promise<AuditPage> {
    return db.queryOne<AuditPage>(caller, listStatement(query));
  },

  async writeReads(entries: readonly ReadEntry[]): Promise<void> {
    await db.record(sql`SELECT audit_reads(${JSON.stringify(entries)}::json)`);
  },

  async writeAttempts(counts: readonly AttemptCount[]): Promise<void> {
    await db.record(sql`SELECT note_attempts(${JSON.stringify(counts)}::json)`);
  },

  /** Age of the oldest entry that waits for its seal. */
  async sealingLag(): Promise<number> {
    const row = await db.queryOne<{ seconds: number }>(ANONYMOUS, sql`SELECT sealing_lag() AS seconds`);
    return row.seconds;
  },

  /** Chains some entries; true: there are more. */
  async seal(): Promise<boolean> {
    const row = await db.maintainOne<{ sealed: number }>(
      'tripoint_sealer',
      sql`SELECT base.seal_audit(${MOST_SEALED}) AS sealed`,
    );
    if (row.sealed > 0) sealed();
    return row.sealed === MOST_SEALED;
  },
});
const entry = sql`json_build_object(
  'id', r.id, 'at', tripoint.utc(r.at), 'agency', r.agency, 'country', r.country, 'key', r.key_id, 'subject', r.subject,
  'roles', r.roles, 'action', r.action, 'operation', r.operation, 'collection', r.collection, 'target', r.target, 'rows', r.row_count,
  'countries', r.countries, 'outcome', r.outcome, 'detail', r.detail, 'purpose', r.purpose,
  'requestId', r.request_id, 'filterHash', encode(r.filter_hash, 'hex'))::text`;

const listStatement = ({ after, limit }: AuditQuery): Sql => sql`
  SELECT coalesce(string_agg(p.entry, ',' ORDER BY p.id) FILTER (WHERE p.n <= ${limit}::int), '') AS entries,
         CASE WHEN count(*) > ${limit}::int THEN min(p.id::text) FILTER (WHERE p.n = ${limit}::int) END AS last
  FROM (
    SELECT row_number() OVER (ORDER BY r.id) AS n, r.id, ${entry} AS entry
    FROM (
      SELECT e.id, e.at, e.agency, e.country, e.key_id, e.subject, e.roles, e.action, e.operation, e.collection, e.target,
             e.row_count, e.countries, e.outcome, e.detail, e.purpose, e.request_id, e.filter_hash
      FROM audit_entry AS e
      WHERE e.id > ${after ?? FIRST}::uuid
      ORDER BY e.id LIMIT ${limit + 1}::int
    ) AS r
  ) AS p`;

export type AuditStore = ReturnType<typeof auditStore>;
