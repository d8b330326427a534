import { describe, expect, test } from '@jest/globals';
import { ImportFault } from '../../src/features/incidents/import/import.line.ts';
import {
  csv,
  featureOf,
  HEADER,
  KILOBYTE,
  propertiesOf,
  read,
  reasonOf,
  row,
  summary,
} from '../support/import.lines.ts';

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
          releasableTo: 'DZA; TUN',
          countsBest: 3,
          countsLow: 2,
        },
      },
    });
  });

  test('a byte order mark, CRLF and a last line without an end are accepted', async () => {
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

  test('a row with too many or too few cells is refused, and the rest continues', async () => {
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

  test('all invalid numbers and the missing position are named', async () => {
    const [line] = await read('lon,lat,kind,countsBest\n,north,fire,many\n', 'csv');
    expect(reasonOf(line)).toBe('lat is not a number, countsBest is not a number, lon is empty.');
  });

  test('an unclosed quote costs only its own line', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => row(`good-${index}`));
    const lines = await read(csv(row('a'), row('b', '"never closed'), ...many), 'csv');
    expect(summary(lines).slice(0, 3)).toEqual(['2:a', '3!', '4:good-0']);
    expect(lines).toHaveLength(3002);
    expect(reasonOf(lines[1])).toMatch(/does not close within 64 kB/);
  });

  test('a quote still open at the end of the file costs only its own line', async () => {
    const lines = await read(csv(row('a', '"open'), row('b'), row('c', '"open again'), row('d')), 'csv');
    expect(summary(lines)).toEqual(['2!', '3:b', '4!', '5:d']);
  });

  test('a quote anywhere in a line costs only that line', async () => {
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

  test('a line that is too long or not UTF-8 is refused, and the rest continues', async () => {
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
