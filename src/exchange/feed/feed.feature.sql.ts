import { nothing, Sql, sql } from '../../db/sql.ts';
import type { FollowedRows } from '../../features/followed.sql.ts';
import type { Collection } from '../../ogc/collection/collection.sql.ts';
import { plainLayerOf } from '../../ogc/collection/items.sql.ts';

/** What the feed is about: the layers, and rows beside them. */
export interface FeedSources {
  collections: readonly Collection[];
  followed: readonly FollowedRows[];
}

export const sourceNames = ({ collections, followed }: FeedSources): string[] =>
  [...collections, ...followed].map(({ id }) => id);

/** The feature of a change `ch` as it is shown now: GeoJSON text, or NULL if the caller does not see it. */
export const featureOfChange = ({ collections, followed }: FeedSources): Sql => {
  const features: [id: string, feature: Sql][] = [
    ...collections.map((one): [string, Sql] => [one.id, featureOf(one)]),
    ...followed.map((one): [string, Sql] => [one.id, rowOf(one)]),
  ];
  const branches = features.reduce(
    (before, [id, feature]) => sql`${before} WHEN ${id} THEN (${feature})`,
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

const rowOf = ({ layer: { columns, from, feature }, is }: FollowedRows): Sql =>
  sql`SELECT ${feature} FROM (SELECT ${columns} FROM ${from} WHERE ${is(sql`ch.id`)}) AS r`;
