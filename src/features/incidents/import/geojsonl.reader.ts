import { message } from '../../../core/catalogue.ts';
import type { Message } from '../../../core/messages/message.ts';
import type { ImportLine, Reading } from './import.line.ts';
import { jsonFault } from './json.fault.ts';
import { type TextLine, textLines } from './text.lines.ts';

const LONGEST_FEATURE = 1024 * 1024; // characters
const RECORD_SEPARATOR = '\x1e';
const TOO_LONG = message('feature-too-long', { most: LONGEST_FEATURE });

/** One feature per line, or each after a record separator (RFC 8142), then possibly over several lines. */
export async function* readGeojsonLines(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<ImportLine> {
  const reader = sequenceReader();
  for await (const lines of textLines(chunks, LONGEST_FEATURE)) {
    for (const line of lines) reader.add(line);
    for (const read of reader.take()) yield read;
  }
  reader.end();
  for (const read of reader.take()) yield read;
}

function sequenceReader() {
  let read: ImportLine[] = [];
  let record: TextLine[] | undefined; // the lines since the last record separator
  let recordLength = 0;
  let isSkipping = false; // skips the rest of a refused record

  function add(line: TextLine): void {
    const [before, ...starts] = line.text.includes(RECORD_SEPARATOR)
      ? line.text.split(RECORD_SEPARATOR)
      : [line.text];
    if (before!.trim() !== '' || line.fault !== undefined) goOn({ ...line, text: before! });
    for (const text of starts) {
      end();
      record = [{ line: line.line, text }];
      recordLength = text.length;
    }
  }

  function goOn(line: TextLine): void {
    recordLength += line.text.length;
    if (!record) readAlone(line);
    else if (isSkipping) readWhole(line);
    else if (line.fault !== undefined || recordLength > LONGEST_FEATURE) breakOff(record, line);
    else record.push(line);
  }

  function readWhole(line: TextLine): void {
    if (line.fault !== undefined || looksWhole(line)) readAlone(line);
  }

  function breakOff(lines: TextLine[], line: TextLine): void {
    isSkipping = !settle(lines, line.fault ?? TOO_LONG);
    record = isSkipping ? [] : undefined;
    if (!isSkipping) readAlone(line);
  }

  function end(): void {
    if (record && !isSkipping) settle(record);
    record = undefined;
    isSkipping = false;
  }

  /** Returns false if the whole record was refused at once. */
  function settle(lines: TextLine[], fault?: Message): boolean {
    const text = lines.map((line) => line.text).join('\n');
    if (text.trim() === '') return true;
    const reading = readJson(text);
    // a stray or missing separator in a file of plain lines must not lose good lines
    const isOne = 'feature' in reading || !lines.some(looksWhole);
    if (!isOne) for (const line of lines) readAlone(line);
    else if ('feature' in reading) read.push({ line: lines[0]!.line, ...reading });
    else read.push({ line: lines[0]!.line, fault: fault ?? reading.fault });
    return !isOne || 'feature' in reading;
  }

  function readAlone({ line, text, fault }: TextLine): void {
    read.push(fault === undefined ? { line, ...readJson(text) } : { line, fault });
  }

  function take(): ImportLine[] {
    const taken = read;
    read = [];
    return taken;
  }

  return { add, end, take };
}

const looksWhole = ({ text }: TextLine): boolean => text.startsWith('{') && text.trimEnd().endsWith('}');

function readJson(text: string): Reading {
  try {
    return { feature: JSON.parse(text) };
  } catch (error) {
    return { fault: jsonFault(text, error) };
  }
}
