import { describe, expect, test } from '@jest/globals';
import type { Cql2Expression } from '../../../src/ogc/cql2/cql2.expression.ts';
import { type Cql2Dialect, parseCql2Text } from '../../../src/ogc/cql2/cql2.text.ts';
import { toCql2Text } from '../../../src/ogc/cql2/text.writer.ts';
import { textExamples } from '../../support/cql2.examples.ts';

const parse = (text: string, dialect: Cql2Dialect = 'cql2-text') => parseCql2Text(text, dialect);
const property = (name: string) => ({ property: name });
const call = (op: string, ...args: Cql2Expression[]) => ({ op, args });

/** The Problem that a text is answered with. */
function refusal(text: string, dialect: Cql2Dialect = 'cql2-text'): { status: number; message: string } {
  try {
    parse(text, dialect);
  } catch (error) {
    return error as { status: number; message: string };
  }
  throw new Error(`was read: ${text.slice(0, 60)}`);
}

describe('cql2/1.0/conf/cql2-text', () => {
  test.each(textExamples)('the example %s of the standard is read, written and read again', (_name, text) => {
    const expression = parse(text);
    expect(parse(toCql2Text(expression))).toEqual(expression);
  });

  test.each<[text: string, expression: Cql2Expression]>([
    [
      'a OR b AND NOT c = 1',
      call('or', property('a'), call('and', property('b'), call('not', call('=', property('c'), 1)))),
    ],
    ['1 + 2 * 3 ^ 2 - 4', call('-', call('+', 1, call('*', 2, call('^', 3, 2))), 4)],
    ['-x - -1', call('-', call('*', -1, property('x')), -1)],
    ['x <> -.5e-3', call('<>', property('x'), -0.0005)],
    ['NOT NOT true', call('not', call('not', true))],
    ['notes IN (1)', call('in', property('notes'), [1])],
    ["date = DATE('2026-01-31')", call('=', property('date'), { date: '2026-01-31' })],
    ['"or" = "a ""quoted"" name"', call('=', property('or'), property('a "quoted" name'))],
    ['Straße.Länge>0', call('>', property('Straße.Länge'), 0)],
    ["الاسم = 'تونس'", call('=', property('الاسم'), 'تونس')],
    ["a_contains(x,('one'))", call('a_contains', property('x'), ['one'])],
    ['A_EQUALS(x, ())', call('a_equals', property('x'), [])],
    [
      "T_METBY(INTERVAL(DATE('2026-01-01'), '..'), x)",
      call('t_metBy', { interval: ['2026-01-01', '..'] }, property('x')),
    ],
    ['x\u00A0=\u2003\n1', call('=', property('x'), 1)],
    ['(a = 1) = (b IS NULL)', call('=', call('=', property('a'), 1), call('isNull', property('b')))],
  ])('%s', (text, expression) => {
    expect(parse(text)).toEqual(expression);
    expect(parse(toCql2Text(expression))).toEqual(expression);
  });

  test('characters are escaped by a backslash, quotation marks also by another', () => {
    const text = String.raw`'it''s \'so\' \a\b\t\n\v\f\r \\ \% \_'`;
    const means = "it's 'so' \x07\b\t\n\v\f\r \\ \\% \\_";
    expect(parse(text)).toBe(means);
    expect(parse(toCql2Text(means))).toBe(means);
  });

  test.each([
    ['a = ', 'at its end: expected a value, a property, a function or a parenthesis'],
    ['a b', 'at character 3, before "b": expected (, an operator such as =, <, LIKE, IN'],
    ["kind ILIKE 'a'", 'at character 6, before "ILIKE \'a\'": expected'],
    ['kind = "x', 'the quotation at character 8 has no end'],
    ['POINT(1)', 'at character 8, before ")": expected white space'],
    ['x = NULL', 'at character 5, before "NULL": expected a value'],
    ['x = 1; DROP TABLE incident', 'at character 6, before "; DROP TABLE incident": expected'],
    ["t = DATE('2026-02-30')", '"2026-02-30" is not a date such as 2026-01-31'],
    ["t = TIMESTAMP('2026-01-01')", '"2026-01-01" is not a time such as'],
    ['x = 1e999', 'a number is too large'],
    ['CASEI(a, b) = c', '"casei" takes 1 argument, not 2'],
    ['S_INTERSECTS(g, BBOX(1,2,3,4,5))', 'a box must have four numbers, or six'],
    ['S_INTERSECTS(g, POLYGON((1 2,3 4,5 6,7 8)))', 'a ring is not closed: [1,2] and [7,8] must be equal'],
    ['S_INTERSECTS(g, LINESTRING(1 2))', 'a line or ring with 1 positions is too short, it needs 2'],
    ["x = '\0'", 'a text must not hold the character NUL'],
  ])('%s is refused with the place and the reason', (text, says) => {
    const { status, message } = refusal(text);
    expect(status).toBe(400);
    expect(message).toContain(says);
  });
});

describe('cql-text, as GDAL sends it', () => {
  test.each<[text: string, expression: Cql2Expression]>([
    [
      "(kind = 'fire') AND (severity <> 'minor')",
      call('and', call('=', property('kind'), 'fire'), call('<>', property('severity'), 'minor')),
    ],
    ['NOT (kind IS NULL)', call('not', call('isNull', property('kind')))],
    [
      '"name en" ILIKE \'%tunis%\'',
      call('like', call('casei', property('name en')), call('casei', '%tunis%')),
    ],
    ["name NOT ILIKE 'a'", call('not', call('like', call('casei', property('name')), call('casei', 'a')))],
    [
      '(countsBest >= 5) AND (countsBest <= 10.5)',
      call('and', call('>=', property('countsBest'), 5), call('<=', property('countsBest'), 10.5)),
    ],
    ["occurredAt > '2026-01-01T00:00:00Z'", call('>', property('occurredAt'), '2026-01-01T00:00:00Z')],
    [String.raw`source = 'C:\new\'`, call('=', property('source'), 'C:\\new\\')],
    ["source = 'it''s'", call('=', property('source'), "it's")],
  ])('%s', (text, expression) => {
    expect(parse(text, 'cql-text')).toEqual(expression);
  });
});

describe('what QGIS sends', () => {
  test.each<[text: string, expression: Cql2Expression]>([
    [
      'S_INTERSECTS(geometry,BBOX(8.1,33.5,9,34.25))',
      call('s_intersects', property('geometry'), { bbox: [8.1, 33.5, 9, 34.25] }),
    ],
    [
      "((kind = 'fire') AND (severity = 'minor'))",
      call('and', call('=', property('kind'), 'fire'), call('=', property('severity'), 'minor')),
    ],
    ['(NOT ((a) OR (b)))', call('not', call('or', property('a'), property('b')))],
    ["(name NOT LIKE '%sea')", call('not', call('like', property('name'), '%sea'))],
    [
      "(CASEI(name) LIKE CASEI('%Tunis%'))",
      call('like', call('casei', property('name')), call('casei', '%Tunis%')),
    ],
    [
      "(occurredAt >= TIMESTAMP('2026-01-31T12:00:00.000Z'))",
      call('>=', property('occurredAt'), { timestamp: '2026-01-31T12:00:00Z' }),
    ],
    ['("valid_on" = DATE(\'2026-01-31\'))', call('=', property('valid_on'), { date: '2026-01-31' })],
    [
      '(( - (depth)) < ((a * 2) / (b % 3)))',
      call(
        '<',
        call('*', -1, property('depth')),
        call('/', call('*', property('a'), 2), call('%', property('b'), 3)),
      ),
    ],
    ['depth NOT BETWEEN 1 AND 2', call('not', call('between', property('depth'), 1, 2))],
    ['(kind IS NULL)', call('isNull', property('kind'))],
    [String.raw`(source = 'a\\b')`, call('=', property('source'), 'a\\b')],
  ])('%s', (text, expression) => {
    expect(parse(text)).toEqual(expression);
  });
});
