import { Builder } from 'flatbuffers';
import type { GeometryType } from '../../collection/collection.sql.ts';
import { type ByteList, byteList, writeText } from './byte.list.ts';
import { FIRST_FIELD, ID } from './encoder.ts';
import { type ColumnType, GEOMETRY_TYPES, POLYGON } from './flatgeobuf.header.ts';
import { type RowPlace, readNumber } from './place.text.ts';
import type { RowCells } from './record.text.ts';

// FlatGeobuf 3: feature.fbs
const FEATURE = { fields: 3, geometry: 0, properties: 1 };
const GEOMETRY = { fields: 8, ends: 0, xy: 1, type: 6, parts: 7 };
const FIRST_BYTES = 1 << 16;

/** Appends a feature to `out`; `types` are the column types, the id first. */
export function flatGeobufEncoder(
  geometryType: GeometryType | undefined,
  types: readonly ColumnType[],
  out: ByteList,
) {
  const builder = new Builder(FIRST_BYTES);
  const properties = byteList();

  return (cells: RowCells, place: RowPlace | undefined): void => {
    builder.clear();
    const geometry = geometryType && place ? addGeometry(builder, geometryType, place) : 0;
    writeProperties(properties, types, cells);
    const bytes = builder.createByteVector(properties.all());
    builder.startObject(FEATURE.fields);
    if (geometry) builder.addFieldOffset(FEATURE.geometry, geometry, 0);
    builder.addFieldOffset(FEATURE.properties, bytes, 0);
    builder.finishSizePrefixed(builder.endObject());
    out.append(builder.asUint8Array());
  };
}

function addGeometry(builder: Builder, type: GeometryType, { xy, polygons }: RowPlace): number {
  if (type !== 'MultiPolygon') return addSimple(builder, GEOMETRY_TYPES[type], xy);
  let start = 0;
  const parts = polygons.map((rings) => {
    const ends: number[] = [];
    for (const [i, positions] of rings.entries()) ends.push((ends[i - 1] ?? 0) + positions);
    const from = start;
    start += 2 * (ends.at(-1) ?? 0);
    return addSimple(builder, POLYGON, xy.slice(from, start), ends);
  });
  const partsAt = addOffsets(builder, parts);
  builder.startObject(GEOMETRY.fields);
  builder.addFieldInt8(GEOMETRY.type, GEOMETRY_TYPES[type], 0);
  builder.addFieldOffset(GEOMETRY.parts, partsAt, 0);
  return builder.endObject();
}

/** `ends` of rings count positions; they are left out for a single ring. */
function addSimple(builder: Builder, type: number, xy: readonly number[], ends: readonly number[] = []) {
  builder.startVector(8, xy.length, 8);
  for (let i = xy.length - 1; i >= 0; i--) builder.addFloat64(xy[i]!);
  const xyAt = builder.endVector();
  const endsAt = ends.length > 1 ? addNumbers(builder, ends) : 0;
  builder.startObject(GEOMETRY.fields);
  if (endsAt) builder.addFieldOffset(GEOMETRY.ends, endsAt, 0);
  builder.addFieldOffset(GEOMETRY.xy, xyAt, 0);
  builder.addFieldInt8(GEOMETRY.type, type, 0);
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
function writeProperties(out: ByteList, types: readonly ColumnType[], cells: RowCells): void {
  out.clear();
  for (let column = 0; column < types.length; column++) {
    const cell = cells[column === 0 ? ID : FIRST_FIELD + column - 1]!;
    if (cell === null) continue;
    const bytes = out.reserve(2 + 8 + 3 * cell.length);
    const at = bytes.writeUInt16LE(column, out.end());
    out.moveEnd(writeValue(bytes, at, types[column]!, cell));
  }
}

function writeValue(bytes: Buffer, at: number, type: ColumnType, cell: string): number {
  if (type === 'boolean') return bytes.writeUInt8(cell === 't' ? 1 : 0, at);
  if (type === 'integer') return bytes.writeInt32LE(readNumber(cell, 0, cell.length), at);
  if (type === 'number') return bytes.writeDoubleLE(readNumber(cell, 0, cell.length), at);
  const end = writeText(bytes, at + 4, type === 'instant' ? zulu(cell) : cell);
  bytes.writeUInt32LE(end - at - 4, at);
  return end;
}

const OFFSET = '+00';
const zulu = (instant: string): string =>
  instant.endsWith(OFFSET) ? `${instant.slice(0, -OFFSET.length).replace(' ', 'T')}Z` : instant;
