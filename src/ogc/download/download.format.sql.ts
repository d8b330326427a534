import type { Sql } from '../../db/sql.ts';
import type { Format } from '../../http/negotiation.ts';
import type { Collection } from '../collection/collection.sql.ts';
import type { ItemsQuestion } from '../collection/items.query.ts';
import type { Ordering } from '../collection/items.sql.ts';
import type { EncodingSpec } from './encoding/encoder.threads.ts';

interface WholeSelection extends Format {
  /** For links. */
  title: string;
  /** Extension of the file name in browsers. */
  extension: string;
  /** A page as `pageStatement` (src/db/page.ts) returns it; the writer takes its texts. */
  page(collection: Collection, question: ItemsQuestion, by?: Ordering): Sql;
}

/** Almost as the database writes it. */
export interface TextFormat extends WholeSelection {
  writer(collection: Collection, question: ItemsQuestion): Writer;
}

/** Encoded from records in a thread. */
export interface EncodedFormat extends WholeSelection {
  encoding: EncodingSpec['format'];
}

/** Written while it is sent. It takes no ranges. */
export type StreamFormat = (TextFormat | EncodedFormat) & { isFile?: never };

/** Built as a file, which serves ranges. */
export type FileFormat = EncodedFormat & { isFile: true };

/** A format for a whole selection, written from pages. */
export type DownloadFormat = StreamFormat | FileFormat;

/** Writes one download as a stream. */
export interface Writer {
  /** Bytes before the first feature. */
  head: string;
  /** Bytes for a non-empty text. */
  body(features: string): string;
}
