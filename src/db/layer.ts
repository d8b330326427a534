import type { Caller } from '../core/caller.ts';
import type { Page, PageRequest } from '../core/page.ts';
import type { Versioned } from '../core/precondition.ts';
import type { Database } from './database.ts';
import type { KeyColumn } from './keyset.ts';
import { type Listing, type PageRow, pageStatement, toPage } from './page.ts';
import { nothing, type Sql, sql } from './sql.ts';

/** How the rows of a table or join become GeoJSON features, and in which total order they are paged. */
export interface Layer {
  columns: Sql;
  from: Sql;
  /** The column behind `/{id}`. */
  id: Sql;
  /** GeoJSON text of one row, over the alias `r` of `columns`. */
  feature: Sql;
  /** Between two of them; a comma if left out. */
  separator?: string;
  /** So many of them are a row of their own, instead of all being one. */
  featuresInRow?: number;
  keys: readonly KeyColumn[];
  /** The values of `keys` over the alias `r`. */
  key: Sql;
  descending?: boolean;
  /** For labelled rows: whose data a row is (src/db/concern.ts), over the aliases of `from`. */
  concern?: Sql;
  /** The same of the row that `id` names, where the feature also tells of others. */
  ownConcern?: Sql;
  /** What tells one state of a row from the next, as text over the aliases of `from`: what is written with If-Match. */
  version?: Sql;
}

export const listStatement = (layer: Layer, where: Sql, page: PageRequest): Sql =>
  pageStatement(listingOf(layer, where, page));

/** A layer whose rows fulfil a condition, as pages take it. */
export const listingOf = (
  { from, ...layer }: Layer,
  where: Sql,
  { limit, cursor, until }: PageRequest,
): Listing => ({
  ...layer,
  limit,
  cursor,
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

/** One feature that fulfils a condition, as text; beside it its version, where the layer has one. */
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
