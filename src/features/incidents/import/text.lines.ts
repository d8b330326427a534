import { StringDecoder } from 'node:string_decoder';
import { message } from '../../../core/catalogue.ts';
import type { Message } from '../../../core/messages/message.ts';

/** A physical line without its line end. A line with a `fault` has no usable text. */
export interface TextLine {
  line: number;
  text: string;
  fault?: Message;
}

const NOT_UTF8 = message('line-not-utf8');

export const REPLACEMENT_CHARACTER = '\uFFFD';
const BYTE_ORDER_MARK = '\uFEFF';

/** The input as text, without its byte order mark. Bytes that are not UTF-8 become the replacement character. */
export async function* textChunks(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let isFirst = true;
  for await (const chunk of chunks) {
    const text = typeof chunk === 'string' ? chunk : decoder.write(chunk);
    if (text === '') continue;
    yield isFirst && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
    isFirst = false;
  }
  yield decoder.end();
}

/** Physical lines in sets, one set per chunk. An overlong line is reported at its end, never buffered. */
export async function* textLines(
  chunks: AsyncIterable<Buffer | string>,
  longest: number,
): AsyncGenerator<TextLine[]> {
  const splitter = lineSplitter(longest);
  for await (const text of textChunks(chunks)) yield splitter.add(text);
  yield splitter.end();
}

function lineSplitter(longest: number) {
  let line = 0;
  let started = '';
  let isTooLong = false;

  function finish(text: string): TextLine {
    line += 1;
    const overlong = isTooLong || text.length > longest;
    isTooLong = false;
    started = '';
    if (overlong) return { line, text: '', fault: message('line-too-long', { most: longest }) };
    if (text.includes(REPLACEMENT_CHARACTER)) return { line, text: '', fault: NOT_UTF8 };
    return { line, text: text.endsWith('\r') ? text.slice(0, -1) : text };
  }

  function add(text: string): TextLine[] {
    const lines: TextLine[] = [];
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      lines.push(finish(started + text.slice(from, end)));
      from = end + 1;
    }
    if (!isTooLong) started += text.slice(from);
    if (started.length > longest) {
      isTooLong = true;
      started = '';
    }
    return lines;
  }

  return { add, end: () => (started !== '' || isTooLong ? [finish(started)] : []) };
}
