import { Builder } from 'flatbuffers';
import type { Position } from 'geojson';
import type { GeometryType } from '../collection/collection.sql.ts';
import { type ColumnType, GEOMETRY_TYPES, POLYGON } from './flatgeobuf.header.ts';
import type { TextRow } from './row.sql.ts';
import type { PropertyValue } from './wkb.row.sql.ts';

// FlatGeobuf 3: feature.fbs
const FEATURE = { fields: 3, geometry: 0, properties: 1 };
const GEOMETRY = { fields: 8, ends: 0, xy: 1, type: 6, parts: 7 };
const FIRST_BYTES = 1 << 16;

/** Writes a feature; `types` are the column types, the id first. */
export function flatGeobufEncoder(geometryType: GeometryType | undefined, types: readonly ColumnType[]) {
  const builder = new Builder(FIRST_BYTES);
  const properties = propertyWriter(types);

  return ([id, coordinates, ...values]: TextRow): Buffer => {
    builder.clear();
    const geometry = geometryType && coordinates ? addGeometry(builder, geometryType, coordinates) : 0;
    const bytes = builder.createByteVector(properties([id, ...values]));
    builder.startObject(FEATURE.fields);
    if (geometry) builder.addFieldOffset(FEATURE.geometry, geometry, 0);
    builder.addFieldOffset(FEATURE.properties, bytes, 0);
    builder.finishSizePrefixed(builder.endObject());
    return Buffer.from(builder.asUint8Array()); // a copy: the builder reuses its buffer
  };
}

function addGeometry(builder: Builder, type: GeometryType, coordinates: unknown[]): number {
  if (type === 'Point') return addSimple(builder, type, [coordinates as Position]);
  if (type === 'LineString') return addSimple(builder, type, coordinates as Position[]);
  const parts = (coordinates as Position[][][]).map((rings) =>
    addSimple(builder, POLYGON, rings.flat(), endsOf(rings)),
  );
  const partsAt = addOffsets(builder, parts);
  builder.startObject(GEOMETRY.fields);
  builder.addFieldInt8(GEOMETRY.type, GEOMETRY_TYPES[type], 0);
  builder.addFieldOffset(GEOMETRY.parts, partsAt, 0);
  return builder.endObject();
}

/** Ring ends, counted in positions; omitted for a single ring. */
function endsOf(rings: readonly Position[][]): number[] {
  let end = 0;
  return rings.length > 1 ? rings.map((ring) => (end += ring.length)) : [];
}

function addSimple(
  builder: Builder,
  type: keyof typeof GEOMETRY_TYPES | typeof POLYGON,
  positions: readonly Position[],
  ends: readonly number[] = [],
): number {
  builder.startVector(8, positions.length * 2, 8);
  for (let i = positions.length - 1; i >= 0; i--) {
    builder.addFloat64(positions[i]![1]!);
    builder.addFloat64(positions[i]![0]!);
  }
  const xy = builder.endVector();
  const endsAt = ends.length > 0 ? addNumbers(builder, ends) : 0;
  builder.startObject(GEOMETRY.fields);
  if (endsAt) builder.addFieldOffset(GEOMETRY.ends, endsAt, 0);
  builder.addFieldOffset(GEOMETRY.xy, xy, 0);
  builder.addFieldInt8(GEOMETRY.type, type === POLYGON ? POLYGON : GEOMETRY_TYPES[type], 0);
  return builder.endObject();
}

function addNumbers(builder: Builder, numbers: readonly number[]): number {
  builder.startVector(4, numbers.length, 4);
  for (const number of numbers.toReversed()) builder.addInt32(number);
  return builder.endVector();
}

function addOffsets(builder: Builder, offsets: readonly number[]): number {
  builder.startVector(4, offsets.length, 4);
  for (const offset of offsets.toReversed()) builder.addOffset(offset);
  return builder.endVector();
}

/** Each value after its column number; missing values are left out. */
function propertyWriter(types: readonly ColumnType[]) {
  let bytes = Buffer.alloc(FIRST_BYTES);
  return (values: readonly PropertyValue[]): Buffer => {
    let at = 0;
    for (const [column, value] of values.entries()) {
      if (value === null) continue;
      const most = 2 + 8 + (typeof value === 'string' ? value.length * 3 : 0);
      if (at + most > bytes.length) bytes = Buffer.concat([bytes], 2 * (at + most));
      at = bytes.writeUInt16LE(column, at);
      at = write(bytes, at, types[column]!, value);
    }
    return bytes.subarray(0, at);
  };
}

function write(bytes: Buffer, at: number, type: ColumnType, value: Exclude<PropertyValue, null>): number {
  if (type === 'boolean') return bytes.writeUInt8(value ? 1 : 0, at);
  if (type === 'integer') return bytes.writeInt32LE(Number(value), at);
  if (type === 'number') return bytes.writeDoubleLE(Number(value), at);
  const length = bytes.write(type === 'instant' ? zulu(String(value)) : String(value), at + 4);
  bytes.writeUInt32LE(length, at);
  return at + 4 + length;
}

const OFFSET = '+00:00';
const zulu = (instant: string): string =>
  instant.endsWith(OFFSET) ? `${instant.slice(0, -OFFSET.length)}Z` : instant;
