import type { SchemaElement } from 'hyparquet';
import { type Field, type FieldType, type GeometryType, typeOf } from '../collection/collection.sql.ts';
import type { PropertyValue, WkbFeature } from './wkb.row.sql.ts';

export const GEOMETRY = 'geometry';

export interface ParquetLayer {
  fields: readonly Field[];
  geometryType: GeometryType | undefined;
  srid: number;
}

export interface ParquetColumn {
  name: string;
  type: Omit<SchemaElement, 'name'>;
  read(feature: WkbFeature): string | number | bigint | boolean | Uint8Array | null;
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
  return [
    { name: 'id', type: { ...TEXT, repetition_type: 'REQUIRED' }, read: ({ id }) => id },
    ...(geometryType ? [place] : []),
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
  ...columns.map(({ name, type }) => ({ name, ...type })),
];

/** JavaScript dates have milliseconds only. */
function microseconds(text: PropertyValue): bigint | null {
  if (text === null) return null;
  const [, fraction = ''] = /\.(\d+)/.exec(String(text)) ?? [];
  return BigInt(Date.parse(String(text))) * 1000n + BigInt(fraction.padEnd(6, '0').slice(3, 6));
}
