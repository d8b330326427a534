import { type Sql, sql } from '../../db/sql.ts';
import type { Collection } from '../collection/collection.sql.ts';
import type { ItemsQuestion } from '../collection/items.query.ts';
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
    const text = ofWorld(collection, question, layer.feature);
    const feature = sql`${RECORD_SEPARATOR}::text || ${text} || chr(10)`;
    return chunkOf(collection, question, { ...layer, feature, separator: '' }, by);
  },
  writer: () => ({ head: '', body: (features) => features }),
};

/** Beside the id of each feature: the exercise, if the layer does not name it anyway. */
const ofWorld = ({ namesExercise }: Collection, { exercise }: ItemsQuestion, feature: Sql): Sql =>
  exercise && !namesExercise ? sql`left(${feature}, -1) || ${`,"world":"${exercise.id}"}`}::text` : feature;
