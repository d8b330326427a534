import type { ColumnChunk, ColumnMetaData, Encoding, ParquetType } from 'hyparquet';
import type { ByteWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { snappyCompress } from 'hyparquet-writer/src/snappy.js';
import { byteList } from './byte.list.ts';
import type { ParquetColumn, ParquetValue } from './geoparquet.columns.ts';
import { hybrid, writePlain } from './geoparquet.plain.ts';

/** One column of a row group after the other. */
export interface GroupColumn {
  add(value: ParquetValue | null): void;
  /** Writes the values of the group, and begins the next one. */
  write(out: ByteWriter): ColumnChunk;
}

/**
 * Collects the values of a column in the form in which they are written: those that return are kept once. The library
 * would look through all rows several times for each column, which took four times as long as all the rest.
 */
export function groupColumn({ path, type, hasBounds }: ParquetColumn, rows: number): GroupColumn {
  const isRequired = path[0] === 'id';
  const levels = new Uint8Array(rows);
  const indexes = new Int32Array(rows);
  const known = new Map<ParquetValue, number>();
  let values: ParquetValue[] = [];
  // a column with few repetitions has few in the next group, too
  let isPlain = NEVER_REPEATED.has(type) || !hasBounds;
  let [count, found] = [0, 0];

  function indexOf(value: ParquetValue): number {
    let index = known.get(value);
    if (index !== undefined) return index;
    index = values.length;
    known.set(value, index);
    values.push(value);
    return index;
  }

  function writePages(
    out: ByteWriter,
    nulls: number,
  ): Pick<ColumnMetaData, 'encodings' | 'data_page_offset'> {
    const pages = pageWriter(out, { levels: levels.subarray(0, count), nulls, isRequired });
    const used = indexes.subarray(0, found);
    const hasDictionary = !isPlain && found > 0 && 2 * values.length <= found;
    const start = BigInt(out.offset);
    if (hasDictionary) pages.dictionary(type, values);
    const data_page_offset = BigInt(out.offset);
    if (hasDictionary) pages.indexes(used, values.length);
    else pages.plain(type, isPlain ? values : Array.from(used, (index) => values[index]!));
    if (found > 0) isPlain = !hasDictionary;
    return {
      encodings: [hasDictionary ? 'RLE_DICTIONARY' : 'PLAIN'],
      data_page_offset,
      ...(hasDictionary && { dictionary_page_offset: start }),
    };
  }

  return {
    add(value) {
      levels[count++] = value === null ? 0 : 1;
      if (value === null) return;
      if (isPlain) values.push(value);
      else indexes[found] = indexOf(value);
      found++;
    },
    write(out) {
      const start = out.offset;
      const nulls = count - found;
      const bytes = () => BigInt(out.offset - start);
      const bounds = hasBounds ? boundsOf(type, values) : {};
      const pages = writePages(out, nulls);
      const meta_data: ColumnMetaData = {
        type,
        path_in_schema: [...path],
        codec: 'SNAPPY',
        num_values: BigInt(count),
        total_compressed_size: bytes(),
        total_uncompressed_size: bytes(),
        statistics: { ...bounds, null_count: BigInt(nulls) },
        ...pages,
      };
      known.clear();
      values = [];
      [count, found] = [0, 0];
      return { meta_data, file_offset: BigInt(start) };
    },
  };
}

const NEVER_REPEATED: ReadonlySet<ParquetType> = new Set(['FLOAT', 'BOOLEAN']);

/** Whether each row has a value. */
interface Levels {
  levels: Uint8Array;
  nulls: number;
  isRequired: boolean;
}

const scratch = byteList();

/** Parquet 2.11: data pages of version 2. */
function pageWriter(out: ByteWriter, { levels, nulls, isRequired }: Levels) {
  function write(encoding: Encoding): void {
    const bytes = scratch.all();
    const packed = snappyCompress(bytes);
    const told = isRequired ? new Uint8Array() : hybrid(levels, 1);
    writePageHeader(out, {
      type: 'DATA_PAGE_V2',
      uncompressed_page_size: told.length + bytes.length,
      compressed_page_size: told.length + packed.length,
      data_page_header_v2: {
        num_values: levels.length,
        num_nulls: nulls,
        num_rows: levels.length,
        encoding,
        definition_levels_byte_length: told.length,
        repetition_levels_byte_length: 0,
        is_compressed: true,
      },
    });
    out.appendBytes(told);
    out.appendBytes(packed);
  }
  return {
    dictionary(type: ParquetType, values: readonly ParquetValue[]): void {
      scratch.clear();
      writePlain(scratch, type, values);
      const packed = snappyCompress(scratch.all());
      writePageHeader(out, {
        type: 'DICTIONARY_PAGE',
        uncompressed_page_size: scratch.end(),
        compressed_page_size: packed.length,
        dictionary_page_header: { num_values: values.length, encoding: 'PLAIN' },
      });
      out.appendBytes(packed);
    },
    indexes(indexes: Int32Array, size: number): void {
      const bitWidth = Math.ceil(Math.log2(size));
      scratch.clear();
      scratch.append(Uint8Array.of(bitWidth));
      scratch.append(hybrid(indexes, bitWidth));
      write('RLE_DICTIONARY');
    },
    plain(type: ParquetType, values: readonly ParquetValue[]): void {
      scratch.clear();
      writePlain(scratch, type, values);
      write('PLAIN');
    },
  };
}

function boundsOf(type: ParquetType, values: readonly ParquetValue[]) {
  if (values.length === 0) return {};
  let [least, greatest] = [values[0]!, values[0]!];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const told = (value: ParquetValue) => {
    if (type === 'INT64') return BigInt(value as number);
    return type === 'BOOLEAN' ? value === 1 : value;
  };
  return { min_value: told(least), max_value: told(greatest) };
}
