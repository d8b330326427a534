import { randomUUID } from 'node:crypto';
import { listed, type Sql, sql } from '../../db/sql.ts';
import { type Collection, type Field, typeOf } from '../collection/collection.sql.ts';
import { wordsOf } from '../collection/field.parameters.ts';
import type { ItemsQuestion, Presentation } from '../collection/items.query.ts';
import { chunkOf, longitudeFirst, rowLayerOf, shownValues } from '../collection/items.sql.ts';
import type { TextFormat } from './download.format.sql.ts';

// Random, so that no text contains it.
const BREAK = randomUUID();

const BYTE_ORDER_MARK = '\uFEFF';

/** RFC 4180. Points are two numeric columns, other geometry is well-known text. */
export const csv: TextFormat = {
  name: 'csv',
  title: 'CSV',
  mediaType: 'text/csv',
  extension: 'csv',
  page(collection, question, by) {
    const feature = sql`ROW(${listed(columnsOf(collection, question))})::text`;
    const layer = rowLayerOf(collection, question.shown, question.sort);
    return chunkOf(collection, question, { ...layer, feature, separator: BREAK }, by);
  },
  writer: (collection, { shown, dialect, exercise }) => ({
    // without it Excel takes the bytes of UTF-8 for those of the system's code page
    head: `${dialect === 'excel' ? BYTE_ORDER_MARK : ''}${['id', ...placeNames(collection, shown), ...shown.fields.map(({ name }) => name), ...(exercise ? ['world'] : [])].join()}\r\n`,
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

const columnsOf = (collection: Collection, { shown, dialect, exercise }: ItemsQuestion): Sql[] => [
  sql`r.id`,
  ...placeOf(collection, shown),
  ...shownValues(shown.fields).map((value, i) => cellOf(shown.fields[i]!, value, dialect)),
  ...(exercise ? [sql`${exercise.id}::text`] : []),
];

function cellOf(field: Field, value: Sql, dialect: ItemsQuestion['dialect']): Sql {
  const type = typeOf(field);
  // PostgreSQL writes `t` and `f`
  if (type === 'boolean') return sql`${value}::text`;
  const isText = (type === 'text' && !wordsOf(field.schema)) || type === 'list';
  return isText && dialect !== 'raw' ? guarded(value) : value;
}

/**
 * Spreadsheets run a text that begins like a formula. A text that looks guarded gets a further apostrophe, so that
 * readers can take one off.
 */
const guarded = (text: Sql): Sql =>
  sql`CASE WHEN ${text} ~ ${"^'*[=+@\t\r-]"} THEN '''' || ${text} ELSE ${text} END`;

function placeOf({ geometry }: Collection, shown: Presentation): Sql[] {
  if (!geometry || !shown.hasGeometry) return [];
  const text = sql`ST_AsText(${longitudeFirst(geometry.type, shown)}, ${shown.decimals}::int)`;
  if (geometry.type !== 'Point') return [text];
  return [1, 2].map((n) => sql`split_part(btrim(${text}, 'POINT()'), ' ', ${n}::int)`);
}
