import { fromGeoJson } from '../../db/spatial.ts';
import { type Sql, sql } from '../../db/sql.ts';
import type { AreaGeometry } from '../../geometry/area.shape.ts';
import type { ZoneRule } from './zone.rule.ts';

/** How an area comes about: drawn, by a rule clipped to some countries, or kept as it is in the row `zone`. */
export type Shape = { drawn: AreaGeometry } | { rule: ZoneRule; countries: string[] } | 'kept';

export function shapeSql(shape: Shape): Sql {
  if (shape === 'kept') return sql`area`;
  if ('drawn' in shape) return sql`ST_Multi(${fromGeoJson(shape.drawn)})`;
  return sql`tripoint.clip_to(${unclipped(shape.rule)}, ${shape.countries}::text[])`;
}

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
