import type { SchemaElement } from 'hyparquet';
import type { FieldType, GeometryType } from '../../collection/collection.sql.ts';
import { type EncodedField, FIRST_FIELD, ID } from './encoder.ts';
import { type RowPlace, readNumber, writeWkb } from './place.text.ts';
import type { RowCells } from './record.text.ts';

export const GEOMETRY = 'geometry';
export const BOX = 'bbox';
/** In the order of edges. */
export const BOX_SIDES = ['xmin', 'ymin', 'xmax', 'ymax'] as const;

export interface ParquetLayer {
  fields: readonly EncodedField[];
  geometryType: GeometryType | undefined;
  srid: number;
}

type ParquetValue = string | number | bigint | boolean | Uint8Array | object | null;

export interface ParquetColumn {
  name: string;
  type: Omit<SchemaElement, 'name'>;
  /** Of a group. */
  children?: SchemaElement[];
  read(cells: RowCells, place: RowPlace | undefined): ParquetValue;
}

const TEXT: ParquetColumn['type'] = { type: 'BYTE_ARRAY', converted_type: 'UTF8' };
const TYPES: Record<FieldType, ParquetColumn['type']> = {
  text: TEXT,
  list: TEXT,
  integer: { type: 'INT32' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  instant: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MICROS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
  },
};

export function columnsOf({ fields, geometryType }: ParquetLayer): ParquetColumn[] {
  const place: ParquetColumn = {
    name: GEOMETRY,
    type: { type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
    read: (_, at) => (at && geometryType ? writeWkb(geometryType, at) : null),
  };
  const box: ParquetColumn = {
    name: BOX,
    type: { repetition_type: 'OPTIONAL', num_children: BOX_SIDES.length },
    children: BOX_SIDES.map((name) => ({ name, type: 'FLOAT', repetition_type: 'REQUIRED' })),
    read: (_, at) => (at ? coveringBox(at) : null),
  };
  return [
    { name: 'id', type: { ...TEXT, repetition_type: 'REQUIRED' }, read: (cells) => cells[ID]! },
    ...(geometryType ? [place, box] : []),
    ...fields.map(
      ({ name, type }, i): ParquetColumn => ({
        name,
        type: { ...TYPES[type], repetition_type: 'OPTIONAL' },
        read: (cells) => cellValue(type, cells[FIRST_FIELD + i]!),
      }),
    ),
  ];
}

function cellValue(type: FieldType, cell: string | null): ParquetValue {
  if (cell === null) return null;
  if (type === 'boolean') return cell === 't';
  if (type === 'instant') return microseconds(cell);
  return type === 'text' || type === 'list' ? cell : readNumber(cell, 0, cell.length);
}

export const schemaOf = (columns: readonly ParquetColumn[]): SchemaElement[] => [
  { name: 'schema', num_children: columns.length },
  ...columns.flatMap(({ name, type, children = [] }) => [{ name, ...type }, ...children]),
];

/** GeoParquet 1.1: a box of single precision, half the size of double, so rounded outwards. */
function coveringBox({ box }: RowPlace): Record<(typeof BOX_SIDES)[number], number> | null {
  if (!box) return null;
  const [west, south, east, north] = box;
  return { xmin: below(west), ymin: below(south), xmax: -below(-east), ymax: -below(-north) };
}

const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);

/** The greatest number of single precision that is not above this one. */
function below(number: number): number {
  single[0] = number;
  // the next number towards minus infinity: bits grow with the distance from 0
  if (single[0]! > number) bits[0]! += single[0]! > 0 ? -1 : 1;
  return single[0]!;
}

const SECOND_END = 19; // characters before the fraction
const MICROSECOND_DIGITS = 6;

/** From PostgreSQL's text in UTC. JavaScript dates have milliseconds only. */
function microseconds(text: string): bigint {
  const part = (start: number, end: number) => readNumber(text, start, end);
  const seconds = Date.UTC(part(0, 4), part(5, 7) - 1, part(8, 10), part(11, 13), part(14, 16), part(17, 19));
  const end = text.indexOf('+', SECOND_END);
  const digits = end - SECOND_END - 1;
  const fraction = digits > 0 ? part(SECOND_END + 1, end) * 10 ** (MICROSECOND_DIGITS - digits) : 0;
  return BigInt(seconds * 1000 + fraction);
}
