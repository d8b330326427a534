import type { ParquetType, SchemaElement } from 'hyparquet';
import type { Edges } from '../../../geometry/bbox.parse.ts';
import type { FieldType, GeometryType } from '../../collection/collection.sql.ts';
import { type EncodedField, FIRST_FIELD, ID } from './encoder.ts';
import { type RowPlace, readNumber, writeWkb } from './place.text.ts';
import type { RowCells } from './record.text.ts';
import { above, below } from './single.precision.ts';

export const GEOMETRY = 'geometry';
export const BOX = 'bbox';
/** In the order of edges. */
export const BOX_SIDES = ['xmin', 'ymin', 'xmax', 'ymax'] as const;

export interface ParquetLayer {
  fields: readonly EncodedField[];
  geometryType: GeometryType | undefined;
  srid: number;
}

/** Instants are microseconds, which a double holds until the year 2255. */
export type ParquetValue = string | number | Uint8Array;

export interface ParquetColumn {
  /** With the child of a group. */
  path: readonly string[];
  type: ParquetType;
  /** Readers skip row groups by the least and the greatest value. */
  hasBounds: boolean;
  read(cells: RowCells, place: RowPlace | undefined): ParquetValue | null;
}

type Element = Omit<SchemaElement, 'name'>;

const TEXT: Element = { type: 'BYTE_ARRAY', converted_type: 'UTF8' };
const TYPES: Record<FieldType, Element> = {
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
  const place: ParquetColumn[] = geometryType
    ? [
        {
          path: [GEOMETRY],
          type: 'BYTE_ARRAY',
          hasBounds: false,
          read: (_, at) => (at ? writeWkb(geometryType, at) : null),
        },
        ...BOX_SIDES.map(
          (side): ParquetColumn => ({
            path: [BOX, side],
            type: 'FLOAT',
            hasBounds: true,
            read: (_, at) => (at?.box ? COVERING[side](at.box) : null),
          }),
        ),
      ]
    : [];
  return [
    { path: ['id'], type: 'BYTE_ARRAY', hasBounds: true, read: (cells) => cells[ID]! },
    ...place,
    ...fields.map(
      ({ name, type }, i): ParquetColumn => ({
        path: [name],
        type: TYPES[type].type!,
        hasBounds: true,
        read: (cells) => cellValue(type, cells[FIRST_FIELD + i]!),
      }),
    ),
  ];
}

function cellValue(type: FieldType, cell: string | null): ParquetValue | null {
  if (cell === null) return null;
  if (type === 'boolean') return cell === 't' ? 1 : 0;
  if (type === 'instant') return microseconds(cell);
  return type === 'text' || type === 'list' ? cell : readNumber(cell, 0, cell.length);
}

export function schemaOf({ fields, geometryType }: ParquetLayer): SchemaElement[] {
  const columns: SchemaElement[] = [
    { name: 'id', ...TEXT, repetition_type: 'REQUIRED' },
    ...(geometryType
      ? ([
          { name: GEOMETRY, type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
          { name: BOX, repetition_type: 'OPTIONAL', num_children: BOX_SIDES.length },
        ] as const)
      : []),
    ...fields.map(({ name, type }) => ({ name, ...TYPES[type], repetition_type: 'OPTIONAL' as const })),
  ];
  const sides = BOX_SIDES.map((name) => ({
    name,
    type: 'FLOAT' as const,
    repetition_type: 'REQUIRED' as const,
  }));
  return [
    { name: 'schema', num_children: columns.length },
    ...columns.flatMap((column) =>
      column.name === BOX && column.num_children ? [column, ...sides] : [column],
    ),
  ];
}

/** GeoParquet 1.1: a box of single precision, half the size of double, so rounded outwards. */
const COVERING: Record<(typeof BOX_SIDES)[number], (box: Edges) => number> = {
  xmin: ([west]) => below(west),
  ymin: ([, south]) => below(south),
  xmax: ([, , east]) => above(east),
  ymax: ([, , , north]) => above(north),
};

const SECOND_END = 19; // characters before the fraction
const MICROSECOND_DIGITS = 6;

/** From PostgreSQL's text in UTC. JavaScript dates have milliseconds only. */
function microseconds(text: string): number {
  const milliseconds = Date.UTC(
    readNumber(text, 0, 4),
    readNumber(text, 5, 7) - 1,
    readNumber(text, 8, 10),
    readNumber(text, 11, 13),
    readNumber(text, 14, 16),
    readNumber(text, 17, 19),
  );
  const end = text.indexOf('+', SECOND_END);
  const digits = end - SECOND_END - 1;
  const fraction =
    digits > 0 ? readNumber(text, SECOND_END + 1, end) * 10 ** (MICROSECOND_DIGITS - digits) : 0;
  return milliseconds * 1000 + fraction;
}
