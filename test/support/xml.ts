import { XMLParser } from 'fast-xml-parser';

/** For answers that supertest takes for bytes. */
export function asText(res: unknown, done: (error: Error | null, text: string) => void): void {
  const stream = res as NodeJS.ReadableStream;
  const chunks: Buffer[] = [];
  stream.on('data', (chunk) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks).toString()));
}

const LISTS = new Set(['info', 'responseType', 'parameter', 'entry', 'link', 'category']);
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => LISTS.has(name),
});
// biome-ignore lint/suspicious/noExplicitAny: documents of all kinds
export const parseXml = (text: string): any => parser.parse(text);
