import type { Sql } from '../../db/sql.ts';
import type { Format } from '../../http/negotiation.ts';
import type { Collection } from '../collection/collection.sql.ts';
import type { ItemsQuestion } from '../collection/items.query.ts';

/** A format for a whole selection, written from pages. */
export interface DownloadFormat extends Format {
  /** Extension of the file name in browsers. */
  extension: string;
  /** A page as `pageStatement` (src/db/page.ts) returns it; the writer takes its texts. */
  page(collection: Collection, question: ItemsQuestion): Sql;
  /** Fewer than usual, if pending rows take much memory. */
  rowsAtOnce?: number;
  /** Absent: the format cannot be streamed. */
  writer?(collection: Collection, question: ItemsQuestion): Writer;
  /** Present: the format can be built as a file, which serves ranges. */
  file?(path: string, layer: FileLayer): FileWriter | Promise<FileWriter>;
}

/** Writes one download as a stream. */
export interface Writer {
  /** Bytes before the first feature. */
  head: string | Buffer;
  /** Bytes for a non-empty text. */
  body(features: string): string | Buffer;
  /** Bytes after the last feature. */
  tail?(): Buffer;
}

export interface FileLayer {
  collection: Collection;
  question: ItemsQuestion;
  /** Credit for the data. */
  attribution: string;
}

/** Writes one download to a file; temporary files in its folder are removed with it. */
export interface FileWriter {
  add(features: string): Promise<void> | void;
  /** Calls `mayGoOn` regularly if it takes long. */
  finish(mayGoOn: () => Promise<void>): Promise<void> | void;
  /** Called after a failure, too. */
  close(): Promise<void> | void;
}
