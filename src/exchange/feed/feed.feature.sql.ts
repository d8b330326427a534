import { nothing, Sql, sql } from '../../db/sql.ts';
import type { Collection } from '../../ogc/collection/collection.sql.ts';
import { plainLayerOf } from '../../ogc/collection/items.sql.ts';

/** The feature of a change `ch` as its layer shows it now: GeoJSON text, or NULL if the caller does not see it. */
export const featureOfChange = (collections: readonly Collection[]): Sql => {
  const branches = collections.reduce(
    (before, collection) => sql`${before} WHEN ${collection.id} THEN (${featureOf(collection)})`,
    nothing,
  );
  return sql`CASE WHEN ch.op = 'upsert' THEN CASE ch.collection ${branches} END END`;
};

function featureOf(collection: Collection): Sql {
  const { key } = collection;
  const { columns, feature } = plainLayerOf(collection);
  const { from, where } = collection.rows({});
  return sql`SELECT ${feature} FROM (
    SELECT ${columns} FROM ${from} WHERE ${where} AND ${key.column} = ch.id::${new Sql([key.type], [])}) AS r`;
}
