import type { Sql } from '../../db/sql.ts';

/**
 * The properties that a collection offers to filters: public name and SQL. A name from a filter is only a key into this
 * map; the SQL is the collection's own, over the aliases of its FROM, and must have the PostgreSQL type of its kind
 * (`i.id::text` for a uuid, `z.names ->> 'en'` for a member of JSON):
 *
 * | type                | PostgreSQL         | compared with                                                      |
 * |---------------------|--------------------|--------------------------------------------------------------------|
 * | string              | text               | texts; orders by code point (`COLLATE "C"`)                        |
 * | integer             | int, bigint        | numbers                                                            |
 * | number              | double precision   | numbers (numeric works, without its index)                         |
 * | boolean             | boolean            | TRUE, FALSE; is also a condition on its own                        |
 * | timestamp           | timestamptz        | TIMESTAMP(…), DATE(…): the whole day in UTC, plain texts that are either |
 * | date                | date               | DATE(…), TIMESTAMP(…), plain texts that are either                 |
 * | interval            | timestamptz, twice | by T_… functions only; `end` is its other end                      |
 * | geometry            | geometry(…, 4326)  | by S_… functions only                                              |
 * | array               | text[]             | by A_… functions; where it has a `text`, as that too                |
 */
export type Queryable =
  | { type: 'string' | 'integer' | 'number' | 'boolean' | 'timestamp' | 'date'; sql: Sql }
  | ArrayQueryable
  | IntervalQueryable
  | GeometryQueryable;

interface ArrayQueryable {
  type: 'array';
  sql: Sql;
  /** The list as one text, for comparisons with texts and LIKE. */
  text?: Sql;
}

export interface IntervalQueryable {
  type: 'interval';
  /** The start. NULL on either side is unknown, so an open end must be `coalesce(…, 'infinity')`. */
  sql: Sql;
  end: Sql;
  /** The same as a closed tstzrange with a GiST index, for T_INTERSECTS with a fixed time; start and end must be both known or both not. */
  range?: Sql;
}

export interface GeometryQueryable {
  type: 'geometry';
  sql: Sql;
  /** The same as an indexed geography, for S_DWITHIN. */
  geography?: Sql;
  /** Non-NULL points: a box is compared by coordinates, which is cheaper than by geometry. */
  isPoint?: boolean;
}

export type Queryables = ReadonlyMap<string, Queryable>;
