import { closeSync, openSync, writeFileSync } from 'node:fs';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { type EncodedLayer, type Encoder, PLACE } from './encoder.ts';
import { columnsOf, schemaOf } from './geoparquet.columns.ts';
import { groupColumn } from './geoparquet.group.ts';
import { geoMetadata } from './geoparquet.metadata.ts';
import { boxAround, readPlace } from './place.text.ts';

// Bounds the memory; smaller groups would make the file larger and slower to read.
const ROWS_IN_GROUP = 5000;

/** GeoParquet 1.1. The metadata is at the end, so it can be written front to back. */
export function geoParquetStream(layer: EncodedLayer): Encoder {
  const columns = columnsOf(layer);
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({ writer: bytes, schema: schemaOf(layer) });
  const extent = boxAround();
  const group = columns.map((column) => groupColumn(column, ROWS_IN_GROUP));
  let rows = 0;

  function take(): Uint8Array {
    const taken = bytes.getBytes().slice(); // a copy: the writer reuses its buffer
    bytes.index = 0;
    return taken;
  }
  function writeGroup(): void {
    if (rows === 0) return;
    const start = bytes.offset;
    const chunks = group.map((column) => column.write(bytes));
    const total_byte_size = BigInt(bytes.offset - start);
    writer.row_groups.push({ columns: chunks, total_byte_size, num_rows: BigInt(rows) });
    writer.num_rows += BigInt(rows);
    rows = 0;
  }
  return {
    add(cells) {
      const text = layer.geometryType ? cells[PLACE]! : null;
      const place = text === null ? undefined : readPlace(text);
      extent.add(place?.box);
      for (let i = 0; i < columns.length; i++) group[i]!.add(columns[i]!.read(cells, place));
      rows++;
      if (rows === ROWS_IN_GROUP) writeGroup();
    },
    flush: take,
    // biome-ignore lint/correctness/useYield: a group at most is left
    *finish() {
      writeGroup();
      const metadata = [
        ...(layer.geometryType ? [geoMetadata(layer.geometryType, layer.srid, extent.get())] : []),
        ...(layer.world ? [{ key: 'world', value: layer.world }] : []),
      ];
      if (metadata.length > 0) writer.kvMetadata = metadata;
      void writer.finish();
      return take();
    },
    close: () => {},
  };
}

/** The same bytes. */
export function geoParquetFile(layer: EncodedLayer, path: string): Encoder {
  const stream = geoParquetStream(layer);
  const open = [openSync(path, 'wx')];
  const write = (bytes: Uint8Array | undefined) => bytes && writeFileSync(open[0]!, bytes);
  return {
    add: stream.add,
    flush: () => void write(stream.flush()),
    *finish() {
      write(yield* stream.finish());
      return undefined;
    },
    close() {
      for (const descriptor of open.splice(0)) closeSync(descriptor);
    },
  };
}
