import type { Edges } from '../../geometry/bbox.parse.ts';
import {
  type Collection,
  type Field,
  type FieldType,
  type GeometryType,
  typeOf,
} from '../collection/collection.sql.ts';
import type { Presentation } from '../collection/items.query.ts';
import type { GeoPackageColumn, GeoPackageDatabase, GeoPackageLayer } from './geopackage.tables.ts';
import type { PropertyValue, WkbFeature } from './wkb.row.sql.ts';

// GeoPackage 1.3, table 1
const TYPES: Record<FieldType, GeoPackageColumn['type']> = {
  text: 'TEXT',
  list: 'TEXT',
  integer: 'MEDIUMINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  instant: 'DATETIME',
};

/** `fid` is the key that the format requires, `id` the identifier of the feature. */
export const columnsOf = (fields: readonly Field[]): GeoPackageColumn[] => [
  { name: 'id', title: 'Identifier', type: 'TEXT' },
  ...fields.map((field) => ({ name: field.name, title: field.title, type: TYPES[typeOf(field)] })),
];

export const geometryTypeOf = ({ geometry }: Collection, shown: Presentation): GeometryType | undefined =>
  shown.hasGeometry ? geometry?.type : undefined;

/** Writes features to the layer's table, and their boxes to its index. */
export function valueWriter(db: GeoPackageDatabase, { name, columns, geometryType, srid }: GeoPackageLayer) {
  const width = columns.length + (geometryType ? 1 : 0);
  const places = Array.from({ length: width }, () => '?').join();
  const insert = db.prepare(`INSERT INTO "${name}" VALUES (NULL, ${places})`);
  const index = geometryType && db.prepare(`INSERT INTO "rtree_${name}_geom" VALUES (?, ?, ?, ?, ?)`);
  const head = headerOf(srid);
  return ({ id, wkb, box, values }: WkbFeature): void => {
    const place = geometryType ? [wkb && Buffer.concat([box ? head.withBox(box) : head.plain, wkb])] : [];
    const { lastInsertRowid } = insert.run(
      ...place,
      id,
      ...values.map((value, i) => stored(columns[i + 1]!, value)),
    );
    if (box) index?.run(lastInsertRowid, box[0], box[2], box[1], box[3]);
  };
}

/** Of rows that do not say when they changed. */
export const NO_CHANGE = '1970-01-01T00:00:00.000Z';

/** The later of a time and the last change of a feature. */
export function changeOf(columns: readonly GeoPackageColumn[]) {
  const at = columns.findIndex(({ name }) => name === 'updatedAt') - 1; // the id is no value
  return ({ values }: WkbFeature, before: string): string => {
    const instant = values[at];
    const changed = instant ? `${zulu(String(instant)).slice(0, MILLISECONDS)}Z` : before;
    return changed > before ? changed : before;
  };
}

/** SQLite has no booleans. */
function stored({ type }: GeoPackageColumn, value: PropertyValue): string | number | null {
  if (value === null) return null;
  if (type === 'BOOLEAN') return value ? 1 : 0;
  if (type === 'DATETIME') return zulu(String(value));
  return value as string | number;
}

const SECONDS = 19; // characters up to the seconds
const MILLISECONDS = 23;

/**
 * From PostgreSQL's UTC text: zero to six decimals and the offset +00. The format knows milliseconds only, but without
 * the others a join with the other formats finds nothing; GDAL reads them with a warning.
 */
function zulu(instant: string): string {
  const decimals = instant[SECONDS] === '.' ? instant.slice(SECONDS + 1, instant.indexOf('+')) : '';
  return `${instant.slice(0, SECONDS)}.${decimals.padEnd(3, '0')}Z`;
}

// GeoPackage 1.3 §2.1.3: magic, version, flags, srs_id and envelope precede the WKB
const LITTLE_ENDIAN = 0b001;
const BOX_XY = 0b010;

function headerOf(srid: number) {
  const plain = Buffer.from([0x47, 0x50, 0, LITTLE_ENDIAN, 0, 0, 0, 0]);
  plain.writeInt32LE(srid, 4);
  return {
    plain,
    withBox([west, south, east, north]: Edges): Buffer {
      if (west === east && south === north) return plain;
      const bytes = Buffer.alloc(plain.length + 32);
      plain.copy(bytes);
      bytes[3] = LITTLE_ENDIAN | BOX_XY;
      for (const [i, edge] of [west, east, south, north].entries())
        bytes.writeDoubleLE(edge, plain.length + 8 * i);
      return bytes;
    },
  };
}
