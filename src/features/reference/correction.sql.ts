import { view } from '../../db/labelled.ts';
import type { Layer } from '../../db/layer.ts';
import { featureText } from '../../db/spatial.ts';
import { sql } from '../../db/sql.ts';
import type { FollowedRows } from '../followed.sql.ts';

export const stateOf = sql`CASE WHEN c.applied_at IS NULL THEN p.state ELSE 'applied' END`;
/** Who sees a correction that is not applied sees its proposal. */
const from = sql`${view.correction} AS c LEFT JOIN ${view.jointProposal} AS p ON p.id = c.proposal`;

const columns = sql`c.id, c.agency, c.country, c.participants, c.touches, c.source, c.reason, c.valid_from, c.created_at,
  c.applied_at, c.features, c.proposal, ${stateOf} AS state`;

/** Over the alias `r` of `columns`. */
const members = sql`
  'state', r.state, 'proposal', r.proposal, 'agency', r.agency, 'country', r.country,
  'participants', r.participants, 'source', r.source, 'reason', r.reason, 'validFrom', tripoint.utc(r.valid_from),
  'touches', r.touches, 'createdAt', tripoint.utc(r.created_at), 'appliedAt', tripoint.utc(r.applied_at)`;

/** Newest first. */
export const corrections: Layer = {
  columns,
  from,
  id: sql`c.id`,
  feature: sql`json_build_object('id', r.id, ${members})::text`,
  keys: [
    { column: sql`c.created_at`, type: 'timestamptz' },
    { column: sql`c.id`, type: 'uuid' },
  ],
  key: sql`r.created_at, r.id`,
  descending: true,
  concern: sql`c.concern`,
};

export const wholeCorrections: Layer = {
  ...corrections,
  feature: sql`json_build_object('id', r.id, ${members}, 'changes', tripoint.correction_difference(r.id),
    'features', r.features)::text`,
};

export const followedCorrections: FollowedRows = {
  id: 'corrections',
  layer: {
    columns,
    from,
    feature: featureText(sql`r.id`, sql`NULL::geometry`, sql`json_build_object(${members})`),
    concern: sql`c.concern`,
  },
  is: (id) => sql`c.id = ${id}::uuid`,
};
