/**
 * Input that takes a careless reader long: its time grows with the square of the length or worse. The tests read all of
 * it, and `npm run bench -- --only texts` measures how the time grows.
 */

/** Repeated, for the screening of personal data. */
export const SLOW_UNITS = [
  '1',
  '1 ',
  '12-',
  '1.2.',
  '00 ',
  '0 ',
  '+1',
  '+(0)1 -./',
  '(1)',
  '1 111 ',
  '1,111,',
  '12345678 ',
  '1.1 1.1,',
  'a@',
  'a@a.',
  'a @ a',
  'a.a@',
  ' at ',
  'a at b ',
  ' dot',
  '(at',
  ' ',
  'a',
  'ab1',
  '\ufdfa1',
  '1\u0301',
  'tel ',
  'tel 12 ',
  'cin a ',
  'plaque a',
  'plate no ',
  'لوحة ١ ',
  'imei 1 ',
  'هاتف ',
  'car 1-',
  '123tun',
  '2026-',
  '12/12/',
  '20261123',
  '0123abcd-',
  '12.1234',
  '32snb12 ',
  'ref 1-',
  '12-12 ',
  'utm 1 ',
  'Mr ',
  'Ali Ben ',
  'Ab ',
  'A. ',
  'named ',
  'arrested the ',
  'aged 12, ',
  'born in ',
  'السيد ',
  'محمد بن ',
  'القبض على ',
  'one two ',
  'cent vingt ',
  '1 rue a ',
  'bloc 1 ',
  'cite a ',
  'lives at ',
  'شارع ا ',
  '@ab',
  't.me/',
  'telegram ',
  'tn59 ',
  'tn59a',
  'rib 1',
  'passport no ',
  'P<TUN<',
  '%41',
  '&#65;',
  'QUFB',
  '4a',
  'a b ',
  'aB',
  '1_',
  '1#1',
  '0o',
];

/** Ends so that every rule has to look. */
export const repeated = (unit: string, length: number): string =>
  `${unit.repeat(Math.ceil(length / unit.length))} 7654321@`;

export const OPENINGS = [
  '(',
  'f(',
  'INTERVAL(f(',
  'A_EQUALS(x,(',
  'NOT (',
  '-(',
  '1+(',
  'x IN (',
  'a=1 AND (',
  'GEOMETRYCOLLECTION(',
];

/** As deep as filters may be nested. */
export const unclosed = (opening: string): string =>
  `${opening.repeat(Math.floor(100 / (opening.split('(').length - 1)))}x`;

type SlowText = readonly [name: string, textOf: (length: number) => string];

/** Filters, none of which is one. */
export const SLOW_FILTERS: readonly SlowText[] = [
  ['quotation marks', (length) => "'".repeat(length - 1)],
  ['escaped quotation marks', (length) => `'${String.raw`\'`.repeat(Math.floor(length / 2) - 1)}`],
  ['double quotation marks', (length) => '"'.repeat(length - 1)],
  ['backslashes', (length) => `'${'\\'.repeat(length - 2)}`],
  ['white space', (length) => `x${' '.repeat(length - 10)}y`],
  ['NOT', (length) => 'NOT '.repeat(Math.floor(length / 4) - 1)],
  ['minus signs', (length) => '-'.repeat(length - 1)],
  ['a name', (length) => `${'n'.repeat(length - 1)}(`],
  ['digits', (length) => `x = ${'1'.repeat(length - 10)}x`],
];

const polygon = (text: string) => `POLYGON(${text})`;

/** Texts that are no polygon, with the length at which they are tried. */
export const SLOW_AREAS: readonly (readonly [...SlowText, length: number])[] = [
  ['a megabyte of parentheses', (length) => '('.repeat(length), 1_000_000],
  [
    'a megabyte of polygons',
    (length) => 'POLYGON((0 0,1 0,1 1,0 0))'.repeat(Math.floor(length / 26)),
    1_040_000,
  ],
  ['spaces up to the limit', (length) => `POLYGON${' '.repeat(length)}x`, 59_000],
  ['SRID and spaces', (length) => `SRID${' '.repeat(length)}`, 59_000],
  ['open parentheses', (length) => `POLYGON${'('.repeat(length)}`, 59_000],
  [
    'nested parentheses',
    (length) => polygon('('.repeat(Math.floor(length / 2)) + ')'.repeat(Math.floor(length / 2))),
    58_000,
  ],
  ['14,000 positions', (length) => polygon(`(${'1 1,'.repeat(Math.floor(length / 4))}1 1)`), 56_000],
  ['a number of 59,000 digits', (length) => polygon('9'.repeat(length)), 59_000],
  ['points', (length) => polygon('.'.repeat(length)), 59_000],
  ['minus signs', (length) => polygon('1-'.repeat(Math.floor(length / 2))), 58_000],
  ['line ends', (length) => polygon('\n'.repeat(length)), 59_000],
  [
    'rings of one position',
    (length) =>
      polygon(
        Array(Math.floor(length / 6))
          .fill('(1 1)')
          .join(','),
      ),
    54_000,
  ],
];

/** A ring whose long teeth lie side by side. */
export function combRing(vertices: number): [number, number][] {
  const teeth = Array.from({ length: Math.floor((vertices - 3) / 4) }, (_, i): [number, number][] => [
    [0, i * 4e-4],
    [9, i * 4e-4 + 1e-4],
    [9, i * 4e-4 + 2e-4],
    [0.1, i * 4e-4 + 3e-4],
  ]);
  return [...teeth.flat(), [-1, 1], [-1, 0], [0, 0]];
}

/** The boxes of all its edges overlap. */
export const slantedCombRing = (vertices: number): [number, number][] =>
  combRing(vertices).map(([lon, lat]) => [lon, lat + lon]);
