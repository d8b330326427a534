import type { SchemaElement } from 'hyparquet';
import { type Field, type FieldType, type GeometryType, typeOf } from '../collection/collection.sql.ts';
import type { PropertyValue, WkbFeature } from './wkb.row.sql.ts';

export const GEOMETRY = 'geometry';
export const BOX = 'bbox';
/** In the order of edges. */
export const BOX_SIDES = ['xmin', 'ymin', 'xmax', 'ymax'] as const;

export interface ParquetLayer {
  fields: readonly Field[];
  geometryType: GeometryType | undefined;
  srid: number;
}

export interface ParquetColumn {
  name: string;
  type: Omit<SchemaElement, 'name'>;
  /** Of a group. */
  children?: SchemaElement[];
  read(feature: WkbFeature): string | number | bigint | boolean | Uint8Array | object | null;
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
    read: ({ wkb }) => wkb,
  };
  const box: ParquetColumn = {
    name: BOX,
    type: { repetition_type: 'OPTIONAL', num_children: BOX_SIDES.length },
    children: BOX_SIDES.map((name) => ({ name, type: 'FLOAT', repetition_type: 'REQUIRED' })),
    read: (feature) => coveringBox(feature),
  };
  return [
    { name: 'id', type: { ...TEXT, repetition_type: 'REQUIRED' }, read: ({ id }) => id },
    ...(geometryType ? [place, box] : []),
    ...fields.map((field, i): ParquetColumn => {
      const type = typeOf(field);
      return {
        name: field.name,
        type: { ...TYPES[type], repetition_type: 'OPTIONAL' },
        read: ({ values }) => (type === 'instant' ? microseconds(values[i]!) : values[i]!),
      };
    }),
  ];
}

export const schemaOf = (columns: readonly ParquetColumn[]): SchemaElement[] => [
  { name: 'schema', num_children: columns.length },
  ...columns.flatMap(({ name, type, children = [] }) => [{ name, ...type }, ...children]),
];

/** GeoParquet 1.1: a box of single precision, half the size of double, so rounded outwards. */
function coveringBox({ box }: WkbFeature): Record<(typeof BOX_SIDES)[number], number> | null {
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

/** JavaScript dates have milliseconds only. */
function microseconds(text: PropertyValue): bigint | null {
  if (text === null) return null;
  const [, fraction = ''] = /\.(\d+)/.exec(String(text)) ?? [];
  return BigInt(Date.parse(String(text))) * 1000n + BigInt(fraction.padEnd(6, '0').slice(3, 6));
}
