import { describe, expect, test } from '@jest/globals';
import { PointGeometry } from '../../src/geometry/point.schema.ts';
import { Latitude, Longitude, Position } from '../../src/geometry/position.schema.ts';
import { firstIssue } from '../support/issues.ts';

describe('longitude and latitude', () => {
  test.each([-180, -0, 0, 8.5, 180])('longitude %p is accepted', (value) => {
    expect(Longitude.safeParse(value).success).toBe(true);
  });

  test.each([
    [181, '181'],
    [-180.0001, '-180.0001'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [JSON.parse('1e400'), 'Infinity'],
    ['8.5', '"8.5"'],
    [[8.5], 'a list of 1'],
    [{ lon: 1 }, 'an object'],
    [null, 'null'],
    [undefined, 'nothing'],
    [true, 'true'],
  ])('longitude %p is refused with its value and the range', (value, shown) => {
    expect(firstIssue(Longitude.safeParse(value))?.message).toBe(
      `longitude must be a number of degrees from -180 to 180, not ${shown}`,
    );
  });

  test('a long text is shortened', () => {
    const message = firstIssue(Longitude.safeParse('x'.repeat(100_000)))?.message;
    expect(message).toBe(`longitude must be a number of degrees from -180 to 180, not "${'x'.repeat(40)}…"`);
  });

  test.each([90.0001, -90.0001, Number.NEGATIVE_INFINITY])('latitude %p is refused', (value) => {
    expect(firstIssue(Latitude.safeParse(value))?.message).toBe(
      `latitude must be a number of degrees from -90 to 90, not ${value}`,
    );
  });
});

describe('a position', () => {
  test.each([[[8.5, 33.9]], [[8.5, 33.9, 400]], [[180, 90]]])('%p is accepted', (value) => {
    expect(Position.safeParse(value).success).toBe(true);
  });

  test.each([
    ['of one number', [8.5], 'this one is a list of 1'],
    ['of four numbers', [8.5, 33.9, 0, 0], 'this one is a list of 4'],
    ['that is empty', [], 'this one is a list of 0'],
    ['that is a text', '8.5,33.9', 'this one is "8.5,33.9"'],
    ['with a list inside', [[8.5, 33.9], 33.9], 'longitude must be a number of degrees'],
    ['with latitude 95', [8.5, 95], 'latitude must be a number of degrees from -90 to 90, not 95'],
    ['with a text for altitude', [8.5, 33.9, 'high'], 'altitude must be a number, not "high"'],
  ])('%s is refused', (_, value, message) => {
    expect(firstIssue(Position.safeParse(value))?.message).toContain(message);
  });

  test('of a million numbers is refused with few errors', () => {
    const result = Position.safeParse(Array(1_000_000).fill('x'));
    expect(result.error?.issues.length).toBeLessThan(5);
  });
});

describe('a point', () => {
  test('loses its altitude', () => {
    expect(PointGeometry.parse({ type: 'Point', coordinates: [8.5, 33.9, 400] })).toEqual({
      type: 'Point',
      coordinates: [8.5, 33.9],
    });
  });

  test.each([
    ['a wrong type', { type: 'point', coordinates: [1, 2] }, ['type'], 'must be "Point", not "point"'],
    ['no coordinates', { type: 'Point' }, ['coordinates'], 'this one is nothing'],
    ['a bad latitude', { type: 'Point', coordinates: [1, -91] }, ['coordinates', 1], 'not -91'],
    ['an unknown member', { type: 'Point', coordinates: [1, 2], crs: 'x' }, [], 'crs'],
    ['nothing at all', null, [], ''],
  ])('with %s is refused at its place', (_, value, path, message) => {
    const issue = firstIssue(PointGeometry.safeParse(value));
    expect(issue?.path).toEqual(path);
    expect(issue?.message).toContain(message);
  });
});
