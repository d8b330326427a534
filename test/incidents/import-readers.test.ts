import { createReadStream } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import {
  ImportFault,
  type ImportFormat,
  type ImportLine,
} from '../../src/features/incidents/import/import.line.ts';
import { IMPORT_MEDIA_TYPES, readImport } from '../../src/features/incidents/import/import.reader.ts';
import { iomAccuracyMetres } from '../../src/features/incidents/import/iom.accuracy.ts';
import { NewIncident } from '../../src/features/incidents/incident.schema.ts';

interface ReadFeature {
  id?: string;
  geometry: { coordinates: unknown[] };
  properties: Record<string, unknown>;
}

const read = async (input: string | Buffer | Readable, format: ImportFormat): Promise<ImportLine[]> => {
  const lines: ImportLine[] = [];
  const stream = input instanceof Readable ? input : Readable.from([Buffer.from(input)]);
  for await (const line of readImport(stream, format)) lines.push(line);
  return lines;
};

/** `7:seven` for a feature on line 7 with that externalId, `7!` for a line that was refused. */
const summary = (lines: ImportLine[]): string[] =>
  lines.map((line) => ('reason' in line ? `${line.line}!` : `${line.line}:${propertiesOf(line).externalId}`));

const featureOf = (line: ImportLine | undefined): ReadFeature => {
  if (!line || !('feature' in line)) throw new Error(`no feature but ${JSON.stringify(line)}`);
  return line.feature as ReadFeature;
};
const propertiesOf = (line: ImportLine | undefined) => featureOf(line).properties;
const reasonOf = (line: ImportLine | undefined) => (line && 'reason' in line ? line.reason : undefined);

const aFeature = (externalId: string, properties = {}) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [8.4, 35.2] },
  properties: { kind: 'fire', externalId, ...properties },
});
const asLine = (externalId: string, properties = {}) => JSON.stringify(aFeature(externalId, properties));

const HEADER = 'lon,lat,kind,description,externalId';
const row = (externalId: string, description = 'calm') => `8.4,35.2,fire,${description},${externalId}`;
const csv = (...rows: string[]) => `${[HEADER, ...rows].join('\n')}\n`;
const KILOBYTE = 1024;

describe('csv', () => {
  test('columns are found by name in any order, and empty cells are absent', async () => {
    const [line] = await read(
      'externalId,releasableTo,countsHigh,countsLow,lat,lon,kind,countsBest,id,tlp,description\n' +
        'x-1,DZA; TUN,,2,35.2,-8.4e0,fire,3,0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c10,AMBER,\n',
      'csv',
    );
    expect(line).toEqual({
      line: 2,
      feature: {
        type: 'Feature',
        id: '0199e0c4-6d00-7c1e-9f5e-2b8f4a1d7c10',
        geometry: { type: 'Point', coordinates: [-8.4, 35.2] },
        properties: {
          externalId: 'x-1',
          kind: 'fire',
          tlp: 'AMBER',
          releasableTo: ['DZA', 'TUN'],
          counts: { best: 3, low: 2 },
        },
      },
    });
  });

  test('a byte order mark, CRLF and a last line without an end are read', async () => {
    const lines = await read(`\uFEFF${HEADER}\r\n${row('a')}\r\n\r\n${row('b')}`, 'csv');
    expect(summary(lines)).toEqual(['2:a', '4:b']);
  });

  test('a record with line breaks in quotes is numbered by the line where it starts', async () => {
    const lines = await read(csv(row('a'), row('b', '"one\r\ntwo, ""three"""'), row('c')), 'csv');
    expect(summary(lines)).toEqual(['2:a', '3:b', '5:c']);
    expect(propertiesOf(lines[1]).description).toBe('one\ntwo, "three"');
  });

  test.each([
    ['an unknown column', 'lon,lat,kind,colour', /unknown column "colour".*The columns are id, lon, lat/],
    ['a missing column', 'lon,kind', /does not name the column "lat".*externalId/],
    ['a column named twice', 'lon,lat,kind,lat', /"lat" twice/],
    ['semicolons', 'lon;lat;kind', /separated by semicolons/],
    ['broken quotes', 'lon,"lat"x,kind', /Line 1 does not name the columns/],
    ['nothing at all', '', /empty/],
  ])('a header with %s is a fault of the whole file', async (_, header, sentence) => {
    const reading = read(header === '' ? '' : `${header}\n8,35,fire\n`, 'csv');
    await expect(reading).rejects.toThrow(ImportFault);
    await expect(reading).rejects.toThrow(sentence);
  });

  test('a row with too many or too few cells is refused, and the rest goes on', async () => {
    const lines = await read(csv(row('a'), `${row('b')},more`, '8.4,35.2', row('c')), 'csv');
    expect(summary(lines)).toEqual(['2:a', '3!', '4!', '5:c']);
    expect(reasonOf(lines[1])).toBe('There are 6 cells here, and 5 columns in the header.');
  });

  test.each(['12abc', '0x10', '1,5', '1e999', 'NaN', 'Infinity', '1 000', '--1', '1e', '.'])(
    '%s is not a number',
    async (text) => {
      const [line] = await read(`lon,lat,kind\n"${text}",35.2,fire\n`, 'csv');
      expect(reasonOf(line)).toBe('lon is not a number.');
    },
  );

  test.each(['12', '-8.4', '+.5', '7.', '1.5e1', ' 3 '])('%s is a number', async (text) => {
    const [line] = await read(`lon,lat,kind\n${text},35.2,fire\n`, 'csv');
    expect(featureOf(line).geometry.coordinates[0]).toBe(Number(text));
  });

  test('all numbers that cannot be read and the missing position are named', async () => {
    const [line] = await read('lon,lat,kind,countsBest\n,north,fire,many\n', 'csv');
    expect(reasonOf(line)).toBe('lat is not a number, countsBest is not a number, lon is empty.');
  });

  test('a quote that never closes costs its own line only', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => row(`good-${index}`));
    const lines = await read(csv(row('a'), row('b', '"never closed'), ...many), 'csv');
    expect(summary(lines).slice(0, 3)).toEqual(['2:a', '3!', '4:good-0']);
    expect(lines).toHaveLength(3002);
    expect(reasonOf(lines[1])).toMatch(/does not close within 64 kB/);
  });

  test('a quote that is still open at the end of the file costs its own line only', async () => {
    const lines = await read(csv(row('a', '"open'), row('b'), row('c', '"open again'), row('d')), 'csv');
    expect(summary(lines)).toEqual(['2!', '3:b', '4!', '5:d']);
  });

  test('a quote put anywhere into a line costs that line only', async () => {
    const rows = [row('a'), row('b', '"x, y"'), row('c', '"two\nlines"'), row('d', '"say ""no"""'), row('e')];
    for (const [place, broken] of rows.entries()) {
      for (let at = 0; at <= broken.length; at += 1) {
        const damaged = rows.with(place, `${broken.slice(0, at)}"${broken.slice(at)}`);
        const kept = (await read(csv(...damaged), 'csv')).flatMap((line) =>
          'feature' in line ? [propertiesOf(line).externalId] : [],
        );
        const others = ['a', 'b', 'c', 'd', 'e'].toSpliced(place, 1);
        expect(kept).toEqual(expect.arrayContaining(others));
      }
    }
  });

  test('a line that is too long or not UTF-8 is refused, and the rest goes on', async () => {
    const latin1 = Buffer.from(row('b', 'détroit'), 'latin1');
    const long = row('c', 'x'.repeat(64 * KILOBYTE));
    const input = Buffer.concat([
      Buffer.from(csv(row('a'))),
      latin1,
      Buffer.from(`\n${long}\n${row('d')}\n`),
    ]);
    const lines = await read(input, 'csv');
    expect(summary(lines)).toEqual(['2:a', '3!', '4!', '5:d']);
    expect(reasonOf(lines[1])).toMatch(/not UTF-8/);
    expect(reasonOf(lines[2])).toMatch(/longer than 65,536 characters/);
  });
});

describe('geojsonl', () => {
  test('blank lines and CRLF are passed over, and lines keep their numbers', async () => {
    const lines = await read(`${asLine('a')}\r\n\r\n \n${asLine('b')}`, 'geojsonl');
    expect(summary(lines)).toEqual(['1:a', '4:b']);
  });

  test('records behind separators may go over several lines', async () => {
    const pretty = JSON.stringify(aFeature('b'), null, 2);
    const lines = await read(
      `\x1e${asLine('a')}\n\x1e${pretty}\n\x1e\x1e${asLine('c')}\x1e${asLine('d')}\n`,
      'geojsonl',
    );
    const after = 2 + pretty.split('\n').length;
    expect(summary(lines)).toEqual(['1:a', '2:b', `${after}:c`, `${after}:d`]);
  });

  test('a record that is cut off is refused, and the next separator starts anew', async () => {
    const lines = await read(
      `\x1e${asLine('a')}\n\x1e{"type":"Feature",\n"geo\n\x1e${asLine('c')}\n`,
      'geojsonl',
    );
    expect(summary(lines)).toEqual(['1:a', '2!', '4:c']);
  });

  test('no good line is lost where separators are missing', async () => {
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

  test('a line of more than 1 MB is refused, and the rest goes on', async () => {
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

  test('a single feature and an array of features are read as well', async () => {
    expect(summary(await read(asLine('a'), 'geojson'))).toEqual(['1:a']);
    expect(summary(await read(`[${asLine('a')},${asLine('b')}]`, 'geojson'))).toEqual(['1:a', '2:b']);
  });

  test('an empty collection has no lines', async () => {
    expect(await read(collection(), 'geojson')).toEqual([]);
  });

  test('members that are no features are left to the check of features', async () => {
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

  test('a feature that is too deep, too large or not UTF-8 is refused, and the rest goes on', async () => {
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
    ['other JSON', '{"type":"Topology"}', /no FeatureCollection/],
    ['a number', '12', /no FeatureCollection/],
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

  test('the names that older files give longitude and latitude are taken', async () => {
    const crs = '"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}';
    expect(await read(`{${crs},"features":[${asLine('a')}]}`, 'geojson')).toHaveLength(1);
  });
});

describe('iom-missing-migrants', () => {
  const readFixture = () =>
    read(
      createReadStream(new URL('../fixtures/iom-missing-migrants.csv', import.meta.url)),
      'iom-missing-migrants',
    );

  test('a row becomes a distress incident', async () => {
    const [line] = await readFixture();
    expect(line).toEqual({
      line: 2,
      feature: {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [12.654321, 33.123456] },
        properties: {
          kind: 'distress',
          severity: 'severe',
          certainty: 'likely',
          nature: 'actual',
          occurredAt: '1901-02-03T00:00:00Z',
          occurredUntil: '1901-02-03T23:59:59Z',
          horizontalAccuracyMetres: 60_000,
          placeText: 'Off the coast of Madeuptown, Libya',
          description: 'Cause: Drowning. Route: Invented route.',
          counts: { best: 5, low: 5 },
          source: 'IOM Missing Migrants Project (CC BY 4.0)',
          externalId: '1901.MADEUP0001',
          tlp: 'CLEAR',
        },
      },
    });
  });

  test('every row is read or has a reason, and what is read passes the check of incidents', async () => {
    const lines = await readFixture();
    expect(lines.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(lines.map(reasonOf).filter(Boolean)).toEqual([
      'Incident date is empty.',
      'Incident date is in the future.',
      'Latitude is empty.',
      'No. missing is not a number of people.',
      'Incident date and incident_date_precision are no day, month or year.',
    ]);
    for (const line of lines.slice(0, 5))
      expect(NewIncident.safeParse(featureOf(line)).error).toBeUndefined();
  });

  test('survivors were in distress as well; what is not known is absent', async () => {
    const lines = (await readFixture()).slice(0, 5);
    expect(lines.map((line) => propertiesOf(line).counts)).toEqual([
      { best: 5, low: 5 },
      undefined,
      { best: 42, low: 12 },
      { best: 7, low: 0 },
      { best: 1, low: 1 },
    ]);
    expect(lines.map((line) => propertiesOf(line).severity)).toEqual([
      'severe',
      'severe',
      'extreme',
      'moderate',
      'severe',
    ]);
  });

  test('a date that is a month or a year lasts that long', async () => {
    const periods = (await readFixture()).slice(3, 5).map((line) => {
      const { occurredAt, occurredUntil } = propertiesOf(line);
      return [occurredAt, occurredUntil];
    });
    expect(periods).toEqual([
      ['1901-02-01T00:00:00Z', '1901-02-28T23:59:59Z'],
      ['1901-01-01T00:00:00Z', '1901-12-31T23:59:59Z'],
    ]);
  });

  test('a row of several incidents has one identifier and the certainty of its weakest source', async () => {
    const { externalId, certainty } = propertiesOf((await readFixture())[2]);
    expect([externalId, certainty]).toEqual(['1901.MADEUP0003/1901.MADEUP0004', 'likely']);
  });

  test('a long list of identifiers and a long place are shortened to what an incident may hold', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `1901.MADEUP${1000 + index}`).join();
    const place = `Off Madeuptown, ${'far away, '.repeat(40)}`;
    const header = 'Incident ID,Incident date,incident_date_precision,No. dead,No. missing,No. survivors,';
    const rest = 'Cause of death (category),Route,Location of death,Source Quality,Latitude,Longitude';
    const text = `${header}${rest}\n"${ids}",1901-01-01,day,1,0,0,NA,NA,"${place}",3,33.1,12.2\n`;
    const { externalId, placeText, description } = propertiesOf(
      (await read(text, 'iom-missing-migrants'))[0],
    );
    expect(externalId).toBe('1901.MADEUP1000/1901.MADEUP1011#12');
    expect(placeText).toMatch(/^Off Madeuptown, far away.*far away?,?…$/);
    expect(String(placeText).length).toBeLessThanOrEqual(200);
    expect(description).toBeUndefined();
  });

  test('another CSV is a fault of the whole file', async () => {
    await expect(read(csv(row('a')), 'iom-missing-migrants')).rejects.toThrow(
      /lacks the column "Incident ID"/,
    );
  });

  test.each([
    ['Madeuptown, Libya', 30_000],
    ['Madeupdune island, Tunisia', 30_000],
    ['Séguinvented, Niger', 30_000],
    ['Remains washed ashore at Madeuptown beach, Libya', 30_000],
    ['Madeuptown, Niger - on the way to Libya', 30_000],
    ['Madeuptown, Niger en route from the border', 30_000],
    ['Off the coast of Madeuptown, Libya', 60_000],
    ['20 miles north of Madeuptown, Libya', 60_000],
    ['Near Madeuptown, Libya', 60_000],
    ['Unspecified location off Madeuptown, Libya', 100_000],
    ['Unspecifed location in Madeuptown, Libya', 100_000],
    ['Between Madeuptown and Inventedville, Libya', 200_000],
    ['Sahara Desert, between Madeuptown, Niger and Inventedville, Libya', 200_000],
    ['Hospital in Madeuptown, after being rescued off the coast of Libya', 200_000],
    ['Unspecified location, Libya', 300_000],
    ['Off the coast of Libya - boat departed from Madeuptown', 300_000],
    ['Libyan Coast', 300_000],
    ['18 nautical miles from the Libyan coast', 300_000],
    ['', 300_000],
    ['Off the coast of Libya (see coordinates for exact location)', 5_000],
    ['Body spotted in position 34º15N 012º25E', 5_000],
    ['Rescued at 34.266700, 11.616700', 5_000],
    ['Boat intercepted at 33 18 N 012 44 E', 5_000],
    ['Off Madeuptown, last known position 33.483, 12.683', 60_000],
    ['Off Madeuptown, boat departed on 09.11.2020', 200_000],
  ])('the place "%s" is known to %i m', (locationOfDeath, metres) => {
    expect(iomAccuracyMetres({ locationOfDeath, longitude: '12.345678', latitude: '33.345678' })).toBe(
      metres,
    );
  });

  test.each([
    ['12', '33.3456', 55_500],
    ['12.3', '33.3456', 5_550],
    ['12.34', '33.3456', 5_000],
  ])('%s degrees say no more than their digits', (longitude, latitude, metres) => {
    expect(iomAccuracyMetres({ locationOfDeath: 'see coordinates', longitude, latitude })).toBe(metres);
  });
});

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
    'hundreds of thousands of lines of %s take no more memory than a few',
    async (format, head, lineAt) => {
      const count = format === 'geojson' ? 100_000 : 300_000;
      const stream = generated(count, head, lineAt);
      let lines = 0;
      let most = 0;
      const before = heapMegabytes();
      for await (const line of readImport(stream.input, format)) {
        if ('feature' in line) lines += 1;
        if (lines % 50_000 === 0) most = Math.max(most, heapMegabytes() - before);
      }
      expect(lines).toBe(count);
      expect(most).toBeLessThan(15);
    },
    60_000,
  );

  test.each(ENDLESS)(
    '%s is not read on while nobody takes the lines, and is left when they are not wanted',
    async (format, head, lineAt) => {
      const stream = generated(1_000_000, head, lineAt);
      for await (const { line } of readImport(stream.input, format)) {
        if (line < 1000) continue;
        await new Promise((resolve) => setTimeout(resolve, 50));
        break;
      }
      expect(stream.made()).toBeLessThan(10_000);
      expect(stream.input.destroyed).toBe(true);
    },
  );

  test('a client that goes away is an error, not a line', async () => {
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

function* inPieces(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

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
