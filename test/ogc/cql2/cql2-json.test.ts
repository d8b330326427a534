import { describe, expect, test } from '@jest/globals';
import { parseCql2Json, toCql2Json } from '../../../src/ogc/cql2/cql2.json.ts';
import { parseCql2Text } from '../../../src/ogc/cql2/cql2.text.ts';
import { toCql2Text } from '../../../src/ogc/cql2/text.writer.ts';
import { jsonExamples, textExamples } from '../../support/cql2.examples.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The Problem that a value is answered with. */
function refusal(value: unknown): { status: number; message: string } {
  try {
    parseCql2Json(value);
  } catch (error) {
    return error as { status: number; message: string };
  }
  throw new Error(`was read: ${JSON.stringify(value)}`);
}

describe('cql2/1.0/conf/cql2-json', () => {
  test.each(jsonExamples)('the example %s of the standard is read and written unchanged', (_name, json) => {
    expect(plain(toCql2Json(parseCql2Json(json)))).toEqual(plain(json));
  });

  test.each(jsonExamples)('the example %s goes to text and back', (_name, json) => {
    const expression = parseCql2Json(json);
    expect(parseCql2Text(toCql2Text(expression), 'cql2-text')).toEqual(expression);
  });

  test('text and JSON examples of one name are one expression', () => {
    const texts = new Map(textExamples);
    const pairs = jsonExamples.filter(([name]) => texts.has(name));
    expect(pairs).toHaveLength(108);
    for (const [name, json] of pairs)
      expect([name, parseCql2Text(texts.get(name)!, 'cql2-text')]).toEqual([name, parseCql2Json(json)]);
  });

  test('other spellings of the standard are equivalent', () => {
    const texts = new Map(textExamples);
    for (const [name, text] of textExamples.filter(([one]) => one.includes('-alt')))
      expect(parseCql2Text(text, 'cql2-text')).toEqual(
        parseCql2Text(texts.get(name.split('-')[0]!)!, 'cql2-text'),
      );
  });

  const wrong = { op: '=', args: [{ property: 'a' }, null] };
  test.each<[says: string, value: unknown]>([
    [
      'at args[1].args[1]: null is not a value, ask with IS NULL (isNull)',
      { op: 'and', args: [true, wrong] },
    ],
    ['"and" takes at least 2 arguments, not 1', { op: 'and', args: [true] }],
    ['"between" takes 3 arguments, not 2', { op: 'between', args: [1, 2] }],
    ['the second argument of "in" must be a list', { op: 'in', args: [1, 2] }],
    ['it must be an object with "op" and "args"', { operator: '=' }],
    ['"unit" is not known beside "property"', { property: 'a', unit: 'm' }],
    ['"property" must be a text, not 5', { property: 5 }],
    ['"op" must be a text and "args" a list', { op: '=', args: {} }],
    ['"a b()" is neither an operator nor a name of a function', { op: 'a b()', args: [] }],
    ['"Circle" is not a type of GeoJSON geometry', { type: 'Circle', coordinates: [1, 2] }],
    ['"radius" is not known in a geometry', { type: 'Point', coordinates: [1, 2], radius: 5 }],
    [
      'at args[1]: "x" is not a position',
      { op: 's_equals', args: [{ property: 'g' }, { type: 'Point', coordinates: 'x' }] },
    ],
    ['coordinates must be lists of positions, not a list of 0', { type: 'Polygon', coordinates: [] }],
    ['a GeometryCollection needs geometries', { type: 'GeometryCollection', geometries: [] }],
    ['"interval" must be a list of two', { interval: ['..'] }],
    ['"soon" is neither a date nor a time nor ".."', { interval: ['..', 'soon'] }],
    [
      'an end of an interval must be a date, a time, "..", a property or a function',
      { interval: ['..', { date: '2026-01-01' }] },
    ],
    ['"constructor" is not a type of GeoJSON geometry', { type: 'constructor', coordinates: [] }],
  ])('%s', (says, value) => {
    const { status, message } = refusal(value);
    expect(status).toBe(400);
    expect(message).toContain(says);
  });
});
