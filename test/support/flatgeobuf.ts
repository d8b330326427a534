import { ByteBuffer } from 'flatbuffers';

// Reads FlatGeobuf 3 by its published layout, from nothing that the service uses to write it.
const TYPES: Record<number, string> = { 2: 'bool', 5: 'int', 10: 'double', 11: 'string', 13: 'datetime' };
const GEOMETRIES: Record<number, string> = { 1: 'Point', 2: 'LineString', 3: 'Polygon', 6: 'MultiPolygon' };

class Table {
  readonly bytes: ByteBuffer;
  readonly at: number;
  constructor(bytes: ByteBuffer, at: number) {
    this.bytes = bytes;
    this.at = at;
  }
  private place(field: number): number {
    const offset = this.bytes.__offset(this.at, 4 + 2 * field);
    return offset === 0 ? 0 : this.at + offset;
  }
  number(field: number, kind: 'int8' | 'uint16' | 'int32', missing = 0): number {
    const place = this.place(field);
    if (place === 0) return missing;
    if (kind === 'int8') return this.bytes.readInt8(place);
    return kind === 'uint16' ? this.bytes.readUint16(place) : this.bytes.readInt32(place);
  }
  big(field: number): number {
    const place = this.place(field);
    return place === 0 ? 0 : Number(this.bytes.readUint64(place));
  }
  text(field: number): string | undefined {
    const place = this.place(field);
    return place === 0 ? undefined : String(this.bytes.__string(place));
  }
  table(field: number): Table | undefined {
    const place = this.place(field);
    return place === 0 ? undefined : new Table(this.bytes, this.bytes.__indirect(place));
  }
  vector<T>(field: number, size: number, read: (at: number) => T): T[] {
    const place = this.place(field);
    if (place === 0) return [];
    const start = this.bytes.__vector(place);
    return Array.from({ length: this.bytes.__vector_len(place) }, (_, i) => read(start + i * size));
  }
  tables(field: number): Table[] {
    return this.vector(field, 4, (at) => new Table(this.bytes, this.bytes.__indirect(at)));
  }
}

const rootOf = (bytes: Buffer): Table => {
  const buffer = new ByteBuffer(bytes);
  return new Table(buffer, buffer.readInt32(0));
};

export function readFlatGeobuf(file: Buffer) {
  if (!file.subarray(0, 4).equals(Buffer.from('fgb\x03'))) throw new Error('This is no FlatGeobuf.');
  const headerEnd = 12 + file.readUInt32LE(8);
  const header = rootOf(file.subarray(12, headerEnd));
  const columns = header
    .tables(7)
    .map((column) => ({ name: column.text(0)!, type: TYPES[column.number(1, 'int8')]! }));
  const features = [];
  const featureCount = header.big(8);
  const indexNodeSize = header.number(9, 'uint16', 16);
  const indexBytes = indexNodeSize > 0 ? 40 * nodesIn(featureCount, indexNodeSize) : 0;
  for (let at = headerEnd + indexBytes; at < file.length; ) {
    const end = at + 4 + file.readUInt32LE(at);
    features.push(readFeature(rootOf(file.subarray(at + 4, end)), columns));
    at = end;
  }
  return {
    name: header.text(0),
    featureCount,
    indexNodeSize,
    envelope: header.vector(1, 8, (at) => header.bytes.readFloat64(at)),
    srid: header.table(10)?.number(1, 'int32'),
    title: header.text(11),
    columns,
    features,
  };
}

function nodesIn(features: number, nodeSize: number): number {
  let [level, nodes] = [features, features];
  while (level > 1 || nodes === features) {
    level = Math.ceil(level / nodeSize);
    nodes += level;
  }
  return nodes;
}

function readFeature(feature: Table, columns: { name: string; type: string }[]) {
  const bytes = Buffer.from(feature.vector(1, 1, (at) => feature.bytes.readUint8(at)));
  const geometry = feature.table(0);
  return { geometry: geometry ? readGeometry(geometry) : null, properties: readProperties(bytes, columns) };
}

function readGeometry(geometry: Table): { type: string; coordinates: unknown } {
  const type = GEOMETRIES[geometry.number(6, 'int8')]!;
  const xy = geometry.vector(1, 8, (at) => geometry.bytes.readFloat64(at));
  const positions = Array.from({ length: xy.length / 2 }, (_, i) => [xy[2 * i]!, xy[2 * i + 1]!]);
  if (type === 'Point') return { type, coordinates: positions[0] };
  if (type === 'LineString') return { type, coordinates: positions };
  if (type === 'MultiPolygon')
    return { type, coordinates: geometry.tables(7).map((part) => readGeometry(part).coordinates) };
  const ends = geometry.vector(0, 4, (at) => geometry.bytes.readInt32(at));
  const rings = (ends.length > 0 ? ends : [positions.length]).map((end, i) =>
    positions.slice(ends[i - 1] ?? 0, end),
  );
  return { type, coordinates: rings };
}

function readProperties(bytes: Buffer, columns: { name: string; type: string }[]): Record<string, unknown> {
  const properties: Record<string, unknown> = {};
  for (let at = 0; at < bytes.length; ) {
    const { name, type } = columns[bytes.readUInt16LE(at)]!;
    at += 2;
    if (type === 'bool') properties[name] = bytes[at] === 1;
    else if (type === 'int') properties[name] = bytes.readInt32LE(at);
    else if (type === 'double') properties[name] = bytes.readDoubleLE(at);
    else properties[name] = bytes.toString('utf8', at + 4, at + 4 + bytes.readUInt32LE(at));
    at += { bool: 1, int: 4, double: 8 }[type] ?? 4 + bytes.readUInt32LE(at);
  }
  return properties;
}
