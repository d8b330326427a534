import { message } from '../../../core/catalogue.ts';
import type { Message } from '../../../core/messages/message.ts';
import { type QuoteScan, scanQuotes } from './csv.quotes.ts';
import type { TextLine } from './text.lines.ts';

/** The text of one record, possibly over several lines, or the reason why it is invalid. */
export type CsvRecord = { line: number; text: string; isQuoted: boolean } | { line: number; fault: Message };

export const LONGEST_RECORD = 64 * 1024; // characters

const NEVER_CLOSED = message('quote-too-long', { kilobytes: LONGEST_RECORD / 1024 });
const END_IN_QUOTES = message('quote-unclosed');
const FAULT_IN_QUOTES = message('quote-before-fault');
export const STRAY_QUOTE = message('quote-stray');
const WRONG_WIDTH = message('quote-wrong-width');

/**
 * Joins physical lines to records. An unclosed quote would swallow the rest of the file: only the line where it opens is
 * refused, and the lines after it are parsed again one by one.
 */
export function recordJoiner(width: number) {
  let records: CsvRecord[] = [];
  let open: TextLine[] = [];
  let openLength = 0;
  let openCommas = 0;

  function refuseFirst(fault: Message): void {
    const [first, ...others] = open;
    open = [];
    openLength = 0;
    openCommas = 0;
    records.push({ line: first!.line, fault });
    for (const line of others) add(line);
  }

  function add(line: TextLine): void {
    if (open.length === 0) start(line);
    else goOn(line);
  }

  function goOn(line: TextLine): void {
    const scan = scanQuotes(line.text, true);
    open.push(line);
    openLength += line.text.length + 1;
    openCommas += scan.commas;
    const fault = line.fault === undefined ? refusal(scan) : FAULT_IN_QUOTES;
    if (fault !== undefined) refuseFirst(fault);
    else if (scan.state === 'closed') finish();
  }

  function refusal({ state }: QuoteScan): Message | undefined {
    if (state === 'broken') return STRAY_QUOTE;
    if (openLength > LONGEST_RECORD) return NEVER_CLOSED;
    return state === 'closed' && openCommas + 1 !== width ? WRONG_WIDTH : undefined;
  }

  function finish(): void {
    records.push({ line: open[0]!.line, text: open.map(({ text }) => text).join('\n'), isQuoted: true });
    open = [];
  }

  function start({ line, text, fault }: TextLine): void {
    if (fault !== undefined) records.push({ line, fault });
    else if (!text.includes('"')) {
      if (text.trim() !== '') records.push({ line, text, isQuoted: false });
    } else startQuoted({ line, text });
  }

  function startQuoted(line: TextLine): void {
    const scan = scanQuotes(line.text, false);
    if (scan.state === 'broken') records.push({ line: line.line, fault: STRAY_QUOTE });
    if (scan.state === 'closed') records.push({ line: line.line, text: line.text, isQuoted: true });
    if (scan.state !== 'open') return;
    open = [line];
    openLength = line.text.length;
    openCommas = scan.commas;
  }

  function take(): CsvRecord[] {
    const taken = records;
    records = [];
    return taken;
  }

  function end(): CsvRecord[] {
    while (open.length > 0) refuseFirst(END_IN_QUOTES);
    return take();
  }

  return { add, take, end };
}
