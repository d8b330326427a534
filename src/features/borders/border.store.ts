import type { Caller } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { findFeature, type Layer, listFeatures } from '../../db/layer.ts';
import { featureText } from '../../db/spatial.ts';
import { type Sql, sql } from '../../db/sql.ts';
import { versionMembers } from '../version.sql.ts';
import { borderCollection, bordersAt } from './border.collection.sql.ts';
import type { BorderQuery, SegmentQuery } from './border.schema.ts';
import { segmentCollection, segmentsAt } from './segment.collection.sql.ts';

const borders = (at: string | undefined): Layer => ({
  columns: sql`b.code, b.line, b.countries, b.names, b.length_km, b.official_length_km, b.official_length_source,
    b.other_published_lengths, b.horizontal_accuracy_m, b.horizontal_accuracy_note, b.legal_basis,
    b.unverified_items, b.source, b.licence, b.valid_from, b.valid_to, b.correction`,
  from: bordersAt(at),
  id: sql`b.code`,
  feature: featureText(
    sql`r.code`,
    sql`r.line`,
    sql`json_build_object('code', r.code, 'countries', r.countries, 'names', r.names, 'lengthKm', r.length_km,
      'officialLengthKm', r.official_length_km, 'officialLengthSource', r.official_length_source,
      'otherPublishedLengths', r.other_published_lengths, 'horizontalAccuracyMetres', r.horizontal_accuracy_m,
      'horizontalAccuracyNote', r.horizontal_accuracy_note, 'legalBasis', r.legal_basis,
      'unverifiedItems', r.unverified_items, 'source', r.source,
      'licence', r.licence, ${versionMembers})`,
  ),
  keys: [{ column: sql`b.code`, type: 'text' }],
  key: sql`r.code`,
});

const segments = (at: string | undefined): Layer => ({
  columns: sql`s.id, s.line, s.border, s.sequence, s.from_km, s.to_km, s.names, s.name_basis, s.admin_units,
    s.horizontal_accuracy_m, s.impact_level, s.unverified_items, s.source, s.licence,
    s.valid_from, s.valid_to, s.correction`,
  from: segmentsAt(at),
  id: sql`s.id`,
  feature: featureText(
    sql`r.id`,
    sql`r.line`,
    sql`json_build_object('border', r.border, 'sequence', r.sequence, 'fromKm', r.from_km, 'toKm', r.to_km,
      'names', r.names, 'nameBasis', r.name_basis, 'adminUnits', r.admin_units,
      'horizontalAccuracyMetres', r.horizontal_accuracy_m, 'impactLevel', r.impact_level,
      'unverifiedItems', r.unverified_items, 'source', r.source,
      'licence', r.licence, ${versionMembers})`,
  ),
  keys: [{ column: sql`s.id`, type: 'text' }],
  key: sql`r.id`,
});

interface PointFound {
  lengthKm: number;
  /** null: the border ends before. */
  feature: string | null;
}

const pointStatement = (code: string, km: number): Sql => sql`
  SELECT b.length_km AS "lengthKm", (
    SELECT ${featureText(
      sql`b.code || '@' || ${km}::float`,
      sql`ST_LineInterpolatePoint(e.line, least(1, (${km}::float * 1000 - e.from_m) / e.length_m))`,
      sql`json_build_object('border', b.code, 'borderKm', ${km}::float, 'segment', s.id,
        'horizontalAccuracyMetres', s.horizontal_accuracy_m)`,
    )}
    FROM (SELECT e.* FROM border_edge AS e WHERE e.border = b.code AND e.from_m <= ${km}::float * 1000
          ORDER BY e.seq DESC LIMIT 1) AS e,
         (SELECT s.* FROM segment AS s WHERE s.border = b.code AND s.from_km <= ${km}::float
          ORDER BY s.sequence DESC LIMIT 1) AS s
    WHERE ${km}::float <= b.length_km
  ) AS feature
  FROM border AS b WHERE b.code = ${code}`;

export const borderStore = (db: Database) => ({
  listBorders: (caller: Caller, query: BorderQuery) =>
    listFeatures(db, caller, borders(query.at), borderCollection.rows(query).where, query),

  findBorder: (caller: Caller, code: string, at: string | undefined) =>
    findFeature(db, caller, borders(at), code),

  findPoint: (caller: Caller, code: string, km: number) =>
    db.queryOne<PointFound>(caller, pointStatement(code, km)),

  listSegments: (caller: Caller, query: SegmentQuery) =>
    listFeatures(db, caller, segments(query.at), segmentCollection.rows(query).where, query),

  findSegment: (caller: Caller, id: string, at: string | undefined) =>
    findFeature(db, caller, segments(at), id),
});
export type BorderStore = ReturnType<typeof borderStore>;
