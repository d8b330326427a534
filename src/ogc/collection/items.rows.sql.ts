import { all, plannedEachTime, Sql, sql, when } from '../../db/sql.ts';
import type { ProjectedBox } from '../../geometry/bbox.area.ts';
import { areaOf, propertiesIn, saysAreaAlone } from '../cql2/area.conjunct.ts';
import { compileCql2 } from '../cql2/condition.sql.ts';
import {
  type Collection,
  type Field,
  type FieldType,
  type Parts,
  type Rows,
  typeOf,
} from './collection.sql.ts';
import type { Selection } from './items.query.ts';
import { queryablesFor } from './queryables.sql.ts';
import { areaOfGeometry, asksOf, both } from './row.parts.sql.ts';

const LONGEST_EDGE_METRES = 10_000; // of a projected box, before its edges are transformed to degrees

/** The rows of a query, with the conditions common to all layers. */
export function rowsOf(collection: Collection, selection: Selection): Rows {
  const { filters, equal, projectedBox, ids, filter } = selection;
  const rows = collection.rows(filters);
  const { geometry } = collection;
  const isFiltered = when(filter, ({ expression, crs }) =>
    compileCql2(expression, { queryables: queryablesFor(collection), crs }),
  );
  const conditions = all(
    rows.where,
    geometry && when(projectedBox, (box) => isInProjectedBox(geometry.column, box)),
    when(ids, (list) => isOneOf(collection, list)),
    ...equal.map(([field, value]) => isEqual(field, value)),
    isFiltered,
  );
  return { ...rows, where: conditions, parts: partsOf(collection, rows, selection, isFiltered) };
}

/**
 * A filter with a spatial condition that must hold restricts the area. Undefined where an index in the order of the layer
 * does not serve.
 */
function partsOf(
  { cells, time, geometry: shape }: Collection,
  { parts }: Rows,
  { equal, projectedBox, ids, filter, sort }: Selection,
  isFiltered: Sql | undefined,
): Parts | undefined {
  if (!parts || !cells || projectedBox || ids) return undefined;
  const geometry = filter && areaOf(filter.expression, filter.crs);
  const isAlone = geometry !== undefined && saysAreaAlone(filter!.expression);
  const area =
    geometry &&
    areaOfGeometry(geometry, (cover) =>
      isAlone ? sql`ST_Intersects(${shape!.column}, ${cover})` : isFiltered!,
    );
  const named = filter ? propertiesIn(filter.expression).filter((name) => !ALWAYS_HELD.includes(name)) : [];
  const asks = asksOf(cells, [...equal.map(([field]) => field.name), ...named]);
  return {
    ...parts,
    rest: all(
      parts.rest,
      ...equal.map(([field, value]) => isEqual(field, value)),
      ...(area ? [] : [isFiltered]),
    ),
    area: area && parts.area ? both(area, parts.area) : (area ?? parts.area),
    asks: parts.asks === 'nothing' || asks === 'others' ? asks : parts.asks,
    isFree: isFiltered !== undefined && !isAlone,
    isInOrder: sort.length === 0 || (sort.length === 1 && sort[0]!.field.name === time?.start),
  };
}

const ALWAYS_HELD = ['id', 'geometry', 'occurredAt'];

// Transform the box, not the column: the GiST index is on degrees.
const isInProjectedBox = (geometry: Sql, { srid, edges: [west, south, east, north] }: ProjectedBox): Sql =>
  plannedEachTime(sql`ST_Intersects(${geometry}, ST_Transform(ST_Segmentize(
    ST_MakeEnvelope(${west}::float, ${south}::float, ${east}::float, ${north}::float, ${srid}::int),
    ${LONGEST_EDGE_METRES}), 4326))`);

/** Malformed ids match no feature. */
function isOneOf({ key }: Collection, ids: readonly string[]): Sql {
  const possible = ids.filter((id) => key.schema.safeParse(id).success);
  return sql`${key.column} = ANY (${possible}::${new Sql([`${key.type}[]`], [])})`;
}

const CASTS: Record<FieldType, string> = {
  text: 'text',
  integer: 'numeric',
  number: 'numeric',
  boolean: 'boolean',
  instant: 'timestamptz',
  list: 'text[]',
};

const isEqual = (field: Field, value: unknown): Sql =>
  sql`${field.value} = ${value as string}::${new Sql([CASTS[typeOf(field)]], [])}`;
