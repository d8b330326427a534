import type { FieldType, GeometryType } from '../../collection/collection.sql.ts';
import type { RowCells } from './record.text.ts';

export interface EncodedField {
  name: string;
  title: string;
  type: FieldType;
}

/** A layer as its encoder knows it. A row has the id, the place as well-known text, and the fields. */
export interface EncodedLayer {
  /** Plain letters, as the names of fields: in a GeoPackage they become part of statements. */
  name: string;
  title: string;
  description: string;
  /** Credit for the data. */
  attribution: string;
  /** For QGIS; undefined: it draws the layer in its own way. */
  style: string | undefined;
  /** Absent: rows have no place. */
  geometryType: GeometryType | undefined;
  srid: number;
  fields: readonly EncodedField[];
  /** The exercise; undefined: the actual world. */
  world: string | undefined;
}

/** RowCells before those of the fields. */
export const [ID, PLACE, FIRST_FIELD] = [0, 1, 2];

/** Writes one download, in its thread. */
export interface Encoder {
  add(row: RowCells): void;
  /** After some rows: the bytes that a stream can send. A file is written. */
  flush(): Uint8Array | undefined;
  /** In steps, between which others are served. */
  finish(): Generator<void, Uint8Array | undefined>;
  /** Also after a failure, and twice. */
  close(): void;
}
