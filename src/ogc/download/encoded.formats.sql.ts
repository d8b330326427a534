import { publishedIn } from '../../core/world.ts';
import { listed, type Sql, sql } from '../../db/sql.ts';
import { type Collection, type Field, typeOf } from '../collection/collection.sql.ts';
import type { ItemsQuestion, Presentation } from '../collection/items.query.ts';
import { chunkOf, longitudeFirst, type Ordering, rowLayerOf, storedValues } from '../collection/items.sql.ts';
import { styleOfLayer } from '../symbols/layer.styles.ts';
import type { EncodedFormat, FileFormat, StreamFormat } from './download.format.sql.ts';
import type { EncodedLayer } from './encoding/encoder.ts';

const FLATGEOBUF = {
  title: 'FlatGeobuf',
  mediaType: 'application/flatgeobuf',
  extension: 'fgb',
  encoding: 'fgb',
  page: recordsPage,
} as const;

/** With the spatial index, which is in front of the features. Not ST_AsFlatGeobuf: it misplaces columns after a NULL (PostGIS 3.5). */
export const flatGeobuf: FileFormat = { ...FLATGEOBUF, name: 'fgb', isFile: true };

/** Without index, in the order of the layer. */
export const flatGeobufStream: StreamFormat & EncodedFormat = { ...FLATGEOBUF, name: 'fgb-stream' };

const GEOPARQUET = {
  title: 'GeoParquet',
  mediaType: 'application/vnd.apache.parquet',
  extension: 'parquet',
  encoding: 'parquet',
  page: recordsPage,
} as const;

export const geoParquet: FileFormat = { ...GEOPARQUET, name: 'parquet', isFile: true };

/** The same bytes: the metadata is at the end. */
export const geoParquetStream: StreamFormat & EncodedFormat = { ...GEOPARQUET, name: 'parquet-stream' };

export const geoPackage: FileFormat = {
  name: 'gpkg',
  title: 'GeoPackage',
  mediaType: 'application/geopackage+sqlite3',
  extension: 'gpkg',
  encoding: 'gpkg',
  page: recordsPage,
  isFile: true,
};

/**
 * Rows as the text of records: id, well-known text, fields. PostgreSQL writes a record in half the time of a JSON array.
 * PostGIS rounds, so that all formats have the same digits.
 */
function recordsPage(collection: Collection, question: ItemsQuestion, by?: Ordering): Sql {
  // as a double, where that is cheaper: it is written with the same digits
  const fields = question.shown.fields.map(({ double, ...field }) =>
    double ? { ...field, value: double } : field,
  );
  const shown = { ...question.shown, fields };
  const values = [sql`r.id`, placeOf(collection, shown), ...storedValues(fields)];
  const layer = rowLayerOf(collection, shown, question.sort);
  return chunkOf(collection, question, { ...layer, feature: sql`ROW(${listed(values)})::text` }, by);
}

function placeOf({ geometry }: Collection, shown: Presentation): Sql {
  if (!geometry || !shown.hasGeometry) return sql`NULL`;
  return sql`ST_AsText(${longitudeFirst(geometry.type, shown)}, ${shown.decimals}::int)`;
}

/** The layer as encoders know it. */
export function encodedLayerOf(
  { geometry, ...collection }: Collection,
  { shown, exercise }: ItemsQuestion,
  attribution: string,
): EncodedLayer {
  const { id, title, description } = publishedIn(exercise, collection);
  const fields = shown.fields.map((field: Field) => ({
    name: field.name,
    title: field.title,
    type: typeOf(field),
  }));
  const geometryType = shown.hasGeometry ? geometry?.type : undefined;
  const names = ['id', ...fields.map(({ name }) => name)];
  const style = geometryType && styleOfLayer(id, names);
  const layer = { name: id, title, description, attribution, style, geometryType };
  return { ...layer, srid: shown.crs.srid, fields, world: exercise?.id };
}
