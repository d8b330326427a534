import type { Caller } from '../../core/caller.ts';
import { unprocessable } from '../../core/problem.ts';
import { all, plannedEachTime, type Sql, sql } from '../../db/sql.ts';
import { oneRow } from '../../db/transaction.ts';
import { type Rows, rowsFor } from '../../ogc/collection/collection.sql.ts';
import { besideAnchor } from '../../ogc/collection/items.sql.ts';
import type { StrangerGuard } from '../../ogc/collection/stranger.limits.store.ts';
import { INTERVALS, type IncidentCountQuery } from './count.schema.ts';
import { incidentCollection } from './incident.collection.sql.ts';
import { isNotCancelled } from './incident.sql.ts';

const MOST_COUNTED = 250_000; // rows read for one answer: about a quarter of a second

interface CountRow {
  text: string;
  total: number;
  is_known?: boolean;
}

export const countStore = (strangers: StrangerGuard) => ({
  /** Counts incidents by the time they began. */
  async count(caller: Caller, { datetime, interval, ...filters }: IncidentCountQuery): Promise<string> {
    const rows = rowsFor(caller, incidentCollection, incidentCollection.rows(filters));
    const limited = { filters: { q: filters.q }, filter: undefined, sort: [] };
    const statement = countStatement(rows, datetime, interval);
    const row = oneRow(await strangers.ask<CountRow>(caller, limited, statement));
    if (rows.anchor && !row.is_known) throw rows.anchor.missing();
    if (row.total > MOST_COUNTED)
      throw unprocessable('too-many-to-count', 'period-too-full', { most: MOST_COUNTED });
    return row.text;
  },
});
export type CountStore = ReturnType<typeof countStore>;

/** One statement: the rows of the period by the order of time, in intervals. */
function countStatement(
  { from, where, concern, anchor }: Rows,
  { from: start, to: end }: IncidentCountQuery['datetime'],
  interval: IncidentCountQuery['interval'],
): Sql {
  const seconds = INTERVALS[interval];
  const step = sql`make_interval(secs => ${seconds}::int)`;
  const first = sql`${start}::timestamptz`;
  const last = sql`${end}::timestamptz`;
  const began = plannedEachTime(sql`i.occurred_at >= ${first} AND i.occurred_at < ${last}`);
  return besideAnchor(
    sql`
    WITH part AS MATERIALIZED (
      SELECT date_bin(${step}, r.occurred_at, ${first}) AS begins, r.severity, count(*)::int AS n, ${SHARES}
      FROM (
        SELECT i.occurred_at, i.severity, ${concern ?? sql`0`} AS concern
        FROM ${from} WHERE ${all(where, began, isNotCancelled(sql`i`))} LIMIT ${MOST_COUNTED + 1}::int
      ) AS r
      GROUP BY 1, 2
    ), bar AS (
      SELECT p.begins, sum(p.n)::int AS n, json_object_agg(p.severity, p.n) AS severity FROM part AS p GROUP BY p.begins
    ), whole AS (
      SELECT coalesce(sum(p.n), 0)::int AS n, ${SEEN} AS seen FROM part AS p
    )
    SELECT w.n AS total, w.seen, json_build_object('from', tripoint.utc(${first}), 'to', tripoint.utc(${last}),
      'interval', ${interval}::text, 'total', w.n, 'counts', (
        SELECT json_agg(json_build_object('from', tripoint.utc(t.begins), 'to', tripoint.utc(least(t.begins + ${step}, ${last})),
          'total', coalesce(b.n, 0), 'severity', coalesce(b.severity, '{}')) ORDER BY t.begins)
        FROM generate_series(${first}, ${last} - interval '1 ms', ${step}) AS t (begins)
        LEFT JOIN bar AS b ON b.begins = t.begins))::text AS text
    FROM whole AS w`,
    anchor?.row,
  );
}

/** Of the rows of a part those that are not CLEAR, in all and by owner country. */
const SHARES = sql`count(*) FILTER (WHERE r.concern > 0) AS s0, count(*) FILTER (WHERE r.concern & 2 > 0) AS s1,
        count(*) FILTER (WHERE r.concern & 4 > 0) AS s2, count(*) FILTER (WHERE r.concern & 8 > 0) AS s3`;
const SEEN = sql`ARRAY[coalesce(sum(p.s0), 0), coalesce(sum(p.s1), 0), coalesce(sum(p.s2), 0), coalesce(sum(p.s3), 0)]::int[]`;
