import { view } from '../../db/labelled.ts';
import type { Layer } from '../../db/layer.ts';
import { featureText } from '../../db/spatial.ts';
import { type Sql, sql } from '../../db/sql.ts';
import type { FollowedRows } from '../followed.sql.ts';

const decisions = sql`
  SELECT coalesce(json_agg(json_build_object('country', c.country, 'agency', c.agency, 'decision', c.decision,
    'reason', c.reason, 'at', tripoint.utc(c.at)) ORDER BY c.at, c.id), '[]')
  FROM ${view.jointConsent} AS c WHERE c.proposal = p.id`;

/** Participants that have not approved a waiting proposal `p`. */
const awaiting = sql`
  CASE WHEN p.state = 'proposed' THEN ARRAY(
    SELECT t.country FROM unnest(p.participants) AS t (country) WHERE NOT EXISTS (
      SELECT 1 FROM ${view.jointConsent} AS c
      WHERE c.proposal = p.id AND c.country = t.country AND c.decision = 'approve')) ELSE '{}' END`;

const columns = sql`p.id, p.subject_type, p.subject, p.path, p.participants, p.country, p.agency, p.state, p.proposed_at,
  p.open_until, p.agreed_at, p.ended_at, p.updated_at, ${awaiting} AS awaiting, (${decisions}) AS decisions`;

const members = sql`'subjectType', r.subject_type, 'subject', r.subject, 'path', r.path, 'participants', r.participants,
  'country', r.country, 'agency', r.agency, 'state', r.state, 'awaiting', r.awaiting, 'decisions', r.decisions,
  'proposedAt', tripoint.utc(r.proposed_at), 'openUntil', tripoint.utc(r.open_until),
  'agreedAt', tripoint.utc(r.agreed_at), 'endedAt', tripoint.utc(r.ended_at), 'updatedAt', tripoint.utc(r.updated_at)`;

/** Earliest deadline first. */
export const proposals: Layer = {
  columns,
  from: sql`${view.jointProposal} AS p`,
  id: sql`p.id`,
  feature: sql`json_build_object('id', r.id, ${members})::text`,
  keys: [
    { column: sql`p.open_until`, type: 'timestamptz' },
    { column: sql`p.id`, type: 'uuid' },
  ],
  key: sql`r.open_until, r.id`,
  concern: sql`p.concern`,
};

/** Whether a proposal `p` waits for the decision of a country. */
export const waitsFor = (country: string | undefined): Sql => sql`
  p.state = 'proposed' AND ${country} = ANY (p.participants) AND NOT EXISTS (
    SELECT 1 FROM ${view.jointConsent} AS c WHERE c.proposal = p.id AND c.country = ${country})`;

export const followedProposals: FollowedRows = {
  id: 'proposals',
  layer: {
    columns,
    from: sql`${view.jointProposal} AS p`,
    feature: featureText(sql`r.id`, sql`NULL::geometry`, sql`json_build_object(${members})`),
    concern: sql`p.concern`,
  },
  is: (id) => sql`p.id = ${id}::uuid`,
};
