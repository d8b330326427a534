import type { Sql } from '../../db/sql.ts';
import type { Format } from '../../http/negotiation.ts';
import type { Collection } from '../collection/collection.sql.ts';
import type { ItemsQuestion } from '../collection/items.query.ts';
import type { Ordering } from '../collection/items.sql.ts';

interface WholeSelection extends Format {
  /** For links. */
  title: string;
  /** Extension of the file name in browsers. */
  extension: string;
  /** A page as `pageStatement` (src/db/page.ts) returns it; the writer takes its texts. */
  page(collection: Collection, question: ItemsQuestion, by?: Ordering): Sql;
  /** Fewer than usual, if pending rows take much memory. */
  rowsAtOnce?: number;
}

/** Written while it is sent. It takes no ranges. */
export interface StreamFormat extends WholeSelection {
  writer(collection: Collection, question: ItemsQuestion): Writer;
}

/** Built as a file, which serves ranges. */
export interface FileFormat extends WholeSelection {
  file(path: string, layer: FileLayer): FileWriter | Promise<FileWriter>;
}

/** A format for a whole selection, written from pages. */
export type DownloadFormat = StreamFormat | FileFormat;

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
  /** Returns the number of features. */
  add(features: string): Promise<number> | number;
  /** Calls `mayGoOn` regularly if it takes long. */
  finish(mayGoOn: () => Promise<void>): Promise<void> | void;
  /** Called after a failure, too. */
  close(): Promise<void> | void;
}
