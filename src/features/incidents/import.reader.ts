import type { Readable } from 'node:stream';
import { type CsvDialect, csvRowReader } from './csv.feature.ts';
import { readTable } from './import/csv.table.ts';
import { readGeojson } from './import/geojson.reader.ts';
import { readGeojsonLines } from './import/geojsonl.reader.ts';
import { ImportFault, type ImportFormat, type ImportLine } from './import/import.line.ts';
import { iomRowReader } from './import/iom.feature.ts';

type Chunks = AsyncIterable<Buffer | string>;

type Reader = (chunks: Chunks, dialect?: CsvDialect) => AsyncIterable<ImportLine>;

const READERS: Record<ImportFormat, Reader> = {
  geojson: readGeojson,
  geojsonl: readGeojsonLines,
  csv: (chunks, dialect) => readTable(chunks, (header) => csvRowReader(header, dialect)),
  'iom-missing-migrants': (chunks) => readTable(chunks, iomRowReader),
};

export const IMPORT_MEDIA_TYPES: Record<string, ImportFormat> = {
  'application/geo+json': 'geojson',
  'application/geo+json-seq': 'geojsonl',
  'text/csv': 'csv',
};

/**
 * Reads the input with backpressure. Leaving early destroys the input; a fault of the whole file leaves it open, so that
 * the request can still be answered.
 */
export async function* readImport(
  input: Readable,
  format: ImportFormat,
  dialect?: CsvDialect,
): AsyncGenerator<ImportLine> {
  let isFileFault = false;
  try {
    yield* READERS[format](input.iterator({ destroyOnReturn: false }), dialect);
  } catch (error) {
    isFileFault = error instanceof ImportFault;
    throw error;
  } finally {
    if (!isFileFault && !input.readableEnded) input.destroy();
  }
}
