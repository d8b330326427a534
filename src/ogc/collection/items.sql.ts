import type { OrderedRows } from '../../db/cell.order.ts';
import { seenInAll } from '../../db/concern.ts';
import type { KeyColumn } from '../../db/keyset.ts';
import { featureStatement, type Layer, listingOf, listStatement } from '../../db/layer.ts';
import { boundaryStatement as boundaryBehind } from '../../db/page.ts';
import { endNamingExercise, wound } from '../../db/spatial.ts';
import { all, flat, listed, nothing, quoted, render, Sql, sql } from '../../db/sql.ts';
import { CRS84 } from '../../geometry/crs.ts';
import { type Collection, type Field, type GeometryType, type Rows, typeOf } from './collection.sql.ts';
import type { ItemQuestion, ItemsQuestion, Presentation, Selection, SortKey } from './items.query.ts';
import { rowsOf } from './items.rows.sql.ts';

const LONGEST_KEY = 100; // characters of a text in a sort key
const METRES_PER_DEGREE = 111_320; // of latitude; longitude degrees are shorter, so no vertex moves further than asked

/** The layer in the requested presentation and order, as GeoJSON. */
export const layerOf = (collection: Collection, shown: Presentation, sort: readonly SortKey[] = []): Layer =>
  isKept(collection, shown) ? keptLayerOf(collection, shown, sort) : rowLayerOf(collection, shown, sort);

/** The same with a column for each field, for formats that write the values, and for single features. */
export function rowLayerOf(
  collection: Collection,
  shown: Presentation,
  sort: readonly SortKey[] = [],
): Layer {
  const { key, order, geometry } = collection;
  const keys = sort.length > 0 ? sortKeys(collection, sort) : order.keys;
  const columns = [
    sql`${key.column} AS id`,
    ...(geometry && shown.hasGeometry ? [sql`${geometry.column} AS geometry`] : []),
    ...shown.fields.map(({ value }, i) => sql`${value} AS ${name('f', i)}`),
    ...keys.map(({ column }, i) => sql`${column} AS ${name('k', i)}`),
  ];
  return {
    columns: listed(columns),
    from: sql``,
    id: key.column,
    feature: featureOf(collection, shown, propertiesText(shown.fields, shownValues(shown.fields))),
    keys,
    key: listed(keys.map((_, i) => sql`r.${name('k', i)}`)),
    ...(sort.length === 0 && order.descending && { descending: true }),
  };
}

/** Whether the database keeps the properties that are shown: all of them, in their order. */
const isKept = ({ fields, keptProperties }: Collection, shown: Presentation): boolean =>
  keptProperties !== undefined &&
  shown.fields.length === fields.length &&
  shown.fields.every((field, i) => field === fields[i]);

const keptLayerOf = (collection: Collection, shown: Presentation, sort: readonly SortKey[]): Layer => ({
  ...rowLayerOf(collection, { ...shown, fields: [] }, sort),
  feature: featureOf(collection, shown, keptOrMade(collection)),
});

const keptTexts = new WeakMap<Collection, Sql>();

/** Where they are not kept, the row is read again: rows that carry nothing are merged and cut in less time. */
function keptOrMade(collection: Collection): Sql {
  const known = keptTexts.get(collection);
  if (known) return known;
  const { fields, key, keptProperties, rows } = collection;
  const values = fields.map((field) => shownValue(field, field.value));
  const made = sql`SELECT ${propertiesText(fields, values)} FROM ${rows({}).from} WHERE ${key.column} = r.id`;
  const properties = flat(sql`coalesce(${keptProperties!}, (${made}))`);
  keptTexts.set(collection, properties);
  return properties;
}

/** The default presentation of `/items`: all fields, longitude first. */
export const plainLayerOf = (collection: Collection): Layer =>
  layerOf(collection, {
    fields: collection.fields,
    hasGeometry: true,
    crs: CRS84,
    decimals: CRS84.decimals,
    simplifyMetres: undefined,
  });

export const name = (letter: string, i: number): Sql => new Sql([letter + i], []);

function sortKeys({ key }: Collection, sort: readonly SortKey[]): KeyColumn[] {
  const last = sort.at(-1)!;
  return [
    ...sort.map(({ field, descending }) => ({
      ...sortable(field),
      descending,
      isNullable: isNullable(field),
    })),
    // the direction of the last key: an index over both serves both directions
    { column: key.column, type: key.type, descending: last.descending },
  ];
}

const isNullable = (field: Field): boolean =>
  typeOf(field) === 'list' || field.schema.safeParse(null).success;

function sortable(field: Field): Pick<KeyColumn, 'column' | 'type'> {
  const type = typeOf(field);
  if (type === 'instant') return { column: field.value, type: 'timestamptz' };
  if (type === 'boolean') return { column: field.value, type };
  if (type === 'integer' || type === 'number') return { column: field.value, type: 'numeric' };
  return { column: sql`left(${asText(field, field.value)}, ${LONGEST_KEY})`, type: 'text' };
}

const asText = (field: Field, value: Sql): Sql =>
  typeOf(field) === 'list' ? sql`nullif(array_to_string(${value}, ','), '')` : value;

/** GeoJSON of a row, over the alias `r`. */
const featureOf = (collection: Collection, shown: Presentation, properties: Sql): Sql => sql`
  '{"type":"Feature","id":' || to_json(r.id)::text
  || ',"geometry":' || ${geometryText(collection, shown)}
  || ',"properties":' || ${properties} || ${collection.namesExercise ? endNamingExercise : sql`'}'`}`;

function geometryText({ geometry }: Collection, shown: Presentation): Sql {
  if (!geometry || !shown.hasGeometry) return sql`'null'`;
  return sql`coalesce(ST_AsGeoJSON(${shownGeometry(geometry.type, shown)}, ${shown.decimals}::int, 0), 'null')`;
}

/** The geometry of GeoJSON over the alias `r`, in the axis order of the CRS. */
function shownGeometry(type: GeometryType, shown: Presentation): Sql {
  const geometry = longitudeFirst(type, shown);
  return shown.crs.isLatitudeFirst ? sql`ST_FlipCoordinates(${geometry})` : geometry;
}

/**
 * The geometry of other formats, areas counterclockwise on the ground. They take their digits from ST_AsGeoJSON or
 * ST_AsText, which round in the same way; arithmetic such as ST_SnapToGrid does not.
 */
export function longitudeFirst(type: GeometryType, { crs, simplifyMetres }: Presentation): Sql {
  const shape = simplifyMetres && type !== 'Point' ? simplified(type, simplifyMetres) : sql`r.geometry`;
  const simple = type === 'MultiPolygon' ? wound(shape) : shape;
  return crs.srid === 4326 ? simple : sql`ST_Transform(${simple}, ${crs.srid}::int)`;
}

// Line ends never move, so segments still meet; areas stay valid and never vanish.
const simplified = (type: GeometryType, metres: number): Sql =>
  type === 'LineString'
    ? sql`ST_Simplify(r.geometry, ${metres / METRES_PER_DEGREE}::float, true)`
    : sql`ST_Multi(ST_SimplifyPreserveTopology(r.geometry, ${metres / METRES_PER_DEGREE}::float))`;

/** Faster than building an object: names are resolved once. */
function propertiesText(fields: readonly Field[], values: readonly Sql[]): Sql {
  const members = values.map((value, i) => sql`${value} AS ${quoted(fields[i]!.name)}`);
  return sql`(SELECT row_to_json(p) FROM (SELECT ${listed(members)}) AS p)::text`;
}

/** Output values of fields over the alias `r`: instants and lists as texts. */
export const shownValues = (fields: readonly Field[]): Sql[] =>
  fields.map((field, i) => shownValue(field, sql`r.${name('f', i)}`));

const shownValue = (field: Field, value: Sql): Sql =>
  typeOf(field) === 'instant' ? sql`tripoint.utc(${value})` : asText(field, value);

/** The same with instants as stored, which the page writes in UTC with an offset. */
export const storedValues = (fields: readonly Field[]): Sql[] =>
  fields.map((field, i) => asText(field, sql`r.${name('f', i)}`));

/** How the rows are found; undefined: as PostgreSQL plans it. */
export type Ordering = (rows: Rows) => OrderedRows | undefined;

/** One page of a layer. */
export function pageOf(collection: Collection, question: ItemsQuestion, layer: Layer, by?: Ordering): Sql {
  const rows = rowsOf(collection, question);
  const { from, where, concern } = rows;
  return listStatement({ ...layer, from, ...(concern && { concern }) }, where, question, by?.(rows));
}

// V8 frees texts of a few ten kilobytes quickly, but longer ones only at a full collection.
const FEATURES_IN_TEXT = 50;

/** The same as short texts, for readers that take them one by one. */
export const chunkOf = (collection: Collection, question: ItemsQuestion, layer: Layer, by?: Ordering): Sql =>
  pageOf(collection, question, { ...layer, featuresInRow: FEATURES_IN_TEXT }, by);

/** Finds the end of a chunk of this many rows. */
export function boundaryStatement(
  collection: Collection,
  question: ItemsQuestion,
  rowCount: number,
  by?: Ordering,
): Sql {
  const rows = rowsOf(collection, question);
  const layer = { ...layerOf(collection, question.shown, question.sort), from: rows.from };
  return boundaryBehind(listingOf(layer, rows.where, question, by?.(rows)), rowCount);
}

interface PageWays {
  /** Counts all matches. */
  count?: Sql | undefined;
  by?: Ordering;
}

/** One page; also the total number of matches, if a statement counts it, and whether the parent resource exists. */
export function pageStatement(
  collection: Collection,
  question: ItemsQuestion,
  { count, by }: PageWays = {},
): Sql {
  const { anchor } = rowsOf(collection, question);
  const layer = layerOf(collection, question.shown, question.sort);
  // with a count that is planned each time so is the whole statement
  const quickly: Ordering = (rows) => {
    const ordered = by?.(rows);
    return ordered && { ...ordered, isFree: true };
  };
  const isQuick = count !== undefined && render(count).isPlannedEachTime;
  const page = pageOf(collection, question, layer, isQuick ? quickly : by);
  const matched = count ? sql`, (${count}) AS matched` : nothing;
  return besideAnchor(sql`SELECT q.*${matched} FROM (${page}) AS q`, anchor?.row);
}

/** Counts all matches. */
export function countStatement(collection: Collection, selection: Selection): Sql {
  const { from, where, concern, anchor } = rowsOf(collection, selection);
  const seen = concern ? sql`, ${seenInAll(sql`c.concern`)}` : sql``;
  return besideAnchor(
    sql`SELECT count(*)::int AS matched${seen} FROM (SELECT ${concern ?? sql`0`} AS concern FROM ${from} WHERE ${where}) AS c`,
    anchor?.row,
  );
}

export const besideAnchor = (statement: Sql, anchor: Sql | undefined): Sql =>
  anchor
    ? sql`SELECT p.*, a.concern IS NOT NULL AS is_known, a.concern AS seen_target
        FROM (${statement}) AS p LEFT JOIN (${anchor}) AS a ON true`
    : statement;

export function requireAnchor(
  collection: Collection,
  { filters }: Selection,
  { is_known }: { is_known?: boolean },
): void {
  if (is_known === false) throw collection.rows(filters).anchor!.missing();
}

export function itemStatement(collection: Collection, id: string, { shown, isNewest }: ItemQuestion): Sql {
  const { concern, ...rows } = collection.rows({});
  const { from, where } = isNewest ? collection.newest!(id) : rows;
  const { version } = collection;
  const layer = {
    ...rowLayerOf(collection, shown),
    from,
    ...(concern && { concern }),
    ...(version && { version }),
  };
  return featureStatement(layer, all(where, sql`${layer.id} = ${id}`));
}
