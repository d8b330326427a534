import { describe, expect, test } from '@jest/globals';
import { render } from '../../../src/db/sql.ts';
import { parseCql2Json } from '../../../src/ogc/cql2/cql2.json.ts';
import { type Cql2Dialect, parseCql2Text } from '../../../src/ogc/cql2/cql2.text.ts';
import { toCql2Text } from '../../../src/ogc/cql2/text.writer.ts';
import { placeQueryables } from '../../support/cql2.annex.ts';
import { compile } from '../../support/cql2.rows.ts';
import { OPENINGS, SLOW_FILTERS, unclosed } from '../../support/slow.texts.ts';

const read = (text: string, dialect: Cql2Dialect = 'cql2-text') => parseCql2Text(text, dialect);

const problemOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { status?: number }).status ?? error;
  }
};

describe('a long filter', () => {
  const terms = Array.from({ length: 1000 }, (_, n) => `name = 'place ${n}'`);

  test.each(['AND', 'OR'])('1,000 terms with %s are read, written and compiled', (word) => {
    const text = terms.join(` ${word} `);
    const expression = read(text);
    expect(read(toCql2Text(expression))).toEqual(expression);
    expect(render(compile(expression, placeQueryables)).values).toHaveLength(1000);
  });

  test('a hundred nested parentheses are accepted', () => {
    const text = `${'('.repeat(100)}name = 'x'${')'.repeat(100)}`;
    expect(read(text)).toEqual(read("name = 'x'"));
  });

  test.each(OPENINGS)('unclosed input is refused at once: %s', (opening) => {
    expect(problemOf(() => read(unclosed(opening)))).toBe(400);
  });

  test.each(SLOW_FILTERS)('a text of nothing but %s is refused at once', (_, textOf) => {
    for (const dialect of ['cql2-text', 'cql-text'] as const)
      expect(problemOf(() => read(textOf(100_000), dialect))).toBe(400);
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
