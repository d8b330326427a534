import { PassThrough, Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import {
  ImportFault,
  type ImportFormat,
  type ImportLine,
} from '../../src/features/incidents/import/import.line.ts';
import { IMPORT_MEDIA_TYPES, readImport } from '../../src/features/incidents/import.reader.ts';
import { aFeature, asLine, csv, HEADER, inPieces, read, row, summary } from '../support/import.lines.ts';
import { samples } from '../support/runs.ts';

describe('streams', () => {
  const IN_ALL_FORMATS: [ImportFormat, string][] = [
    ['csv', `\uFEFF${csv(row('é'), row('b', '"two\nlines"'), row('c', '"open'), row('d'))}`],
    ['geojsonl', `\x1e${JSON.stringify(aFeature('é'), null, 1)}\n\x1e{"a"\n\x1e${asLine('c')}\n`],
    ['geojson', `\uFEFF{"type":"FeatureCollection","features":[${asLine('é')},\n${asLine('b')}]}oops`],
  ];

  test.each(IN_ALL_FORMATS)('%s is read the same byte by byte', async (format, text) => {
    const whole = await read(text, format);
    expect(await read(Readable.from(inPieces(Buffer.from(text), 1)), format)).toEqual(whole);
    expect(whole.length).toBeGreaterThan(2);
  });

  const ENDLESS: [ImportFormat, string, (index: number) => string][] = [
    ['csv', `${HEADER}\n`, (index) => `${row(`row-${index}`)}\n`],
    ['geojsonl', '', (index) => `${asLine(`row-${index}`)}\n`],
    ['geojson', '[', (index) => `${index > 0 ? ',' : ''}${asLine(`row-${index}`)}`],
  ];

  test.each(ENDLESS)(
    'many thousands of lines of %s need no more memory than a few',
    async (format, head, lineAt) => {
      const count = format === 'geojson' ? samples(100_000, 30_000) : samples(300_000, 60_000);
      const stream = generated(count, head, lineAt);
      let lines = 0;
      let most = 0;
      const before = heapMegabytes();
      for await (const line of readImport(stream.input, format)) {
        if ('feature' in line) lines += 1;
        if (lines % 10_000 === 0) most = Math.max(most, heapMegabytes() - before);
      }
      expect(lines).toBe(count);
      expect(most).toBeLessThan(15);
    },
    60_000,
  );

  test.each(ENDLESS)(
    '%s has backpressure, and stops when the reader leaves',
    async (format, head, lineAt) => {
      const stream = generated(1_000_000, head, lineAt);
      for await (const { line } of readImport(stream.input, format)) {
        if (line < 1000) continue;
        // a source that does not wait for its reader makes lines in each turn
        for (let turn = 0; turn < 1000; turn++) await nextTurn();
        break;
      }
      expect(stream.made()).toBeLessThan(10_000);
      expect(stream.input.destroyed).toBe(true);
    },
  );

  test('a client disconnect is an error, not a line', async () => {
    const upload = new PassThrough();
    upload.write(`${asLine('a')}\n{"type":`);
    const reading = readImport(upload, 'geojsonl');
    expect(summary([(await reading.next()).value as ImportLine])).toEqual(['1:a']);
    upload.destroy(new Error('aborted'));
    await expect(reading.next()).rejects.toThrow('aborted');
  });

  test('a fault of the whole file leaves the input open for an answer', async () => {
    const upload = new PassThrough();
    upload.write('lon,lat\n');
    await expect(readImport(upload, 'csv').next()).rejects.toThrow(ImportFault);
    expect(upload.destroyed).toBe(false);
  });

  test('every media type has a format', () => {
    expect(Object.values(IMPORT_MEDIA_TYPES)).toEqual(['geojson', 'geojsonl', 'csv']);
  });
});

/** A stream of lines that are made when they are read, and how many have been. */
function generated(count: number, head: string, lineAt: (index: number) => string) {
  let made = 0;
  function* pieces(): Generator<Buffer> {
    yield Buffer.from(head);
    while (made < count) {
      let piece = '';
      for (const end = made + 200; made < end; made += 1) piece += lineAt(made);
      yield Buffer.from(piece);
    }
  }
  return { input: Readable.from(pieces(), { objectMode: false }), made: () => made };
}

function heapMegabytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed / 1e6;
}
