import { Readable } from 'node:stream';
import { textOf } from '../../src/core/catalogue.ts';
import type { ImportFormat, ImportLine } from '../../src/features/incidents/import/import.line.ts';
import { readImport } from '../../src/features/incidents/import.reader.ts';

interface ReadFeature {
  id?: string;
  geometry: { coordinates: unknown[] };
  properties: Record<string, unknown>;
}

export const read = async (
  input: string | Buffer | Readable,
  format: ImportFormat,
): Promise<ImportLine[]> => {
  const lines: ImportLine[] = [];
  const stream = input instanceof Readable ? input : Readable.from([Buffer.from(input)]);
  for await (const line of readImport(stream, format)) lines.push(line);
  return lines;
};

/** `7:seven` for a feature on line 7 with that externalId, `7!` for a line that was refused. */
export const summary = (lines: ImportLine[]): string[] =>
  lines.map((line) => ('fault' in line ? `${line.line}!` : `${line.line}:${propertiesOf(line).externalId}`));

export const featureOf = (line: ImportLine | undefined): ReadFeature => {
  if (!line || !('feature' in line)) throw new Error(`no feature but ${JSON.stringify(line)}`);
  return line.feature as ReadFeature;
};
export const propertiesOf = (line: ImportLine | undefined) => featureOf(line).properties;
export const reasonOf = (line: ImportLine | undefined) =>
  line && 'fault' in line ? textOf(line.fault) : undefined;

export const aFeature = (externalId: string, properties = {}) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [8.4, 35.2] },
  properties: { kind: 'fire', externalId, ...properties },
});
export const asLine = (externalId: string, properties = {}) =>
  JSON.stringify(aFeature(externalId, properties));

export const HEADER = 'lon,lat,kind,description,externalId';
export const row = (externalId: string, description = 'calm') => `8.4,35.2,fire,${description},${externalId}`;
export const csv = (...rows: string[]) => `${[HEADER, ...rows].join('\n')}\n`;
export const KILOBYTE = 1024;

export function* inPieces(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
