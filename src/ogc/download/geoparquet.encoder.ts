import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { columnsOf, type ParquetLayer, schemaOf } from './geoparquet.columns.ts';
import { geoMetadata } from './geoparquet.metadata.ts';
import { boxAround, type WkbFeature } from './wkb.row.sql.ts';

// Bounds the memory; smaller groups would make the file larger and slower to read.
const ROWS_IN_GROUP = 5000;

/** Collects features and returns the bytes of each full row group. */
export function geoParquetEncoder(layer: ParquetLayer) {
  const columns = columnsOf(layer);
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({ writer: bytes, schema: schemaOf(columns) });
  const extent = boxAround();
  let group: WkbFeature[] = [];

  function take(): Buffer {
    const taken = Buffer.from(bytes.getBytes()); // a copy: the writer reuses its buffer
    bytes.index = 0;
    return taken;
  }
  function writeGroup(): void {
    if (group.length === 0) return;
    const columnData = columns.map((column) => ({ name: column.name, data: group.map(column.read) }));
    // not awaited: it writes to memory synchronously
    void writer.write({ columnData, rowGroupSize: group.length });
    group = [];
  }
  return {
    /** Empty until a group is full. */
    add(features: readonly WkbFeature[]): Buffer {
      for (const feature of features) {
        extent.add(feature.box);
        group.push(feature);
      }
      if (group.length < ROWS_IN_GROUP) return Buffer.alloc(0);
      writeGroup();
      return take();
    },
    finish(): Buffer {
      writeGroup();
      if (layer.geometryType) writer.kvMetadata = [geoMetadata(layer.geometryType, layer.srid, extent.get())];
      void writer.finish();
      return take();
    },
  };
}
