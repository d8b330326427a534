import type { Caller } from '../../core/caller.ts';
import { seenInAll, zoneConcern } from '../../db/concern.ts';
import type { Database } from '../../db/database.ts';
import { call, view } from '../../db/labelled.ts';
import { nothing, type Sql, sql } from '../../db/sql.ts';
import type { ResponsibleQuery } from './responsible.schema.ts';

const inZone = (id: string): Sql => sql`
  SELECT z.id, z.agreed, z.participants AS countries,
    ARRAY(SELECT DISTINCT s.border FROM segment AS s WHERE ST_Intersects(s.line, z.area) ORDER BY s.border) AS borders,
    ARRAY(SELECT s.id FROM segment AS s WHERE ST_Intersects(s.line, z.area) ORDER BY s.id) AS segments,
    ARRAY(SELECT c.id FROM crossing AS c WHERE ST_Intersects(c.point, z.area) ORDER BY c.id) AS crossings,
    ARRAY[z.id] AS zones
  FROM ${view.zone} AS z WHERE z.id = ${id}`;

// A zone that contains only a part of the segment is not a scope of the whole.
const onSegment = (id: string): Sql => sql`
  SELECT s.id, b.countries, ARRAY[s.border] AS borders,
    ARRAY[s.id] AS segments, '{}'::text[] AS crossings, '{}'::text[] AS zones
  FROM segment AS s JOIN border AS b ON b.code = s.border WHERE s.id = ${id}`;

const atCrossing = (id: string, at: Sql): Sql => sql`
  SELECT c.id, b.countries, ARRAY[c.border] AS borders,
    ARRAY[c.segment] AS segments, ARRAY[c.id] AS crossings,
    ARRAY(
      SELECT z.id FROM ${view.zoneRevision} AS z
      WHERE ST_Intersects(z.area, c.point) AND z.effective @> ${at}
      ORDER BY z.id) AS zones
  FROM crossing AS c JOIN border AS b ON b.code = c.border WHERE c.id = ${id}`;

function placeOf({ zone, segment, crossing }: ResponsibleQuery, at: Sql): { noun: string; statement: Sql } {
  if (zone !== undefined) return { noun: 'zone', statement: inZone(zone) };
  if (segment !== undefined) return { noun: 'segment', statement: onSegment(segment) };
  return { noun: 'crossing', statement: atCrossing(crossing!, at) };
}

/** Exported for the tests that read its plan. */
export function responsibleStatement(query: ResponsibleQuery): Sql {
  const at = sql`coalesce(${query.at}::timestamptz, date_trunc('milliseconds', now()))`;
  const { noun, statement } = placeOf(query, at);
  const isZone = noun === 'zone';
  return sql`
    WITH place AS MATERIALIZED (${statement})
    SELECT json_build_object(
      'place', json_build_object(${noun}::text, p.id, ${isZone ? sql`'agreed', p.agreed,` : nothing} 'countries', p.countries, 'borders', p.borders,
        'segments', p.segments, 'crossings', p.crossings, 'zones', p.zones),
      'at', tripoint.utc(${at}),
      'responsible', ${call.responsible}(p.countries, p.borders, p.segments, p.crossings, p.zones,
        ${query.function}::text, ${at})
    )::text AS answer,
      (SELECT ${seenInAll(sql`z.concern`)}
       FROM (SELECT ${zoneConcern(sql`z`)} AS concern FROM ${view.zone} AS z WHERE z.id = ANY (p.zones)) AS z) AS seen
    FROM place AS p`;
}

export const responsibleStore = (db: Database) => ({
  /** The responsible agencies as JSON text; undefined if the caller does not see the place. */
  async find(caller: Caller, query: ResponsibleQuery): Promise<string | undefined> {
    const [row] = await db.query<{ answer: string }>(caller, responsibleStatement(query));
    return row?.answer;
  },
});
export type ResponsibleStore = ReturnType<typeof responsibleStore>;
