export type ImportFormat = 'geojson' | 'geojsonl' | 'csv' | 'iom-missing-migrants';

/** What one place of the input says: an unchecked GeoJSON Feature, or why there is none. */
export type Reading = { feature: unknown } | { reason: string };

/** `line` is the physical line where a record starts; in a GeoJSON document, the number of the feature. Both start at 1. */
export type ImportLine = { line: number; feature: unknown } | { line: number; reason: string };

/** A fault of the whole file, not of a line: nothing of it can be read. */
export class ImportFault extends Error {
  override readonly name = 'ImportFault';
}
