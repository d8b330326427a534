import { view } from '../../db/labelled.ts';
import { featureText } from '../../db/spatial.ts';
import { sql } from '../../db/sql.ts';
import type { FollowedRows } from '../followed.sql.ts';

const nowhere = sql`NULL::geometry`;

export const shiftColumns = sql`s.id, s.agency, s.kind, s.name, s.crossing, s.state, s.previous, s.opened_at, s.opened_by,
  s.offered_at, s.offered_by, s.closed_at, s.closed_by`;

// members of JSON objects over the alias `r`, the same in lists and in the change feed

export const shiftMembers = sql`'agency', r.agency, 'place', json_build_object('kind', r.kind, 'name', r.name, 'crossing', r.crossing),
  'state', r.state, 'previous', r.previous, 'openedAt', tripoint.utc(r.opened_at), 'openedBy', r.opened_by,
  'offeredAt', tripoint.utc(r.offered_at), 'offeredBy', r.offered_by,
  'closedAt', tripoint.utc(r.closed_at), 'closedBy', r.closed_by`;

const shifts: FollowedRows = {
  id: 'shifts',
  layer: {
    columns: shiftColumns,
    from: sql`${view.shift} AS s`,
    feature: featureText(sql`r.id`, nowhere, sql`json_build_object(${shiftMembers})`),
    concern: sql`s.concern`,
  },
  is: (id) => sql`s.id = ${id}::uuid`,
};

const notes: FollowedRows = {
  id: 'shift-notes',
  layer: {
    columns: sql`n.id, n.shift, n.at, n.signer, n.text`,
    from: sql`${view.shiftNote} AS n`,
    feature: featureText(
      sql`r.id`,
      nowhere,
      sql`json_build_object('shift', r.shift, 'at', tripoint.utc(r.at), 'by', r.signer, 'text', r.text)`,
    ),
    concern: sql`n.concern`,
  },
  is: (id) => sql`n.id = ${id}::uuid`,
};

export const followedShifts = [shifts, notes];
