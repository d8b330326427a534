import { type Field, typeOf } from '../collection.sql.ts';
import type { DownloadFormat } from './download.format.sql.ts';
import { flatGeobufEncoder } from './flatgeobuf.feature.ts';
import { type Column, flatGeobufHeader } from './flatgeobuf.header.ts';
import { readRows, rowsPage } from './row.sql.ts';

/** Written here and not by ST_AsFlatGeobuf, which loses its place behind a NULL (PostGIS 3.5). */
export const flatGeobuf: DownloadFormat = {
  name: 'fgb',
  mediaType: 'application/flatgeobuf',
  extension: 'fgb',
  page: rowsPage,
  writer({ id, title, description, geometry }, { shown }) {
    const columns = [
      { name: 'id', title: 'Identifier', type: 'text' as const },
      ...shown.fields.map(columnOf),
    ];
    const geometryType = shown.hasGeometry ? geometry?.type : undefined;
    const encode = flatGeobufEncoder(
      geometryType,
      columns.map(({ type }) => type),
    );
    return {
      head: flatGeobufHeader({ name: id, title, description, geometryType, srid: shown.crs.srid, columns }),
      body: (features) => encode(readRows(features)),
    };
  },
};

function columnOf(field: Field): Column {
  const type = typeOf(field);
  return { name: field.name, title: field.title, type: type === 'list' ? 'text' : type };
}
