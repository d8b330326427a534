import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../core/caller.ts';
import type { Page } from '../../core/page.ts';
import type { Database } from '../../db/database.ts';
import { type Layer, listStatement } from '../../db/layer.ts';
import { type PageRow, toPage } from '../../db/page.ts';
import { all, type Sql, sql, when, writing } from '../../db/sql.ts';
import type { Interval } from '../../geometry/datetime.parse.ts';
import { statementMembers } from './crossing.sql.ts';
import type { NewStatus, StatusQuery } from './status.schema.ts';

const columns = sql`s.id, s.crossing, s.country, s.entering, s.traffic, s.state, s.hours, s.reason, s.valid_from, s.valid_to,
  s.source, s.agency, s.recorded_at, s.withdrawn_at, s.withdrawn_by, s.withdrawal_reason`;

const asJson = (
  s: Sql,
): Sql => sql`json_build_object(${statementMembers(s)}, 'crossing', ${s}.crossing, 'country', ${s}.country,
  'agency', ${s}.agency, 'recordedAt', tripoint.utc(${s}.recorded_at), 'withdrawn', CASE WHEN ${s}.withdrawn_at IS NOT NULL
    THEN json_build_object('at', tripoint.utc(${s}.withdrawn_at), 'agency', ${s}.withdrawn_by,
      'reason', ${s}.withdrawal_reason) END)::text`;

/** Newest first. */
const history: Layer = {
  columns,
  from: sql`crossing_status AS s`,
  id: sql`s.id`,
  feature: asJson(sql`r`),
  keys: [
    { column: sql`s.valid_from`, type: 'timestamptz' },
    { column: sql`s.recorded_at`, type: 'timestamptz' },
    { column: sql`s.id`, type: 'uuid' },
  ],
  key: sql`r.valid_from, r.recorded_at, r.id`,
  descending: true,
};

const isKnown = (crossing: string): Sql =>
  sql`EXISTS (SELECT 1 FROM crossing WHERE id = ${crossing}) AS is_known`;

export const statusStore = (db: Database) => ({
  /** undefined: no such crossing. */
  async list(
    caller: Caller,
    crossing: string,
    { country, datetime, withdrawn, ...page }: StatusQuery,
  ): Promise<Page | undefined> {
    const where = all(
      sql`s.crossing = ${crossing}`,
      when(country, (code) => sql`s.country = ${code}`),
      when(datetime, isDuring),
      when(withdrawn, (is) => sql`(s.withdrawn_at IS NOT NULL) = ${is}`),
    );
    const statement = sql`SELECT p.*, ${isKnown(crossing)} FROM (${listStatement(history, where, page)}) AS p`;
    const row = await db.queryOne<PageRow & { is_known: boolean }>(caller, statement);
    return row.is_known ? toPage(row, page.limit) : undefined;
  },

  /** No `statement`: the crossing does not exist, has no side of the caller's country or none that the traffic enters. */
  add: (caller: Caller, crossing: string, status: NewStatus): Promise<AddedStatement> =>
    db.queryOne<AddedStatement>(
      caller,
      sql`
      WITH s AS (${insertStatement(caller, crossing, status)})
      SELECT ${isKnown(crossing)}, (SELECT ${asJson(sql`s`)} FROM s) AS statement,
        ARRAY(SELECT d.country FROM crossing_side AS d WHERE d.crossing = ${crossing} ORDER BY 1) AS countries`,
    ),

  /** `permit` throws to refuse. */
  withdraw: (
    caller: Caller,
    { crossingId, statementId }: { crossingId: string; statementId: string },
    reason: string,
    permit: (stated: StoredStatement | undefined) => void,
  ): Promise<string> =>
    db.transaction(caller, async (tx) => {
      const [stated] = await tx.query<StoredStatement>(sql`
        SELECT s.country, tripoint.utc(s.withdrawn_at) AS "withdrawnAt" FROM crossing_status AS s
        WHERE s.id = ${statementId} AND s.crossing = ${crossingId} FOR NO KEY UPDATE`);
      permit(stated);
      await tx.query(writing`
        UPDATE crossing_status SET withdrawn_at = clock_timestamp(), withdrawn_by = ${caller.agency},
          withdrawal_reason = ${reason}
        WHERE id = ${statementId}`);
      const row = await tx.queryOne<{ text: string }>(
        sql`SELECT ${asJson(sql`s`)} AS text FROM crossing_status AS s WHERE s.id = ${statementId}`,
      );
      return row.text;
    }),
});
export type StatusStore = ReturnType<typeof statusStore>;

interface AddedStatement {
  is_known: boolean;
  statement: string | null;
  /** Of both sides. */
  countries: string[];
}

/** A statement, as far as its withdrawal needs it. */
export interface StoredStatement {
  country: string;
  withdrawnAt: string | null;
}

/** A statement whose validity, which ends before `valid_to`, meets a closed interval. */
const isDuring = ({ from, to }: Interval): Sql =>
  all(
    when(from, (start) => sql`(s.valid_to IS NULL OR s.valid_to > ${start}::timestamptz)`),
    when(to, (end) => sql`s.valid_from <= ${end}::timestamptz`),
  );

const insertStatement = (caller: Caller, crossing: string, status: NewStatus): Sql => writing`
  INSERT INTO crossing_status AS s (id, crossing, country, entering, traffic, state, hours, reason, valid_from, valid_to,
    source, agency)
  SELECT ${uuidv7()}::uuid, d.crossing, d.country, ${status.entering}::text, ${status.traffic}::text[],
    ${status.state}::text, ${status.hours && JSON.stringify(status.hours)}::jsonb, ${status.reason || null}::text,
    coalesce(${status.from}::timestamptz, now()), ${status.to}::timestamptz, ${status.source || caller.agency}::text,
    ${caller.agency}::text
  FROM crossing_side AS d WHERE d.crossing = ${crossing} AND d.country = ${caller.country}
    AND (${status.entering}::text IS NULL OR EXISTS (
      SELECT 1 FROM crossing_side AS e WHERE e.crossing = d.crossing AND e.country = ${status.entering}::text))
  RETURNING ${columns}`;
