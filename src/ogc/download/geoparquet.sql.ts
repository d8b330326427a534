import { open } from 'node:fs/promises';
import type { Collection } from '../collection/collection.sql.ts';
import type { ItemsQuestion } from '../collection/items.query.ts';
import type { DownloadFormat, FileWriter, Writer } from './download.format.sql.ts';
import { geoParquetEncoder } from './geoparquet.encoder.ts';
import { readFeatures, wkbPage } from './wkb.row.sql.ts';

/** GeoParquet 1.1: its metadata is at the end, so it can be written front to back. */
export const geoParquet: DownloadFormat = {
  name: 'parquet',
  mediaType: 'application/vnd.apache.parquet',
  extension: 'parquet',
  rowsAtOnce: 500,
  page: wkbPage,
  writer: streamed,
  file: async (path, { collection, question }) => fileOf(path, streamed(collection, question)),
};

function streamed(collection: Collection, { shown }: ItemsQuestion): Required<Writer> {
  const encoder = geoParquetEncoder({
    fields: shown.fields,
    geometryType: shown.hasGeometry ? collection.geometry?.type : undefined,
    srid: shown.crs.srid,
  });
  return { head: '', body: (features) => encoder.add(readFeatures(features)), tail: encoder.finish };
}

/** The same bytes as the stream. */
async function fileOf(path: string, { body, tail }: Required<Writer>): Promise<FileWriter> {
  const file = await open(path, 'wx');
  return {
    add: (features) => file.writeFile(body(features)),
    finish: () => file.writeFile(tail()),
    close: () => file.close(),
  };
}
