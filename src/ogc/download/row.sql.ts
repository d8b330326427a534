import { listed, type Sql, sql } from '../../db/sql.ts';
import type { Collection } from '../collection/collection.sql.ts';
import type { ItemsQuestion, Presentation } from '../collection/items.query.ts';
import { chunkOf, longitudeFirst, type Ordering, rowLayerOf, storedValues } from '../collection/items.sql.ts';

/** A feature for formats that Node encodes: id, GeoJSON coordinates, field values. */
export type TextRow = readonly [
  id: string,
  coordinates: unknown[] | null,
  ...values: (string | number | boolean | null)[],
];

/** A page of rows as comma-separated JSON. */
export function rowsPage(collection: Collection, question: ItemsQuestion, by?: Ordering): Sql {
  const values = [
    sql`r.id`,
    coordinatesOf(collection, question.shown),
    ...storedValues(question.shown.fields),
  ];
  const layer = rowLayerOf(collection, question.shown, question.sort);
  return chunkOf(
    collection,
    question,
    { ...layer, feature: sql`json_build_array(${listed(values)})::text` },
    by,
  );
}

export const readRows = (features: string | Buffer): TextRow[] => JSON.parse(`[${features}]`);

function coordinatesOf({ geometry }: Collection, shown: Presentation): Sql {
  if (!geometry || !shown.hasGeometry) return sql`NULL::json`;
  const place = longitudeFirst(geometry.type, shown);
  return sql`ST_AsGeoJSON(${place}, ${shown.decimals}::int, 0)::json -> 'coordinates'`;
}
