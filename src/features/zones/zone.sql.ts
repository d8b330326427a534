import { zoneConcern } from '../../db/concern.ts';
import type { Layer } from '../../db/layer.ts';
import { featureText } from '../../db/spatial.ts';
import { sql } from '../../db/sql.ts';

/** Validity ends by itself. */
export const effectiveState = sql`CASE WHEN z.state = 'active' AND z.valid_to <= now() THEN 'expired' ELSE z.state END`;

const columns = sql`z.id, z.area, z.names, z.kind, z.purpose, z.participants, z.country, z.agency, z.author,
  ${effectiveState} AS state, z.revision, z.valid_from, z.valid_to, z.legal_act, z.derived_from, z.tlp,
  z.releasable_to, z.area_km2, z.horizontal_accuracy_m, z.notes, z.source, z.created_at, z.updated_at`;

const feature = featureText(
  sql`r.id`,
  sql`r.area`,
  sql`json_build_object('names', r.names, 'kind', r.kind, 'purpose', r.purpose, 'participants', r.participants,
    'country', r.country, 'agency', r.agency, 'state', r.state, 'revision', r.revision,
    'validFrom', tripoint.utc(r.valid_from), 'validTo', tripoint.utc(r.valid_to), 'legalAct', r.legal_act,
    'derivedFrom', r.derived_from, 'tlp', r.tlp, 'releasableTo', r.releasable_to,
    'areaKm2', round(r.area_km2::numeric, 3), 'horizontalAccuracyMetres', r.horizontal_accuracy_m, 'notes', r.notes,
    'source', r.source, 'author', r.author, 'createdAt', tripoint.utc(r.created_at),
    'updatedAt', tripoint.utc(r.updated_at))`,
);

export const zones: Layer = {
  columns,
  from: sql`zone AS z`,
  id: sql`z.id`,
  feature,
  keys: [{ column: sql`z.id`, type: 'text' }],
  key: sql`r.id`,
  concern: zoneConcern(sql`z`),
};

export const zoneRevisions: Layer = {
  ...zones,
  from: sql`zone_revision AS z`,
  keys: [{ column: sql`z.revision`, type: 'int' }],
  key: sql`r.revision`,
};
