import { sql } from '../../db/sql.ts';
import type { Queryable, Queryables } from '../cql2/queryable.sql.ts';
import { type Collection, type Field, type FieldType, typeOf } from './collection.sql.ts';

const TYPES = {
  text: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  instant: 'timestamp',
  list: 'array',
} as const satisfies Record<FieldType, Queryable['type']>;

const known = new WeakMap<Collection, Queryables>();

/** The queryables of a layer: properties, id and geometry. */
export function queryablesFor(collection: Collection): Queryables {
  const queryables = known.get(collection) ?? makeQueryables(collection);
  known.set(collection, queryables);
  return queryables;
}

function makeQueryables({ key, fields, geometry }: Collection): Queryables {
  const entries: [string, Queryable][] = [
    ['id', { type: 'string', sql: key.type === 'uuid' ? sql`${key.column}::text` : key.column }],
    ...fields.map((field): [string, Queryable] => [field.name, queryableOf(field)]),
  ];
  if (geometry) {
    const { column, type, geography } = geometry;
    const place: Queryable = {
      type: 'geometry',
      sql: column,
      ...(geography && { geography }),
      ...(type === 'Point' && { isPoint: true }),
    };
    entries.push(['geometry', place]);
  }
  return new Map(entries);
}

function queryableOf(field: Field): Queryable {
  const { value } = field;
  const type = TYPES[typeOf(field)];
  if (type !== 'array') return { type, sql: value };
  // as in answers: an empty list is NULL, other lists are one text
  return { type, sql: sql`nullif(${value}, '{}')`, text: sql`nullif(array_to_string(${value}, ','), '')` };
}
