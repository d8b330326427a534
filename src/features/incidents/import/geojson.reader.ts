import Parser from 'stream-json/Parser.js';
import { message } from '../../../core/catalogue.ts';
import type { Message } from '../../../core/messages/message.ts';
import { featureFinder, ReadingStopped } from './geojson.features.ts';
import type { Token } from './geojson.values.ts';
import { ImportFault, type ImportLine } from './import.line.ts';
import { textChunks } from './text.lines.ts';

const LONGEST_TEXT = 1024 * 1024; // characters

/** The features of one JSON document, as they arrive. If the JSON is broken, the last line reports it. */
export async function* readGeojson(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<ImportLine> {
  const finder = featureFinder();
  const parser = tokenParser(finder.add);
  for await (const text of textChunks(chunks)) {
    const fault = await parser.write(text);
    for (const line of finder.take()) yield line;
    if (fault) return yield { line: finder.current(), fault };
  }
  const fault = await parser.end();
  if (fault) yield { line: finder.current(), fault };
  else for (const line of finder.end()) yield line;
}

/** stream-json's parser, fed synchronously: features before a fault are kept, and no token is queued. */
function tokenParser(onToken: (token: Token) => void) {
  const parser = new Parser({ packValues: true, streamValues: false, decodeStrings: false });
  let quiet = 0; // characters that the parser buffers since the last token
  parser.on('error', () => {}); // the failing call reports the fault
  parser.push = (token: Token | null): boolean => {
    quiet = 0;
    if (token) onToken(token);
    return true;
  };

  async function write(text: string): Promise<Message | undefined> {
    quiet += text.length;
    const fault = await faultOf((done) => parser.write(text, done));
    return fault || quiet <= LONGEST_TEXT ? fault : message('text-too-long', { most: LONGEST_TEXT });
  }

  return { write, end: () => faultOf((done) => parser.end(done)) };
}

async function faultOf(step: (done: (error?: Error | null) => void) => void): Promise<Message | undefined> {
  try {
    await new Promise<void>((resolve, reject) => step((error) => (error ? reject(error) : resolve())));
    return undefined;
  } catch (error) {
    if (error instanceof ImportFault) throw error;
    if (error instanceof ReadingStopped) return error.says;
    const words = error instanceof Error ? error.message : String(error);
    const reason = words.replace(/^Parser (?:cannot parse input: |has )/, '');
    return message('document-breaks-off', { reason });
  }
}
