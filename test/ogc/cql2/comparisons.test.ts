import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { translateDatabaseError } from '../../../src/db/errors.ts';
import { render } from '../../../src/db/sql.ts';
import { compileText, openRows, type Rows } from '../../support/cql2.rows.ts';
import { makeThings, NOTHING, type Thing, thingQueryables, things } from '../../support/cql2.things.ts';

const thing = (id: number, properties: Partial<Thing>) => ({ id, properties: { ...NOTHING, ...properties } });

let rows: Rows;
beforeAll(async () => {
  rows = await openRows((client) =>
    makeThings(client, [
      thing(1, { name: 'Straße', note: '100%', amount: 5, ratio: 2.5, done: true, tags: ['a', 'b'] }),
      thing(2, { name: 'STRASSE', note: '100 m', amount: -7, ratio: 0, done: false, tags: [] }),
      thing(3, { name: 'ὈΔΥΣΣΕΎΣ', note: 'a\\b', amount: 0, at: '2026-01-31T23:30:00Z', day: '2026-02-01' }),
      thing(4, {
        name: 'cœur',
        note: 'a_b',
        at: '2026-02-01T00:00:00Z',
        day: '2026-01-31',
        tags: ['b', 'a', 'a'],
      }),
      thing(5, { name: 'أَحْمَد', note: 'axb', at: '2026-02-01T23:59:59.999999Z', tags: ['c'] }),
      thing(6, { name: "it's; DROP TABLE things", note: 'a\nb', at: '2026-02-02T00:00:00Z' }),
    ]),
  );
});
afterAll(() => rows.close());

const ids = (filter: string) => rows.ids(things, compileText(filter, thingQueryables));
const refusal = (filter: string): string => {
  try {
    compileText(filter, thingQueryables);
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    if (status === 400) return message;
    throw error;
  }
  throw new Error(`was compiled: ${filter}`);
};

describe('cql2/1.0/conf/basic-cql2', () => {
  // Annex A asks this of every queryable of these types, on any data
  const VALUES: [property: string, value: string][] = [
    ['name', "'foo'"],
    ['amount', '1'],
    ['ratio', '3.14'],
    ['done', 'true'],
    ['at', "TIMESTAMP('2022-04-14T14:48:46Z')"],
    ['day', "DATE('2022-04-14')"],
  ];
  test.each(VALUES)(
    '%s: opposite comparisons have no row in common, from either side',
    async (property, value) => {
      for (const [left, right] of [
        [property, value],
        [value, property],
      ]) {
        for (const [one, other] of ['= <>', '> <=', '< >='].map((pair) => pair.split(' '))) {
          const [some, others] = [
            await ids(`${left} ${one} ${right}`),
            await ids(`${left} ${other} ${right}`),
          ];
          expect(some.filter((id) => others.includes(id))).toEqual([]);
        }
      }
      const known = await ids(`${property} IS NOT NULL`);
      expect(await ids(`${property} = ${value} OR ${property} <> ${value}`)).toEqual(known);
    },
  );

  test.each(VALUES)('%s: a property equals itself if it is known', async (property) => {
    const known = await ids(`${property} IS NOT NULL`);
    for (const op of ['=', '>=', '<=']) expect(await ids(`${property} ${op} ${property}`)).toEqual(known);
    for (const op of ['<>', '>', '<']) expect(await ids(`${property} ${op} ${property}`)).toEqual([]);
  });

  test('every kind of queryable can be asked for NULL', async () => {
    for (const property of thingQueryables.keys()) {
      const [known, unknown] = [await ids(`${property} IS NOT NULL`), await ids(`${property} is null`)];
      expect([...known, ...unknown].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    }
  });

  test('a boolean property is a condition on its own, and unknown is neither it nor its opposite', async () => {
    expect(await ids('done')).toEqual([1]);
    expect(await ids('NOT done')).toEqual([2]);
    expect(await ids('done OR NOT done')).toEqual([1, 2]);
    expect(await ids('done AND false OR (done IS NULL AND amount = 0)')).toEqual([3]);
    expect(await ids('(amount > 0) = done')).toEqual([1, 2]);
  });

  test('a time is before, on or after a UTC day, in any session time zone', async () => {
    expect(await ids("at = DATE('2026-02-01')")).toEqual([4, 5]);
    expect(await ids("at <> DATE('2026-02-01')")).toEqual([3, 6]);
    expect(await ids("at < DATE('2026-02-01')")).toEqual([3]);
    expect(await ids("at <= DATE('2026-02-01')")).toEqual([3, 4, 5]);
    expect(await ids("at > DATE('2026-02-01')")).toEqual([6]);
    expect(await ids("DATE('2026-02-01') <= at")).toEqual([4, 5, 6]);
    expect(await ids("at BETWEEN DATE('2026-02-01') AND DATE('2026-02-01')")).toEqual([4, 5]);
    expect(await ids("at IN (DATE('2026-01-31'), TIMESTAMP('2026-02-02T00:00:00Z'))")).toEqual([3, 6]);
    expect(await ids('at > day')).toEqual([4]);
    expect(await ids('day >= at')).toEqual([3]);
  });

  test('a plain text compared with a time is a time, as GDAL writes it', async () => {
    expect(await ids("at >= '2026-02-01T00:00:00Z'")).toEqual([4, 5, 6]);
    expect(await ids("at > '2026-02-01'")).toEqual([6]);
    expect(await ids("at = '2026-02-01T02:00:00+02:00'")).toEqual([4]);
    expect(await ids("'2026-01-31T23:30:00' = at")).toEqual([3]);
    expect(await ids("day in ('2026-02-01', '2026-02-03')")).toEqual([3]);
    expect(await ids("at in ('2022-04-14T14:52:56Z', '2026-02-02T00:00:00Z')")).toEqual([6]);
  });

  test.each([
    ['colour = 1', 'There is no property "colour" to filter by. There are: name, note, amount,'],
    ['__proto__ = 1', 'There is no property "__proto__"'],
    ['constructor IS NULL', 'There is no property "constructor"'],
    ['name = 5', 'The property "name" (string) cannot be compared with the number 5.'],
    ["amount > 'x'", 'The property "amount" (integer) cannot be compared with the text "x".'],
    ["at = 'soon'", 'cannot be compared with the text "soon". A time is written as TIMESTAMP('],
    ['at = 5', 'The property "at" (timestamp) cannot be compared with the number 5.'],
    ['done = 1', 'The property "done" (boolean) cannot be compared with the number 1.'],
    ['geom = geom', 'The property "geom" (geometry) cannot be compared with the property "geom" (geometry).'],
    ["tags = ('a')", 'The property "tags" (array) cannot be compared with the text "a".'],
    [
      "period = DATE('2026-01-01')",
      'The property "period" (interval) cannot be compared with the date 2026-01-01.',
    ],
    ['amount', 'The filter must be a condition, not the property "amount" (integer).'],
    ['amount AND true', 'AND takes a condition, not the property "amount" (integer).'],
    ["NOT 'x'", 'NOT takes a condition, not the text "x".'],
  ])('%s is refused: %s', (filter, says) => {
    expect(refusal(filter)).toContain(says);
  });

  test('no value and no name of a filter is ever part of the SQL', () => {
    const hostile = "'' OR 1=1; --";
    const filter = `name = '${hostile}' OR note LIKE '${hostile}' OR name IN ('${hostile}', CASEI('${hostile}'))
      OR A_CONTAINS(tags, ('${hostile}', name)) OR at > '2026-01-01' OR S_INTERSECTS(geom, POINT(12.5 41.25))`;
    const { text, values } = render(compileText(filter, thingQueryables));
    expect(text).not.toMatch(/1=1|2026|12\.5/);
    expect(values.flat()).toContain("' OR 1=1; --");
    expect(refusal(`"p.name = '' OR true" = 'x'`)).toContain('There is no property');
  });
});

describe('the largest filters that are read are answered', () => {
  const times = (count: number, part: (n: number) => string, between: string) =>
    Array.from({ length: count }, (_, n) => part(n)).join(between);

  test.each<[what: string, filter: string, expected: number[]]>([
    ['1,000 terms with AND', times(1000, (n) => `amount <> ${n + 6}`, ' AND '), [1, 2, 3]],
    ['3,000 terms with OR', times(3000, (n) => `amount = ${n}`, ' OR '), [1, 3]],
    ['a list of 9,000', `amount IN (${times(9000, String, ',')})`, [1, 3]],
    ['99 levels of NOT', `${'NOT '.repeat(97)}(amount = 5)`, [2, 3]],
    ['98 levels of sums', `${times(98, () => '1', ' + ')} = 93 + amount`, [1]],
    ['98 levels of differences', `amount = ${'5 - ('.repeat(96)}0${')'.repeat(96)}`, [3]],
    ['48 levels of CASEI and ACCENTI', `${'CASEI(ACCENTI('.repeat(48)}name${'))'.repeat(48)} = 'coeur'`, [4]],
    ['2,000 boxes', times(2000, (n) => `S_INTERSECTS(geom, BBOX(${n / 100}, 1, 179, 2))`, ' OR '), []],
  ])('%s', async (_what, filter, expected) => {
    expect(await ids(filter)).toEqual(expected);
  });
});

describe('cql2/1.0/conf/advanced-comparison-operators', () => {
  test.each<[filter: string, expected: number[]]>([
    ["note LIKE '100\\%'", [1]],
    ["note LIKE '100%'", [1, 2]],
    ["note LIKE 'a\\\\_b'", [4]],
    ["note LIKE 'a_b'", [3, 4, 5, 6]],
    ["note LIKE 'a\\\\\\\\b'", [3]],
    ["note LIKE 'a\\nb'", [6]],
    ["note LIKE ''", []],
    ["note NOT LIKE '%'", []],
    ["note LIKE '_%'", [1, 2, 3, 4, 5, 6]],
    ["name LIKE 'it''s; DROP%'", [6]],
    ['amount BETWEEN -7 AND 0', [2, 3]],
    ['amount NOT BETWEEN 0 AND 10', [2]],
    ['amount BETWEEN 10 AND 0', []],
    ["name BETWEEN 'S' AND 'T'", [1, 2]],
    ['ratio IN (0, 2.5)', [1, 2]],
    ['amount IN (5, 2.5, ratio)', [1]],
    ['amount NOT IN (0, 5)', [2]],
    ['done IN (true)', [1]],
  ])('%s', async (filter, expected) => {
    expect(await ids(filter)).toEqual(expected);
  });

  test('a list with an unknown member excludes nothing for sure', async () => {
    expect(await ids('amount NOT IN (1, ratio)')).toEqual([1, 2]);
  });

  test.each([
    ["note LIKE 'a\\\\'", 'ends in a backslash that escapes nothing'],
    ['note LIKE name', 'The pattern of LIKE must be a text'],
    ["note LIKE __proto__('a')", 'The pattern of LIKE must be a text'],
    ["note LIKE constructor('a')", 'The pattern of LIKE must be a text'],
    ["amount LIKE '5'", 'LIKE takes a text, not the property "amount" (integer).'],
    ["amount IN (1, 'x')", 'cannot be compared with the text "x"'],
    ["name BETWEEN 'a' AND 5", 'cannot be compared with the number 5'],
  ])('%s is refused', (filter, says) => {
    expect(refusal(filter)).toContain(says);
  });
});

describe('cql2/1.0/conf/case-insensitive-comparison', () => {
  test('cases are folded: ß is ss, and there is one sigma', async () => {
    expect(await ids("CASEI(name) = CASEI('strasse')")).toEqual([1, 2]);
    expect(await ids("CASEI(name) IN (CASEI('STRASSE'), 'x')")).toEqual([1, 2]);
    expect(await ids("CASEI(name) LIKE CASEI('STRAS%')")).toEqual([1, 2]);
    expect(await ids("CASEI(name) = CASEI('ὀδυσσεύς')")).toEqual([3]);
    expect(await ids("CASEI(name) = casei('foo')")).toEqual([]);
    expect(refusal('CASEI(amount) = 5')).toContain('CASEI takes a text');
  });
});

describe('cql2/1.0/conf/accent-insensitive-comparison', () => {
  test('accents, ligatures, Arabic vowel signs and hamzas do not count', async () => {
    expect(await ids("ACCENTI(name) = ACCENTI('coeur')")).toEqual([4]);
    expect(await ids("ACCENTI(name) = ACCENTI('احمد')")).toEqual([5]);
    expect(await ids("ACCENTI(CASEI(name)) = accenti(casei('ΟΔΥΣΣΕΥΣ'))")).toEqual([3]);
    expect(await ids("ACCENTI(name) LIKE ACCENTI('أح%')")).toEqual([5]);
    expect(await ids('ACCENTI(name) = ACCENTI(name)')).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('cql2/1.0/conf/property-property', () => {
  test.each(["'foo'", 'true', '3.14', '1', "TIMESTAMP('2022-04-14T14:48:46Z')", "DATE('2022-04-14')"])(
    '%s equals itself, and a filter may do without properties',
    async (value) => {
      for (const op of ['=', '>=', '<=']) expect(await ids(`${value} ${op} ${value}`)).toHaveLength(6);
      for (const op of ['<>', '<', '>']) expect(await ids(`${value} ${op} ${value}`)).toEqual([]);
    },
  );
});

describe('cql2/1.0/conf/arithmetic', () => {
  test.each<[filter: string, expected: number[]]>([
    ['amount / 2 = 2.5', [1]],
    ['amount div 2 = 2', [1]],
    ['amount div 2 = -3', [2]],
    ['amount % 3 = -1', [2]],
    ['- amount = 7', [2]],
    ['amount ^ 2 = 49', [2]],
    ['(amount + 1) * 2 = 12', [1]],
    ['amount * ratio = 12.5', [1]],
    ['1 / amount > 0 OR 1 / amount <= 0', [1, 2]],
    ['(1 % amount) IS NULL', [3, 4, 5, 6]],
    ['1 div 0 IS NULL', [1, 2, 3, 4, 5, 6]],
    ['2147483647 + amount > 2147483647', [1]],
  ])('%s', async (filter, expected) => {
    expect(await ids(filter)).toEqual(expected);
  });

  test.each(['amount ^ 0.5 > 0', '10 ^ 400 > 0', '1e300 * 1e300 > amount', '0 ^ -1 > 0'])(
    'an expression without a result is the request’s fault: %s',
    async (filter) => {
      const error = await ids(filter).catch((thrown: unknown) => thrown);
      expect(() => translateDatabaseError(error)).toThrow(expect.objectContaining({ status: 400 }));
    },
  );

  test('only numbers are computed with', () => {
    expect(refusal("name + 'x' = 5")).toContain(
      'The operator + takes a number, not the property "name" (string).',
    );
    expect(refusal("at - TIMESTAMP('2026-01-01T00:00:00Z') > 5")).toContain('The operator - takes a number');
  });
});

describe('cql2/1.0/conf/array-functions', () => {
  test.each<[filter: string, expected: number[]]>([
    ["A_EQUALS(tags, ('b', 'a'))", [1, 4]],
    ["A_CONTAINS(tags, ('a'))", [1, 4]],
    ['A_CONTAINS(tags, ())', [1, 2, 4, 5]],
    ["A_CONTAINEDBY(tags, ('a', 'b', 'x'))", [1, 2, 4]],
    ["A_OVERLAPS(tags, ('a', 'c'))", [1, 4, 5]],
    ["A_OVERLAPS(('a', name), tags)", [1, 4]],
    ["NOT A_OVERLAPS(tags, ('a'))", [2, 5]],
    ['A_EQUALS(tags, tags)', [1, 2, 4, 5]],
  ])('%s', async (filter, expected) => {
    expect(await ids(filter)).toEqual(expected);
  });

  test('arrays here hold texts', () => {
    expect(refusal("A_EQUALS(tags, ('a', 5))")).toContain('An array takes a text, not the number 5.');
    expect(refusal("A_EQUALS(name, ('a'))")).toContain(
      'A_EQUALS takes an array, not the property "name" (string).',
    );
  });
});

describe('cql2/1.0/conf/functions', () => {
  test('the current time is available', async () => {
    expect(await ids('at < now()')).toEqual([3, 4, 5, 6]);
    expect(await ids('T_AFTER(at, NOW())')).toEqual([]);
  });

  test.each([
    ['avg(amount) > 5', 'There is no function "avg". There are: S_DWITHIN, NOW.'],
    ['now(1) > at', 'NOW takes no arguments, not 1.'],
    ["S_DWITHIN(geom, 5, 'm')", 'S_DWITHIN takes a geometry, not the number 5.'],
  ])('%s is refused', (filter, says) => {
    expect(refusal(filter)).toContain(says);
  });
});
