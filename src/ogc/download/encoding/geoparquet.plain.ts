import type { ParquetType } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer';
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js';
import { type ByteList, writeText } from './byte.list.ts';
import type { ParquetValue } from './geoparquet.columns.ts';

const MOST_BYTES = 8; // of a value that is no byte array
const HALF = 2 ** 32;

/** Parquet 2.11, encoding PLAIN. */
export function writePlain(out: ByteList, type: ParquetType, values: readonly ParquetValue[]): void {
  if (type === 'BYTE_ARRAY') for (const value of values) writeArray(out, value as string | Uint8Array);
  else if (type === 'BOOLEAN') out.append(bitsOf(values as readonly number[]));
  else writeNumbers(out, type, values as readonly number[]);
}

function writeArray(out: ByteList, value: string | Uint8Array): void {
  const isText = typeof value === 'string';
  const bytes = out.reserve(4 + (isText ? 3 : 1) * value.length);
  const start = out.end() + 4;
  if (!isText) bytes.set(value, start);
  const end = isText ? writeText(bytes, start, value) : start + value.length;
  bytes.writeUInt32LE(end - start, start - 4);
  out.moveEnd(end);
}

function writeNumbers(out: ByteList, type: ParquetType, numbers: readonly number[]): void {
  const bytes = out.reserve(MOST_BYTES * numbers.length);
  let at = out.end();
  for (const number of numbers)
    if (type === 'INT32') at = bytes.writeInt32LE(number, at);
    else if (type === 'FLOAT') at = bytes.writeFloatLE(number, at);
    else if (type === 'DOUBLE') at = bytes.writeDoubleLE(number, at);
    else at = writeInt64(bytes, number, at);
  out.moveEnd(at);
}

/** Two halves: a bigint for each number would take much longer. */
function writeInt64(bytes: Buffer, number: number, at: number): number {
  const upper = Math.floor(number / HALF);
  bytes.writeUInt32LE(number - upper * HALF, at);
  return bytes.writeInt32LE(upper, at + 4);
}

function bitsOf(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(values.length / 8));
  for (const [i, value] of values.entries()) if (value) bytes[i >> 3]! |= 1 << (i & 7);
  return bytes;
}

/** Runs and packed bits. */
export function hybrid(values: Int32Array | Uint8Array, bitWidth: number): Uint8Array {
  const out = new ByteWriter();
  writeRleBitPackedHybrid(out, values, bitWidth);
  return out.getBytes();
}
