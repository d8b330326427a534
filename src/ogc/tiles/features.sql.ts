import { seenInAll } from '../../db/concern.ts';
import { all, listed, literal, Sql, sql } from '../../db/sql.ts';
import type { Field, FieldType, GeometryType } from '../collection/collection.sql.ts';
import { typeOf } from '../collection/collection.sql.ts';
import { besideAnchor, name, shownValues } from '../collection/items.sql.ts';
import {
  type Attribute,
  type Encoding,
  encodable,
  encoded,
  type LayerQuestion,
  rowsInTiles,
} from './encoding.sql.ts';
import { degreesOf, GRID, gridOf, type Tile } from './tile.grid.ts';

/** One layer as one row: its bytes, or its features for our encoder. */
export function featuresStatement(encoding: Encoding, tile: Tile, question: LayerQuestion): Sql {
  const { collection, fields } = question;
  const { from, where, concern, anchor } = rowsInTiles(question);
  const { column, type } = collection.geometry!;
  const values = fields.map(({ value, double = value }, i) => sql`${double} AS ${name('f', i)}`);
  const metres = inMetres(column, type, tile);
  const geometry = encoding === 'database' ? mvtGeometry(metres, tile) : gridGeometry(metres, type, tile);
  const layer = literal(collection.id);
  // OFFSET 0, otherwise the geometry would be computed twice. Ordered, so that equal tiles have equal bytes, and only then,
  // because a record is sorted faster than its columns.
  return besideAnchor(
    sql`
      SELECT ${layer}::text AS layer, ${layer}::text AS name, ${encoded(encoding, layer)}, ${seenInAll(sql`o.concern`)}, NULL::int AS held
      FROM (
        SELECT r.id, r.concern, m
        FROM (
          SELECT ${listed([sql`${collection.key.column} AS id`, ...values])}, ${geometry} AS geom, ${concern ?? sql`0`} AS concern
          FROM ${from} WHERE ${all(where, isNear(column, tile))} OFFSET 0) AS r
        CROSS JOIN LATERAL ${encodable(encoding, sql`r.geom`, attributesOf(fields))}
        WHERE ${isShown(encoding)} ORDER BY r.id OFFSET 0) AS o`,
    anchor?.row,
  );
}

// ST_AsMVTGeom gives NULL for what lies outside.
const isShown = (encoding: Encoding): Sql =>
  encoding === 'database' ? sql`r.geom IS NOT NULL` : sql`NOT ST_IsEmpty(r.geom)`;

// Transform the box, not the column: the GiST index is on degrees. Features near only by their box lose their geometry.
const isNear = (column: Sql, tile: Tile): Sql => {
  const [west, south, east, north] = degreesOf(tile);
  return sql`${column} && ST_MakeEnvelope(${west}::float, ${south}::float, ${east}::float, ${north}::float, 4326)`;
};

const HIGHEST_LATITUDE = 85.06; // just beyond the square; a pole would be at infinity

/** In metres; lines and areas lose vertices within half a tile unit. */
function inMetres(column: Sql, type: GeometryType, tile: Tile): Sql {
  // points beyond are not near any tile
  if (type === 'Point') return sql`ST_Transform(${column}, 3857)`;
  const metres = sql`ST_Transform(
    CASE WHEN ST_YMin(${column}) < ${-HIGHEST_LATITUDE}::float OR ST_YMax(${column}) > ${HIGHEST_LATITUDE}::float
      THEN ST_ClipByBox2D(${column}, ST_MakeEnvelope(-180, ${-HIGHEST_LATITUDE}::float, 180, ${HIGHEST_LATITUDE}::float, 4326))
      ELSE ${column} END, 3857)`;
  return sql`ST_Simplify(${metres}, ${0.5 / gridOf(tile).scale}::float)`;
}

const mvtGeometry = (metres: Sql, { z, x, y }: Tile): Sql =>
  sql`ST_AsMVTGeom(${metres}, ST_TileEnvelope(${z}::int, ${x}::int, ${y}::int), ${GRID.extent}, ${GRID.buffer})`;

/** The steps of ST_AsMVTGeom in the same order: round, clip, mend. */
function gridGeometry(metres: Sql, type: GeometryType, tile: Tile): Sql {
  const { scale, dx, dy } = gridOf(tile);
  const units = sql`ST_Affine(${metres}, ${scale}::float, 0, 0, ${-scale}::float, ${dx}::float, ${dy}::float)`;
  const [least, most] = [-GRID.buffer, GRID.extent + GRID.buffer];
  const box = sql`ST_MakeEnvelope(${least}::int, ${least}::int, ${most}::int, ${most}::int, 3857)`;
  const rounded = sql`ST_SnapToGrid(${units}, 1)`;
  if (type !== 'MultiPolygon') return sql`ST_SnapToGrid(ST_ClipByBox2D(${rounded}, ${box}), 1)`;
  const clipped = sql`ST_SnapToGrid(ST_ClipByBox2D(ST_MakeValid(${rounded}), ${box}), 1)`;
  // the format requires counter-clockwise outer rings with y pointing down
  return sql`ST_ForcePolygonCCW(ST_CollectionExtract(ST_MakeValid(${clipped}), 3))`;
}

const CASTS: Partial<Record<FieldType, string>> = { integer: '::int8', number: '::float8' };

/** Feature ids are integers in this format, so our id is a property. */
const attributesOf = (fields: readonly Field[]): Attribute[] => [
  ['id', sql`r.id::text`],
  ...typedValues(fields).map((value, i): Attribute => [fields[i]!.name, value]),
];

const typedValues = (fields: readonly Field[]): Sql[] =>
  shownValues(fields).map((value, i) => sql`${value}${new Sql([CASTS[typeOf(fields[i]!)] ?? ''], [])}`);
