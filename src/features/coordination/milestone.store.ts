import type { Caller } from '../../core/caller.ts';
import { incidentConcern, reportConcern } from '../../db/concern.ts';
import type { Database } from '../../db/database.ts';
import { view } from '../../db/labelled.ts';
import { sql } from '../../db/sql.ts';

// Computed, not stored: a stored time would be the same for everybody, and would show that there are rows that a reader does not see.

// a response is an acknowledgement: it stops the same clock
const firstAcknowledgement = sql`
  SELECT e.agency, e.country, e.at, e.concern FROM (
    SELECT a.agency, a.country, a.at, a.concern FROM ${view.acknowledgement} AS a WHERE a.incident = i.id
    UNION ALL
    SELECT p.agency, p.country, p.created_at, p.concern FROM ${view.response} AS p WHERE p.incident = i.id
  ) AS e ORDER BY e.at, e.agency LIMIT 1`;

const firstResponse = sql`
  SELECT p.id, p.agency, p.country, p.kind, p.created_at AS at, p.concern FROM ${view.response} AS p
  WHERE p.incident = i.id ORDER BY p.created_at, p.id LIMIT 1`;

// the report that brought the present state; an incident that was reopened is closed again later
const closing = sql`
  SELECT r.id, r.agency, r.owner AS country, r.state, r.recorded_at AS at, ${reportConcern(sql`r`, sql`i`)} AS concern
  FROM ${view.report} AS r
  WHERE r.incident = i.id AND r.state = i.state AND i.state IN ('closed', 'cancelled') AND NOT EXISTS (
    SELECT 1 FROM ${view.report} AS o WHERE o.incident = i.id AND o.state <> i.state AND o.recorded_at > r.recorded_at)
  ORDER BY r.recorded_at, r.id LIMIT 1`;

export const milestoneStore = (db: Database) => ({
  /** As JSON text; undefined: the caller sees no such incident. */
  async find(caller: Caller, incident: string): Promise<string | undefined> {
    const [row] = await db.query<{ text: string }>(
      caller,
      sql`
        SELECT json_build_object('incident', i.id, 'reportedAt', tripoint.utc(i.reported_at),
            'firstAcknowledgement', CASE WHEN a.at IS NOT NULL THEN json_build_object(
              'agency', a.agency, 'country', a.country, 'at', tripoint.utc(a.at)) END,
            'firstResponse', CASE WHEN p.at IS NOT NULL THEN json_build_object('id', p.id, 'kind', p.kind,
              'agency', p.agency, 'country', p.country, 'at', tripoint.utc(p.at)) END,
            'closing', CASE WHEN c.at IS NOT NULL THEN json_build_object('report', c.id, 'state', c.state,
              'agency', c.agency, 'country', c.country, 'at', tripoint.utc(c.at)) END)::text AS text,
          i.concern | coalesce(a.concern, 0) | coalesce(p.concern, 0) | coalesce(c.concern, 0) AS seen_one,
          i.concern AS seen_target
        FROM (SELECT b.id, b.reported_at, b.state, b.tlp, ${incidentConcern(sql`b`)} AS concern
              FROM ${view.incident} AS b WHERE b.id = ${incident}) AS i
        LEFT JOIN LATERAL (${firstAcknowledgement}) AS a ON true
        LEFT JOIN LATERAL (${firstResponse}) AS p ON true
        LEFT JOIN LATERAL (${closing}) AS c ON true`,
    );
    return row?.text;
  },
});
export type MilestoneStore = ReturnType<typeof milestoneStore>;
