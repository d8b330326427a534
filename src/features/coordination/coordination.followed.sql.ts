import { view } from '../../db/labelled.ts';
import { featureText } from '../../db/spatial.ts';
import { type Sql, sql } from '../../db/sql.ts';
import type { FollowedRows } from '../followed.sql.ts';

const nowhere = sql`NULL::geometry`;

export const isLate = sql`(q.state IN ('open', 'accepted') AND q.due_at < now())`;

export const requestColumns = sql`q.id, q.incident, q.zone, q.segment, q.crossing, q.place, q.agency, q.kind, q.needs, q.recipients, q.due_at,
  ${isLate} AS is_late, q.text, q.state, q.answer, q.answered_by, q.created_at, q.updated_at`;

// members of JSON objects over the alias `r`, the same in lists and in the change feed

export const requestMembers = sql`'incident', r.incident, 'zone', r.zone, 'segment', r.segment, 'crossing', r.crossing,
  'place', ST_AsGeoJSON(r.place)::json, 'agency', r.agency, 'kind', r.kind, 'needs', r.needs, 'to', r.recipients,
  'dueAt', tripoint.utc(r.due_at), 'overdue', r.is_late, 'text', r.text, 'state', r.state,
  'answer', r.answer, 'answeredBy', r.answered_by, 'createdAt', tripoint.utc(r.created_at),
  'updatedAt', tripoint.utc(r.updated_at)`;

export const responseColumns = sql`p.id, p.incident, p.agency, p.kind, p.state, p.text, p.created_at, p.updated_at,
  p.planned_at, p.in_progress_at, p.done_at`;

export const responseMembers = sql`'agency', r.agency, 'kind', r.kind, 'state', r.state, 'text', r.text,
  'createdAt', tripoint.utc(r.created_at), 'updatedAt', tripoint.utc(r.updated_at), 'states', (
    SELECT json_agg(json_build_object('state', s.state, 'at', tripoint.utc(s.at)) ORDER BY s.n)
    FROM (VALUES (1, 'planned', r.planned_at), (2, 'in_progress', r.in_progress_at), (3, 'done', r.done_at))
      AS s (n, state, at) WHERE s.at IS NOT NULL)`;

export const acknowledgementMembers = sql`'agency', r.agency, 'country', r.country, 'at', tripoint.utc(r.at)`;

const ofIncident = (members: Sql): Sql => sql`json_build_object('incident', r.incident, ${members})`;

/** An agency acknowledges an incident once: `incident/agency`. */
const acknowledgements: FollowedRows = {
  id: 'acknowledgements',
  layer: {
    columns: sql`a.incident, a.agency, a.country, a.at`,
    from: sql`${view.acknowledgement} AS a`,
    feature: featureText(sql`r.incident || '/' || r.agency`, nowhere, ofIncident(acknowledgementMembers)),
    concern: sql`a.concern`,
  },
  is: (id) => sql`a.incident = split_part(${id}, '/', 1)::uuid AND a.agency = split_part(${id}, '/', 2)`,
};

const responses: FollowedRows = {
  id: 'responses',
  layer: {
    columns: responseColumns,
    from: sql`${view.response} AS p`,
    feature: featureText(sql`r.id`, nowhere, ofIncident(responseMembers)),
    concern: sql`p.concern`,
  },
  is: (id) => sql`p.id = ${id}::uuid`,
};

const requests: FollowedRows = {
  id: 'requests',
  layer: {
    columns: requestColumns,
    from: sql`${view.request} AS q`,
    feature: featureText(sql`r.id`, nowhere, sql`json_build_object(${requestMembers})`),
    concern: sql`q.concern`,
  },
  is: (id) => sql`q.id = ${id}::uuid`,
};

export const followedCoordination = [acknowledgements, responses, requests];
