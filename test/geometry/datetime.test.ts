import { describe, expect, test } from '@jest/globals';
import { DatetimeInterval } from '../../src/geometry/datetime.parse.ts';
import { DateOrInstant, Instant } from '../../src/geometry/instant.schema.ts';
import { firstIssue } from '../support/issues.ts';

describe('an instant', () => {
  test.each([
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00Z'],
    ['2026-01-31T12:00:00.000Z', '2026-01-31T12:00:00Z'],
    ['2026-01-31T12:00:00.5Z', '2026-01-31T12:00:00.500Z'],
    ['2026-01-31T12:00:00.123456789Z', '2026-01-31T12:00:00.123Z'],
    ['2026-01-01T00:30:00+01:00', '2025-12-31T23:30:00Z'],
    ['2026-01-01T00:30:00 01:00', '2025-12-31T23:30:00Z'],
    ['2026-01-01T00:30:00-05:30', '2026-01-01T06:00:00Z'],
    ['2026-01-01t00:30:00z', '2026-01-01T00:30:00Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00Z'],
    ['2017-01-01T00:59:60+01:00', '2017-01-01T00:00:00Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59Z'],
  ])('%p comes out as %p', (text, utc) => {
    expect(Instant.parse(text)).toBe(utc);
    expect(DateOrInstant.parse(text)).toBe(utc);
  });

  test.each([
    ['without an offset', '2026-01-31T12:00:00'],
    ['without seconds', '2026-01-31T12:00Z'],
    ['in month 13', '2026-13-01T00:00:00Z'],
    ['on 29 February of a common year', '2026-02-29T00:00:00Z'],
    ['on 31 April', '2026-04-31T00:00:00Z'],
    ['at hour 24', '2026-01-01T24:00:00Z'],
    ['at minute 60', '2026-01-01T00:60:00Z'],
    ['with a leap second at noon', '2026-01-01T12:59:60Z'],
    ['with an offset of 25 hours', '2026-01-01T00:00:00+25:00'],
    ['with an offset without colon', '2026-01-01T00:00:00+0100'],
    ['in year 10000', '10000-01-01T00:00:00Z'],
    ['in year 10000 of UTC', '9999-12-31T23:59:59-01:00'],
    ['in year 0', '0000-12-31T00:00:00Z'],
    ['in year 0 of UTC', '0001-01-01T00:00:00+01:00'],
    ['with a word after it', '2026-01-01T00:00:00Z tomorrow'],
    ['with a NUL in it', '2026-01-01T00:00:00\0Z'],
    ['in words', 'yesterday'],
    ['that is empty', ''],
    ['of a million characters', '9'.repeat(1_000_000)],
  ])('%s is refused', (_, text) => {
    expect(firstIssue(Instant.safeParse(text))?.message).toContain(
      'is not an RFC 3339 date-time with an offset',
    );
    expect(DateOrInstant.safeParse(text).success).toBe(false);
  });

  test('that is a number is refused', () => {
    expect(firstIssue(Instant.safeParse(1769860800))?.message).toContain('1769860800 is not');
  });

  test('may be a date only where allowed', () => {
    expect(firstIssue(Instant.safeParse('2026-01-31'))?.message).toContain('"2026-01-31" is not');
    expect(DateOrInstant.parse('2026-01-31')).toBe('2026-01-31T00:00:00Z');
    expect(DateOrInstant.safeParse('2026-02-30').success).toBe(false);
  });
});

describe('a datetime interval', () => {
  const noon = new Date('2026-01-31T12:00:00Z');
  const dayStart = new Date('2026-01-31T00:00:00Z');
  const dayEnd = new Date('2026-01-31T23:59:59.999Z');

  test.each([
    ['an instant', '2026-01-31T12:00:00Z', { from: noon, to: noon }],
    ['an instant with an offset', '2026-01-31T13:00:00+01:00', { from: noon, to: noon }],
    ['a date: its whole day', '2026-01-31', { from: dayStart, to: dayEnd }],
    ['a closed interval', '2026-01-31T00:00:00Z/2026-01-31T12:00:00Z', { from: dayStart, to: noon }],
    [
      'an interval of dates, up to the end of the last',
      '2026-01-31/2026-01-31',
      { from: dayStart, to: dayEnd },
    ],
    ['a mixed interval', '2026-01-31/2026-01-31T12:00:00Z', { from: dayStart, to: noon }],
    ['an interval of one instant', '2026-01-31T12:00:00Z/2026-01-31T12:00:00Z', { from: noon, to: noon }],
    ['an open start', '../2026-01-31T12:00:00Z', { to: noon }],
    ['an open end', '2026-01-31T12:00:00Z/..', { from: noon }],
    ['an empty start', '/2026-01-31T12:00:00Z', { to: noon }],
    ['an empty end', '2026-01-31T12:00:00Z/', { from: noon }],
    ['a start and a duration', '2026-01-31/PT12H', { from: dayStart, to: noon }],
    [
      'a start and months, up to the last day of a short one',
      '2026-01-31T12:00:00Z/P1M',
      { from: noon, to: new Date('2026-02-28T12:00:00Z') },
    ],
    [
      'a start and all units of a duration',
      '2026-01-31T00:00:00Z/P1Y2M3DT4H5M6S',
      { from: dayStart, to: new Date('2027-04-03T04:05:06Z') },
    ],
    ['everything', '../..', {}],
    ['everything, in short', '/', {}],
    [
      'spaces for plus signs',
      '2026-01-31T01:00:00 01:00/2026-01-31T13:00:00 01:00',
      { from: dayStart, to: noon },
    ],
  ])('%s', (_, text, interval) => {
    expect(DatetimeInterval.parse(text)).toEqual(interval);
  });

  test.each([
    ['2026-02-01/2026-01-31', 'the interval starts at "2026-02-01", after its end "2026-01-31"'],
    [
      '2026-01-31T12:00:00Z/2026-01-31T12:59:59+01:00',
      'the interval starts at "2026-01-31T12:00:00Z", after its end',
    ],
    ['', '"" is not an instant, a date, or an interval'],
    ['..', '".." is not an instant'],
    ['2026-01-01/2026-01-02/2026-01-03', '"2026-01-01/2026-01-02/2026-01-03" is not'],
    ['P1D', '"P1D" is not'],
    ['P1D/2026-01-01', '"P1D" is not'],
    ['../P1D', '"P1D" is not'],
    ['2026-01-01/-P1D', '"-P1D" is not'],
    ['2026-01-01/P', '"P" is not'],
    ['2026-01-01/P0.5D', '"P0.5D" is not'],
    ['2026-01-01/P9000Y', '"P9000Y" is not'],
    [`2026-01-01/P${'9'.repeat(40)}D`, 'is not an instant'],
    ['2026-13-01/..', '"2026-13-01" is not'],
    ['../10000-01-01', '"10000-01-01" is not'],
    ['2026-01-01T00:00:00', '"2026-01-01T00:00:00" is not'],
    [['2026-01-01', '2026-01-02'], 'datetime must be one text, not a list of 2'],
  ])('%p is refused', (text, message) => {
    expect(firstIssue(DatetimeInterval.safeParse(text))?.message).toContain(message);
  });

  test('a megabyte of slashes is refused', () => {
    expect(DatetimeInterval.safeParse('/'.repeat(1_000_000)).success).toBe(false);
  });
});

test('an instant that is missing is said to be required', () => {
  for (const schema of [Instant, DateOrInstant, DatetimeInterval])
    expect(firstIssue(schema.safeParse(undefined))?.message).toBe('is required');
});
