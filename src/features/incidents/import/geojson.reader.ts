import Parser from 'stream-json/Parser.js';
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
    const reason = await parser.write(text);
    for (const line of finder.take()) yield line;
    if (reason !== undefined) return yield { line: finder.current(), reason };
  }
  const reason = await parser.end();
  if (reason !== undefined) yield { line: finder.current(), reason };
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

  async function write(text: string): Promise<string | undefined> {
    quiet += text.length;
    const reason = await reasonOf((done) => parser.write(text, done));
    if (reason !== undefined || quiet <= LONGEST_TEXT) return reason;
    return `A text of more than ${LONGEST_TEXT.toLocaleString('en')} characters stands here. Reading stopped here.`;
  }

  return { write, end: () => reasonOf((done) => parser.end(done)) };
}

async function reasonOf(step: (done: (error?: Error | null) => void) => void): Promise<string | undefined> {
  try {
    await new Promise<void>((resolve, reject) => step((error) => (error ? reject(error) : resolve())));
    return undefined;
  } catch (error) {
    if (error instanceof ImportFault) throw error;
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof ReadingStopped) return message;
    return `The JSON breaks off here: ${message.replace(/^Parser (?:cannot parse input: |has )/, '')}.`;
  }
}
