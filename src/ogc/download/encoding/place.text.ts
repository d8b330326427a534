import type { Edges } from '../../../geometry/bbox.parse.ts';
import type { GeometryType } from '../../collection/collection.sql.ts';

/** A geometry as its positions, one after the other. */
export interface RowPlace {
  /** x and y in turn. */
  xy: readonly number[];
  /** Of a MultiPolygon: the number of positions of each ring, by polygon. */
  polygons: readonly (readonly number[])[];
  box: Edges | undefined;
}

const [OPEN, CLOSE, PLUS, COMMA, MINUS, POINT, NINE, ZERO] = [0x28, 0x29, 0x2b, 0x2c, 0x2d, 0x2e, 0x39, 0x30];
const POWERS = Array.from({ length: 16 }, (_, n) => 10 ** n);
const RING = 3; // parentheses around the positions of a MultiPolygon

/** Reads the well-known text of a Point, a LineString or a MultiPolygon. */
export function readPlace(text: string): RowPlace {
  const xy: number[] = [];
  const polygons: number[][] = [];
  let depth = 0;
  let ringStart = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === OPEN) {
      depth++;
      if (depth === RING - 1) polygons.push([]);
      else if (depth === RING) ringStart = xy.length;
    } else if (code === CLOSE) {
      if (depth === RING) polygons.at(-1)!.push((xy.length - ringStart) / 2);
      depth--;
    } else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const end = endOfNumber(text, at);
      xy.push(readNumber(text, at, end));
      at = end - 1;
    }
  }
  return { xy, polygons, box: boxOf(xy) };
}

function endOfNumber(text: string, start: number): number {
  for (let end = start + 1; ; end++) {
    const code = text.charCodeAt(end);
    // all separators come before the other characters of numbers, except the sign of an exponent
    if (!(code > COMMA || code === PLUS)) return end;
  }
}

/** As `Number`, but several times faster for few digits: both numbers are exact, so their quotient is the nearest one. */
export function readNumber(text: string, start: number, end: number): number {
  const isNegative = text.charCodeAt(start) === MINUS;
  let digits = 0;
  let decimals = -1;
  if (end - start >= POWERS.length) return Number(text.slice(start, end));
  for (let at = isNegative ? start + 1 : start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === POINT) decimals = 0;
    else if (code >= ZERO && code <= NINE) {
      digits = digits * 10 + code - ZERO;
      if (decimals >= 0) decimals++;
    } else return Number(text.slice(start, end));
  }
  const size = decimals > 0 ? digits / POWERS[decimals]! : digits;
  return isNegative ? -size : size;
}

function boxOf(xy: readonly number[]): Edges | undefined {
  if (xy.length === 0) return undefined;
  let [west, south, east, north] = [xy[0]!, xy[1]!, xy[0]!, xy[1]!];
  for (let i = 2; i < xy.length; i += 2) {
    west = Math.min(west, xy[i]!);
    south = Math.min(south, xy[i + 1]!);
    east = Math.max(east, xy[i]!);
    north = Math.max(north, xy[i + 1]!);
  }
  return [west, south, east, north];
}

/** The bounding box of everything added. */
export function boxAround() {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  return {
    add(box: Edges | undefined): void {
      if (!box) return;
      west = Math.min(west, box[0]);
      south = Math.min(south, box[1]);
      east = Math.max(east, box[2]);
      north = Math.max(north, box[3]);
    },
    /** Undefined if nothing was added. */
    get: (): Edges | undefined => (west <= east ? [west, south, east, north] : undefined),
  };
}

// OGC Simple Features 1.2.1 §8.2.6: well-known binary
const LITTLE_ENDIAN = 1;
const WKB_TYPES = { Point: 1, LineString: 2, Polygon: 3, MultiPolygon: 6 };
const HEAD = 5; // bytes of byte order and type

/** Well-known binary behind so many free bytes. */
export function writeWkb(type: GeometryType, { xy, polygons }: RowPlace, free = 0): Buffer {
  const rings = polygons.reduce((sum, { length }) => sum + length, 0);
  const lists = type === 'Point' ? 0 : 1 + polygons.length + rings;
  const bytes = Buffer.allocUnsafe(free + HEAD * (1 + polygons.length) + 4 * lists + 8 * xy.length);
  let at = writeHead(bytes, free, type);
  if (type === 'Point') {
    writePositions(bytes, at, xy, 0, xy.length);
    return bytes;
  }
  if (type === 'LineString') {
    writePositions(bytes, bytes.writeUInt32LE(xy.length / 2, at), xy, 0, xy.length);
    return bytes;
  }
  at = bytes.writeUInt32LE(polygons.length, at);
  let start = 0;
  for (const polygon of polygons) {
    at = bytes.writeUInt32LE(polygon.length, writeHead(bytes, at, 'Polygon'));
    for (const count of polygon) {
      at = writePositions(bytes, bytes.writeUInt32LE(count, at), xy, start, start + 2 * count);
      start += 2 * count;
    }
  }
  return bytes;
}

function writeHead(bytes: Buffer, at: number, type: keyof typeof WKB_TYPES): number {
  bytes[at] = LITTLE_ENDIAN;
  return bytes.writeUInt32LE(WKB_TYPES[type], at + 1);
}

function writePositions(bytes: Buffer, start: number, xy: readonly number[], from: number, to: number) {
  let at = start;
  for (let i = from; i < to; i++) at = bytes.writeDoubleLE(xy[i]!, at);
  return at;
}
