import { view } from '../../db/labelled.ts';
import { featureText } from '../../db/spatial.ts';
import { sql } from '../../db/sql.ts';
import type { FollowedRows } from '../followed.sql.ts';

const nowhere = sql`NULL::geometry`;

// members of JSON objects over the alias of a view, the same in notices and in the change feed
export const assistanceMembers = sql`'agency', s.agency, 'state', s.state, 'outcome', s.outcome, 'counts', s.counts,
  'at', tripoint.utc(s.at)`;

/** Rescue bodies that do not see the incident learn of the notice alone. */
export const followedAssistance: FollowedRows = {
  id: 'assistance',
  layer: {
    columns: sql`s.id, json_build_object('notice', s.notice, 'incident', n.incident, ${assistanceMembers}) AS properties`,
    from: sql`${view.assistance} AS s JOIN ${view.distressNotice} AS n ON n.id = s.notice`,
    feature: featureText(sql`r.id`, nowhere, sql`r.properties`),
    concern: sql`n.concern`,
  },
  is: (id) => sql`s.id = ${id}::uuid`,
};
