import type { FieldType, GeometryType } from '../../collection/collection.sql.ts';
import { type EncodedField, FIRST_FIELD, ID } from './encoder.ts';
import type { GeoPackageColumn, GeoPackageDatabase, GeoPackageLayer } from './geopackage.tables.ts';
import { type RowPlace, readNumber, writeWkb } from './place.text.ts';
import type { RowCells } from './record.text.ts';

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
export const columnsOf = (fields: readonly EncodedField[]): GeoPackageColumn[] => [
  { name: 'id', title: 'Identifier', type: 'TEXT' },
  ...fields.map(({ name, title, type }) => ({ name, title, type: TYPES[type] })),
];

/** The cell of a column: the place is between the id and the fields. */
const cellOf = (column: number): number => (column === 0 ? ID : FIRST_FIELD + column - 1);

/** Writes rows to the layer's table. The first is number 1. */
export function rowWriter(db: GeoPackageDatabase, { name, columns, geometryType, srid }: GeoPackageLayer) {
  const width = columns.length + (geometryType ? 1 : 0);
  const places = Array.from({ length: width }, () => '?').join();
  const insert = db.prepare(`INSERT INTO "${name}" VALUES (NULL, ${places})`);
  const blob = geometryType && geometryWriter(geometryType, srid);
  return (cells: RowCells, place: RowPlace | undefined): void => {
    const values: (string | number | Buffer | null)[] = columns.map(({ type }, i) =>
      stored(type, cells[cellOf(i)]!),
    );
    if (blob) values.unshift(place ? blob(place) : null);
    insert.run(...values);
  };
}

/** Of rows that do not say when they changed. */
export const NO_CHANGE = '1970-01-01T00:00:00.000Z';

/** The later of a time and the last change of a row. */
export function changeOf(columns: readonly GeoPackageColumn[]) {
  const column = columns.findIndex(({ name }) => name === 'updatedAt');
  return (cells: RowCells, before: string): string => {
    const instant = column < 0 ? null : cells[cellOf(column)];
    const changed = instant ? `${zulu(instant).slice(0, MILLISECONDS)}Z` : before;
    return changed > before ? changed : before;
  };
}

function stored(type: GeoPackageColumn['type'], cell: string | null): string | number | null {
  if (cell === null || type === 'TEXT') return cell;
  if (type === 'BOOLEAN') return cell === 't' ? 1 : 0; // SQLite has no booleans
  return type === 'DATETIME' ? zulu(cell) : readNumber(cell, 0, cell.length);
}

const DAY = 10; // characters of the date
const SECONDS = 19; // characters up to the seconds
const MILLISECONDS = 23;

/**
 * From PostgreSQL's UTC text: zero to six decimals and the offset +00. The format knows milliseconds only, but without
 * the others a join with the other formats finds nothing; GDAL reads them with a warning.
 */
function zulu(instant: string): string {
  const decimals = instant[SECONDS] === '.' ? instant.slice(SECONDS + 1, instant.indexOf('+')) : '';
  return `${instant.slice(0, DAY)}T${instant.slice(DAY + 1, SECONDS)}.${decimals.padEnd(3, '0')}Z`;
}

// GeoPackage 1.3 §2.1.3: magic, version, flags, srs_id and envelope precede the WKB
const LITTLE_ENDIAN = 0b001;
const BOX_XY = 0b010;

function geometryWriter(type: GeometryType, srid: number) {
  const head = Buffer.from([0x47, 0x50, 0, LITTLE_ENDIAN, 0, 0, 0, 0]);
  head.writeInt32LE(srid, 4);
  return (place: RowPlace): Buffer => {
    const { box } = place;
    const hasBox = box !== undefined && (box[0] !== box[2] || box[1] !== box[3]);
    const bytes = writeWkb(type, place, head.length + (hasBox ? 32 : 0));
    bytes.set(head);
    if (!hasBox) return bytes;
    bytes[3] = LITTLE_ENDIAN | BOX_XY;
    const [west, south, east, north] = box;
    for (const [i, edge] of [west, east, south, north].entries())
      bytes.writeDoubleLE(edge, head.length + 8 * i);
    return bytes;
  };
}
