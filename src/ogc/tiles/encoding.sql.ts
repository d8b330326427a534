import { all, type Sql, sql } from '../../db/sql.ts';
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

/** Over the alias `m` with the attributes and the geometry `geom`. */
export const encodedByDatabase = (layer: Sql): Sql =>
  sql`ST_AsMVT(m, ${layer}, ${GRID.extent}, 'geom') AS bytes, NULL::text AS features`;

export const encodedByService = (geometry: Sql, properties: Sql): Sql =>
  sql`NULL::bytea AS bytes, json_agg(json_build_array(ST_AsGeoJSON(${geometry}, 0)::json, ${properties}))::text AS features`;
