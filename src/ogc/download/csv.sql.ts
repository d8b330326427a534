import { randomUUID } from 'node:crypto';
import { listed, type Sql, sql } from '../../db/sql.ts';
import { type Collection, type Field, typeOf } from '../collection/collection.sql.ts';
import type { ItemsQuestion, Presentation } from '../collection/items.query.ts';
import { chunkOf, layerOf, shownGeometry, shownValues } from '../collection/items.sql.ts';
import type { DownloadFormat } from './download.format.sql.ts';

// Random, so that no text contains it.
const BREAK = randomUUID();

/** RFC 4180. Points are two numeric columns, other geometry is well-known text. */
export const csv: DownloadFormat = {
  name: 'csv',
  mediaType: 'text/csv',
  extension: 'csv',
  page(collection, question) {
    const feature = sql`ROW(${listed(columnsOf(collection, question))})::text`;
    return chunkOf(collection, question, {
      ...layerOf(collection, question.shown, question.sort),
      feature,
      separator: BREAK,
    });
  },
  writer: (collection, { shown }) => ({
    head: `${['id', ...placeNames(collection, shown), ...shown.fields.map(({ name }) => name)].join()}\r\n`,
    body: linesOf,
  }),
};

/**
 * PostgreSQL's text form of a row is almost CSV: it has parentheses, and \ is doubled like a quote. That is many times
 * faster than quoting each value.
 */
const linesOf = (rows: string): string =>
  `${rows.slice(1, -1).replaceAll(`)${BREAK}(`, '\r\n').replaceAll('\\\\', '\\')}\r\n`;

function placeNames({ geometry }: Collection, { hasGeometry, crs }: Presentation): string[] {
  if (!geometry || !hasGeometry) return [];
  if (geometry.type !== 'Point') return ['WKT'];
  return crs.srid === 4326 ? ['longitude', 'latitude'] : ['easting', 'northing'];
}

const columnsOf = (collection: Collection, { shown }: ItemsQuestion): Sql[] => [
  sql`r.id`,
  ...placeOf(collection, shown),
  ...valuesOf(shown.fields),
];

// PostgreSQL writes `t` and `f`
const valuesOf = (fields: readonly Field[]): Sql[] =>
  shownValues(fields).map((value, i) => (typeOf(fields[i]!) === 'boolean' ? sql`${value}::text` : value));

function placeOf({ geometry }: Collection, shown: Presentation): Sql[] {
  if (!geometry || !shown.hasGeometry) return [];
  const place = shownGeometry(geometry.type, shown, 'longitude first');
  if (geometry.type !== 'Point') return [sql`ST_AsText(${place}, ${shown.decimals}::int)`];
  const parts = 10 ** shown.decimals;
  const rounded = (number: Sql) => sql`round(${number} * ${parts}::float) / ${parts}::float`;
  return [rounded(sql`ST_X(${place})`), rounded(sql`ST_Y(${place})`)];
}
