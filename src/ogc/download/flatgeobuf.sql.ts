import { type Collection, type Field, typeOf } from '../collection/collection.sql.ts';
import type { ItemsQuestion } from '../collection/items.query.ts';
import type { FileFormat, StreamFormat } from './download.format.sql.ts';
import { flatGeobufEncoder } from './flatgeobuf.feature.ts';
import { indexedFile } from './flatgeobuf.file.ts';
import { type FlatGeobufColumn, type FlatGeobufLayer, flatGeobufHeader } from './flatgeobuf.header.ts';
import { readRows, rowsPage } from './row.sql.ts';

/** Encoded here, because ST_AsFlatGeobuf misplaces columns after a NULL (PostGIS 3.5). */
const base = {
  title: 'FlatGeobuf',
  mediaType: 'application/flatgeobuf',
  extension: 'fgb',
  rowsAtOnce: 500,
  page: rowsPage,
};

/** With the spatial index, which is in front of the features. */
export const flatGeobuf: FileFormat = {
  ...base,
  name: 'fgb',
  file(path, { collection, question }) {
    const layer = layerOf(collection, question);
    return indexedFile(path, layer, encoderOf(layer));
  },
};

/** Without index, in the order of the layer. */
export const flatGeobufStream: StreamFormat = {
  ...base,
  name: 'fgb-stream',
  writer(collection, question) {
    const layer = layerOf(collection, question);
    const encode = encoderOf(layer);
    return {
      head: flatGeobufHeader(layer),
      body: (features) => Buffer.concat(readRows(features).map(encode)),
    };
  },
};

function layerOf(
  { id, title, description, geometry }: Collection,
  { shown }: ItemsQuestion,
): FlatGeobufLayer {
  const columns = [{ name: 'id', title: 'Identifier', type: 'text' as const }, ...shown.fields.map(columnOf)];
  const geometryType = shown.hasGeometry ? geometry?.type : undefined;
  return { name: id, title, description, geometryType, srid: shown.crs.srid, columns };
}

const encoderOf = ({ geometryType, columns }: FlatGeobufLayer) =>
  flatGeobufEncoder(
    geometryType,
    columns.map(({ type }) => type),
  );

function columnOf(field: Field): FlatGeobufColumn {
  const type = typeOf(field);
  return { name: field.name, title: field.title, type: type === 'list' ? 'text' : type };
}
