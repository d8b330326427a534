import { view } from '../../db/labelled.ts';
import { featureText } from '../../db/spatial.ts';
import { type Sql, sql } from '../../db/sql.ts';
import type { FollowedRows } from '../followed.sql.ts';
import type { Fold } from './incident.query.ts';

const decisions = sql`(
  SELECT coalesce(json_agg(json_build_object('country', c.country, 'agency', c.agency, 'decision', c.decision,
    'at', tripoint.utc(c.at)) ORDER BY c.n), '[]')
  FROM ${view.doubleDecision} AS c WHERE c.earlier = r.earlier AND c.later = r.later)`;

export const doubleColumns = sql`d.earlier, d.later, d.state, d.made_at, d.updated_at, d.concern`;

/** Members of a JSON object over the alias `r`, the same in lists and in the change feed. */
export const doubleMembers = sql`'earlier', r.earlier, 'later', r.later, 'state', r.state, 'decisions', ${decisions},
  'madeAt', tripoint.utc(r.made_at), 'updatedAt', tripoint.utc(r.updated_at)`;

export const followedDoubles: FollowedRows = {
  id: 'same-as',
  layer: {
    columns: doubleColumns,
    from: sql`${view.incidentDouble} AS d`,
    feature: featureText(
      sql`r.earlier || '/' || r.later`,
      sql`NULL::geometry`,
      sql`json_build_object(${doubleMembers})`,
    ),
    concern: sql`d.concern`,
  },
  is: (id) => sql`d.earlier = split_part(${id}, '/', 1)::uuid AND d.later = split_part(${id}, '/', 2)::uuid`,
};

const STATES: Record<Fold, readonly string[]> = {
  confirmed: ['confirmed'],
  possible: ['confirmed', 'possible'],
};

/**
 * Whether an incident is not the later one of a pair whose earlier one is asked, too. The inner `i` is the earlier one, so
 * that the same conditions select it.
 */
export const isNotFolded = (fold: Fold, { from, where }: { from: Sql; where: Sql }): Sql => sql`NOT EXISTS (
  SELECT 1 FROM ${view.incidentDouble} AS d CROSS JOIN LATERAL (
    SELECT 1 FROM ${from} WHERE i.id = d.earlier AND ${where}) AS e
  WHERE d.later = i.id AND d.state = ANY (${STATES[fold]}::text[]))`;
