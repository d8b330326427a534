import type { Caller } from '../core/caller.ts';
import type { Page, PageRequest } from '../core/page.ts';
import type { Versioned } from '../core/precondition.ts';
import type { OrderedRows } from './cell.order.ts';
import type { Database } from './database.ts';
import type { KeyColumn } from './keyset.ts';
import { type Listing, type PageRow, pageStatement, toPage } from './page.ts';
import { nothing, type Sql, sql } from './sql.ts';

/** How rows become GeoJSON features, and their total order for paging. */
export interface Layer {
  columns: Sql;
  from: Sql;
  /** The column behind `/{id}`. */
  id: Sql;
  /** GeoJSON text of one row, over the alias `r` of `columns`. */
  feature: Sql;
  /** Between two features; default: a comma. */
  separator?: string;
  /** Number of features per result row; default: all in one. */
  featuresInRow?: number;
  keys: readonly KeyColumn[];
  /** The values of `keys` over the alias `r`. */
  key: Sql;
  descending?: boolean;
  /** For labelled rows: bitmask of the owner countries (src/db/concern.ts), over the aliases of `from`. */
  concern?: Sql;
  /** The concern of the row itself, if the feature also shows other rows. */
  ownConcern?: Sql;
  /** The version of a row for If-Match, as text over the aliases of `from`. */
  version?: Sql;
}

export const listStatement = (layer: Layer, where: Sql, page: PageRequest, ordered?: OrderedRows): Sql =>
  pageStatement(listingOf(layer, where, page, ordered));

/** A layer restricted by a condition, as input of pages. */
export const listingOf = (
  { from, ...layer }: Layer,
  where: Sql,
  { limit, cursor, offset, until }: PageRequest,
  ordered?: OrderedRows,
): Listing => ({
  ...layer,
  ordered,
  limit,
  cursor,
  offset,
  until,
  from: sql`FROM ${from} WHERE ${where}`,
});

export async function listFeatures(
  db: Database,
  caller: Caller,
  layer: Layer,
  where: Sql,
  page: PageRequest,
): Promise<Page> {
  const row = await db.queryOne<PageRow>(caller, listStatement(layer, where, page));
  return toPage(row, page.limit);
}

/** One feature that matches a condition, as text, with its version if the layer has one. */
export function featureStatement(
  { columns, from, feature, concern, ownConcern = concern, version }: Layer,
  where: Sql,
): Sql {
  const more = version ? sql`, ${version} AS version` : nothing;
  const shown = version ? sql`, r.version` : nothing;
  return concern
    ? sql`SELECT ${feature} AS feature${shown}, r.seen_one, r.seen_target
      FROM (SELECT ${columns}${more}, ${concern} AS seen_one, ${ownConcern ?? nothing} AS seen_target
            FROM ${from} WHERE ${where}) AS r`
    : sql`SELECT ${feature} AS feature${shown} FROM (SELECT ${columns}${more} FROM ${from} WHERE ${where}) AS r`;
}

export async function findFeature(
  db: Database,
  caller: Caller,
  layer: Layer,
  id: string,
): Promise<string | undefined> {
  return (await findVersioned(db, caller, layer, id))?.feature;
}

export async function findVersioned(
  db: Database,
  caller: Caller,
  layer: Layer,
  id: string,
): Promise<Versioned | undefined> {
  const statement = featureStatement(layer, sql`${layer.id} = ${id}`);
  const [row] = await db.query<Versioned>(caller, statement);
  return row;
}
