import { view } from '../../db/labelled.ts';
import type { Layer } from '../../db/layer.ts';
import { featureText } from '../../db/spatial.ts';
import { type Sql, sql } from '../../db/sql.ts';
import type { FollowedRows } from '../followed.sql.ts';

const columns = sql`v.procedure, v.version, v.zone, v.segment, v.crossing, v.state, v.names, v.purpose, v.documents,
  v.participants, v.country, v.agency, v.proposal, v.valid_from, v.valid_to, v.proposed_at, v.open_until, v.agreed_at,
  v.ended_at, v.name`;

const members = sql`'version', r.version, 'zone', r.zone, 'segment', r.segment, 'crossing', r.crossing, 'state', r.state,
  'names', r.names, 'purpose', r.purpose, 'documents', r.documents, 'participants', r.participants, 'country', r.country,
  'agency', r.agency, 'proposal', r.proposal, 'validFrom', tripoint.utc(r.valid_from), 'validTo', tripoint.utc(r.valid_to),
  'proposedAt', tripoint.utc(r.proposed_at), 'openUntil', tripoint.utc(r.open_until),
  'agreedAt', tripoint.utc(r.agreed_at), 'endedAt', tripoint.utc(r.ended_at),
  'updatedAt', tripoint.utc(greatest(r.proposed_at, r.agreed_at, r.ended_at))`;

/** Versions of a procedure one after the other; newer procedures come later. */
export const procedures: Layer = {
  columns,
  from: sql`${view.procedureVersion} AS v`,
  id: sql`v.name`,
  feature: sql`json_build_object('id', r.procedure, ${members})::text`,
  keys: [
    { column: sql`v.procedure`, type: 'uuid' },
    { column: sql`v.version`, type: 'int' },
  ],
  key: sql`r.procedure, r.version`,
  concern: sql`v.concern`,
};

/** `procedure/version`. */
export const followedProcedures: FollowedRows = {
  id: 'procedures',
  layer: {
    columns,
    from: sql`${view.procedureVersion} AS v`,
    feature: featureText(
      sql`r.name`,
      sql`NULL::geometry`,
      sql`json_build_object('procedure', r.procedure, ${members})`,
    ),
    concern: sql`v.concern`,
  },
  is: (id) => sql`v.name = ${id}`,
};

/** Whether a version `v` holds at the place of an incident, as far as the caller sees both. As for mandates: schema/coordination/mandates_at.functions.sql. */
export const holdsAt = (incident: string): Sql => sql`EXISTS (
  SELECT 1 FROM ${view.incident} AS i WHERE i.id = ${incident} AND (
    v.segment = i.segment
    OR EXISTS (SELECT 1 FROM crossing AS c
      WHERE c.id = v.crossing AND ST_DWithin(c.geog, i.geog, 5000 + i.horizontal_accuracy_m))
    OR EXISTS (SELECT 1 FROM ${view.incidentZone} AS p
      WHERE p.incident = i.id AND p.zone = v.zone AND p.relation <> 'possible')))`;
