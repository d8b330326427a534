import type { Sql } from '../../db/sql.ts';
import type { Format } from '../../http/negotiation.ts';
import type { Collection } from '../collection/collection.sql.ts';
import type { ItemsQuestion } from '../collection/items.query.ts';

/** A way to write a whole selection, out of chunks that are pages. */
export interface DownloadFormat extends Format {
  /** Of the file that a browser makes of it. */
  extension: string;
  /** A page as `pageStatement` (src/db/page.ts) answers it, whose texts the writer takes. */
  page(collection: Collection, question: ItemsQuestion): Sql;
  /** Fewer than usual, where what waits to be written takes much memory. */
  rowsAtOnce?: number;
  /** Absent: it can only be sent when all of it is there. */
  writer?(collection: Collection, question: ItemsQuestion): Writer;
  /** Present: it can be made as a file, of which parts are answered. */
  file?(path: string, layer: FileLayer): FileWriter | Promise<FileWriter>;
}

/** Of one download as a stream. */
export interface Writer {
  /** What stands in front of the first feature. */
  head: string | Buffer;
  /** What is sent of a text that is not empty. */
  body(features: string): string | Buffer;
  /** What stands behind the last one. */
  tail?(): Buffer;
}

export interface FileLayer {
  collection: Collection;
  question: ItemsQuestion;
  /** Whom the data is from. */
  attribution: string;
}

/** Of one download in a file; files beside it in its folder are removed with it. */
export interface FileWriter {
  add(features: string): Promise<void> | void;
  /** Where it takes long, asks in between whether there is still room and a reader. */
  finish(mayGoOn: () => Promise<void>): Promise<void> | void;
  /** After a failure, too. */
  close(): Promise<void> | void;
}
