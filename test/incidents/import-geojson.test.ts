import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { ImportFault } from '../../src/features/incidents/import/import.line.ts';
import {
  aFeature,
  asLine,
  featureOf,
  inPieces,
  KILOBYTE,
  read,
  reasonOf,
  summary,
} from '../support/import.lines.ts';

describe('geojsonl', () => {
  test('blank lines and CRLF are skipped, and lines keep their numbers', async () => {
    const lines = await read(`${asLine('a')}\r\n\r\n \n${asLine('b')}`, 'geojsonl');
    expect(summary(lines)).toEqual(['1:a', '4:b']);
  });

  test('records after separators may span several lines', async () => {
    const pretty = JSON.stringify(aFeature('b'), null, 2);
    const lines = await read(
      `\x1e${asLine('a')}\n\x1e${pretty}\n\x1e\x1e${asLine('c')}\x1e${asLine('d')}\n`,
      'geojsonl',
    );
    const after = 2 + pretty.split('\n').length;
    expect(summary(lines)).toEqual(['1:a', '2:b', `${after}:c`, `${after}:d`]);
  });

  test('a truncated record is refused, and the next separator starts a new one', async () => {
    const lines = await read(
      `\x1e${asLine('a')}\n\x1e{"type":"Feature",\n"geo\n\x1e${asLine('c')}\n`,
      'geojsonl',
    );
    expect(summary(lines)).toEqual(['1:a', '2!', '4:c']);
  });

  test('no good line is lost if separators are missing', async () => {
    const lines = await read(`\x1e${asLine('a')}\n${asLine('b')}\n{"type":\n${asLine('d')}\n`, 'geojsonl');
    expect(summary(lines)).toEqual(['1:a', '2:b', '3!', '4:d']);
  });

  test('a record of several lines that grows too long is refused once', async () => {
    const long = ['{', ...Array.from({ length: 3000 }, () => `  "x": "${'x'.repeat(KILOBYTE)}",`), '}'].join(
      '\n',
    );
    const lines = await read(`\x1e${asLine('a')}\n\x1e${long}\n\x1e${asLine('c')}\n`, 'geojsonl');
    expect(summary(lines)).toEqual(['1:a', '2!', '3004:c']);
    expect(reasonOf(lines[1])).toMatch(/longer than 1,048,576/);
  });

  test('broken JSON is refused with its place and without its content', async () => {
    const text = '{"type":"Feature","properties":{"description":"call 21 655 0199 now","kind":fire}}';
    const lines = await read(`${text}\n{"a":1\n${asLine('c')}\n`, 'geojsonl');
    expect(summary(lines)).toEqual(['1!', '2!', '3:c']);
    expect(reasonOf(lines[0])).toContain(`column ${text.indexOf('fire}') + 2}`);
    expect(reasonOf(lines[0])).not.toContain('call');
    expect(reasonOf(lines[1])).toContain('column 7');
  });

  test('a line of more than 1 MB is refused, and the rest continues', async () => {
    const lines = await read(
      `${asLine('a')}\n${asLine('b', { x: 'x'.repeat(1024 * KILOBYTE) })}\n${asLine('c')}\n`,
      'geojsonl',
    );
    expect(summary(lines)).toEqual(['1:a', '2!', '3:c']);
  });
});

describe('geojson', () => {
  const collection = (...features: string[]) =>
    `{"name":"n","features":[${features.join(',\n')}],"type":"FeatureCollection","links":[{"href":"x"}]}`;

  test('a FeatureCollection may have other members before and after its features', async () => {
    const lines = await read(`\uFEFF${collection(asLine('a'), asLine('b', { features: [1] }))}`, 'geojson');
    expect(summary(lines)).toEqual(['1:a', '2:b']);
    expect(featureOf(lines[1])).toEqual(aFeature('b', { features: [1] }));
  });

  test('a single feature and an array of features are accepted too', async () => {
    expect(summary(await read(asLine('a'), 'geojson'))).toEqual(['1:a']);
    expect(summary(await read(`[${asLine('a')},${asLine('b')}]`, 'geojson'))).toEqual(['1:a', '2:b']);
  });

  test('an empty collection has no lines', async () => {
    expect(await read(collection(), 'geojson')).toEqual([]);
  });

  test('members that are not features are left to the check of features', async () => {
    expect(await read('[null,[1],"x"]', 'geojson')).toEqual([
      { line: 1, feature: null },
      { line: 2, feature: [1] },
      { line: 3, feature: 'x' },
    ]);
  });

  test.each([
    ['in a feature', `${collection(asLine('a'), asLine('b')).slice(0, -90)}`],
    ['by a missing comma', collection(`${asLine('a')}${asLine('b')}`)],
    ['by a stray word', collection(asLine('a'), 'oops', asLine('c'))],
    ['behind its end', `[${asLine('a')}] more`],
  ])('features before a document breaks off %s are kept', async (_, text) => {
    const lines = await read(text, 'geojson');
    expect(summary(lines)).toEqual(['1:a', '2!']);
    expect(reasonOf(lines[1])).toMatch(/^The JSON breaks off here: /);
  });

  test('a feature that is too deep, too large or not UTF-8 is refused, and the rest continues', async () => {
    const deep = `{"a":${'['.repeat(500)}${']'.repeat(500)}}`;
    const large = JSON.stringify(Array.from({ length: 400_000 }, (_, index) => index));
    const features = [asLine('a'), deep, large, '{"__proto__":{"kind":"fire"}}', asLine('e')];
    const text = Buffer.concat([
      Buffer.from(`[${features.join()},"`),
      Buffer.from([0xff]),
      Buffer.from(`",${asLine('g')}]`),
    ]);
    const lines = await read(Readable.from(inPieces(text, 64 * KILOBYTE)), 'geojson');
    expect(summary(lines)).toEqual(['1:a', '2!', '3!', '4!', '5:e', '6!', '7:g']);
    expect(lines.map(reasonOf).slice(1, 3)).toEqual([
      'This feature is nested deeper than 64 levels.',
      'This feature is larger than 1,048,576 characters.',
    ]);
  });

  test.each([
    ['nesting without end', '[', /nested deeper than 1000 levels/],
    ['a text without end', 'x', /A text of more than 1,048,576 characters/],
  ])('%s stops the reading and does not fill the memory', async (_, piece, sentence) => {
    let pulled = 0;
    const endless = Readable.from(
      (function* () {
        yield Buffer.from(`[${asLine('a')},"`.slice(0, piece === '[' ? -1 : undefined));
        for (; pulled < 10_000; pulled += 1) yield Buffer.alloc(64 * KILOBYTE, piece);
      })(),
    );
    const lines = await read(endless, 'geojson');
    expect(summary(lines)).toEqual(['1:a', '2!']);
    expect(reasonOf(lines[1])).toMatch(sentence);
    expect(pulled).toBeLessThan(100);
    expect(endless.destroyed).toBe(true);
  });

  test.each([
    ['other JSON', '{"type":"Topology"}', /not a FeatureCollection/],
    ['a number', '12', /not a FeatureCollection/],
    ['features that are no array', '{"features":{"a":1}}', /"features" is not an array/],
    [
      'other coordinates',
      '{"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32632"}},"features":[]}',
      /EPSG::32632/,
    ],
  ])('%s is a fault of the whole file', async (_, text, sentence) => {
    const reading = read(text, 'geojson');
    await expect(reading).rejects.toThrow(ImportFault);
    await expect(reading).rejects.toThrow(sentence);
  });

  test('the CRS names of longitude and latitude in older files are accepted', async () => {
    const crs = '"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}';
    expect(await read(`{${crs},"features":[${asLine('a')}]}`, 'geojson')).toHaveLength(1);
  });
});
