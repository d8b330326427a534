import { describe, expect, test } from '@jest/globals';
import { render } from '../../../src/db/sql.ts';
import { parseCql2Json } from '../../../src/ogc/cql2/cql2.json.ts';
import { type Cql2Dialect, parseCql2Text } from '../../../src/ogc/cql2/cql2.text.ts';
import { toCql2Text } from '../../../src/ogc/cql2/text.writer.ts';
import { placeQueryables } from '../../support/cql2.annex.ts';
import { compile } from '../../support/cql2.rows.ts';
import { processorMs } from '../../support/processor.time.ts';

const read = (text: string, dialect: Cql2Dialect = 'cql2-text') => parseCql2Text(text, dialect);
read('true'); // the first makes the parser

const MOST_MS = 1000; // of processor, on a busy machine: what grows with the power of the length takes minutes

const problemOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { status?: number }).status ?? error;
  }
};

describe('parsing time of a filter is linear in its length', () => {
  const terms = Array.from({ length: 1000 }, (_, n) => `name = 'place ${n}'`);

  test.each(['AND', 'OR'])('1,000 terms with %s are read, written and compiled', (word) => {
    const text = terms.join(` ${word} `);
    const ms = processorMs(() => {
      const expression = read(text);
      expect(read(toCql2Text(expression))).toEqual(expression);
      expect(render(compile(expression, placeQueryables)).values).toHaveLength(1000);
    });
    expect(ms).toBeLessThan(MOST_MS);
  });

  test('a hundred nested parentheses are accepted', () => {
    const text = `${'('.repeat(100)}name = 'x'${')'.repeat(100)}`;
    expect(processorMs(() => expect(read(text)).toEqual(read("name = 'x'")))).toBeLessThan(MOST_MS);
  });

  const OPENINGS = [
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
  test.each(OPENINGS)('unclosed input is refused at once: %s', (opening) => {
    const parentheses = opening.split('(').length - 1;
    const text = `${opening.repeat(Math.floor(100 / parentheses))}x`;
    expect(processorMs(() => expect(problemOf(() => read(text))).toBe(400))).toBeLessThan(MOST_MS);
  });

  test.each([
    ['quotation marks', "'".repeat(99_999)],
    ['escaped quotation marks', `'${String.raw`\'`.repeat(49_999)}`],
    ['double quotation marks', '"'.repeat(99_999)],
    ['backslashes', `'${'\\'.repeat(99_998)}`],
    ['white space', `x${' '.repeat(99_990)}y`],
    ['NOT', 'NOT '.repeat(24_999)],
    ['minus signs', '-'.repeat(99_999)],
    ['a name', 'n'.repeat(99_999).concat('(')],
    ['digits', `x = ${'1'.repeat(99_990)}x`],
  ])('a text of nothing but %s is refused at once', (_, text) => {
    for (const dialect of ['cql2-text', 'cql-text'] as const)
      expect(processorMs(() => expect(problemOf(() => read(text, dialect))).toBe(400))).toBeLessThan(MOST_MS);
  });
});

describe('a filter beyond the limits is refused', () => {
  test.each([
    ['of more than 100000 characters', 'x = 1'.padEnd(100_001)],
    ['of more than 100 parentheses in each other', `${'('.repeat(101)}true${')'.repeat(101)}`],
    ['of operators nested in more than 100 levels', `${'1 + '.repeat(101)}1 = x`],
    ['of more than 10000 parts', Array.from({ length: 3400 }, () => 'x=1').join(' OR ')],
    ['of more than 10000 positions', `S_INTERSECTS(g, LINESTRING(${'1 1,'.repeat(10_000)}1 1))`],
  ])('text %s', (_, text) => {
    expect(problemOf(() => read(text))).toBe(400);
  });

  test('but not for parentheses inside a text', () => {
    expect(read(`x = '${'('.repeat(200)}'`)).toEqual({ op: '=', args: [{ property: 'x' }, '('.repeat(200)] });
  });

  test('JSON nested in 100,000 levels', () => {
    let nested: unknown = true;
    for (let n = 0; n < 100_000; n++) nested = { op: 'not', args: [nested] };
    expect(problemOf(() => parseCql2Json(nested))).toBe(400);
  });
});
