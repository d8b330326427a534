import { message } from '../../core/catalogue.ts';
import { excerpt } from '../../core/messages/message.ts';
import { isDecimal, type RowReader } from './import/csv.table.ts';
import { incidentFeature } from './import/import.feature.ts';
import { ImportFault } from './import/import.line.ts';
import { reportedFields } from './incident.fields.ts';

const POSITION = ['lon', 'lat'];
const NUMBERS = [
  ...POSITION,
  ...reportedFields.filter(({ type }) => type === 'float' || type === 'int').map(({ name }) => name),
];
export const CSV_COLUMNS = ['id', ...POSITION, ...reportedFields.map(({ name }) => name)];
const REQUIRED = [...POSITION, 'kind'];

type CsvRow = Record<string, string | number>;

/** Rows with the columns of this service, in any order. Empty cells are absent. */
export function csvRowReader(header: string[]): RowReader {
  checkColumns(header);
  const isNumber = header.map((name) => NUMBERS.includes(name));
  return (cells) => {
    const row: CsvRow = {};
    const notNumbers: string[] = [];
    for (const [at, name] of header.entries()) {
      const cell = cells[at]!.trim();
      if (cell === '') continue;
      if (isNumber[at] && !isDecimal(cell)) notNumbers.push(name);
      row[name] = isNumber[at] ? Number(cell) : cell;
    }
    const empty = POSITION.filter((name) => row[name] === undefined);
    return notNumbers.length + empty.length > 0
      ? { fault: message('cells-wrong', { notNumbers, empty }) }
      : { feature: featureOf(row) };
  };
}

function checkColumns(header: string[]): void {
  const unknown = header.find((name) => !CSV_COLUMNS.includes(name));
  if (unknown !== undefined)
    throw new ImportFault(message('header-column-unknown', { column: excerpt(unknown), known: CSV_COLUMNS }));
  const missing = REQUIRED.find((name) => !header.includes(name));
  if (missing)
    throw new ImportFault(message('header-column-missing', { column: missing, known: CSV_COLUMNS }));
}

function featureOf({ id, lon, lat, countsBest, countsLow, countsHigh, ...properties }: CsvRow) {
  return incidentFeature({
    id,
    coordinates: [lon, lat],
    counts: { best: countsBest, low: countsLow, high: countsHigh },
    properties: properties.releasableTo
      ? { ...properties, releasableTo: codesOf(properties.releasableTo) }
      : properties,
  });
}

const codesOf = (list: string | number): string[] =>
  String(list)
    .split(';')
    .map((code) => code.trim())
    .filter(Boolean);
