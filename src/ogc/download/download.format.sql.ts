import type { Sql } from '../../db/sql.ts';
import type { Format } from '../../http/negotiation.ts';
import type { Collection } from '../collection.sql.ts';
import type { ItemsQuestion } from '../items.query.ts';

/** A way to write a whole selection, as a stream of chunks that are pages. */
export interface DownloadFormat extends Format {
  /** Of the file that a browser makes of it. */
  extension: string;
  /** A page as `pageStatement` (src/db/page.ts) answers it, whose text the writer takes. */
  page(collection: Collection, question: ItemsQuestion): Sql;
  writer(collection: Collection, question: ItemsQuestion): Writer;
}

/** Of one download. */
interface Writer {
  /** What stands in front of the first feature. */
  head: string | Buffer;
  /** What is sent of a page that is not empty. */
  body(features: string): string | Buffer;
}
