import { open } from 'node:fs/promises';
import type { Collection } from '../collection/collection.sql.ts';
import type { ItemsQuestion } from '../collection/items.query.ts';
import type { FileFormat, FileWriter, StreamFormat, Writer } from './download.format.sql.ts';
import { geoParquetEncoder } from './geoparquet.encoder.ts';
import { readFeatures, wkbPage } from './wkb.row.sql.ts';

const base = {
  title: 'GeoParquet',
  mediaType: 'application/vnd.apache.parquet',
  extension: 'parquet',
  rowsAtOnce: 500,
  page: wkbPage,
};

/** GeoParquet 1.1. */
export const geoParquet: FileFormat = {
  ...base,
  name: 'parquet',
  file: (path, { collection, question }) => fileOf(path, encoderOf(collection, question)),
};

/** The same bytes: the metadata is at the end, so they can be written front to back. */
export const geoParquetStream: StreamFormat = {
  ...base,
  name: 'parquet-stream',
  writer(collection, question): Writer {
    const encoder = encoderOf(collection, question);
    return { head: '', body: (features) => encoder.add(readFeatures(features)), tail: encoder.finish };
  },
};

const encoderOf = (collection: Collection, { shown }: ItemsQuestion) =>
  geoParquetEncoder({
    fields: shown.fields,
    geometryType: shown.hasGeometry ? collection.geometry?.type : undefined,
    srid: shown.crs.srid,
  });

async function fileOf(path: string, encoder: ReturnType<typeof geoParquetEncoder>): Promise<FileWriter> {
  const file = await open(path, 'wx');
  return {
    async add(texts) {
      const features = readFeatures(texts);
      await file.writeFile(encoder.add(features));
      return features.length;
    },
    finish: () => file.writeFile(encoder.finish()),
    close: () => file.close(),
  };
}
