import { all, listed, literal, quoted, type Sql, sql } from '../../db/sql.ts';
import type { Collection, Field, Rows } from '../collection/collection.sql.ts';
import type { Selection } from '../collection/items.query.ts';
import { rowsOf } from '../collection/items.rows.sql.ts';
import { GRID } from './tile.grid.ts';

/** The query for one layer of a tile. */
export interface LayerQuestion {
  collection: Collection;
  selection: Selection;
  fields: readonly Field[];
}

/** The rows of a layer that tiles show. */
export function rowsInTiles({
  collection,
  selection,
}: Pick<LayerQuestion, 'collection' | 'selection'>): Rows {
  const rows = rowsOf(collection, selection);
  return { ...rows, where: all(rows.where, collection.shownInTiles) };
}

/** Who encodes the bytes: the embedded database has no ST_AsMVT. */
export type Encoding = 'database' | 'service';

/** What one feature gives to the layer, as the column `m`: a record with its geometry, or a text for our encoder. */
export const encodable = (encoding: Encoding, geometry: Sql, attributes: readonly Attribute[]): Sql =>
  encoding === 'database'
    ? sql`(SELECT ${geometry} AS geom, ${listed(attributes.map(([name, value]) => sql`${value} AS ${quoted(name)}`))}) AS m`
    : sql`(SELECT json_build_array(ST_AsGeoJSON(${geometry}, 0)::json, json_build_object(${membersOf(attributes)})) AS m) AS m`;

export type Attribute = readonly [name: string, value: Sql];

const membersOf = (attributes: readonly Attribute[]): Sql =>
  listed(attributes.map(([name, value]) => sql`${literal(name)}, ${value}`));

/** All of them, over the column `m` of the alias `o`. In base64, because Node reads the usual text of bytes twice as slowly. */
export const encoded = (encoding: Encoding, layer: Sql): Sql =>
  encoding === 'database'
    ? sql`encode(ST_AsMVT(o.m, ${layer}, ${GRID.extent}, 'geom'), 'base64') AS bytes, NULL::text AS features`
    : sql`NULL::text AS bytes, json_agg(o.m)::text AS features`;
