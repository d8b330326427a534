import { Builder } from 'flatbuffers';
import type { Edges } from '../../../geometry/bbox.parse.ts';
import { NODE_SIZE } from './flatgeobuf.index.ts';

// FlatGeobuf 3: header.fbs and the layout of the file, https://flatgeobuf.org
const MAGIC = Buffer.from([0x66, 0x67, 0x62, 0x03, 0x66, 0x67, 0x62, 0x01]);
export const GEOMETRY_TYPES = { Point: 1, LineString: 2, MultiPolygon: 6 };
export const POLYGON = 3; // part of a MultiPolygon
const COLUMN_TYPES = { boolean: 2, integer: 5, number: 10, text: 11, instant: 13 };
const HEADER = {
  fields: 14,
  name: 0,
  envelope: 1,
  geometryType: 2,
  columns: 7,
  featureCount: 8,
  indexNodeSize: 9,
  crs: 10,
  title: 11,
  description: 12,
  metadata: 13,
};
const COLUMN = { fields: 11, name: 0, type: 1, title: 2 };
const CRS = { fields: 6, code: 1 };

export type ColumnType = keyof typeof COLUMN_TYPES;

export interface FlatGeobufColumn {
  name: string;
  title: string;
  type: ColumnType;
}

export interface FlatGeobufLayer {
  name: string;
  title: string;
  description: string;
  /** The exercise; undefined: the actual world. */
  world: string | undefined;
  geometryType: keyof typeof GEOMETRY_TYPES | undefined;
  srid: number;
  columns: readonly FlatGeobufColumn[];
}

/** Facts that are known after the last feature. */
interface FileSummary {
  count: number;
  box: Edges | undefined;
  hasIndex: boolean;
}

/** A stream has an unknown number of features and no index. */
export function flatGeobufHeader(layer: FlatGeobufLayer, whole?: FileSummary): Buffer {
  const builder = new Builder(4096);
  const [name, title, description] = [layer.name, layer.title, layer.description].map((text) =>
    builder.createString(text),
  );
  const metadata = layer.world ? builder.createString(JSON.stringify({ world: layer.world })) : 0;
  const columns = columnsOf(builder, layer);
  const envelope = whole?.box ? addDoubles(builder, whole.box) : 0;
  builder.startObject(CRS.fields);
  builder.addFieldInt32(CRS.code, layer.srid, 0);
  const crs = builder.endObject();
  builder.startObject(HEADER.fields);
  builder.addFieldOffset(HEADER.name, name!, 0);
  builder.addFieldInt8(HEADER.geometryType, layer.geometryType ? GEOMETRY_TYPES[layer.geometryType] : 0, 0);
  builder.addFieldOffset(HEADER.columns, columns, 0);
  if (envelope) builder.addFieldOffset(HEADER.envelope, envelope, 0);
  builder.addFieldInt64(HEADER.featureCount, BigInt(whole?.count ?? 0), 0n);
  builder.addFieldInt16(HEADER.indexNodeSize, whole?.hasIndex ? NODE_SIZE : 0, 16);
  builder.addFieldOffset(HEADER.crs, crs, 0);
  builder.addFieldOffset(HEADER.title, title!, 0);
  builder.addFieldOffset(HEADER.description, description!, 0);
  if (metadata) builder.addFieldOffset(HEADER.metadata, metadata, 0);
  builder.finishSizePrefixed(builder.endObject());
  return Buffer.concat([MAGIC, builder.asUint8Array()]);
}

function addDoubles(builder: Builder, numbers: readonly number[]): number {
  builder.startVector(8, numbers.length, 8);
  for (const number of numbers.toReversed()) builder.addFloat64(number);
  return builder.endVector();
}

function columnsOf(builder: Builder, { columns }: FlatGeobufLayer): number {
  const offsets = columns.map(({ name, title, type }) => {
    const [nameAt, titleAt] = [builder.createString(name), builder.createString(title)];
    builder.startObject(COLUMN.fields);
    builder.addFieldOffset(COLUMN.name, nameAt, 0);
    builder.addFieldInt8(COLUMN.type, COLUMN_TYPES[type], 0);
    builder.addFieldOffset(COLUMN.title, titleAt, 0);
    return builder.endObject();
  });
  builder.startVector(4, offsets.length, 4);
  for (const offset of offsets.toReversed()) builder.addOffset(offset);
  return builder.endVector();
}
