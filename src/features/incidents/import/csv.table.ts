import { parse } from 'csv-parse/sync';
import { message } from '../../../core/catalogue.ts';
import { excerpt } from '../../../core/messages/message.ts';
import { type CsvRecord, LONGEST_RECORD, recordJoiner, STRAY_QUOTE } from './csv.records.ts';
import { ImportFault, type ImportLine, type Reading } from './import.line.ts';
import { type TextLine, textLines } from './text.lines.ts';

/** Reads the cells of one record. */
export type RowReader = (cells: string[]) => Reading;

// No hexadecimal, no thousands separators, no decimal comma, no units.
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

export const isDecimal = (text: string): boolean => DECIMAL.test(text) && Number.isFinite(Number(text));

/** A CSV file (RFC 4180) with a header on line 1. `openTable` gets the header and returns the row reader. */
export async function* readTable(
  chunks: AsyncIterable<Buffer | string>,
  openTable: (header: string[]) => RowReader,
): AsyncGenerator<ImportLine> {
  let rows: RowSet | undefined;
  for await (const lines of textLines(chunks, LONGEST_RECORD)) {
    if (!rows && lines[0]) {
      const header = headerOf(lines.shift()!);
      rows = rowSet(header.length, openTable(header));
    }
    if (rows) for (const row of rows.add(lines)) yield row;
  }
  if (!rows) throw new ImportFault(message('file-empty'));
  for (const row of rows.end()) yield row;
}

function headerOf({ text, fault }: TextLine): string[] {
  const names = fault === undefined ? splitRecords([text])?.[0] : undefined;
  if (!names) throw new ImportFault(message('header-unreadable', { fault: fault ?? STRAY_QUOTE }));
  if (names.length === 1 && /[;\t]/.test(text)) throw new ImportFault(message('header-not-commas'));
  const header = names.map((name) => name.trim());
  const twice = header.find((name, index) => header.indexOf(name) !== index);
  if (twice !== undefined) throw new ImportFault(message('header-column-twice', { column: excerpt(twice) }));
  return header;
}

type RowSet = ReturnType<typeof rowSet>;

function rowSet(width: number, readRow: RowReader) {
  const joiner = recordJoiner(width);

  function read(cells: string[] | undefined): Reading {
    if (!cells) return { fault: STRAY_QUOTE };
    if (cells.length === width) return readRow(cells);
    return { fault: message('cells-wrong-number', { cells: cells.length, columns: width }) };
  }

  function* rows(records: CsvRecord[]): Generator<ImportLine> {
    const quoted = splitQuoted(records).values();
    for (const record of records) {
      if ('fault' in record) yield record;
      // without quotes a comma always separates; csv-parse would take many times as long
      else if (record.isQuoted) yield { line: record.line, ...read(quoted.next().value) };
      else yield { line: record.line, ...read(record.text.split(',')) };
    }
  }

  function add(lines: TextLine[]): Generator<ImportLine> {
    for (const line of lines) joiner.add(line);
    return rows(joiner.take());
  }

  return { add, end: () => rows(joiner.end()) };
}

// One call for all: the setup of csv-parse takes longer than a record.
function splitQuoted(records: CsvRecord[]): (string[] | undefined)[] {
  const texts = records.flatMap((record) => ('text' in record && record.isQuoted ? [record.text] : []));
  if (texts.length === 0) return [];
  return splitRecords(texts) ?? texts.map((text) => splitRecords([text])?.[0]);
}

function splitRecords(texts: string[]): string[][] | undefined {
  try {
    const split = parse(texts.join('\n'), { record_delimiter: '\n', relax_column_count: true });
    return split.length === texts.length ? split : undefined;
  } catch {
    return undefined;
  }
}
