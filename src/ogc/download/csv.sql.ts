import { listed, type Sql, sql } from '../../db/sql.ts';
import { type Collection, type Field, typeOf } from '../collection.sql.ts';
import type { ItemsQuestion, Presentation } from '../items.query.ts';
import { layerOf, pageOf, shownGeometry, shownValues } from '../items.sql.ts';
import type { DownloadFormat } from './download.format.sql.ts';

/** RFC 4180. Points are two columns of numbers, other geometry is well-known text. */
export const csv: DownloadFormat = {
  name: 'csv',
  mediaType: 'text/csv',
  extension: 'csv',
  page(collection, question) {
    const feature = lineOf(collection, question);
    return pageOf(collection, question, {
      ...layerOf(collection, question.shown, question.sort),
      feature,
      separator: '',
    });
  },
  writer: (collection, { shown }) => ({
    head: `${['id', ...placeNames(collection, shown), ...shown.fields.map(({ name }) => name)].join()}\r\n`,
    body: (features) => features,
  }),
};

function placeNames({ geometry }: Collection, { hasGeometry, crs }: Presentation): string[] {
  if (!geometry || !hasGeometry) return [];
  if (geometry.type !== 'Point') return ['WKT'];
  return crs.srid === 4326 ? ['longitude', 'latitude'] : ['easting', 'northing'];
}

/**
 * PostgreSQL writes a row as text nearly as CSV wants it: in brackets, and with \ doubled like a quote. It is many times
 * quicker than quoting each value by itself.
 */
function lineOf(collection: Collection, { shown }: ItemsQuestion): Sql {
  const values = [sql`r.id`, ...placeOf(collection, shown), ...valuesOf(shown.fields)];
  const row = sql`(ROW(${listed(values)})::text)`;
  return sql`replace(left(substr(${row}, 2), -1), '\\\\', '\\') || chr(13) || chr(10)`;
}

// PostgreSQL would write `t` and `f`
const valuesOf = (fields: readonly Field[]): Sql[] =>
  shownValues(fields).map((value, i) => (typeOf(fields[i]!) === 'boolean' ? sql`${value}::text` : value));

function placeOf({ geometry }: Collection, shown: Presentation): Sql[] {
  if (!geometry || !shown.hasGeometry) return [];
  const place = shownGeometry(geometry.type, shown, 'longitude first');
  if (geometry.type !== 'Point') return [sql`ST_AsText(${place}, ${shown.decimals}::int)`];
  const rounded = (number: Sql) => sql`round(${number}::numeric, ${shown.decimals}::int)::float`;
  return [rounded(sql`ST_X(${place})`), rounded(sql`ST_Y(${place})`)];
}
