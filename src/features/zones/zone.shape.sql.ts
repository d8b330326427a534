import { fromGeoJson } from '../../db/spatial.ts';
import { type Sql, sql } from '../../db/sql.ts';
import type { AreaGeometry } from '../../geometry/area.shape.ts';
import type { ZoneRule } from './zone.rule.ts';

/** The origin of an area: drawn, by a rule clipped to countries, or kept from the row `zone`. */
export type AreaSource = { drawn: AreaGeometry } | { rule: ZoneRule; countries: string[] } | 'kept';

export function shapeSql(shape: AreaSource): Sql {
  if (shape === 'kept') return sql`area`;
  if ('drawn' in shape) return sql`ST_Multi(${fromGeoJson(shape.drawn)})`;
  return sql`tripoint.clip_to(${unclipped(shape.rule)}, ${shape.countries}::text[])`;
}

const ROUNDED_DEGREES = 1.2e-6; // rounding of positions in answers

/** Each contains the other, up to the rounding of answers. */
export const isSameArea = (area: Sql, drawn: AreaGeometry): Sql => sql`(
  SELECT ST_Covers(ST_Buffer(${area}, ${ROUNDED_DEGREES}::float, 'quad_segs=1'), g.area)
    AND ST_Covers(ST_Buffer(g.area, ${ROUNDED_DEGREES}::float, 'quad_segs=1'), ${area})
  FROM (SELECT ${fromGeoJson(drawn)} AS area) AS g)`;

const unclipped = (rule: ZoneRule): Sql => {
  if ('crossing' in rule) {
    const centre = sql`(SELECT c.point FROM crossing AS c WHERE c.id = ${rule.crossing})`;
    return sql`tripoint.disc(${centre}, ${rule.radiusMetres}::float)`;
  }
  const line =
    'segment' in rule
      ? sql`(SELECT s.line FROM segment AS s WHERE s.id = ${rule.segment})`
      : sql`tripoint.stretch(${rule.border}, ${rule.fromKm}::float, ${rule.toKm}::float)`;
  return sql`tripoint.strip(${line}, ${rule.widthMetres}::float)`;
};
