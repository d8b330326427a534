import { textOf } from '../../../core/catalogue.ts';
import type { Message } from '../../../core/messages/message.ts';
export type ImportFormat = 'geojson' | 'geojsonl' | 'csv' | 'iom-missing-migrants';

/** The result of one input line: an unchecked GeoJSON Feature, or the reason of its failure. */
export type Reading = { feature: unknown } | { fault: Message };

/** `line` is the physical line where a record starts; in a GeoJSON document, the number of the feature. Both start at 1. */
export type ImportLine = { line: number; feature: unknown } | { line: number; fault: Message };

/** A fault of the whole file, not of one line. */
export class ImportFault extends Error {
  override readonly name = 'ImportFault';
  readonly says: Message;
  constructor(says: Message) {
    super(textOf(says));
    this.says = says;
  }
}
