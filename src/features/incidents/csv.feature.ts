import { message } from '../../core/catalogue.ts';
import { excerpt } from '../../core/messages/message.ts';
import { isDecimal, type RowReader } from './import/csv.table.ts';
import { ImportFault } from './import/import.line.ts';
import { reportedFields } from './incident.fields.ts';
import { COMPUTED } from './reported.feature.ts';

/** `raw`: texts have no apostrophe before what looks like a formula. */
export type CsvDialect = 'excel' | 'raw';

const POSITION = ['lon', 'lat'];
/** Downloads have the long names. */
const SHORT: Record<string, string> = { longitude: 'lon', latitude: 'lat' };
const NUMBERS = new Set([
  ...POSITION,
  ...reportedFields.filter(({ type }) => type === 'float' || type === 'int').map(({ name }) => name),
]);
export const CSV_COLUMNS = ['id', ...POSITION, ...reportedFields.map(({ name }) => name), 'state', 'world'];
const KNOWN = new Set([...CSV_COLUMNS, ...COMPUTED]);
const REQUIRED = [...POSITION, 'kind'];

type CsvRow = Record<string, string | number>;

/** Rows with the columns of this service, in any order. Empty cells are absent. */
export function csvRowReader(given: string[], dialect?: CsvDialect): RowReader {
  const header = given.map((name) => SHORT[name] ?? name);
  checkColumns(given, header);
  const textOf = dialect === 'raw' ? (cell: string) => cell : unguarded;
  return (cells) => {
    const row: CsvRow = {};
    const notNumbers: string[] = [];
    for (const [at, name] of header.entries()) {
      const cell = cells[at]!.trim();
      if (cell === '') continue;
      const isNumber = NUMBERS.has(name);
      if (isNumber && !isDecimal(cell)) notNumbers.push(given[at]!);
      row[name] = isNumber ? Number(cell) : textOf(cell);
    }
    const empty = POSITION.filter((name) => row[name] === undefined).map(
      (name) => given[header.indexOf(name)]!,
    );
    return notNumbers.length + empty.length > 0
      ? { fault: message('cells-wrong', { notNumbers, empty }) }
      : { feature: featureOf(row) };
  };
}

/** Takes off the apostrophe of src/ogc/download/csv.sql.ts. */
const unguarded = (cell: string): string => cell.replace(/^'(?='*[=+@\t\r-])/, '');

function checkColumns(given: string[], header: string[]): void {
  const unknown = header.findIndex((name) => !KNOWN.has(name));
  if (unknown >= 0)
    throw new ImportFault(
      message('header-column-unknown', { column: excerpt(given[unknown]!), known: CSV_COLUMNS }),
    );
  const twice = header.find((name, at) => header.indexOf(name) !== at);
  if (twice !== undefined) throw new ImportFault(message('header-column-twice', { column: excerpt(twice) }));
  const missing = REQUIRED.find((name) => !header.includes(name));
  if (missing)
    throw new ImportFault(message('header-column-missing', { column: missing, known: CSV_COLUMNS }));
}

const featureOf = ({ id, lon, lat, ...properties }: CsvRow) => ({
  type: 'Feature',
  ...(id !== undefined && { id }),
  geometry: { type: 'Point', coordinates: [lon, lat] },
  properties,
});
