import { zoneConcern } from '../../db/concern.ts';
import { view } from '../../db/labelled.ts';
import type { Layer } from '../../db/layer.ts';
import { featureText, wound } from '../../db/spatial.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { awaiting } from './revision.facts.sql.ts';

const columnsAs = (
  state: Sql,
  agreed: Sql,
): Sql => sql`z.id, z.area, z.names, z.kind, z.purpose, z.participants,
  z.country, z.agency, z.author, ${state} AS state, ${agreed} AS agreed, ${awaiting(sql`z`)} AS awaiting, z.revision,
  z.proposed_at, z.effective, z.valid_from, z.valid_to, z.legal_act, z.derived_from, z.tlp, z.releasable_to, z.area_km2,
  z.horizontal_accuracy_m, z.notes, z.source, z.created_at, z.updated_at`;

const feature = featureText(
  sql`r.id`,
  wound(sql`r.area`),
  sql`json_build_object('names', r.names, 'kind', r.kind, 'purpose', r.purpose, 'participants', r.participants,
    'country', r.country, 'agency', r.agency, 'state', r.state, 'agreed', r.agreed, 'awaiting', r.awaiting,
    'revision', r.revision, 'proposedAt', tripoint.utc(r.proposed_at),
    'effectiveFrom', tripoint.utc(lower(r.effective)), 'effectiveTo', tripoint.utc(upper(r.effective)),
    'validFrom', tripoint.utc(r.valid_from), 'validTo', tripoint.utc(r.valid_to), 'legalAct', r.legal_act,
    'derivedFrom', r.derived_from, 'tlp', r.tlp, 'releasableTo', r.releasable_to,
    'areaKm2', round(r.area_km2::numeric, 3), 'horizontalAccuracyMetres', r.horizontal_accuracy_m, 'notes', r.notes,
    'source', r.source, 'author', r.author, 'createdAt', tripoint.utc(r.created_at),
    'updatedAt', tripoint.utc(r.updated_at))`,
);

/**
 * The revision, plus changes without a revision: a draft in place, the label, and the state. Whoever sees the zone sees
 * all of it.
 */
export const zoneVersion = (
  z: Sql,
): Sql => sql`${z}.revision || '-' || left(md5(concat_ws(' ', ${z}.updated_at, ${z}.tlp,
  ${z}.releasable_to, ${z}.state, ${z}.agreed)), 12)`;

/** Each zone in the revision that the caller sees. */
export const zones: Layer = {
  columns: columnsAs(sql`z.state`, sql`z.agreed`),
  from: sql`${view.zone} AS z`,
  id: sql`z.id`,
  feature,
  keys: [{ column: sql`z.id`, type: 'text' }],
  key: sql`r.id`,
  concern: zoneConcern(sql`z`),
  version: zoneVersion(sql`z`),
};

/** For its writer. */
export const writtenZone: Layer = { ...zones, concern: sql`0` };

export const zoneRevisions: Layer = {
  ...zones,
  from: sql`${view.zoneRevision} AS z`,
  keys: [{ column: sql`z.revision`, type: 'int' }],
  key: sql`r.revision`,
};

/** With the state of the time when they were in force. */
export const revisionsInForce: Layer = { ...zoneRevisions, columns: columnsAs(sql`'active'`, sql`true`) };

/** For its writer. */
export const writtenRevision: Layer = { ...zoneRevisions, concern: sql`0` };
