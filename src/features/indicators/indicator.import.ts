import type { Readable } from 'node:stream';
import type { Caller } from '../../core/caller.ts';
import { message, textOf } from '../../core/catalogue.ts';
import { excerpt, type Message } from '../../core/messages/message.ts';
import { Problem } from '../../core/problem.ts';
import { guardBody } from '../../http/body.guard.ts';
import { check } from '../../http/input.errors.ts';
import { isDecimal, type RowReader, readTable } from '../incidents/import/csv.table.ts';
import { ImportFault, type ImportLine } from '../incidents/import/import.line.ts';
import { FIRST_SIZE, nextSetSize } from '../incidents/import/set.size.ts';
import type { ImportResult } from '../incidents/import.schema.ts';
import { faultOf, sideOfCaller } from './indicator.permission.ts';
import { IndicatorLine, indicatorProperties } from './indicator.schema.ts';
import type { IndicatorStore, NumberedLine } from './indicator.store.ts';

const MOST_REASONS = 1000;
const NUMBERS = ['passengers', 'vehicles', 'trucks', 'medianWaitingMinutes'];
const COMPUTED = ['id', 'createdAt', 'updatedAt'];
export const INDICATOR_COLUMNS = Object.keys(indicatorProperties.shape).filter(
  (name) => !COMPUTED.includes(name),
);
const REQUIRED = ['crossing', 'day', 'method'];

/** Reads the lines of a CSV as they arrive and writes them in sets; a bad line is reported, the others are kept. */
export async function importIndicators(
  store: IndicatorStore,
  caller: Caller,
  upload: Readable,
): Promise<ImportResult> {
  const result: ImportResult = { accepted: 0, updated: 0, unchanged: 0, rejected: { total: 0, lines: [] } };
  const reject = (line: number, fault: Message): void => {
    result.rejected.total += 1;
    if (result.rejected.lines.length < MOST_REASONS)
      result.rejected.lines.push({ line, ...fault, reason: textOf(fault) });
  };
  let set = new Map<string, NumberedLine>();
  let size = FIRST_SIZE;
  const flush = async () => {
    if (set.size === 0) return;
    const lines = [...set.values()];
    set = new Map();
    const startedMs = performance.now();
    const { refused, ...counts } = await store.writeSet(caller, lines);
    size = nextSetSize(size, { lines: lines.length, ms: performance.now() - startedMs });
    result.accepted += counts.accepted;
    result.updated += counts.updated;
    result.unchanged += counts.unchanged;
    for (const one of refused) reject(one.line, lineFault(one.part, faultOf(caller, one, lines)));
  };
  for await (const entry of readTable(upload.iterator({ destroyOnReturn: false }), rowReader)) {
    const line = readLine(caller, entry, reject);
    if (!line) continue;
    const key = [line.crossing, line.entering, line.day, line.traffic].join();
    // a repeated line: the later one counts
    if (set.size >= size || set.has(key)) await flush();
    set.set(key, line);
  }
  await flush();
  result.rejected.lines.sort((a, b) => a.line - b.line);
  return result;
}

function rowReader(header: string[]): RowReader {
  checkColumns(header);
  return (cells) => {
    const row: Record<string, string | number> = {};
    const notNumbers: string[] = [];
    for (const [at, name] of header.entries()) {
      const cell = cells[at]!.trim();
      if (cell === '' || COMPUTED.includes(name)) continue;
      const isNumber = NUMBERS.includes(name);
      if (isNumber && !isDecimal(cell)) notNumbers.push(name);
      row[name] = isNumber ? Number(cell) : cell;
    }
    return notNumbers.length > 0
      ? { fault: message('cells-wrong', { notNumbers, empty: [] }) }
      : { feature: row };
  };
}

function checkColumns(header: string[]): void {
  const known = INDICATOR_COLUMNS;
  const unknown = header.find((name) => ![...known, ...COMPUTED].includes(name));
  if (unknown !== undefined)
    throw new ImportFault(message('header-column-unknown', { column: excerpt(unknown), known }));
  const missing = REQUIRED.find((name) => !header.includes(name));
  if (missing) throw new ImportFault(message('header-column-missing', { column: missing, known }));
}

function readLine(
  caller: Caller,
  entry: ImportLine,
  reject: (line: number, fault: Message) => void,
): NumberedLine | undefined {
  if ('fault' in entry) {
    reject(entry.line, entry.fault);
    return undefined;
  }
  try {
    guardBody(entry.feature);
    const line = check(IndicatorLine, entry.feature, 'body') as IndicatorLine;
    sideOfCaller(caller, line.country);
    return { ...line, line: entry.line };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const [first, ...others] = error.errors ?? [];
    reject(
      entry.line,
      first ? lineFault(first.path, first, others.length) : { code: error.code, params: error.params },
    );
    return undefined;
  }
}

const lineFault = (path: string, { code, params }: Message, more = 0): Message =>
  message('line-invalid', { path, fault: { code, params }, more });
