import { view } from '../../db/labelled.ts';
import type { Layer } from '../../db/layer.ts';
import { featureText } from '../../db/spatial.ts';
import { type Sql, sql } from '../../db/sql.ts';
import type { FollowedRows } from '../followed.sql.ts';

const nowhere = sql`NULL::geometry`;

const assessmentColumns = sql`a.id, a.segment, a.country, a.agency, a.level, a.aspects, a.rationale, a.evidence,
  a.review_due_at, a.lasts_days, a.tlp, a.releasable_to, a.state, a.created_at, a.updated_at, a.assessed_at, a.assessed_by,
  a.declined_at, a.decline_reason, a.agreed_at, a.valid_to, a.ended_at`;

const assessmentMembers = (
  r: Sql,
): Sql => sql`'segment', ${r}.segment, 'country', ${r}.country, 'agency', ${r}.agency,
  'level', ${r}.level, 'aspects', ${r}.aspects, 'rationale', ${r}.rationale, 'evidence', ${r}.evidence,
  'reviewDueAt', tripoint.utc(${r}.review_due_at), 'validForDays', ${r}.lasts_days, 'tlp', ${r}.tlp,
  'releasableTo', ${r}.releasable_to, 'state', ${r}.state,
  'proposal', CASE WHEN ${r}.level = 'critical' AND ${r}.assessed_at IS NOT NULL THEN ${r}.id END,
  'createdAt', tripoint.utc(${r}.created_at), 'assessedAt', tripoint.utc(${r}.assessed_at), 'assessedBy', ${r}.assessed_by,
  'declinedAt', tripoint.utc(${r}.declined_at), 'declineReason', ${r}.decline_reason,
  'agreedAt', tripoint.utc(${r}.agreed_at), 'validTo', tripoint.utc(${r}.valid_to), 'endedAt', tripoint.utc(${r}.ended_at),
  'updatedAt', tripoint.utc(${r}.updated_at)`;

export const assessmentJson = (r: Sql): Sql => sql`json_build_object('id', ${r}.id, ${assessmentMembers(r)})`;

/** Newest first. */
export const assessments: Layer = {
  columns: assessmentColumns,
  from: sql`${view.impactAssessment} AS a`,
  id: sql`a.id`,
  feature: sql`${assessmentJson(sql`r`)}::text`,
  keys: [
    { column: sql`a.created_at`, type: 'timestamptz' },
    { column: sql`a.id`, type: 'uuid' },
  ],
  key: sql`r.created_at, r.id`,
  descending: true,
  concern: sql`a.concern`,
};

const reactionMembers = sql`'assessment', r.assessment, 'segment', r.segment, 'country', r.country, 'kind', r.kind,
  'task', r.task, 'dueAt', tripoint.utc(r.due_at), 'overdue', r.overdue, 'state', r.state, 'doneAt', tripoint.utc(r.done_at),
  'doneBy', r.done_by, 'note', r.note, 'updatedAt', tripoint.utc(r.updated_at)`;

/** Earliest due time first. */
export const reactions: Layer = {
  columns: sql`q.id, q.assessment, q.segment, q.country, q.kind, k.task, q.due_at, q.overdue, q.state, q.done_at, q.done_by,
    q.note, q.updated_at`,
  from: sql`${view.reaction} AS q JOIN reaction_rule AS k ON k.kind = q.kind`,
  id: sql`q.id`,
  feature: sql`json_build_object('id', r.id, ${reactionMembers})::text`,
  keys: [
    { column: sql`q.due_at`, type: 'timestamptz' },
    { column: sql`q.id`, type: 'uuid' },
  ],
  key: sql`r.due_at, r.id`,
  concern: sql`q.concern`,
};

export const followedImpact: FollowedRows[] = [
  {
    id: 'assessments',
    layer: {
      columns: assessments.columns,
      from: assessments.from,
      feature: featureText(sql`r.id`, nowhere, sql`json_build_object(${assessmentMembers(sql`r`)})`),
      concern: sql`a.concern`,
    },
    is: (id) => sql`a.id = ${id}::uuid`,
  },
  {
    id: 'reactions',
    layer: {
      columns: reactions.columns,
      from: reactions.from,
      feature: featureText(sql`r.id`, nowhere, sql`json_build_object(${reactionMembers})`),
      concern: sql`q.concern`,
    },
    is: (id) => sql`q.id = ${id}::uuid`,
  },
];

/** The newest assessment of each side of a segment that counts at an instant, as far as the caller sees them. */
export const sidesOf = (segment: Sql, at: Sql): Sql => sql`
  SELECT DISTINCT ON (a.country) ${assessmentColumns}, a.concern FROM ${view.impactAssessment} AS a
  WHERE a.segment = ${segment} AND a.level <> 'critical' AND a.assessed_at <= ${at}
  ORDER BY a.country, a.assessed_at DESC, a.id DESC`;

/** The critical level in force at an instant. */
export const criticalOf = (segment: Sql, at: Sql): Sql => sql`
  SELECT ${assessmentColumns}, a.concern FROM ${view.impactAssessment} AS a
  WHERE a.segment = ${segment} AND a.level = 'critical' AND a.agreed_at <= ${at} AND a.valid_to > ${at}
    AND (a.ended_at IS NULL OR a.ended_at > ${at})
  ORDER BY a.agreed_at DESC, a.id DESC LIMIT 1`;
