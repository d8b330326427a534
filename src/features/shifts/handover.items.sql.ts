import type { Caller } from '../../core/caller.ts';
import { view } from '../../db/labelled.ts';
import { constant, type Sql, sql, writing } from '../../db/sql.ts';

/** Of each kind. */
const MOST_ITEMS = 1000;

// as listed by /distress/open, where the agency may assist
const distress = sql`
  SELECT 'distress', n.id, n.assistance_due_at FROM ${view.distressNotice} AS n
  WHERE n.may_assist AND n.assisted_at IS NULL AND n.assistance_due_at IS NOT NULL
  ORDER BY n.assistance_due_at, n.id LIMIT ${constant(MOST_ITEMS)}`;

const requests = ({ agency, country }: Caller): Sql => sql`
  SELECT 'request', q.id, q.due_at FROM ${view.request} AS q
  WHERE q.state IN ('open', 'accepted') AND (${agency} = ANY (q.recipients) OR ${country} = ANY (q.recipients))
  ORDER BY q.due_at, q.id LIMIT ${constant(MOST_ITEMS)}`;

/** Of this shift, and those that it took over. Older ones are no news: an agency may keep them for a year. */
const alerts = (shift: string): Sql => sql`
  SELECT 'alert', a.id, a.due_at FROM ${view.alert} AS a
  WHERE a.acknowledged_at IS NULL AND (a.at >= (SELECT s.opened_at FROM ${view.shift} AS s WHERE s.id = ${shift})
    OR a.id IN (
      SELECT i.id FROM ${view.shiftItem} AS i
      WHERE i.kind = 'alert' AND i.shift = (SELECT s.previous FROM ${view.shift} AS s WHERE s.id = ${shift})))
  ORDER BY a.at, a.id LIMIT ${constant(MOST_ITEMS)}`;

const reactions = ({ country }: Caller): Sql => sql`
  SELECT 'reaction', r.id, r.due_at FROM ${view.reaction} AS r
  WHERE r.state = 'open' AND r.country = ${country}
  ORDER BY r.due_at, r.id LIMIT ${constant(MOST_ITEMS)}`;

/** Adds what is open for the agency to the offer of a shift; answers whether that is all. */
export const addItems = (caller: Caller, shift: string): Sql => writing`
  WITH added AS (
    INSERT INTO ${view.shiftItem} (shift, kind, id, due_at)
    SELECT ${shift}::uuid, o.kind, o.id, o.due_at
    FROM (
      (${distress}) UNION ALL (${requests(caller)}) UNION ALL (${alerts(shift)}) UNION ALL (${reactions(caller)})
    ) AS o (kind, id, due_at)
    RETURNING kind
  )
  SELECT coalesce(max(k.n), 0) < ${constant(MOST_ITEMS)} AS "isComplete"
  FROM (SELECT count(*) AS n FROM added AS a GROUP BY a.kind) AS k`;
