import { sql } from '../../db/sql.ts';
import { chunkOf, layerOf } from '../collection/items.sql.ts';
import type { TextFormat } from './download.format.sql.ts';

const RECORD_SEPARATOR = '\x1e'; // RFC 8142 §2.1

/** Newline-delimited GeoJSON: one feature per line. */
export const geojsonSeq: TextFormat = {
  name: 'geojsonseq',
  title: 'GeoJSON sequence',
  mediaType: 'application/geo+json-seq',
  extension: 'geojsonl',
  page(collection, question, by) {
    const layer = layerOf(collection, question.shown, question.sort);
    const feature = sql`${RECORD_SEPARATOR}::text || ${layer.feature} || chr(10)`;
    return chunkOf(collection, question, { ...layer, feature, separator: '' }, by);
  },
  writer: () => ({ head: '', body: (features) => features }),
};
